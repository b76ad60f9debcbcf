package scan

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"usher/store"
)

// wantProblem fails unless the job has told of a path.
func (h *house) wantProblem(job store.Job, path, words string) {
	h.t.Helper()
	for line := range strings.SplitSeq(h.problems(job), "\n") {
		if strings.HasPrefix(line, "/"+path+":") && strings.Contains(line, words) {
			return
		}
	}
	h.t.Errorf("nothing says %q of %q:\n%s", words, path, h.problems(job))
}

func TestOddFilesAreLeftAlone(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	outside := filepath.Join(t.TempDir(), "Secret (2001).mkv")
	h.must(os.WriteFile(outside, []byte("secret"), 0o600))
	h.write("Harbour Lights (1998).mkv", "a")
	h.must(syscall.Mkfifo(filepath.Join(h.disk, "Pipe (2000).mkv"), 0o600))
	h.must(os.Symlink(outside, filepath.Join(h.disk, "Linked (2001).mkv")))
	h.must(os.Symlink(filepath.Dir(outside), filepath.Join(h.disk, "linked")))
	h.must(os.Symlink("/dev/zero", filepath.Join(h.disk, "Endless (2002).mkv")))
	h.must(os.Symlink("nowhere", filepath.Join(h.disk, "Dangling (2003).mkv")))
	h.must(os.Symlink(".", filepath.Join(h.disk, "loop")))
	h.must(os.Symlink("itself", filepath.Join(h.disk, "itself")))
	job := h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	h.wantProblem(job, "Pipe (2000).mkv", "no plain file")
	h.wantProblem(job, "Linked (2001).mkv", "leads out")
	h.wantProblem(job, "linked", "leads out")
	h.wantProblem(job, "Endless (2002).mkv", "leads out")
	h.wantProblem(job, "Dangling (2003).mkv", "gone")
	h.wantProblem(job, "loop", "leads back")
	h.wantProblem(job, "itself", "")
}

func TestLinksThatStayInsideAreFollowed(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write(".store/film.mkv", "a")
	h.must(os.Symlink(".store/film.mkv", filepath.Join(h.disk, "Harbour Lights (1998).mkv")))
	h.write("a/b/c/The Long Way (2011).mkv", "b")
	for _, name := range []string{"x", "y", "z"} {
		h.must(os.Symlink("../a", filepath.Join(h.disk, "a", name)))
	}
	job := h.scan()
	found := h.shelf(store.TitleFilm)
	if found["Harbour Lights (1998)"] == 0 || found["The Long Way (2011)"] == 0 {
		t.Errorf("found %v\n%s", found, h.problems(job))
	}
}

func TestNamesThatAreNoText(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Caf\xe9 (1998)/Caf\xe9 (1998).mkv", "a")
	h.write("bad\x1b[31m\xff\xfe (2000).mkv", "b")
	first := h.scan()
	if found := h.shelf(store.TitleFilm); len(found) != 2 {
		t.Errorf("found %v\n%s", found, h.problems(first))
	}
	before := h.shelf(store.TitleFilm)
	h.scan()
	for name, id := range h.shelf(store.TitleFilm) {
		if before[name] != id {
			t.Errorf("%q is another title now", name)
		}
	}
}

func TestAnUnreadableFolderStaysAsItWas(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read every folder")
	}
	h := newHouse(t, store.KindFilms)
	h.write("locked/deep/Harbour Lights (1998).mkv", "a")
	h.write("The Long Way (2011).mkv", "b")
	h.scan()
	locked := filepath.Join(h.disk, "locked")
	h.must(os.Chmod(locked, 0))
	t.Cleanup(func() { _ = os.Chmod(locked, 0o700) })
	job := h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")
	h.wantProblem(job, "locked", "may not read")
}

// keep is what happens to a directory that breaks while it is read, whoever
// reads it.
func TestABrokenFolderStaysAsItWas(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("broken/deep/Harbour Lights (1998).mkv", "a")
	h.write("brokenness/The Long Way (2011).mkv", "b")
	h.scan()
	library, err := h.AnyLibrary(h.ctx, h.library)
	h.must(err)
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	_, err = h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	folder := library.Roots[0].ID
	_, err = h.SaveScan(h.ctx, id, store.Batch{Kept: []store.Directory{{Folder: folder, Path: "broken"}}})
	h.must(err)
	saved, err := h.EndFolder(h.ctx, id, folder, store.Progress{})
	h.must(err)
	if saved.Missing != 1 {
		t.Errorf("missing: %+v", saved)
	}
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
}

func TestTheDataFolderIsNeverWalkedInto(t *testing.T) {
	h := newHouse(t, store.KindPhotos)
	h.must(os.WriteFile(filepath.Join(h.data, "poster.jpg"), []byte("a"), 0o600))
	h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindPhotos, Folders: []string{filepath.Dir(h.data)}}))
	job := h.scan()
	h.wantShelf(store.TitlePicture)
	if !strings.Contains(h.problems(job), "keeps its own data in") {
		t.Errorf("nothing is said of it:\n%s", h.problems(job))
	}
	h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindPhotos, Folders: []string{h.data}}))
	h.scan()
	h.wantShelf(store.TitlePicture)
}

// What Usher keeps is no media either where a link leads there.
func TestNoLinkLeadsIntoTheDataFolder(t *testing.T) {
	h := newHouse(t, store.KindPhotos)
	around, posters := filepath.Dir(h.data), filepath.Join(h.data, "posters", "ab")
	h.must(os.MkdirAll(posters, 0o700))
	h.must(os.WriteFile(filepath.Join(posters, "hidden.jpg"), []byte("a"), 0o600))
	inside := filepath.Base(h.data)
	h.must(os.Symlink(filepath.Join(inside, "posters", "ab"), filepath.Join(around, "folder")))
	h.must(os.Symlink(filepath.Join(inside, "posters", "ab", "hidden.jpg"), filepath.Join(around, "poster.jpg")))
	h.must(os.Symlink(filepath.Join(inside, store.FileName), filepath.Join(around, "database.jpg")))
	h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindPhotos, Folders: []string{around}}))
	h.disk = around
	h.write("seen.jpg", "a")
	job := h.scan()
	h.wantShelf(store.TitlePicture, "seen (2024)")
	for _, link := range []string{"folder", "poster.jpg", "database.jpg"} {
		h.wantProblem(job, link, "a link into the folder that Usher keeps its own data in")
	}
	h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindPhotos, Folders: []string{posters}}))
	h.scan()
	h.wantShelf(store.TitlePicture)
}

func TestAFolderThatBecameAPipeIsUnreachable(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.scan()
	h.remove("")
	h.must(syscall.Mkfifo(h.disk, 0o600))
	if job := h.scan(); !strings.Contains(h.problems(job), "cannot be read") {
		t.Errorf("nothing is said of it:\n%s", h.problems(job))
	}
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
}

// The worker log is for all administrators, what somebody keeps in a folder of
// their own is not.
func TestNamesInSomebodysOwnFolderAreNotTold(t *testing.T) {
	h := newHouse(t, store.KindPhotos)
	h.write("Secret/Diary.jpg", "broken")
	h.must(h.DeleteLibrary(h.ctx, h.actor(), h.library))
	h.must(h.SetPersonalFolder(h.ctx, h.actor(), h.owner.ID, store.PersonalFolderInput{Kind: store.KindPhotos, Path: h.disk}))
	own, err := h.PersonalFolder(h.ctx, h.owner.ID)
	h.must(err)
	job, err := h.LatestJob(h.ctx, own.ID)
	h.must(err)
	h.must(h.worker.Finish(h.ctx))
	h.library = own.ID
	for name := range h.shelf(store.TitlePicture) {
		if !strings.HasPrefix(name, "Diary") {
			t.Errorf("there is %q", name)
		}
	}
	if problems := h.problems(job); !strings.HasPrefix(problems, "Mara’s folder/…: ") || strings.Contains(problems, "Diary") || strings.Contains(problems, "Secret") {
		t.Errorf("the log tells\n%s", problems)
	}
	r := run{library: own}
	if at := r.shown(filepath.Join(h.disk, "Secret", "Diary.jpg")); strings.Contains(at, "Diary") || strings.Contains(at, "Secret") {
		t.Errorf("the file at hand is %s", at)
	}
	if at := r.shown(h.disk); at != h.disk {
		t.Errorf("the folder itself is %s", at)
	}
}

func TestHostileNFOFiles(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.write("Harbour Lights (1998).nfo", "")
	h.must(os.Truncate(filepath.Join(h.disk, "Harbour Lights (1998).nfo"), 1<<30))
	h.write("The Long Way (2011).mkv", "b")
	h.must(syscall.Mkfifo(filepath.Join(h.disk, "The Long Way (2011).nfo"), 0o600))
	h.write("Night Ferry (2005).mkv", "c")
	h.write("Night Ferry (2005).nfo", "<movie><title>Night <b>Ferry")
	h.scan()
	found := h.shelf(store.TitleFilm)
	if found["Harbour Lights (1998)"] == 0 || found["The Long Way (2011)"] == 0 || len(found) != 3 {
		t.Errorf("found %v", found)
	}
}

func TestMoreProblemsThanAreKept(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	for i := range store.MaxProblems + 20 {
		h.must(os.Symlink("nowhere", filepath.Join(h.disk, "link "+strings.Repeat("x", i%200)+string(rune('a'+i/200)))))
	}
	job := h.scan()
	if job.Problems != store.MaxProblems+20 {
		t.Errorf("%d problems", job.Problems)
	}
	last, err := h.JobProblems(h.ctx, job.ID, store.MaxProblems-1)
	if h.must(err); len(last) != 1 {
		t.Errorf("%d are kept after the last but one", len(last))
	}
}

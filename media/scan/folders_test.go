package scan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/store"
)

// twoFolders gives the library a second folder, and each a film that lies deep.
func (h *house) twoFolders() (second string) {
	h.t.Helper()
	first := h.disk
	second = filepath.Join(h.t.TempDir(), "second")
	h.write("a/Harbour Lights (1998).mkv", "a")
	h.disk = second
	h.write("b/The Long Way (2011).mkv", "b")
	h.disk = first
	h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindFilms, Folders: []string{first, second}}))
	h.scan()
	return second
}

// What one folder of a library holds says nothing about the others.
func TestFoldersOfOneLibrary(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	second := h.twoFolders()
	all := []string{"Harbour Lights (1998)", "The Long Way (2011)"}
	before := h.wantShelf(store.TitleFilm, all...)
	if job := h.scan(); job.Saved != (store.Saved{}) {
		t.Errorf("nothing has changed: %+v", job)
	}
	h.wantShelf(store.TitleFilm, all...)
	h.must(os.Rename(second, second+"-away"))
	h.write("a/Night Ferry (2005).mkv", "c")
	if job := h.scan(); job.Added != 1 || job.Missing != 0 {
		t.Errorf("without the second: %+v", job)
	}
	h.wantShelf(store.TitleFilm, append(all, "Night Ferry (2005)")...)
	h.must(os.Rename(second+"-away", second))
	h.remove("a/Night Ferry (2005).mkv")
	h.scan()
	after := h.wantShelf(store.TitleFilm, all...)
	for name, id := range before {
		if after[name] != id {
			t.Errorf("%s is another title now", name)
		}
	}
}

// A folder may become empty that held no title any more.
func TestAFolderThatIsRightlyEmpty(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.write("notes.txt", "b")
	h.scan()
	h.remove("Harbour Lights (1998).mkv")
	if job := h.scan(); job.Missing != 1 {
		t.Errorf("without the film: %+v", job)
	}
	h.remove("notes.txt")
	if job := h.scan(); strings.Contains(h.problems(job), "is empty") {
		t.Errorf("it is taken for a disk that is not there:\n%s", h.problems(job))
	}
}

// Pictures that browsers cannot show are left out, and the log says so.
func TestPicturesThatAreLeftOut(t *testing.T) {
	h := newHouse(t, store.KindPhotos)
	h.write("phone/IMG_1.HEIC", "a")
	h.write("phone/IMG_2.HEIC", "b")
	h.write("camera/one.cr2", "c")
	job := h.scan()
	h.wantShelf(store.TitlePicture)
	h.wantProblem(job, "phone", "cannot show 2 of the pictures here, such as IMG_1.HEIC")
	h.wantProblem(job, "camera/one.cr2", "cannot show pictures of this kind")
}

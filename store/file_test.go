package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// cut is a film with these files.
func cut(folder int64, name string, files ...string) store.Found {
	f := film(folder, name, "")
	f.Files = nil
	for i, file := range files {
		f.Files = append(f.Files, store.FoundFile{Name: file, Size: int64(i + 1), Modified: time.Unix(1, 0)})
	}
	return f
}

// A film in two parts becomes two, and two become one: no title is left without
// a file, and none has the file of another.
func TestPartsThatAreParted(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	folder := library.Roots[0].ID
	save := func(found ...store.Found) []string {
		t.Helper()
		_, err := h.SaveScan(h.ctx, h.anyJob(library), store.Batch{Found: found, Read: []store.Directory{{Folder: folder}}})
		h.must(err)
		return h.finds(store.TitleQuery{Viewer: h.owner.ID, Library: library.ID})
	}
	if got := save(cut(folder, "Both", "a.mkv", "b.mkv")); !slices.Equal(got, []string{"Both"}) {
		t.Fatalf("in two parts: %q", got)
	}
	if got := save(cut(folder, "Both", "b.mkv")); !slices.Equal(got, []string{"Both"}) {
		t.Errorf("without one part: %q", got)
	}
	if got := save(cut(folder, "First", "a.mkv"), cut(folder, "Second", "b.mkv")); !slices.Equal(got, []string{"First", "Second"}) {
		t.Errorf("parted: %q", got)
	}
	if got := save(cut(folder, "Whole", "a.mkv", "b.mkv")); !slices.Equal(got, []string{"Whole"}) {
		t.Errorf("joined: %q", got)
	}
}

// anyJob is a job of a library under which a scan may save.
func (h *home) anyJob(library store.Library) int64 {
	h.t.Helper()
	h.finishJobs()
	job, err := h.AskScan(h.ctx, h.mara(), library.ID)
	h.must(err)
	return job
}

// A file that has changed since it was taken for one that has moved is another.
func TestAMoveThatIsNone(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	folder := library.Roots[0].ID
	h.shelve(cut(folder, "Alien", "alien.mkv"))
	was, err := h.FilesAlike(h.ctx, library.ID, "alien.mkv", 1, time.Unix(1, 0))
	if h.must(err); len(was) != 1 {
		t.Fatalf("known are %v", was)
	}
	grown := cut(folder, "Bear", "bear.mkv")
	grown.Files[0].Was, grown.Files[0].Size = was[0].ID, 2
	later := cut(folder, "Coraline", "coraline.mkv")
	later.Files[0].Was, later.Files[0].Modified = was[0].ID, time.Unix(2, 0)
	saved, err := h.SaveFound(h.ctx, 2, []store.Found{grown, later})
	if h.must(err); saved.Moved != 0 || saved.Added != 2 {
		t.Errorf("saved %+v", saved)
	}
	for size, at := range map[int64]time.Time{1: time.Unix(2, 0), 2: time.Unix(1, 0)} {
		if alike, err := h.FilesAlike(h.ctx, library.ID, "alien.mkv", size, at); err != nil || len(alike) != 1 || alike[0].Name == "alien.mkv" {
			t.Errorf("alike to a file of %d bytes at %v: %v, %v", size, at, alike, err)
		}
	}
}

// A scan saves nothing in a folder that was taken out of its library meanwhile.
func TestAFolderIsTakenOutDuringAScan(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.must(h.UpdateLibrary(h.ctx, h.mara(), library.ID, store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/srv/other"}}))
	_, err := h.SaveFound(h.ctx, 1, []store.Found{film(library.Roots[0].ID, "Alien", "")})
	wantError(t, err, store.ErrNotFound)
}

// A folder is unreachable since it was found so first, whatever the reason since.
func TestUnreachableSince(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	folder := library.Roots[0].ID
	first := h.clock.now()
	for _, why := range []string{"It is gone.", "It is gone.", "It is empty."} {
		h.must(h.SetReachable(h.ctx, folder, why))
		library, err := h.AnyLibrary(h.ctx, library.ID)
		if h.must(err); library.Roots[0].Unreachable != why || !library.Roots[0].Since.Equal(first) {
			t.Errorf("it says %q since %v, want %q since %v", library.Roots[0].Unreachable, library.Roots[0].Since, why, first)
		}
		h.clock.pass(time.Hour)
	}
}

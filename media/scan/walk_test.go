package scan

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/store"
)

// meanwhile scans the library, and has something happen after what lies in the
// library's folder was listed and before any of it is walked into.
func (h *house) meanwhile(happens func()) store.Job {
	h.t.Helper()
	return h.meanwhileIn("", happens)
}

// meanwhileIn is meanwhile, for a folder in it.
func (h *house) meanwhileIn(path string, happens func()) store.Job {
	h.t.Helper()
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	job, err := h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	library, err := h.AnyLibrary(h.ctx, h.library)
	h.must(err)
	data, err := os.Stat(h.data)
	h.must(err)
	r := run{store: h.Store, job: job, library: library, data: data, settle: settleAfter}
	r.watch = func(folder string) {
		if folder == filepath.Join(h.disk, path) {
			happens()
		}
	}
	h.must(r.scan(h.ctx))
	h.must(h.EndJob(h.ctx, id, store.JobDone, ""))
	job, err = h.Job(h.ctx, id)
	h.must(err)
	return job
}

// What cannot be opened stays as it was, and what has vanished is gone: that is
// no problem.
func TestFoldersThatTurnIntoSomethingElse(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("odd/deep/Harbour Lights (1998).mkv", "a")
	h.write("gone/The Long Way (2011).mkv", "b")
	h.write("here/Night Ferry (2005).mkv", "c")
	h.scan()
	job := h.meanwhile(func() {
		h.remove("odd")
		h.write("odd", "a file")
		h.remove("gone")
	})
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "Night Ferry (2005)")
	h.wantProblem(job, "odd", "not a directory")
	if job.Problems != 1 || job.Missing != 1 {
		t.Errorf("the job: %+v\n%s", job, h.problems(job))
	}
	h.scan()
	h.wantShelf(store.TitleFilm, "Night Ferry (2005)")
}

func TestFoldersThatAreLeftOut(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998)/Harbour Lights (1998).mkv", "a")
	h.write("Harbour Lights (1998)/Featurettes/How it was made.mkv", "b")
	h.write("@eaDir/Somebody (2001).mkv", "c")
	h.write(".hidden/Nobody (2002).mkv", "d")
	h.write("private/.nomedia", "")
	h.write("private/deep/Secret (2003).mkv", "e")
	h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
}

func TestFoldersThatLieTooDeep(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	deep := strings.Repeat("d/", maxLevels-1)
	h.write(deep+"Harbour Lights (1998).mkv", "a")
	h.write(deep+"d/d/The Long Way (2011).mkv", "b")
	job := h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	h.wantProblem(job, deep+"d", "too deep")
}

// Two links to one folder are followed once.
func TestLinksToOneFolder(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write(".store/Harbour Lights (1998).mkv", "a")
	for _, name := range []string{"one", "two"} {
		h.must(os.Symlink(".store", filepath.Join(h.disk, name)))
	}
	job := h.scan()
	h.wantProblem(job, "two", "Another link has led to this folder already.")
	if job.Added != 1 {
		t.Errorf("the job: %+v", job)
	}
}

// A large library shows what was found so far while the scan goes on.
func TestSomethingShowsBeforeTheEnd(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("last/Harbour Lights (1998).mkv", "a")
	for i := range maxBatch + 1 {
		h.write(fmt.Sprintf("first/Boat %d (2000).mkv", i), fmt.Sprint(i))
	}
	shown := 0
	h.meanwhileIn("last", func() { shown = len(h.shelf(store.TitleFilm)) })
	if shown < maxBatch {
		t.Errorf("%d films show before the scan has come to the last", shown)
	}
}

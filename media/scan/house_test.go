package scan

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/internal/blankdata"
	"usher/store"
)

// house is a store with a library on the disk, and a worker that scans it.
type house struct {
	*store.Store
	t       testing.TB
	ctx     context.Context
	data    string
	disk    string // the folder of the library
	library int64
	owner   store.User
	worker  *Worker
}

func newHouse(t testing.TB, kind store.LibraryKind) *house {
	t.Helper()
	h := &house{t: t, ctx: context.Background(), data: blankdata.Folder(t), disk: t.TempDir()}
	h.Store = h.open()
	var err error
	h.owner, err = h.MakeOwner(h.ctx, "Mara", "$mara")
	h.must(err)
	h.library, err = h.AddLibrary(h.ctx, h.actor(), store.LibraryInput{Name: "Library", Kind: kind, Folders: []string{h.disk}})
	h.must(err)
	return h
}

// open is one more store over the same data folder.
func (h *house) open() *store.Store {
	h.t.Helper()
	st, err := store.Open(h.ctx, h.data)
	h.must(err)
	h.t.Cleanup(func() { _ = st.Close() })
	h.worker = NewWorker(st, slog.New(slog.DiscardHandler))
	return st
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) actor() store.Actor {
	return store.Actor{ID: h.owner.ID, Name: h.owner.Name, Role: h.owner.Role}
}

// long is when the files of a test were written: long enough ago to be whole.
var long = time.Date(2024, time.May, 4, 12, 0, 0, 0, time.UTC)

// write writes a file below the library's folder. The content decides its time
// too, so that other contents are other files.
func (h *house) write(path, content string) {
	h.t.Helper()
	at := filepath.Join(h.disk, path)
	h.must(os.MkdirAll(filepath.Dir(at), 0o700))
	h.must(os.WriteFile(at, []byte(content), 0o600))
	when := long
	for _, b := range []byte(content) {
		when = when.Add(time.Duration(b) * time.Second)
	}
	h.must(os.Chtimes(at, when, when))
}

func (h *house) remove(path string) {
	h.t.Helper()
	h.must(os.RemoveAll(filepath.Join(h.disk, path)))
}

func (h *house) move(from, to string) {
	h.t.Helper()
	h.must(os.MkdirAll(filepath.Dir(filepath.Join(h.disk, to)), 0o700))
	h.must(os.Rename(filepath.Join(h.disk, from), filepath.Join(h.disk, to)))
}

// scan scans the library and answers the job.
func (h *house) scan() store.Job {
	h.t.Helper()
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	h.must(h.worker.Finish(h.ctx))
	job, err := h.Job(h.ctx, id)
	h.must(err)
	if job.State != store.JobDone {
		h.t.Fatalf("the scan ended %s: %s", job.State, job.Error)
	}
	return job
}

// shelf are the names of the visible titles of a kind with their ids.
func (h *house) shelf(kind store.TitleKind) map[string]int64 {
	h.t.Helper()
	found := make(map[string]int64)
	for page := 1; ; page++ {
		titles, err := h.Titles(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: h.library, Kind: kind, Page: page})
		h.must(err)
		for _, title := range titles.Titles {
			name := title.Name
			if title.Year != 0 {
				name += fmt.Sprintf(" (%d)", title.Year)
			}
			found[name] = title.ID
		}
		if page >= titles.Pages {
			return found
		}
	}
}

// wantShelf fails unless these titles of a kind show, and answers their ids.
func (h *house) wantShelf(kind store.TitleKind, want ...string) map[string]int64 {
	h.t.Helper()
	found := h.shelf(kind)
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		h.t.Fatalf("%s: %q, want %q", kind, names, want)
	}
	return found
}

// problems are those of a job.
func (h *house) problems(job store.Job) string {
	h.t.Helper()
	var lines []string
	list, err := h.JobProblems(h.ctx, job.ID, 0)
	h.must(err)
	for _, p := range list {
		lines = append(lines, strings.TrimPrefix(p.Path, h.disk)+": "+p.Problem)
	}
	return strings.Join(lines, "\n")
}

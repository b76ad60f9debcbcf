package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"usher/store"
)

// A process that is killed in the middle of a scan, time and again, begins it
// again at the next start, and in the end every film is there, once.
func TestKilledWhileScanning(t *testing.T) {
	const films, kills = 3000, 2
	asOwner(t, "Mara", goodPassword)
	data, folder := t.TempDir(), t.TempDir()
	must(t, serveIn(t, data).end())
	for n := range films {
		must(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("Film %d (1990).mkv", n)), nil, 0o600))
	}
	long := time.Now().AddDate(0, 0, -1)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	must(t, err)
	for _, file := range files {
		must(t, os.Chtimes(file, long, long))
	}
	st, err := store.Open(t.Context(), data)
	must(t, err)
	t.Cleanup(func() { must(t, st.Close()) })
	mara, err := st.Owner(t.Context())
	must(t, err)
	library, err := st.AddLibrary(t.Context(), store.Actor{ID: mara.ID}, store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{folder}})
	must(t, err)

	for n := range kills {
		cmd, _, _ := process(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
		must(t, cmd.Start())
		awaitJob(t, st, library, func(j store.Job) bool { return j.State == store.JobRunning && j.Seen >= (n+1)*films/8 })
		must(t, cmd.Process.Kill())
		if err := cmd.Wait(); err == nil {
			t.Fatal("the process ended by itself")
		}
		if job, err := st.LatestJob(t.Context(), library); err != nil || job.State != store.JobRunning {
			t.Fatalf("after the kill the scan is %s, %v", job.State, err)
		}
	}
	serveIn(t, data)
	job := awaitJob(t, st, library, func(j store.Job) bool { return !j.State.Open() })
	if job.State != store.JobDone || job.Reason != store.ReasonResumed || job.Problems != 0 {
		t.Errorf("the scan ended %s, begun again: %s, %s", job.State, job.Reason, job.Error)
	}
	seen := make(map[string]bool)
	for page := 1; len(seen) < films; page++ {
		found, err := st.Titles(t.Context(), store.TitleQuery{Viewer: mara.ID, Library: library, Page: page})
		must(t, err)
		if found.Total != films || found.Page != page {
			t.Fatalf("on page %d of %d there are %d films", page, found.Pages, found.Total)
		}
		for _, film := range found.Titles {
			if seen[film.Name] {
				t.Errorf("%s is there twice", film.Name)
			}
			seen[film.Name] = true
		}
	}
}

// awaitJob waits until the latest scan of a library is so.
func awaitJob(t *testing.T, st *store.Store, library int64, so func(store.Job) bool) store.Job {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		job, err := st.LatestJob(context.WithoutCancel(t.Context()), library)
		must(t, err)
		if so(job) {
			return job
		}
		if time.Now().After(deadline) {
			t.Fatalf("the scan is %s after %d files: %s", job.State, job.Seen, job.Error)
		}
	}
}

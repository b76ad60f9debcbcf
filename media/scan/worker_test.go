package scan

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"usher/store"
)

// run runs the worker until the test ends.
func (h *house) run() {
	h.t.Helper()
	ctx, stop := context.WithCancel(h.ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); h.worker.Run(ctx) }()
	h.t.Cleanup(func() { stop(); <-ended })
}

// await waits until a condition holds.
func (h *house) await(what string, holds func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("it never came to be that %s", what)
		}
	}
}

func TestTheWorkerScansAtTheStartAndWhenFoldersChange(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("a/Harbour Lights (1998).mkv", "a")
	h.run()
	h.await("the film shows", func() bool { return len(h.shelf(store.TitleFilm)) == 1 })
	h.await("nothing waits", func() bool {
		open, err := h.OpenJobs(h.ctx)
		return err == nil && len(open) == 0
	})
	h.write("a/The Long Way (2011).mkv", "b")
	h.await("the second shows", func() bool { return len(h.shelf(store.TitleFilm)) == 2 })
	h.write("new/deep/Night Ferry (2005).mkv", "c")
	h.await("the third shows", func() bool { return len(h.shelf(store.TitleFilm)) == 3 })
	job, err := h.LatestJob(h.ctx, h.library)
	if h.must(err); job.Reason != store.ReasonChange {
		t.Errorf("it was scanned because of %q", job.Reason)
	}
}

func TestTheWorkerScansByTheClock(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.must(h.worker.Finish(h.ctx))
	settings, err := h.Settings(h.ctx)
	h.must(err)
	h.worker.last = time.Now().Add(-59 * time.Minute)
	h.must(h.worker.askDue(h.ctx, settings))
	if open, err := h.OpenJobs(h.ctx); err != nil || len(open) != 0 {
		t.Errorf("too early: %v, %v", open, err)
	}
	h.worker.last = time.Now().Add(-time.Hour)
	never := settings
	never.ScanEvery = 0
	h.must(h.worker.askDue(h.ctx, never))
	if open, err := h.OpenJobs(h.ctx); err != nil || len(open) != 0 {
		t.Errorf("although it is switched off: %v, %v", open, err)
	}
	h.must(h.worker.askDue(h.ctx, settings))
	if open, err := h.OpenJobs(h.ctx); err != nil || len(open) != 1 || open[0].Reason != store.ReasonTime {
		t.Errorf("in time: %v, %v", open, err)
	}
}

// many writes n films.
func (h *house) many(n int) {
	h.t.Helper()
	for i := range n {
		h.write(fmt.Sprintf("film %d (2000)/film.mkv", i), fmt.Sprint(i))
	}
}

// halfway begins a scan that ends in the middle, and answers its job.
func (h *house) halfway(stop func(*run)) (job store.Job, err error) {
	h.t.Helper()
	_, err = h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	job, err = h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	library, err := h.AnyLibrary(h.ctx, h.library)
	h.must(err)
	data, err := os.Stat(h.data)
	h.must(err)
	r := run{store: h.Store, job: job, library: library, data: data, settle: settleAfter}
	seen := 0
	r.watch = func(string) {
		if seen++; seen == 100 {
			h.must(r.flush(h.ctx))
			stop(&r)
		}
	}
	return job, r.scan(h.ctx)
}

func TestACrashInTheMiddleIsResumed(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.many(200)
	func() {
		defer func() { _ = recover() }()
		_, _ = h.halfway(func(*run) { panic("the power is gone") })
	}()
	saved := len(h.shelf(store.TitleFilm))
	if saved == 0 || saved >= 200 {
		t.Fatalf("%d films were saved before the crash", saved)
	}
	h.must(h.Close())
	h.Store = h.open()
	h.must(h.worker.begin(h.ctx))
	h.must(h.worker.Finish(h.ctx))
	if got := len(h.shelf(store.TitleFilm)); got != 200 {
		t.Errorf("%d films in the end", got)
	}
	job, err := h.LatestJob(h.ctx, h.library)
	if h.must(err); job.Reason != store.ReasonResumed || job.State != store.JobDone || job.Added != 200-saved {
		t.Errorf("the second job, after %d were saved: %+v", saved, job)
	}
}

func TestACancelledScanKeepsWhatItHasFound(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.many(200)
	h.must(h.worker.Finish(h.ctx))
	h.remove("film 3 (2000)")
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	job, err := h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	h.must(h.CancelJob(h.ctx, h.actor(), id))
	ctx, cancel := context.WithCancelCause(h.ctx)
	cancel(store.ErrCancelled)
	if err := h.worker.scan(ctx, job); err == nil {
		t.Error("it went on")
	}
	if got := len(h.shelf(store.TitleFilm)); got != 200 {
		t.Errorf("%d films: what a cancelled scan has not come by is lost", got)
	}
}

func TestTheWorkerHearsThatAScanIsCancelled(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.many(50)
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	job, err := h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	h.must(h.CancelJob(h.ctx, h.actor(), id))
	// The scan itself takes less than the look for a cancellation: it is held up.
	h.worker.watcher.mu.Lock()
	_, err = h.worker.watcher.use(true)
	h.must(err)
	go func() { time.Sleep(time.Second); h.worker.watcher.mu.Unlock() }()
	h.must(h.worker.do(h.ctx, job))
	h.worker.watcher.stop()
	if job, err = h.Job(h.ctx, id); err != nil || job.State != store.JobCancelled {
		t.Errorf("the job: %+v, %v", job, err)
	}
}

// A mistake in Usher ends one scan, not the worker.
func TestAPanicEndsOneScanOnly(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.worker.watcher = nil
	id, err := h.AskScan(h.ctx, h.actor(), h.library)
	h.must(err)
	h.must(h.worker.Finish(h.ctx))
	if job, err := h.Job(h.ctx, id); err != nil || job.State != store.JobFailed || job.Error == "" {
		t.Errorf("the job: %+v, %v", job, err)
	}
}

func TestALibraryThatIsDeletedMeanwhile(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.many(150)
	_, err := h.halfway(func(*run) { h.must(h.DeleteLibrary(h.ctx, h.actor(), h.library)) })
	if err == nil {
		t.Error("the scan knows nothing of it")
	}
	h.must(h.worker.Finish(h.ctx))
}

func TestAFolderThatVanishesWhileItIsRead(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.many(150)
	_, err := h.halfway(func(*run) { h.must(os.RemoveAll(filepath.Join(h.disk, "film 99 (2000)"))) })
	h.must(err)
	if got := len(h.shelf(store.TitleFilm)); got < 149 {
		t.Errorf("%d films", got)
	}
}

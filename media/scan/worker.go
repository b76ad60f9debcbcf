package scan

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"usher/store"
)

const (
	// lookEvery is how often the worker looks for scans that another process has
	// asked for.
	lookEvery = 10 * time.Second
	// settleAfter is how long ago a file must have been written to last, so that
	// it counts as whole.
	settleAfter = 5 * time.Second
	// againAtMost is the longest pause before a library in which files grow is
	// looked at again.
	againAtMost = 5 * time.Minute
)

// Worker scans libraries, one at a time: when somebody asks, at the start, by
// the clock, and when their folders change.
type Worker struct {
	store   *store.Store
	log     *slog.Logger
	watcher *watcher
	last    time.Time               // when all libraries were last asked for
	again   map[int64]time.Time     // when libraries are looked at again in which files grow
	pauses  map[int64]time.Duration // before that
}

// NewWorker is a worker. Only one may run for a data folder.
func NewWorker(st *store.Store, log *slog.Logger) *Worker {
	return &Worker{store: st, log: log, watcher: newWatcher(log), again: make(map[int64]time.Time), pauses: make(map[int64]time.Duration)}
}

// Run asks for a scan of every library and does the scans that are asked for,
// until ctx ends. What is in the middle then is begun again at the next start.
func (w *Worker) Run(ctx context.Context) {
	defer w.watcher.stop()
	for ctx.Err() == nil {
		if err := w.begin(ctx); err == nil {
			break
		} else if ctx.Err() == nil {
			w.log.Error("cannot bring the scans in order", "error", err)
		}
		w.wait(ctx, lookEvery)
	}
	for ctx.Err() == nil {
		if err := w.round(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("cannot look after the scans", "error", err)
		}
		w.wait(ctx, lookEvery)
	}
}

// begin brings in order what was left, and asks for every library.
func (w *Worker) begin(ctx context.Context) error {
	if err := w.store.RecoverJobs(ctx, store.JobScan); err != nil {
		return err
	}
	w.last = w.store.Now()
	return w.store.QueueScans(ctx, store.ReasonStart)
}

// round asks for what is due and does all that waits.
func (w *Worker) round(ctx context.Context) error {
	if err := w.store.Refresh(ctx); err != nil {
		return err
	}
	settings, err := w.store.Settings(ctx)
	if err != nil {
		return err
	}
	begun, err := w.watcher.use(settings.WatchFolders)
	if err != nil {
		w.log.Warn("cannot watch folders for changes", "error", err)
	}
	if begun {
		if err := w.store.QueueScans(ctx, store.ReasonChange); err != nil {
			return err
		}
	}
	if err := w.askDue(ctx, settings); err != nil {
		return err
	}
	return w.Finish(ctx)
}

// askDue asks for scans of what is due by the clock or has changed.
func (w *Worker) askDue(ctx context.Context, settings store.Settings) error {
	now := w.store.Now()
	if settings.ScanEvery > 0 && now.Sub(w.last) >= settings.ScanEvery {
		w.last = now
		if err := w.store.QueueScans(ctx, store.ReasonTime); err != nil {
			return err
		}
	}
	changed := w.watcher.changed()
	for library, due := range w.again {
		if !now.Before(due) {
			delete(w.again, library)
			changed = append(changed, library)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return w.store.QueueScans(ctx, store.ReasonChange, changed...)
}

// wait pauses until there may be something to do, or ctx ends.
func (w *Worker) wait(ctx context.Context, pause time.Duration) {
	now := w.store.Now()
	for _, due := range w.again {
		pause = min(pause, max(0, due.Sub(now)))
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.store.Asked(store.JobScan):
	case <-w.watcher.quiet:
	case <-timer.C:
	}
}

// Finish does all scans that wait, and returns when none does.
func (w *Worker) Finish(ctx context.Context) error {
	return w.store.EachWaiting(ctx, store.JobScan, w.do)
}

// do does one job and writes down how it ended. Where Usher stops meanwhile, it
// stays as it is for the next start.
func (w *Worker) do(ctx context.Context, job store.Job) error {
	w.log.Info("scan begun", "job", job.ID, "library", job.LibraryID, "reason", job.Reason)
	began := time.Now()
	state, why := store.JobDone, ""
	err := w.store.UntilCancelled(ctx, job.ID, func(ctx context.Context) error { return w.scan(ctx, job) })
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, store.ErrCancelled), errors.Is(err, store.ErrNotFound):
		state = store.JobCancelled // a library that is gone takes its job along
	default:
		state, why = store.JobFailed, "Usher could not finish this scan. The log says why. What it had found until then is kept."
		w.log.Error("scan failed", "job", job.ID, "library", job.LibraryID, "error", err)
	}
	w.log.Info("scan ended", "job", job.ID, "library", job.LibraryID, "state", state, "took", time.Since(began).Round(time.Millisecond))
	return w.store.EndJob(ctx, job.ID, state, why)
}

// scan scans one library. A mistake in Usher ends this scan, not the worker.
func (w *Worker) scan(ctx context.Context, job store.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	library, err := w.store.AnyLibrary(ctx, job.LibraryID)
	if err != nil {
		return err
	}
	data, err := os.Stat(w.store.Folder())
	if err != nil {
		return fmt.Errorf("look at the data folder: %w", err)
	}
	r := run{store: w.store, job: job, library: library, data: data, settle: settleAfter}
	r.watch = func(folder string) {
		if why := w.watcher.add(library.ID, folder); why != "" {
			r.problem(folder, why)
		}
	}
	if err := r.scan(ctx); err != nil {
		return err
	}
	w.settle(library.ID, r.unsettled)
	return nil
}

// settle looks at a library again a little later, where files were growing in
// it, and less and less often while they do.
func (w *Worker) settle(library int64, unsettled bool) {
	if !unsettled {
		delete(w.pauses, library)
		delete(w.again, library)
		return
	}
	pause := min(againAtMost, max(settleAfter+time.Second, 2*w.pauses[library]))
	w.pauses[library] = pause
	w.again[library] = w.store.Now().Add(pause)
}

package channel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"usher/outside"
	"usher/store"
)

const (
	// hands is how many channels are read at once.
	hands = 2
	// lookEvery is how often the worker looks whether a channel is due, or was
	// asked for by another process.
	lookEvery = 10 * time.Second
	// firstPause is how long a source that is down is left alone; each time that
	// it is still down, twice as long, up to the usual time between two reads.
	firstPause = 15 * time.Minute
)

// Worker reads channels: when somebody asks, when they are new, and by the clock.
type Worker struct {
	store  *store.Store
	client *outside.Client
	log    *slog.Logger

	mu     sync.Mutex
	failed map[int64]int // how often in a row each channel could not be read
}

// NewWorker is a worker. Only one may run for a data folder.
func NewWorker(st *store.Store, client *outside.Client, log *slog.Logger) *Worker {
	return &Worker{store: st, client: client, log: log, failed: make(map[int64]int)}
}

// Run reads the channels that are due or asked for, until ctx ends. What is in
// the middle then is begun again at the next start.
func (w *Worker) Run(ctx context.Context) {
	w.untilDone(ctx, func() error { return w.store.RecoverJobs(ctx, store.JobRefresh) })
	var working sync.WaitGroup
	for range hands {
		working.Go(func() {
			for ctx.Err() == nil {
				w.tell(ctx, w.Finish(ctx))
				w.wait(ctx, w.store.Asked(store.JobRefresh))
			}
		})
	}
	for reason := store.ReasonStart; ctx.Err() == nil; reason = store.ReasonTime {
		w.tell(ctx, w.askDue(ctx, reason))
		w.wait(ctx, nil)
	}
	working.Wait()
}

// untilDone tries until it works, or ctx ends.
func (w *Worker) untilDone(ctx context.Context, try func() error) {
	for ctx.Err() == nil {
		err := try()
		if err == nil {
			return
		}
		w.tell(ctx, err)
		w.wait(ctx, nil)
	}
}

// tell writes an error down, where it is not the end of ctx.
func (w *Worker) tell(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		w.log.Error("cannot look after the channels", "error", err)
	}
}

// wait pauses until it is time to look again, somebody asks, or ctx ends.
func (w *Worker) wait(ctx context.Context, asked <-chan struct{}) {
	timer := time.NewTimer(lookEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-asked:
	case <-timer.C:
	}
}

// askDue asks for the channels to be read that are due.
func (w *Worker) askDue(ctx context.Context, reason store.JobReason) error {
	if err := w.store.Refresh(ctx); err != nil {
		return err
	}
	settings, err := w.store.Settings(ctx)
	if err != nil || settings.RefreshEvery == 0 {
		return err
	}
	open, err := w.store.OpenJobs(ctx)
	if err != nil {
		return err
	}
	asked := make(map[int64]bool)
	for _, job := range open {
		asked[job.ChannelID] = true
	}
	sources, err := w.store.ChannelSources(ctx)
	if err != nil {
		return err
	}
	var due []int64
	for id, source := range sources {
		if !asked[id] && w.isDue(source, settings.RefreshEvery) {
			due = append(due, id)
		}
	}
	if len(due) == 0 {
		return nil
	}
	return w.store.QueueRefreshes(ctx, reason, due...)
}

// isDue says whether it is time to read a channel.
func (w *Worker) isDue(source store.ChannelSource, every time.Duration) bool {
	if source.TriedAt.IsZero() {
		return true
	}
	if source.Problem != "" {
		w.mu.Lock()
		again := min(max(w.failed[source.ChannelID]-1, 0), 16)
		w.mu.Unlock()
		every = min(every, firstPause<<again)
	}
	return !w.store.Now().Before(source.TriedAt.Add(every))
}

// Finish reads the channels that wait to be read, and returns when none does.
func (w *Worker) Finish(ctx context.Context) error {
	return w.store.EachWaiting(ctx, store.JobRefresh, w.do)
}

// do does one job and writes down how it ended. Where Usher stops meanwhile, it
// stays as it is for the next start.
func (w *Worker) do(ctx context.Context, job store.Job) error {
	state, why := store.JobDone, ""
	err := w.store.UntilCancelled(ctx, job.ID, func(ctx context.Context) error { return w.read(ctx, job) })
	sentence, theirs := reason(err)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, store.ErrCancelled), errors.Is(err, store.ErrNotFound):
		state = store.JobCancelled // a channel that is gone takes its job along
	case theirs:
		state, why = store.JobFailed, sentence
	default:
		state, why = store.JobFailed, "Usher could not read this channel. The log says why."
		w.log.Error("channel failed", "job", job.ID, "channel", job.ChannelID, "error", err)
	}
	w.log.Info("channel read", "job", job.ID, "channel", job.ChannelID, "state", state, "why", why)
	return w.store.EndJob(ctx, job.ID, state, why)
}

// read reads one channel, and notes what it says or why it could not be read. A
// mistake in Usher ends this channel, not the worker.
func (w *Worker) read(ctx context.Context, job store.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	if err := w.store.Refresh(ctx); err != nil {
		return err
	}
	channel, err := w.store.Channel(ctx, job.ChannelID)
	if err != nil {
		return err
	}
	err = w.fetch(ctx, job, channel)
	why, theirs := reason(err)
	w.count(channel.ID, theirs)
	if theirs {
		err = errors.Join(err, w.store.NoteUnread(ctx, channel, why))
	}
	return err
}

// count counts how often in a row a channel could not be read.
func (w *Worker) count(channel int64, failed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if failed {
		w.failed[channel]++
	} else {
		delete(w.failed, channel)
	}
}

// reason is why a source could not be read, in a sentence, where that is its own
// doing. What lies beneath quotes the address, which may be a secret.
func reason(err error) (why string, theirs bool) {
	var failure *outside.Failure
	if errors.As(err, &failure) {
		return failure.Why, true
	}
	var unreadable *Unreadable
	if errors.As(err, &unreadable) {
		return unreadable.Why, true
	}
	return "", false
}

// fetch asks the source of a channel, and saves what is new.
func (w *Worker) fetch(ctx context.Context, job store.Job, channel store.Channel) error {
	source, err := w.store.ChannelSource(ctx, channel.ID)
	if err != nil {
		return err
	}
	document, err := w.client.Fetch(ctx, channel.Address, outside.Last{ETag: source.ETag, Modified: source.Modified}, maxBytes)
	if err != nil {
		return err
	}
	if document.Unchanged {
		return w.store.NoteUnchanged(ctx, channel)
	}
	read, err := Read(document.Body, document.Address)
	if err != nil {
		return err
	}
	read.ETag, read.Modified = document.ETag, document.Modified
	_, err = w.store.SaveChannel(ctx, job.ID, channel, read)
	return err
}

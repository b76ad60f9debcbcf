package mail

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"usher/auth"
	"usher/store"
)

const (
	// lookEvery is how often the worker looks for letters that another process
	// has queued.
	lookEvery = time.Minute
	// writeAgain is how long it waits where the database takes no writing.
	writeAgain = time.Second
)

// Worker sends the letters of the outbox, one after the other.
type Worker struct {
	store  *store.Store
	sender *Sender
	log    *slog.Logger
	// tokens of letters that are tried again. Each keeps its link for as long
	// as this process runs, so that whichever copy arrives works.
	tokens map[int64]string
}

// NewWorker is a worker. Only one may run for a data folder.
func NewWorker(st *store.Store, sender *Sender, log *slog.Logger) *Worker {
	return &Worker{store: st, sender: sender, log: log, tokens: make(map[int64]string)}
}

// Run brings the outbox in order and sends what is due, until ctx ends. A
// letter that is on its way then is put back, or finished where the mail server
// has its text.
func (w *Worker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := w.store.RecoverOutbox(ctx)
		if err == nil {
			break
		}
		if ctx.Err() == nil {
			w.log.Error("cannot bring the outbox in order", "error", err)
		}
		w.wait(ctx, lookEvery)
	}
	for ctx.Err() == nil {
		pause := lookEvery
		if err := w.sendDue(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("cannot look after the outbox", "error", err)
		} else if due, err := w.store.NextLetterDue(ctx); err == nil && !due.IsZero() {
			pause = min(lookEvery, max(due.Sub(w.store.Now()), writeAgain))
		} else if err == nil {
			clear(w.tokens)
		}
		w.wait(ctx, pause)
	}
}

// wait pauses until there may be something to send, or ctx ends.
func (w *Worker) wait(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.store.Posted():
	case <-timer.C:
	}
}

// sendDue sends every letter that is due.
func (w *Worker) sendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := w.store.Refresh(ctx); err != nil {
			return err
		}
		settings, err := w.store.Settings(ctx)
		if err != nil || !settings.SendsMail() {
			return err
		}
		letter, err := w.store.ClaimLetter(ctx, w.tokenHash)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		w.settle(ctx, letter, w.send(ctx, settings, letter))
	}
	return nil
}

// tokenHash is the hash of the letter's link, made at its first attempt.
func (w *Worker) tokenHash(letterID int64) []byte {
	token, known := w.tokens[letterID]
	if !known {
		token, _ = auth.NewToken()
		w.tokens[letterID] = token
	}
	return auth.HashToken(token)
}

func (w *Worker) send(ctx context.Context, settings store.Settings, letter store.Letter) error {
	server, err := ParseServer(settings.SMTPURL)
	if err != nil {
		return &Failure{Why: "The settings for e-mail cannot be read. Save them once more.", err: err}
	}
	message, err := Compose(ctx, letter, w.tokens[letter.ID])
	if err != nil {
		return err
	}
	return w.sender.Send(ctx, server, message, func() error {
		// The mark is made even when Usher stops in this instant.
		return w.store.HandingOver(context.WithoutCancel(ctx), letter.ID)
	})
}

// settle writes down what became of an attempt. Where the disk is full, it
// tries until that works or Usher stops: what a mail server has must not be
// sent again.
func (w *Worker) settle(ctx context.Context, letter store.Letter, outcome error) {
	write := w.verdict(ctx, letter, outcome)
	for {
		err := write(context.WithoutCancel(ctx))
		if err == nil || errors.Is(err, store.ErrNotFound) {
			return
		}
		w.log.Error("cannot write down what became of a letter", "letter", letter.ID, "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(writeAgain):
		}
	}
}

// verdict is how the outcome of an attempt is written down.
func (w *Worker) verdict(ctx context.Context, letter store.Letter, outcome error) func(context.Context) error {
	var failure *Failure
	switch known := errors.As(outcome, &failure); {
	case outcome == nil:
		delete(w.tokens, letter.ID)
		w.log.Info("letter sent", "letter", letter.ID, "kind", letter.Kind)
		return func(ctx context.Context) error { return w.store.LetterSent(ctx, letter.ID) }
	case errors.Is(outcome, store.ErrNotFound):
		delete(w.tokens, letter.ID)
		return func(context.Context) error { return nil } // taken back meanwhile
	case ctx.Err() != nil && (!known || !failure.answered):
		// What the mail server was taking stays marked so, for the next start.
		return func(ctx context.Context) error { return w.store.ReleaseLetter(ctx, letter.ID) }
	case !known:
		failure = &Failure{Why: "Usher could not prepare this e-mail. The log says why.", err: outcome}
		w.log.Error("cannot prepare a letter", "letter", letter.ID, "kind", letter.Kind, "error", outcome)
	}
	why := w.withoutToken(letter.ID, failure.Why)
	w.log.Warn("letter not sent", "letter", letter.ID, "kind", letter.Kind, "attempt", letter.Attempt, "why", why)
	return func(ctx context.Context) error { return w.store.LetterFailed(ctx, letter.ID, why, failure.Permanent) }
}

// withoutToken leaves the letter's token out of a sentence: a mail server may
// have quoted the link that it did not like.
func (w *Worker) withoutToken(letterID int64, why string) string {
	if token := w.tokens[letterID]; token != "" {
		return strings.ReplaceAll(why, token, "…")
	}
	return why
}

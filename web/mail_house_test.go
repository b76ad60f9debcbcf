package web_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/internal/letterbox"
	"usher/mail"
	"usher/store"
)

// withMail gives the house a mail server and the worker that sends through it,
// until the test ends.
func (h *house) withMail() *letterbox.Box {
	h.t.Helper()
	box := openBox(h.t, letterbox.Options{})
	if err := h.store.SaveMail(context.Background(), h.asOwner(), box.URL()); err != nil {
		h.t.Fatal(err)
	}
	h.startWorker()
	return box
}

// startWorker lets the worker send what is due, until the test ends.
func (h *house) startWorker() {
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	worker := mail.NewWorker(h.store, mail.NewSender(), slog.New(slog.NewTextHandler(h.log, nil)))
	working.Go(func() { worker.Run(ctx) })
	h.t.Cleanup(func() { cancel(); working.Wait() })
}

func openBox(t *testing.T, options letterbox.Options) *letterbox.Box {
	t.Helper()
	box, err := letterbox.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box
}

// nextLetter waits for one letter more than the box had, and is it.
func nextLetter(t *testing.T, box *letterbox.Box, had int) letterbox.Letter {
	t.Helper()
	letters, err := box.Wait(t.Context(), had+1)
	if err != nil {
		t.Fatal(err)
	}
	return letters[had]
}

// waitForLetter waits until the user's last reset letter has come so far.
func (h *house) waitForLetter(u store.User, state store.LetterState) {
	h.t.Helper()
	for {
		letter, err := h.store.LatestLetter(h.t.Context(), u.ID, store.LetterReset)
		if err != nil {
			h.t.Fatal(err)
		}
		if letter.State == state {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// linkIn is the path of the link in a letter's text, under the server's
// address in these tests.
func linkIn(t *testing.T, l letterbox.Letter) string {
	t.Helper()
	for line := range strings.Lines(l.Text) {
		if path, found := strings.CutPrefix(strings.TrimSpace(line), "http://usher.example"); found {
			return path
		}
	}
	t.Fatalf("no link in\n%s", l.Text)
	return ""
}

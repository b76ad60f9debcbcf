package mail_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/auth"
	"usher/internal/letterbox"
	"usher/mail"
	"usher/store"
)

// post is a store with a mail server, and Elsa, who has an address.
type post struct {
	*store.Store
	t      *testing.T
	ctx    context.Context
	folder string
	box    *letterbox.Box
	mara   store.Actor
	elsa   store.User
	ahead  *atomic.Int64 // of the clock, in nanoseconds
	log    *strings.Builder
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{t: t, ctx: t.Context(), folder: t.TempDir(), box: open(t, letterbox.Options{}), ahead: &atomic.Int64{}, log: &strings.Builder{}}
	p.reopen()
	mara, err := p.MakeOwner(p.ctx, "Mara", "$hash")
	p.must(err)
	p.mara = store.Actor{ID: mara.ID, Name: mara.Name, Role: mara.Role}
	p.must(p.SaveMail(p.ctx, p.mara, p.box.URL()))
	p.elsa, err = p.CreateUser(p.ctx, p.mara, store.NewUser{Name: "Elsa", Email: "elsa@example.org", Access: store.FullAccess()})
	p.must(err)
	return p
}

// reopen is the store after whatever ended Usher.
func (p *post) reopen() {
	p.t.Helper()
	if p.Store != nil {
		p.must(p.Close())
	}
	st, err := store.Open(p.ctx, p.folder, store.WithClock(func() time.Time { return time.Now().Add(time.Duration(p.ahead.Load())) }))
	p.must(err)
	p.t.Cleanup(func() { _ = st.Close() })
	p.Store = st
}

func (p *post) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// work runs a worker until the test ends or stop is called.
func (p *post) work() (stop func()) {
	p.t.Helper()
	sender := mail.NewSender()
	sender.Patience.Farewell = 10 * time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	worker := mail.NewWorker(p.Store, sender, slog.New(slog.NewTextHandler(p.log, nil)))
	working.Go(func() { worker.Run(ctx) })
	stop = func() { cancel(); working.Wait() }
	p.t.Cleanup(stop)
	return stop
}

func (p *post) mailLink() {
	p.t.Helper()
	p.must(p.MailResetLink(p.ctx, p.mara, p.elsa.ID, "http://home.example"))
}

// letter is Elsa's last letter.
func (p *post) letter() store.OutboxEntry {
	p.t.Helper()
	e, err := p.LatestLetter(p.ctx, p.elsa.ID, store.LetterReset)
	p.must(err)
	return e
}

// until waits for Elsa's last letter to be as it ought to be.
func (p *post) until(state store.LetterState, attempts int) store.OutboxEntry {
	p.t.Helper()
	for {
		if e := p.letter(); e.State == state && e.Attempts == attempts {
			return e
		}
		time.Sleep(time.Millisecond)
	}
}

// tryAgain makes the letter that waits due, and tells the worker.
func (p *post) tryAgain() { p.t.Helper(); p.must(p.SaveMail(p.ctx, p.mara, p.box.URL())) }

// token is the token in a letter's link.
func token(t *testing.T, l letterbox.Letter) string {
	t.Helper()
	_, after, found := strings.Cut(l.Text, "http://home.example/reset/")
	if !found {
		t.Fatalf("no link in\n%s", l.Text)
	}
	return strings.Fields(after)[0]
}

func (p *post) works(l letterbox.Letter) bool {
	p.t.Helper()
	_, err := p.ResetLinkUser(p.ctx, auth.HashToken(token(p.t, l)))
	return err == nil
}

// TestWorkerTriesAgain lets a letter run into one fault after the other, none
// of which is for good, before the server takes it.
func TestWorkerTriesAgain(t *testing.T) {
	p := newPost(t)
	p.work()
	attempts := 0
	for _, fault := range []letterbox.Fault{
		letterbox.RefuseGreeting, letterbox.RefuseSender, letterbox.PostponeRecipient, letterbox.PostponeMessage, letterbox.CutInData,
	} {
		p.box.Fail(fault)
		if attempts == 0 {
			p.mailLink()
		} else {
			p.tryAgain()
		}
		attempts++
		if e := p.until(store.LetterWaiting, attempts); e.Error == "" || !e.DueAt.After(p.Now()) {
			t.Errorf("after fault %d the letter waits so: %+v", fault, e)
		}
	}
	p.box.Fail(letterbox.NoFault)
	p.tryAgain()
	p.until(store.LetterSent, attempts+1)
	p.tryAgain()
	if letters := p.box.Letters(); len(letters) != 1 || !p.works(letters[0]) {
		t.Errorf("%d letters are there", len(letters))
	}
}

// TestWorkerWithoutReply has the server take a letter and say nothing. It goes
// out again with the same Message-ID and the same link, so that mail programs
// know it for one, and whichever is read works.
func TestWorkerWithoutReply(t *testing.T) {
	p := newPost(t)
	p.box.Fail(letterbox.CutBeforeReply)
	p.work()
	p.mailLink()
	p.until(store.LetterWaiting, 1)
	p.box.Fail(letterbox.NoFault)
	p.tryAgain()
	p.until(store.LetterSent, 2)
	letters := p.box.Letters()
	if len(letters) != 2 || letters[0].MessageID != letters[1].MessageID || !p.works(letters[0]) || !p.works(letters[1]) {
		t.Errorf("the box has %d letters, or their links do not work", len(letters))
	}
}

func TestWorkerTakesNoForAnAnswer(t *testing.T) {
	for _, fault := range []letterbox.Fault{letterbox.RefuseRecipient, letterbox.RefuseMessage} {
		p := newPost(t)
		p.box.Fail(fault)
		p.work()
		p.mailLink()
		p.until(store.LetterFailed, 1)
	}
}

// TestWorkerGoesOn sends the next letter after one that nobody takes.
func TestWorkerGoesOn(t *testing.T) {
	p := newPost(t)
	p.box.Fail(letterbox.RefuseRecipient)
	p.work()
	p.mailLink()
	p.until(store.LetterFailed, 1)
	p.box.Fail(letterbox.NoFault)
	oskar, err := p.CreateUser(p.ctx, p.mara, store.NewUser{Name: "Oskar", Email: "oskar@example.org", MailLink: true, BaseURL: "http://home.example"})
	p.must(err)
	letters, err := p.box.Wait(t.Context(), 1)
	p.must(err)
	if letters[0].To[0] != oskar.Email {
		t.Errorf("the letter goes to %s", letters[0].To[0])
	}
}

// TestWorkerStops ends the worker while the server keeps it waiting. What has
// no text yet is sent after the next start; of what has, nobody can know.
func TestWorkerStops(t *testing.T) {
	for fault, want := range map[letterbox.Fault]store.LetterState{
		letterbox.HangAtGreeting: store.LetterSent, letterbox.HangAfterData: store.LetterFailed,
	} {
		p := newPost(t)
		p.box.Fail(fault)
		stop := p.work()
		p.mailLink()
		p.must(p.box.WaitFault(t.Context(), fault, 1))
		stop()
		p.box.Fail(letterbox.NoFault)
		p.reopen()
		p.work()
		e := p.until(want, 1)
		if letters := p.box.Letters(); len(letters) != 1 {
			t.Errorf("after fault %d the box has %d letters", fault, len(letters))
		}
		if want == store.LetterFailed && !strings.Contains(e.Error, "may have arrived") {
			t.Errorf("the screen says %q", e.Error)
		}
	}
}

// TestWorkerBringsTheOutboxInOrder starts a worker after one that was killed,
// at a moment when the disk takes nothing.
func TestWorkerBringsTheOutboxInOrder(t *testing.T) {
	p := newPost(t)
	p.mailLink()
	_, err := p.ClaimLetter(p.ctx, func(int64) []byte { return auth.HashToken("of the worker before") })
	p.must(err)
	db, err := sql.Open("sqlite3", filepath.Join(p.folder, store.FileName))
	p.must(err)
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(p.ctx, `CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
	p.must(err)
	complaints, log := io.Pipe()
	ctx, stop := context.WithCancel(p.ctx)
	var working sync.WaitGroup
	working.Go(func() { mail.NewWorker(p.Store, mail.NewSender(), slog.New(slog.NewTextHandler(log, nil))).Run(ctx) })
	t.Cleanup(func() { stop(); working.Wait() })
	first, err := bufio.NewReader(complaints).ReadString('\n')
	go func() { _, _ = io.Copy(io.Discard, complaints) }()
	if err != nil || !strings.Contains(first, "cannot bring the outbox in order") {
		t.Errorf("the log begins with %q: %v", first, err)
	}
	_, err = db.ExecContext(p.ctx, `DROP TRIGGER full`)
	p.must(err)
	_, err = p.CreateUser(p.ctx, p.mara, store.NewUser{Name: "Oskar", Email: "oskar@example.org", MailLink: true, BaseURL: "http://home.example"})
	p.must(err)
	p.until(store.LetterSent, 2)
}

// TestWorkerTellsNoSecret looks for the token and the password in the log and
// in the data folder, after a letter that was refused with its own text.
func TestWorkerTellsNoSecret(t *testing.T) {
	p := newPost(t)
	p.box.Close()
	p.box = open(t, letterbox.Options{User: "mara", Password: "opensesame"})
	p.must(p.SaveMail(p.ctx, p.mara, p.box.URL()))
	p.box.Fail(letterbox.EchoMessage)
	stop := p.work()
	p.mailLink()
	e := p.until(store.LetterFailed, 1)
	if !strings.Contains(e.Error, "/reset/…") {
		t.Errorf("the screen says %q", e.Error)
	}
	stop()
	secret := token(t, p.box.Letters()[0])
	if strings.Contains(p.log.String(), secret) || strings.Contains(p.log.String(), "opensesame") {
		t.Errorf("the log tells a secret:\n%s", p.log)
	}
	files, err := os.ReadDir(p.folder)
	p.must(err)
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(p.folder, file.Name()))
		p.must(err)
		if bytes.Contains(content, []byte(secret)) {
			t.Errorf("%s holds the token", file.Name())
		}
	}
}

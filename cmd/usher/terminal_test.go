//go:build linux

package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// terminal is somebody at a terminal in which `usher password` runs.
type terminal struct {
	t         *testing.T
	keyboard  *os.File // what is typed and shown
	line      *os.File // the program's end
	shown     *printed
	ended     chan error
	interrupt context.CancelFunc
}

func atTerminal(t *testing.T, args ...string) *terminal {
	t.Helper()
	keyboard, line, err := pty.Open()
	must(t, err)
	ctx, interrupt := context.WithCancel(t.Context())
	s := &terminal{t, keyboard, line, &printed{}, make(chan error, 1), interrupt}
	go func() { _, _ = io.Copy(s.shown, keyboard) }()
	go func() { s.ended <- run(ctx, args, streams{in: line, out: line, err: line}) }()
	t.Cleanup(func() {
		interrupt()
		// This ends a read that was left behind at the other end, too.
		_ = keyboard.Close()
	})
	return s
}

// echoes says whether the terminal shows what is typed.
func (s *terminal) echoes() bool {
	s.t.Helper()
	raw, err := s.keyboard.SyscallConn()
	must(s.t, err)
	var state *unix.Termios
	var failed error
	must(s.t, raw.Control(func(fd uintptr) { state, failed = unix.IoctlGetTermios(int(fd), unix.TCGETS) }))
	must(s.t, failed)
	return state.Lflag&unix.ECHO != 0
}

// until waits for what ought to happen at once.
func (s *terminal) until(what string, yes func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); !yes(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("never %s; the terminal shows\n%s", what, s.shown)
		}
	}
}

// asks waits for the question, and for the terminal to hide what is typed.
func (s *terminal) asks(question string) {
	s.t.Helper()
	s.until("asks "+question, func() bool { return strings.HasSuffix(s.shown.String(), question) && !s.echoes() })
}

func (s *terminal) types(text string) {
	s.t.Helper()
	_, err := io.WriteString(s.keyboard, text)
	must(s.t, err)
}

func (s *terminal) end() error {
	s.t.Helper()
	select {
	case err := <-s.ended:
		return err
	case <-time.After(patience):
		s.t.Fatalf("usher password does not end; the terminal shows\n%s", s.shown)
		return nil
	}
}

// At a terminal the password is asked for twice, and never shown.
func TestPasswordAtTerminal(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	data := t.TempDir()
	p := serveIn(t, data)
	mara := p.browser()
	mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
	for _, test := range []struct {
		first, second string
		says          string // "" when the password is set
	}{
		{otherPassword, otherPassword + "x", "the two passwords differ. Nothing was changed"},
		{"password", "password", "Weak"},
		{"", "", "Too short"},
		{otherPassword, otherPassword, ""},
	} {
		s := atTerminal(t, "password", "mara", "--data", data)
		s.asks("New password for Mara: ")
		s.types(test.first + "\n")
		s.asks("The same again: ")
		s.types(test.second + "\n")
		err := s.end()
		if !s.echoes() {
			t.Error("the terminal still hides what is typed")
		}
		if test.first != "" && strings.Contains(strings.ReplaceAll(s.shown.String(), "password for", ""), test.first) {
			t.Errorf("the terminal shows the password:\n%s", s.shown)
		}
		if test.says != "" {
			wantRefusal(t, err, test.says)
			if !mara.signedIn() {
				t.Error("nothing was changed, and the owner is signed out")
			}
			continue
		}
		must(t, err)
		s.until("says that it is done", func() bool {
			return strings.Contains(s.shown.String(), "The new password of Mara is set. Every device of Mara is signed out.")
		})
	}
	if mara.signedIn() {
		t.Error("Mara is signed in with the old password")
	}
	p.browser().signIn("Mara", otherPassword).wants(http.StatusSeeOther)
}

// Whoever gives up with Ctrl+C gets the terminal back as it was.
func TestInterruptAtTerminal(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	data := t.TempDir()
	must(t, serveIn(t, data).end())
	for _, answers := range []int{0, 1} {
		s := atTerminal(t, "password", "Mara", "--data", data)
		s.asks("New password for Mara: ")
		if answers == 1 {
			s.types(otherPassword + "\n")
			s.asks("The same again: ")
		}
		s.interrupt()
		wantRefusal(t, s.end(), "Nothing was changed")
		if !s.echoes() {
			t.Error("the terminal still hides what is typed")
		}
	}
	serveIn(t, data).browser().signIn("Mara", goodPassword).wants(http.StatusSeeOther)
}

package main

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"usher/internal/letterbox"
	"usher/store"
)

// post is a data folder and a letterbox, with programs that come and go
// between them.
type post struct {
	*testing.T
	data  string
	box   *letterbox.Box
	store *store.Store // beside the program
}

// inviting is a folder in which so many guests are invited by e-mails that
// nobody has sent yet.
func inviting(t *testing.T, guests int) *post {
	t.Helper()
	asOwner(t, "Mara", goodPassword)
	box, err := letterbox.Open(letterbox.Options{})
	must(t, err)
	t.Cleanup(box.Close)
	p := &post{T: t, data: t.TempDir(), box: box}
	must(t, serveIn(t, p.data).end())
	url := box.URL()
	p.store, err = store.Open(t.Context(), p.data, store.WithFixed(store.Fixed{SMTPURL: &url}))
	must(t, err)
	t.Cleanup(func() { must(t, p.store.Close()) })
	mara, err := p.store.Owner(t.Context())
	must(t, err)
	emails := make([]string, guests)
	for n := range emails {
		emails[n] = fmt.Sprintf("guest%02d@example.org", n)
	}
	_, err = p.store.Invite(t.Context(), store.Actor{ID: mara.ID}, store.NewInvitations{
		Emails: emails, BaseURL: "http://usher.example", InvitationTerms: store.InvitationTerms{Access: store.FullAccess(), Life: store.Day},
	})
	must(t, err)
	return p
}

// patiently ends waiting for what never comes.
func (p *post) patiently() context.Context {
	ctx, cancel := context.WithTimeout(p.Context(), patience)
	p.Cleanup(cancel)
	return ctx
}

// args are those of a program between the folder and the box.
func (p *post) args() []string { return []string{"--smtp-url", p.box.URL()} }

// start starts a process that can be killed.
func (p *post) start() *exec.Cmd {
	p.Helper()
	cmd, _, _ := process(p.T, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", p.data}, p.args()...)...)
	must(p.T, cmd.Start())
	return cmd
}

// kill ends the process as a power cut does.
func (p *post) kill(cmd *exec.Cmd) {
	p.Helper()
	must(p.T, cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		p.Fatal("the process ended by itself")
	}
}

// settled waits until no letter is on its way any more, and is what became of
// each.
func (p *post) settled() []store.Invitation {
	p.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		found, err := p.store.Invitations(p.Context(), store.UserQuery{})
		must(p.T, err)
		waiting := 0
		for _, i := range found.Invitations {
			if i.Mail == store.LetterWaiting {
				waiting++
			}
		}
		if waiting == 0 {
			return found.Invitations
		}
		if time.Now().After(deadline) {
			p.Fatalf("%d of %d letters still wait", waiting, len(found.Invitations))
		}
	}
}

// copies is how many letters the box has for each address.
func (p *post) copies() map[string]int {
	copies := make(map[string]int)
	for _, l := range p.box.Letters() {
		copies[l.To[0]]++
	}
	return copies
}

var joinLink = regexp.MustCompile(`/join/\S+`)

// A process that is killed in the middle of sending has either not handed the
// letter over, and then the next one sends it; or it may have, and then the next one
// says so and leaves it to an administrator.
func TestKilledWhileSending(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault letterbox.Fault
		state store.LetterState // after the next start
		taken int               // letters that the box has then
	}{
		{"before the greeting", letterbox.HangAtGreeting, store.LetterSent, 1},
		{"in the middle of the text", letterbox.HangInData, store.LetterFailed, 0},
		{"after the text", letterbox.HangAfterData, store.LetterFailed, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := inviting(t, 1)
			p.box.Fail(test.fault)
			cmd := p.start()
			must(t, p.box.WaitFault(p.patiently(), test.fault, 1))
			p.kill(cmd)
			p.box.Fail(letterbox.NoFault)

			usher := serveIn(t, p.data, p.args()...)
			i := p.settled()[0]
			if i.Mail != test.state {
				t.Errorf("the letter is %s (%s), want %s", i.Mail, i.MailError, test.state)
			}
			if stopped := strings.Contains(i.MailError, "Usher stopped while the mail server was taking this e-mail"); stopped != (test.state == store.LetterFailed) {
				t.Errorf("the invitation says %q", i.MailError)
			}
			letters := p.box.Letters()
			if len(letters) != test.taken {
				t.Fatalf("the letterbox has %d letters, want %d", len(letters), test.taken)
			}
			for _, l := range letters {
				usher.get(joinLink.FindString(l.Text)).wants(http.StatusOK).says("Mara")
			}
			mara := usher.browser()
			mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
			mara.post(fmt.Sprintf("/admin/invitations/%d/send", i.User.ID), nil).wants(http.StatusSeeOther)
			letters, err := p.box.Wait(p.patiently(), test.taken+1)
			must(t, err)
			usher.get(joinLink.FindString(letters[test.taken].Text)).wants(http.StatusOK)
		})
	}
}

// However often the process is killed while it sends, no letter comes twice,
// what is said to be sent has come, and what may have come or not is said.
func TestKilledOverAndOver(t *testing.T) {
	const guests, kills = 24, 6
	p := inviting(t, guests)
	for n := range kills {
		cmd := p.start()
		_, err := p.box.Wait(p.patiently(), (n+1)*guests/(kills+1))
		must(t, err)
		p.kill(cmd)
	}
	serveIn(t, p.data, p.args()...)
	invitations, copies, failed := p.settled(), p.copies(), 0
	for _, i := range invitations {
		switch came := copies[i.User.Email]; {
		case came > 1:
			t.Errorf("%s got %d letters", i.User.Email, came)
		case i.Mail == store.LetterSent && came == 0:
			t.Errorf("the letter to %s is said to be sent, and never came", i.User.Email)
		case i.Mail == store.LetterFailed && i.MailError == "":
			t.Errorf("nobody says why the letter to %s failed", i.User.Email)
		case i.Mail == store.LetterFailed:
			failed++
		}
	}
	if failed > kills {
		t.Errorf("%d letters failed of %d kills", failed, kills)
	}
}

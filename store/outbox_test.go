package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/store"
)

const mailServer = "smtp://mail.example:25?from=usher@example.org"

// post is a home with a mail server, and with Elsa, who has an address.
func post(t *testing.T) (h *home, elsa store.User) {
	t.Helper()
	h = newHome(t)
	h.must(h.SaveMail(h.ctx, h.mara(), mailServer))
	elsa, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Elsa", Email: "elsa@example.org", Access: store.FullAccess()})
	h.must(err)
	return h, elsa
}

// mailLink queues a reset link for the user.
func (h *home) mailLink(u store.User) {
	h.t.Helper()
	h.must(h.MailResetLink(h.ctx, h.mara(), u.ID, "http://usher.example:8080"))
}

// claim takes the letter that is due, with this token in its link.
func (h *home) claim(token string) store.Letter {
	h.t.Helper()
	l, err := h.ClaimLetter(h.ctx, func(int64) []byte { return hash(token) })
	h.must(err)
	return l
}

// wantNothingDue fails the test when there is a letter to send now.
func (h *home) wantNothingDue() {
	h.t.Helper()
	_, err := h.ClaimLetter(h.ctx, func(int64) []byte { return hash("none") })
	wantError(h.t, err, store.ErrNotFound)
}

// wantLetter is the user's last reset letter, which must be in this state.
func (h *home) wantLetter(u store.User, state store.LetterState) store.OutboxEntry {
	h.t.Helper()
	e, err := h.LatestLetter(h.ctx, u.ID, store.LetterReset)
	h.must(err)
	if e.State != state {
		h.t.Fatalf("the letter is %s (%s), want %s", e.State, e.Error, state)
	}
	return e
}

func TestLetterIsSentOnce(t *testing.T) {
	h, elsa := post(t)
	h.mailLink(elsa)
	select {
	case <-h.Posted():
	default:
		t.Error("nobody is told of the letter")
	}
	l := h.claim("token")
	if l.Kind != store.LetterReset || l.Recipient != "elsa@example.org" || l.Name != "Elsa" || l.Actor != "Mara" || l.Attempt != 1 ||
		l.BaseURL != "http://usher.example:8080" || !strings.HasSuffix(l.MessageID, "@usher.example") || !l.Ends.Equal(h.clock.now().Add(store.ResetLinkLife)) {
		t.Errorf("the letter is %+v", l)
	}
	h.wantNothingDue()
	if u, err := h.ResetLinkUser(h.ctx, hash("token")); err != nil || u.ID != elsa.ID {
		t.Errorf("the link is for %q: %v", u.Name, err)
	}
	h.must(h.HandingOver(h.ctx, l.ID))
	h.must(h.LetterSent(h.ctx, l.ID))
	h.wantLetter(elsa, store.LetterSent)
	h.wantNothingDue()
	h.clock.pass(31 * store.Day)
	_, err := h.CleanUp(h.ctx)
	h.must(err)
	_, err = h.LatestLetter(h.ctx, elsa.ID, store.LetterReset)
	wantError(t, err, store.ErrNotFound)
}

// TestLetterIsTriedForADay counts the attempts of a letter that never gets
// through, whose pauses grow to two hours.
func TestLetterIsTriedForADay(t *testing.T) {
	h, elsa := post(t)
	h.mailLink(elsa)
	start, attempts := h.clock.now(), 0
	for {
		due, err := h.NextLetterDue(h.ctx)
		h.must(err)
		if due.IsZero() {
			break
		}
		h.clock.pass(due.Sub(h.clock.now()) - time.Second)
		if attempts > 0 {
			h.wantNothingDue()
		}
		h.clock.pass(time.Second)
		l := h.claim("token")
		if attempts++; l.Attempt != attempts {
			t.Fatalf("attempt %d is called %d", attempts, l.Attempt)
		}
		h.must(h.LetterFailed(h.ctx, l.ID, "The mail server does not answer.", false))
	}
	if e := h.wantLetter(elsa, store.LetterFailed); e.Error != "The mail server does not answer." || e.Attempts != attempts {
		t.Errorf("the screen tells of %+v", e)
	}
	if tried := h.clock.now().Sub(start); attempts != 18 || tried < 20*time.Hour || tried > 24*time.Hour {
		t.Errorf("%d attempts within %v", attempts, tried)
	}
}

func TestPermanentFailureEndsALetter(t *testing.T) {
	h, elsa := post(t)
	h.mailLink(elsa)
	l := h.claim("token")
	h.must(h.LetterFailed(h.ctx, l.ID, "There is no such address.", true))
	failed := h.wantLetter(elsa, store.LetterFailed)
	oskar := h.add("Oskar", "")
	wantError(t, h.SendLetterAgain(h.ctx, actor(oskar), failed.ID, ""), store.ErrForbidden)
	h.must(h.SendLetterAgain(h.ctx, h.mara(), failed.ID, "http://usher.example"))
	wantError(t, h.SendLetterAgain(h.ctx, h.mara(), failed.ID, ""), store.ErrNotFound)
	again := h.claim("second")
	if again.MessageID == l.MessageID || again.Attempt != 1 {
		t.Errorf("the letter that is sent again is %+v", again)
	}
	wantError(t, h.SendLetterAgain(h.ctx, h.mara(), again.ID, ""), store.ErrForbidden)
	_, err := h.ResetLinkUser(h.ctx, hash("token"))
	wantError(t, err, store.ErrBadLink)
}

// TestCrashWhileSending opens the outbox again after the worker has come to
// each step.
func TestCrashWhileSending(t *testing.T) {
	for _, step := range []struct {
		name   string
		do     func(*home, store.Letter)
		state  store.LetterState
		sendIt bool // whether it is sent once more
	}{
		{"claimed", func(*home, store.Letter) {}, store.LetterWaiting, true},
		{"released", func(h *home, l store.Letter) { h.must(h.ReleaseLetter(h.ctx, l.ID)) }, store.LetterWaiting, true},
		{"handing over", func(h *home, l store.Letter) { h.must(h.HandingOver(h.ctx, l.ID)) }, store.LetterFailed, false},
		{"sent", func(h *home, l store.Letter) {
			h.must(h.HandingOver(h.ctx, l.ID))
			h.must(h.LetterSent(h.ctx, l.ID))
		}, store.LetterSent, false},
	} {
		t.Run(step.name, func(t *testing.T) {
			h, elsa := post(t)
			h.mailLink(elsa)
			step.do(h, h.claim("first"))
			h.must(h.Close())
			h.Store = h.open()
			h.must(h.RecoverOutbox(h.ctx))
			if e := h.wantLetter(elsa, step.state); e.State == store.LetterFailed && !strings.Contains(e.Error, "may have arrived") {
				t.Errorf("the screen says %q", e.Error)
			}
			if step.sendIt {
				h.claim("second")
			}
			h.wantNothingDue()
		})
	}
}

func TestLettersThatLoseTheirSense(t *testing.T) {
	for name, change := range map[string]func(*home, store.User){
		"a link is copied":    func(h *home, u store.User) { _, _ = h.MakeResetLink(h.ctx, h.mara(), u.ID, hash("copied")) },
		"a password is set":   func(h *home, u store.User) { h.must(h.ResetPassword(h.ctx, h.mara(), u.ID, "$new")) },
		"the user is deleted": func(h *home, u store.User) { h.must(h.DeleteUsers(h.ctx, h.mara(), u.ID)) },
		"no address any more": func(h *home, u store.User) { h.must(h.edit(u.ID, func(p *store.Profile) { p.Email = "" })) },
		"the user is disabled": func(h *home, u store.User) {
			h.must(h.SetDisabled(h.ctx, h.mara(), true, u.ID))
		},
		"e-mail is switched off": func(h *home, _ store.User) { h.must(h.SaveMail(h.ctx, h.mara(), "")) },
	} {
		t.Run(name, func(t *testing.T) {
			h, elsa := post(t)
			h.mailLink(elsa)
			change(h, elsa)
			h.wantNothingDue()
		})
	}
	t.Run("whoever asked is no administrator any more", func(t *testing.T) {
		h, elsa := post(t)
		jonas := h.administrator("Jonas")
		h.must(h.MailResetLink(h.ctx, actor(jonas), elsa.ID, ""))
		h.must(h.UpdateProfile(h.ctx, h.mara(), jonas.ID, store.Profile{Name: "Jonas"}))
		h.wantNothingDue()
		h.wantLetter(elsa, store.LetterFailed)
	})
	t.Run("while the worker has it", func(t *testing.T) {
		h, elsa := post(t)
		h.mailLink(elsa)
		l := h.claim("token")
		h.must(h.ResetPassword(h.ctx, h.mara(), elsa.ID, "$new"))
		wantError(t, h.HandingOver(h.ctx, l.ID), store.ErrNotFound)
		h.must(h.LetterFailed(h.ctx, l.ID, "It was taken back.", false))
	})
}

// TestWithdrawnWhileHandedOver takes letters back at the moment at which that
// is too late. If such a letter was not taken in the end, it must not be tried
// again: its link is void already, and would work once more.
func TestWithdrawnWhileHandedOver(t *testing.T) {
	h, elsa := post(t)
	sam := h.mailed("sam@example.com")[0].User.ID
	letter := h.claim("mailed")
	h.must(h.HandingOver(h.ctx, letter.ID))
	_, err := h.FreshLink(h.ctx, h.mara(), sam, hash("fresh"))
	h.must(err)
	h.must(h.LetterFailed(h.ctx, letter.ID, "The connection was cut.", false))
	h.mailLink(elsa)
	letter = h.claim("arrived")
	h.must(h.HandingOver(h.ctx, letter.ID))
	h.must(h.WantDeviceMail(h.ctx, actor(elsa), false)) // or the device of the link is told of
	_, err = h.UseResetLink(h.ctx, hash("arrived"), "$new", store.NewSession{TokenHash: hash("browser")})
	h.must(err)
	h.must(h.LetterFailed(h.ctx, letter.ID, "The connection was cut.", false))
	h.clock.pass(store.Day)
	h.wantNothingDue()
	h.wantLetter(elsa, store.LetterFailed)
	if i := h.invitation(sam); i.Mail != "" || !h.opens("fresh") || h.opens("mailed") {
		t.Errorf("the invitation with a fresh link is %+v", i)
	}
}

// TestNothingWaitsWithoutAMailServer starts without the mail server that was
// given before.
func TestNothingWaitsWithoutAMailServer(t *testing.T) {
	h := newHome(t)
	elsa, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Elsa", Email: "elsa@example.org", Access: store.FullAccess()})
	h.must(err)
	fixed := mailServer
	before, err := store.Open(h.ctx, h.folder, store.WithClock(h.clock.now), store.WithFixed(store.Fixed{SMTPURL: &fixed}))
	h.must(err)
	h.must(before.MailResetLink(h.ctx, h.mara(), elsa.ID, ""))
	h.must(before.Close())
	h.must(h.RecoverOutbox(h.ctx))
	if e := h.wantLetter(elsa, store.LetterFailed); e.Error != "E-mail is not set up on this server." {
		t.Errorf("the screen says %q", e.Error)
	}
}

func TestLetterGoesToTheAddressOfNow(t *testing.T) {
	h, elsa := post(t)
	h.mailLink(elsa)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "elsa@example.net" }))
	if l := h.claim("token"); l.Recipient != "elsa@example.net" {
		t.Errorf("it goes to %s", l.Recipient)
	}
	if e := h.wantLetter(elsa, store.LetterSending); e.Recipient != "elsa@example.net" {
		t.Errorf("the screen says %s", e.Recipient)
	}
}

func TestConfiguredAddressWins(t *testing.T) {
	h, elsa := post(t)
	settings, err := h.Settings(h.ctx)
	h.must(err)
	settings.Address = "https://home.example"
	h.must(h.SaveSettings(h.ctx, h.mara(), settings))
	h.must(h.MailResetLink(h.ctx, h.mara(), elsa.ID, "http://forged.example"))
	if l := h.claim("token"); l.BaseURL != "https://home.example" || !strings.HasSuffix(l.MessageID, "@home.example") {
		t.Errorf("the link begins with %s, the Message-ID is %s", l.BaseURL, l.MessageID)
	}
}

func TestMailResetLinkRefuses(t *testing.T) {
	h, elsa := post(t)
	oskar := h.add("Oskar", "")
	wantInvalid(t, h.MailResetLink(h.ctx, h.mara(), oskar.ID, ""), "")
	wantError(t, h.MailResetLink(h.ctx, actor(oskar), elsa.ID, ""), store.ErrForbidden)
	h.must(h.SaveMail(h.ctx, h.mara(), ""))
	wantInvalid(t, h.MailResetLink(h.ctx, h.mara(), elsa.ID, ""), "")
}

func TestSaveMail(t *testing.T) {
	h, elsa := post(t)
	jonas := h.administrator("Jonas")
	wantError(t, h.SaveMail(h.ctx, actor(jonas), mailServer), store.ErrForbidden)
	h.mailLink(elsa)
	h.must(h.LetterFailed(h.ctx, h.claim("token").ID, "The mail server does not answer.", false))
	h.wantNothingDue()
	h.must(h.SaveMail(h.ctx, h.mara(), "smtp://other.example?from=usher@example.org"))
	h.claim("token")
	wantInvalid(t, h.SaveMail(h.ctx, h.mara(), "nonsense", store.Problem{Field: "host", Message: "Name the mail server."}), "host")
	fixed := mailServer
	other, err := store.Open(h.ctx, h.folder, store.WithFixed(store.Fixed{SMTPURL: &fixed}))
	h.must(err)
	defer func() { _ = other.Close() }()
	wantInvalid(t, other.SaveMail(h.ctx, h.mara(), ""), "")
}

// TestDatabaseKeepsNoToken looks for the link of a letter in every file of the
// data folder.
func TestDatabaseKeepsNoToken(t *testing.T) {
	h, elsa := post(t)
	const token = "a-token-that-must-not-be-written-down"
	h.mailLink(elsa)
	l := h.claim(token)
	h.must(h.HandingOver(h.ctx, l.ID))
	h.must(h.LetterSent(h.ctx, l.ID))
	files, err := os.ReadDir(h.folder)
	h.must(err)
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(h.folder, file.Name()))
		h.must(err)
		if bytes.Contains(content, []byte(token)) {
			t.Errorf("%s holds the token", file.Name())
		}
	}
}

package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// recovering is a home that e-mails password links, with Elsa, who has an
// address.
func recovering(t *testing.T) (h *home, elsa store.User) {
	t.Helper()
	h, elsa = post(t)
	settings, err := h.Settings(h.ctx)
	h.must(err)
	settings.Address = "https://usher.example"
	h.must(h.SaveSettings(h.ctx, h.mara(), settings))
	return h, elsa
}

// ask asks for a link from a place of its own, so that no door is shut.
func (h *home) ask(name string) (wait time.Duration) {
	h.t.Helper()
	wait, err := h.AskForResetLink(h.ctx, name, store.NewDoor(name, "203.0.113.9"), store.Actor{Address: "203.0.113.9"})
	h.must(err)
	return wait
}

func TestAskForResetLink(t *testing.T) {
	h, elsa := recovering(t)
	wrote := h.wrote(func() { h.ask(" ELSA@example.org ") })
	if !slices.Equal(wrote, []store.Action{store.ActionResetAsked}) {
		t.Errorf("wrote %v", wrote)
	}
	l := h.claim("asked")
	if l.Kind != store.LetterReset || l.Recipient != "elsa@example.org" || l.Name != "Elsa" || l.Actor != "" || l.BaseURL != "https://usher.example" {
		t.Errorf("the letter is %+v", l)
	}
	h.must(h.LetterSent(h.ctx, l.ID))
	// A second wish fills no inbox.
	h.ask("Elsa")
	h.wantNothingDue()
	h.clock.pass(10*time.Minute + time.Second)
	h.ask("Elsa")
	h.claim("asked again")
	_, err := h.ResetLinkUser(h.ctx, hash("asked"))
	wantError(t, err, store.ErrBadLink)
	_, err = h.useLink("asked again", "browser")
	h.must(err)
	if !h.signedIn("browser") || h.credentials(elsa.ID).PasswordHash != "$new" {
		t.Error("the link does not set the password")
	}
}

// TestAskingVoidsNoAdministratorsLink keeps strangers from voiding the link that
// an administrator has just made.
func TestAskingVoidsNoAdministratorsLink(t *testing.T) {
	h, elsa := recovering(t)
	h.link(elsa.ID, "from Mara")
	h.ask("Elsa")
	h.claim("asked")
	for _, token := range []string{"from Mara", "asked"} {
		if _, err := h.ResetLinkUser(h.ctx, hash(token)); err != nil {
			t.Errorf("the link %s: %v", token, err)
		}
	}
	_, err := h.useLink("from Mara", "browser")
	h.must(err)
	_, err = h.useLink("asked", "another")
	wantError(t, err, store.ErrBadLink)
}

// TestAskingDoesNotReplaceAnAdministratorsLetter is the same while that link is
// still to be e-mailed.
func TestAskingDoesNotReplaceAnAdministratorsLetter(t *testing.T) {
	h, elsa := recovering(t)
	h.mailLink(elsa)
	h.ask("Elsa")
	if l := h.claim("token"); l.Actor != "Mara" {
		t.Errorf("the letter is %+v", l)
	}
	h.wantNothingDue()
}

func TestWhoGetsNoLinkByAsking(t *testing.T) {
	h, elsa := recovering(t)
	h.add("Nils", "$nils") // has no address
	h.invited("Tom", "link")
	priya := h.guest("Priya", "priya@example.org")
	guest, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	for about, prepare := range map[string]func() string{
		"nobody":          func() string { return "Nobody" },
		"nothing":         func() string { return "" },
		"no address":      func() string { return "Nils" },
		"invited":         func() string { return "Tom" },
		"a guest account": func() string { return guest.Name },
		"may not change it": func() string {
			h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{}))
			return "Elsa"
		},
		"disabled": func() string {
			h.must(h.SetDisabled(h.ctx, h.mara(), true, priya.ID))
			return "Priya"
		},
	} {
		name := prepare()
		if wrote := h.wrote(func() { h.ask(name) }); len(wrote) != 0 {
			t.Errorf("%s: wrote %v", about, wrote)
		}
		h.wantNothingDue()
	}
	h.must(h.SetDisabled(h.ctx, h.mara(), false, priya.ID))
	h.ask("priya@example.org")
	if l := h.claim("of Priya"); l.Recipient != "priya@example.org" {
		t.Errorf("the letter is %+v", l)
	}
}

// TestAskedLinkIsVoid ends a link with what it rests on: the address that it
// went to, and the right to choose a password.
func TestAskedLinkIsVoid(t *testing.T) {
	for about, change := range map[string]func(h *home, elsa store.User) error{
		"with another address": func(h *home, elsa store.User) error {
			return h.edit(elsa.ID, func(p *store.Profile) { p.Email = "elsa@elsewhere.example" })
		},
		"without the right": func(h *home, elsa store.User) error {
			return h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{})
		},
	} {
		t.Run(about, func(t *testing.T) {
			h, elsa := recovering(t)
			h.ask("Elsa")
			h.claim("asked")
			h.must(change(h, elsa))
			_, err := h.ResetLinkUser(h.ctx, hash("asked"))
			wantError(t, err, store.ErrBadLink)
		})
	}
}

func TestAskingIsThrottled(t *testing.T) {
	h, _ := recovering(t)
	for _, name := range []string{"Elsa", "Nobody"} {
		for range 5 {
			if wait := h.ask(name); wait != 0 {
				t.Fatalf("%s: shut for %s too soon", name, wait)
			}
		}
		if wait := h.ask(name); wait != time.Second {
			t.Errorf("%s: shut for %s", name, wait)
		}
	}
}

func TestAskingNeedsEmailAndAnAddress(t *testing.T) {
	h, _ := post(t)
	_, err := h.AskForResetLink(h.ctx, "Elsa", store.NewDoor("Elsa", ""), store.Actor{})
	wantError(t, err, store.ErrForbidden)
}

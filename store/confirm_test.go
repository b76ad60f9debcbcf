package store_test

import (
	"sync"
	"testing"
	"time"

	"usher/store"
)

func TestProvenWithin(t *testing.T) {
	now := time.Date(2026, time.June, 5, 12, 0, 0, 0, time.UTC)
	for about, test := range map[string]struct {
		at   time.Time
		want bool
	}{
		"never":                      {time.Time{}, false},
		"this moment":                {now, true},
		"just within":                {now.Add(-store.ConfirmLife + time.Millisecond), true},
		"just over":                  {now.Add(-store.ConfirmLife), false},
		"before the clock went back": {now.Add(time.Millisecond), false},
	} {
		if got := (store.Session{ProvenAt: test.at}).ProvenWithin(store.ConfirmLife, now); got != test.want {
			t.Errorf("%s: %t, want %t", about, got, test.want)
		}
	}
}

// byPIN signs somebody in with less than the password.
func (h *home) byPIN(u store.User, token string) store.Session {
	h.t.Helper()
	_, err := h.raw().Exec(`UPDATE users SET pin_hash = '$pin' WHERE id = ?`, u.ID)
	h.must(err)
	_, err = h.SignIn(h.ctx, store.NewSession{TokenHash: hash(token), UserID: u.ID, Strength: store.StrengthPIN},
		store.NewDoor("", ""), h.credentials(u.ID), "", 0)
	h.must(err)
	return h.session(token)
}

// newest is the newest line of Activity.
func (h *home) newest() store.Record {
	h.t.Helper()
	page, err := h.Activity(h.ctx, store.ActivityQuery{})
	h.must(err)
	return page.Records[0]
}

func (h *home) session(token string) store.Session {
	h.t.Helper()
	s, err := h.Session(h.ctx, hash(token))
	h.must(err)
	return s
}

// confirmation is one of the session under the old token, which becomes the new.
func (h *home) confirmation(s store.Session, from, to string) store.Confirmation {
	h.t.Helper()
	return store.Confirmation{Session: s.ID, Checked: h.credentials(s.User.ID), OldToken: hash(from), NewToken: hash(to)}
}

func TestConfirm(t *testing.T) {
	h := newHome(t)
	jonas, oskar := h.administrator("Jonas"), h.add("Oskar", "$oskar")
	s := h.byPIN(jonas, "before")
	if !s.ProvenAt.IsZero() {
		t.Errorf("a PIN proves since %s", s.ProvenAt)
	}
	h.clock.pass(time.Hour)
	in := h.confirmation(s, "before", "after")
	in.Entering = true
	renewed, err := h.Confirm(h.ctx, actor(jonas), in)
	h.must(err)
	after := h.session("after")
	switch {
	case !renewed || h.signedIn("before"):
		t.Error("the token from before is still good")
	case after.ID != s.ID || after.Strength != store.StrengthPIN || !after.CreatedAt.Equal(s.CreatedAt) || !after.ProvenAt.Equal(h.clock.now()) || after.Factor != store.FactorNone:
		t.Errorf("the session is %+v now", after)
	}
	if newest := h.newest().Sentence(); newest != "Jonas entered the admin area (with the password)." {
		t.Error(newest)
	}

	// A code stays proven when only the password is given again.
	in = h.confirmation(s, "after", "with a code")
	h.must(h.givesCodes(jonas.ID))
	in.Proof = store.Proof{Factor: store.FactorCode, Sealed: []byte{0}, Step: 7}
	_, err = h.Confirm(h.ctx, actor(jonas), in)
	h.must(err)
	in.OldToken, in.NewToken = hash("with a code"), hash("with it again")
	_, err = h.Confirm(h.ctx, actor(jonas), in)
	wantError(t, err, store.ErrUsed)
	in.Proof = store.Proof{Factor: store.FactorCode, Sealed: []byte{1}, Step: 8} // of the authenticator before this one
	_, err = h.Confirm(h.ctx, actor(jonas), in)
	wantError(t, err, store.ErrForbidden)
	_, err = h.Confirm(h.ctx, actor(jonas), h.confirmation(s, "with a code", "without one"))
	h.must(err)
	if got := h.session("without one").Factor; got != store.FactorCode {
		t.Errorf("besides the password it was proven by %q", got)
	}

	_, err = h.Confirm(h.ctx, actor(oskar), store.Confirmation{Session: s.ID, Checked: h.credentials(oskar.ID), OldToken: hash("without one"), NewToken: hash("stolen")})
	wantError(t, err, store.ErrNotFound)
	in = h.confirmation(s, "without one", "late")
	h.must(h.ResetPassword(h.ctx, h.mara(), jonas.ID, "$new"))
	_, err = h.Confirm(h.ctx, actor(jonas), in)
	wantError(t, err, store.ErrForbidden)
	_, err = h.Confirm(h.ctx, actor(jonas), h.confirmation(s, "without one", "late"))
	wantError(t, err, store.ErrNotFound) // the new password has ended it
}

// TestConfirmSideBySide has two tabs of one browser confirm at once: one of them
// gives the browser its new token, and both go on.
func TestConfirmSideBySide(t *testing.T) {
	h := newHome(t)
	s := h.byPIN(h.owner, "before")
	var wait sync.WaitGroup
	var renewed [2]bool
	tokens := [2]string{"first tab", "second tab"}
	for i, token := range tokens {
		in := h.confirmation(s, "before", token)
		wait.Go(func() {
			var err error
			if renewed[i], err = h.Confirm(h.ctx, h.mara(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if renewed[0] == renewed[1] {
		t.Fatalf("renewed: %v", renewed)
	}
	for i, token := range tokens {
		if h.signedIn(token) != renewed[i] {
			t.Errorf("%s: %t", token, !renewed[i])
		}
	}
}

// TestDangerous asks for each dangerous change without the password, which must
// leave everything as it was, and with it.
func TestDangerous(t *testing.T) {
	h := newHome(t)
	jonas, karin, oskar, nils := h.administrator("Jonas"), h.administrator("Karin"), h.add("Oskar", "$oskar"), h.administrator("Nils")
	provider, err := h.AddProvider(h.ctx, h.mara(), store.ProviderInput{Name: "There", Issuer: "https://there.example", ClientID: "usher"})
	h.must(err)
	settings := func(change func(*store.Settings)) func(store.Actor) error {
		in := h.settings()
		change(&in)
		return func(a store.Actor) error { return h.SaveSettings(h.ctx, a, in) }
	}
	for _, step := range []struct {
		about string
		do    func(store.Actor) error
	}{
		{"appoint", func(a store.Actor) error {
			return h.UpdateProfile(h.ctx, a, oskar.ID, store.Profile{Name: "Oskar", Administrator: true})
		}},
		{"dismiss", func(a store.Actor) error { return h.UpdateProfile(h.ctx, a, oskar.ID, store.Profile{Name: "Oskar"}) }},
		{"an administrator’s e-mail", func(a store.Actor) error {
			return h.UpdateProfile(h.ctx, a, nils.ID, store.Profile{Name: "Nils", Email: "nils@home.example", Administrator: true})
		}},
		{"an administrator’s password", func(a store.Actor) error { return h.ResetPassword(h.ctx, a, jonas.ID, "$new") }},
		{"an administrator’s link", func(a store.Actor) error { _, err := h.MakeResetLink(h.ctx, a, jonas.ID, hash("link")); return err }},
		{"an administrator’s rules", func(a store.Actor) error {
			return h.UpdateSignInRules(h.ctx, a, jonas.ID, store.SignInRules{MayChangePassword: true, LocalAccess: true})
		}},
		{"an administrator’s PIN", func(a store.Actor) error { return h.SetPIN(h.ctx, a, jonas.ID, "$pin") }},
		{"no PIN for an administrator", func(a store.Actor) error { return h.RemovePIN(h.ctx, a, jonas.ID) }},
		{"an administrator’s devices", func(a store.Actor) error {
			_, err := h.SetDeviceRule(h.ctx, a, jonas.ID, store.DevicesAsk, nil)
			return err
		}},
		{"disable an administrator", func(a store.Actor) error { return h.SetDisabled(h.ctx, a, true, oskar.ID, nils.ID) }},
		{"delete an administrator", func(a store.Actor) error { return h.DeleteUsers(h.ctx, a, nils.ID) }},
		{"address", settings(func(s *store.Settings) { s.Address = "https://home.example" })},
		{"home networks", settings(func(s *store.Settings) { s.HomeNetworks = "192.168.1.0/24" })},
		{"proxies", settings(func(s *store.Settings) { s.TrustedProxies = "192.168.1.2" })},
		{"hours", settings(func(s *store.Settings) { s.AdminHours = 24 * time.Hour })},
		{"registration", func(a store.Actor) error {
			return h.SaveRegistration(h.ctx, a, store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 5, Access: store.FullAccess()})
		}},
		{"mail server", func(a store.Actor) error { return h.SaveMail(h.ctx, a, "smtp://mail.example:587") }},
		{"no mail server", func(a store.Actor) error { return h.SaveMail(h.ctx, a, "") }},
		{"add a provider", func(a store.Actor) error {
			_, err := h.AddProvider(h.ctx, a, store.ProviderInput{Name: "Here", Issuer: "https://here.example", ClientID: "usher"})
			return err
		}},
		{"change a provider", func(a store.Actor) error {
			return h.UpdateProvider(h.ctx, a, provider, store.ProviderInput{Name: "Elsewhere", Issuer: "https://there.example", ClientID: "usher"})
		}},
		{"remove a provider", func(a store.Actor) error { return h.RemoveProvider(h.ctx, a, provider) }},
		{"hand over", func(a store.Actor) error { return h.HandOver(h.ctx, a, karin.ID, 0) }},
	} {
		unconfirmed := h.mara()
		unconfirmed.Unconfirmed = true
		if wrote := h.wrote(func() {
			if err := step.do(unconfirmed); err == nil {
				t.Errorf("%s: done without the password", step.about)
			} else {
				wantError(t, err, store.ErrConfirm)
			}
		}); len(wrote) != 0 {
			t.Errorf("%s without the password: wrote %v", step.about, wrote)
		}
		if err := step.do(h.mara()); err != nil {
			t.Errorf("%s with the password: %v", step.about, err)
		}
	}
}

// TestHarmless holds that what is no danger asks for nothing.
func TestHarmless(t *testing.T) {
	h := newHome(t)
	oskar := h.add("Oskar", "$oskar")
	unconfirmed := h.mara()
	unconfirmed.Unconfirmed = true
	h.must(h.ResetPassword(h.ctx, unconfirmed, oskar.ID, "$new"))
	h.must(h.SetDisabled(h.ctx, unconfirmed, true, oskar.ID))
	h.must(h.DeleteUsers(h.ctx, unconfirmed, oskar.ID))
	h.must(h.UpdateProfile(h.ctx, unconfirmed, h.administrator("Jonas").ID, store.Profile{Name: "Jon", Note: "Our neighbour", Administrator: true}))
	in := h.settings()
	in.ServerName, in.UserLimit = "Lindqvist home", 15
	h.must(h.SaveSettings(h.ctx, unconfirmed, in))
}

// givesCodes gives a user an authenticator with the secret 0.
func (h *home) givesCodes(id int64) error {
	_, err := h.raw().Exec(`INSERT INTO authenticators (user_id, secret, made_at) VALUES (?, x'00', 0)`, id)
	return err
}

// TestSecondFactorDemanded lets the owner demand a second factor only with one.
func TestSecondFactorDemanded(t *testing.T) {
	h := newHome(t)
	in := h.settings()
	in.AdminSecondFactor = true
	wantInvalid(t, h.SaveSettings(h.ctx, h.mara(), in), "admin_second_factor")
	h.must(h.givesCodes(h.owner.ID))
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	_, err := h.raw().Exec(`DELETE FROM authenticators`)
	h.must(err)
	in.ServerName = "Lindqvist home"
	h.must(h.SaveSettings(h.ctx, h.mara(), in)) // it was demanded already
}

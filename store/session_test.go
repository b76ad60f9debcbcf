package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestSessionRunsOut(t *testing.T) {
	const moment = time.Millisecond
	for _, test := range []struct {
		about string
		live  func(h *home, s store.Session)
		after time.Duration
		alive bool
	}{
		{"just before a month without use", nil, 30*store.Day - moment, true},
		{"after a month without use", nil, 30 * store.Day, false},
		{"after a month, used on the way", func(h *home, s store.Session) {
			h.clock.pass(store.Day)
			h.must(h.Seen(h.ctx, s, "192.168.1.20", true))
		}, 30*store.Day - moment, true},
		{"just before three months, used every week", everyWeek, 6*store.Day - moment, true},
		{"after three months, used every week", everyWeek, 6 * store.Day, false},
		{"with the clock set back", func(h *home, _ store.Session) { h.clock.pass(-store.Day) }, 0, true},
	} {
		t.Run(test.about, func(t *testing.T) {
			h := newHome(t)
			s := h.signIn(h.owner.ID, "browser")
			if test.live != nil {
				test.live(h, s)
			}
			h.clock.pass(test.after)
			if h.signedIn("browser") != test.alive {
				t.Errorf("alive %t, want %t", !test.alive, test.alive)
			}
		})
	}
}

// everyWeek uses the session for twelve weeks.
func everyWeek(h *home, s store.Session) {
	for range 12 {
		h.clock.pass(7 * store.Day)
		h.must(h.Seen(h.ctx, s, "192.168.1.20", true))
	}
}

// Shorter times count at once for sessions that are there already, on other
// stores over the same file as well.
func TestSessionTimesCountAtOnce(t *testing.T) {
	h := newHome(t)
	other := h.open()
	h.signIn(h.owner.ID, "browser")
	h.clock.pass(3 * store.Day)
	for _, step := range []struct {
		idle, most time.Duration
		alive      bool
	}{
		{2 * store.Day, 90 * store.Day, false}, {4 * store.Day, 90 * store.Day, true},
		{2 * store.Day, 2 * store.Day, false}, {30 * store.Day, 90 * store.Day, true},
	} {
		settings, err := h.Settings(h.ctx)
		h.must(err)
		settings.SessionIdle, settings.SessionMax = step.idle, step.most
		h.must(h.SaveSettings(h.ctx, h.mara(), settings))
		if h.signedIn("browser") != step.alive {
			t.Errorf("idle %v, in all %v: alive %t", step.idle, step.most, !step.alive)
		}
		if _, err := other.Session(h.ctx, hash("browser")); (err == nil) != step.alive {
			t.Errorf("idle %v, in all %v: in another process %v", step.idle, step.most, err)
		}
	}
}

func TestWhatEndsSessions(t *testing.T) {
	for _, test := range []struct {
		about string
		do    func(h *home, id int64) error
		ends  bool
	}{
		{"disabling", func(h *home, id int64) error { return h.SetDisabled(h.ctx, h.mara(), true, id) }, true},
		{"disabling in the profile", func(h *home, id int64) error {
			return h.edit(id, func(p *store.Profile) { p.Disabled = true })
		}, true},
		{"deletion", func(h *home, id int64) error { return h.DeleteUsers(h.ctx, h.mara(), id) }, true},
		{"demotion", func(h *home, id int64) error {
			return h.edit(id, func(p *store.Profile) { p.Administrator = false })
		}, true},
		{"a reset of the password", func(h *home, id int64) error { return h.ResetPassword(h.ctx, h.mara(), id, "$new") }, true},
		{"a reset on the console", func(h *home, id int64) error { return h.ResetPassword(h.ctx, store.Console(), id, "$new") }, true},
		{"removal of the password", func(h *home, id int64) error {
			h.must(h.edit(id, func(p *store.Profile) { p.Administrator = false }))
			h.signIn(id, "browser")
			return h.RemovePassword(h.ctx, h.mara(), id)
		}, true},
		{"a reset link, used", func(h *home, id int64) error {
			_, err := h.MakeResetLink(h.ctx, h.mara(), id, hash("link"))
			h.must(err)
			_, err = h.UseResetLink(h.ctx, hash("link"), "$new", store.NewSession{TokenHash: hash("new")})
			return err
		}, true},
		{"a reset link, made", func(h *home, id int64) error {
			_, err := h.MakeResetLink(h.ctx, h.mara(), id, hash("link"))
			return err
		}, false},
		{"a change of the profile", func(h *home, id int64) error {
			return h.edit(id, func(p *store.Profile) { p.Name, p.EndsAt = "Jon", h.Now().Add(time.Hour) })
		}, false},
		{"a change of access", func(h *home, id int64) error { return h.SetAccess(h.ctx, h.mara(), store.Access{}, id) }, false},
		{"enabling again", func(h *home, id int64) error { return h.SetDisabled(h.ctx, h.mara(), false, id) }, false},
	} {
		t.Run(test.about, func(t *testing.T) {
			h := newHome(t)
			jonas := h.administrator("Jonas")
			h.signIn(jonas.ID, "browser")
			h.signIn(jonas.ID, "phone")
			h.signIn(h.owner.ID, "owner")
			h.must(test.do(h, jonas.ID))
			for _, token := range []string{"browser", "phone"} {
				if h.signedIn(token) == test.ends {
					t.Errorf("signed in: %t", !test.ends)
				}
			}
			if !h.signedIn("owner") {
				t.Error("the owner is signed out")
			}
			if test.ends && h.number(`SELECT count(*) FROM sessions WHERE token_hash = ?`, hash("browser")) != 0 {
				t.Error("the session is still there, and would live again")
			}
		})
	}
}

func TestOwnPassword(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	here := h.signIn(elsa.ID, "here")
	h.signIn(elsa.ID, "phone")
	checked := h.credentials(elsa.ID)
	_, err := h.MakeResetLink(h.ctx, h.mara(), elsa.ID, hash("link"))
	h.must(err)

	h.must(h.ChangeOwnPassword(h.ctx, actor(elsa), checked, "$second", store.NewSession{TokenHash: hash("here 2")}, here.ID, true))
	if h.signedIn("here") || !h.signedIn("here 2") || !h.signedIn("phone") {
		t.Error("the session at hand kept its token, or the phone was signed out")
	}
	_, err = h.ResetLinkUser(h.ctx, hash("link"))
	wantError(t, err, store.ErrBadLink)
	// What was proven is another password by now.
	change := func(checked store.Credentials, token string, keep bool) error {
		return h.ChangeOwnPassword(h.ctx, actor(elsa), checked, "$third", store.NewSession{TokenHash: hash(token)}, 0, keep)
	}
	wantError(t, change(checked, "here 3", false), store.ErrForbidden)
	wantError(t, change(h.credentials(h.owner.ID), "here 3", false), store.ErrForbidden)
	h.must(change(h.credentials(elsa.ID), "here 3", false))
	if h.signedIn("here 2") || !h.signedIn("here 3") || h.signedIn("phone") {
		t.Error("other devices are signed in, or the one at hand is not")
	}
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{}))
	wantError(t, change(h.credentials(elsa.ID), "here 4", true), store.ErrForbidden)
	remove := func(token string) error {
		return h.RemoveOwnPassword(h.ctx, actor(elsa), h.credentials(elsa.ID), store.NewSession{TokenHash: hash(token)}, 0)
	}
	wantError(t, remove("here 4"), store.ErrForbidden)
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{MayChangePassword: true}))
	wantError(t, h.RemoveOwnPassword(h.ctx, actor(elsa), checked, store.NewSession{TokenHash: hash("x")}, 0), store.ErrForbidden)
	h.must(remove("here 5"))
	s, err := h.Session(h.ctx, hash("here 5"))
	if h.must(err); s.Strength != store.StrengthHome || h.signedIn("here 3") || h.user(elsa.ID).HasPassword {
		t.Errorf("after the removal the session is %+v", s)
	}
	wantError(t, remove("here 6"), store.ErrForbidden)
	mara := func(token string) error {
		return h.RemoveOwnPassword(h.ctx, h.mara(), h.credentials(h.owner.ID), store.NewSession{TokenHash: hash(token)}, 0)
	}
	wantError(t, mara("mara"), store.ErrForbidden)
}

// Between the check of a password and the sign-in, things may have changed.
func TestSignInLooksAgain(t *testing.T) {
	for about, meanwhile := range map[string]func(h *home, id int64) error{
		"reset":    func(h *home, id int64) error { return h.ResetPassword(h.ctx, h.mara(), id, "$new") },
		"removed":  func(h *home, id int64) error { return h.RemovePassword(h.ctx, h.mara(), id) },
		"disabled": func(h *home, id int64) error { return h.SetDisabled(h.ctx, h.mara(), true, id) },
		"ended": func(h *home, id int64) error {
			err := h.edit(id, func(p *store.Profile) { p.EndsAt = h.Now().Add(time.Second) })
			h.clock.pass(time.Second)
			return err
		},
	} {
		h := newHome(t)
		elsa := h.add("Elsa", "$elsa")
		checked := h.credentials(elsa.ID)
		h.must(meanwhile(h, elsa.ID))
		wrote := h.wrote(func() {
			_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("late"), UserID: elsa.ID, Strength: store.StrengthPassword}, store.NewDoor("", ""), checked, "$rehashed", 0)
			wantError(t, err, store.ErrForbidden)
		})
		if h.signedIn("late") || len(wrote) != 0 || h.credentials(elsa.ID).PasswordHash == "$rehashed" {
			t.Errorf("%s meanwhile, and signed in all the same", about)
		}
	}
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	checked := h.credentials(elsa.ID)
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("late"), UserID: elsa.ID, Strength: store.StrengthPassword}, store.NewDoor("", ""), checked, "", 0)
	wantError(t, err, store.ErrNotFound)
}

// Without the password nobody comes in whom it was not allowed to, or not any
// more since the place was checked.
func TestSignInWithoutPassword(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "")
	come := func(u store.User, token string) error {
		_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(token), UserID: u.ID, Strength: store.StrengthHome, AtHome: true}, store.NewDoor("", ""), h.credentials(u.ID), "", 0)
		return err
	}
	h.must(come(nils, "nils"))
	wantError(t, come(elsa, "elsa"), store.ErrForbidden)
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{LocalAccess: true}))
	h.must(come(elsa, "elsa"))
	h.signIn(elsa.ID, "with password")
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{}))
	if h.signedIn("elsa") || !h.signedIn("with password") || !h.signedIn("nils") {
		t.Error("without local access Elsa is in without a password, or somebody else was signed out")
	}
	wantError(t, come(elsa, "elsa 2"), store.ErrForbidden)
	// Whoever gets a password is not in without it any more.
	h.must(h.ResetPassword(h.ctx, h.mara(), nils.ID, "$nils"))
	if h.signedIn("nils") {
		t.Error("Nils is in without the new password")
	}
}

func TestSignIn(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	old := h.signIn(elsa.ID, "old")
	door := store.NewDoor("Elsa", "203.0.113.9")
	for range 4 {
		h.knock(door)
	}
	h.clock.pass(time.Hour)
	in := store.NewSession{TokenHash: hash("new"), UserID: elsa.ID, Strength: store.StrengthPassword, Address: "203.0.113.9", UserAgent: strings.Repeat("é", 400)}
	wrote := h.wrote(func() {
		_, err := h.SignIn(h.ctx, in, door, h.credentials(elsa.ID), "$rehashed", old.ID)
		h.must(err)
	})
	if !slices.Equal(wrote, []store.Action{store.ActionSignIn}) {
		t.Errorf("wrote %v", wrote)
	}
	s, err := h.Session(h.ctx, hash("new"))
	h.must(err)
	if s.User.ID != elsa.ID || s.User.Name != "Elsa" || s.Strength != store.StrengthPassword || !s.CreatedAt.Equal(h.Now()) || !s.LastSeenAt.Equal(h.Now()) || !s.User.HasPassword {
		t.Errorf("the session is %+v", s)
	}
	if u := h.credentials(elsa.ID); u.PasswordHash != "$rehashed" || !u.LastSeenAt.Equal(h.Now()) || !u.PasswordAt.Equal(u.CreatedAt) {
		t.Errorf("Elsa is %+v", u)
	}
	if h.signedIn("old") {
		t.Error("the session that was replaced is still there")
	}
	for range 4 {
		if wait := h.knock(door); wait != 0 {
			t.Error("the failures before the sign-in still count")
		}
	}
	h.must(h.CloseSession(h.ctx, actor(elsa), h.signIn(h.owner.ID, "mara").ID))
	if !h.signedIn("mara") {
		t.Error("Elsa signed Mara out")
	}
	h.must(h.CloseSession(h.ctx, actor(elsa), s.ID))
	if h.signedIn("new") {
		t.Error("signed out, and still in")
	}
}

func TestFlashAndSeen(t *testing.T) {
	h := newHome(t)
	s := h.signIn(h.owner.ID, "browser")
	h.must(h.SetFlash(h.ctx, s.ID, `[{"Text":"Saved."}]`))
	s, err := h.Session(h.ctx, hash("browser"))
	if h.must(err); s.Flash != `[{"Text":"Saved."}]` {
		t.Errorf("the flash is %q", s.Flash)
	}
	h.must(h.SetFlash(h.ctx, s.ID, ""))
	h.clock.pass(time.Hour)
	h.must(h.Seen(h.ctx, s, "203.0.113.9", false))
	s, err = h.Session(h.ctx, hash("browser"))
	if h.must(err); s.Flash != "" || !s.LastSeenAt.Equal(h.Now()) || !s.User.LastSeenAt.Equal(h.Now()) || !h.user(h.owner.ID).LastSeenAt.Equal(h.Now()) {
		t.Errorf("the session is %+v", s)
	}
}

func TestOtherSessions(t *testing.T) {
	h := newHome(t)
	want := func(n int, session int64) {
		t.Helper()
		if got, err := h.OtherSessions(h.ctx, h.owner.ID, session); err != nil || got != n {
			t.Errorf("%d other sessions, want %d: %v", got, n, err)
		}
	}
	first := h.signIn(h.owner.ID, "first")
	want(0, first.ID)
	h.signIn(h.add("Elsa", "$elsa").ID, "elsa")
	second := h.signIn(h.owner.ID, "second")
	want(1, first.ID)
	want(2, 0)
	h.clock.pass(20 * store.Day)
	h.must(h.Seen(h.ctx, second, "", true))
	h.clock.pass(10 * store.Day)
	want(1, 0)
}

// What a browser or a link holds is nowhere in the database's files, only its
// hash.
func TestTokensAreKeptAsHashes(t *testing.T) {
	h := newHome(t)
	h.signIn(h.owner.ID, "a-token-in-a-cookie")
	_, err := h.MakeResetLink(h.ctx, h.mara(), h.add("Elsa", "").ID, hash("a-token-in-a-link"))
	h.must(err)
	h.knock(store.NewDoor("a-password-in-the-wrong-field", "192.168.1.20"))
	h.must(h.RecordRefusal(h.ctx, nil, "", "192.168.1.20", true))
	files, err := filepath.Glob(filepath.Join(h.folder, "*"))
	h.must(err)
	var all []byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		h.must(err)
		all = append(all, content...)
	}
	for text, want := range map[string]bool{
		"a-token-in-a-cookie": false, "a-token-in-a-link": false, "a-password-in-the-wrong-field": false,
		string(hash("a-token-in-a-cookie")): true, string(hash("a-token-in-a-link")): true,
	} {
		if bytes.Contains(all, []byte(text)) != want {
			t.Errorf("%q in the files: %t", text, !want)
		}
	}
	_, err = h.Session(h.ctx, nil)
	wantError(t, err, store.ErrNotFound)
	_, err = h.Session(h.ctx, []byte{})
	wantError(t, err, store.ErrNotFound)
}

func TestKeepOnly(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	session := h.signIn(h.owner.ID, "mara")
	h.signIn(h.owner.ID, "mara elsewhere")
	h.signIn(elsa.ID, "elsa")
	h.must(h.KeepOnly(h.ctx, session.ID, hash("new")))
	for _, token := range []string{"mara", "mara elsewhere", "elsa"} {
		if h.signedIn(token) {
			t.Errorf("%q still counts", token)
		}
	}
	if !h.signedIn("new") {
		t.Error("the session at hand is over")
	}
}

package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// comes is one try to sign in with the password in a browser; the token is new
// each time, as in life.
func (h *home) comes(id int64, browser string) error {
	h.t.Helper()
	in := store.NewSession{TokenHash: hash(browser + time.Now().String()), UserID: id, Strength: store.StrengthPassword, Browser: hash(browser), Device: "Firefox on Linux", Address: "203.0.113.9"}
	_, err := h.SignIn(h.ctx, in, store.NewDoor("", ""), h.credentials(id), "", 0)
	return err
}

// rule says on which devices the user signs in, as Mara.
func (h *home) rule(id int64, rule store.DeviceRule, choose ...int64) {
	h.t.Helper()
	_, err := h.SetDeviceRule(h.ctx, h.mara(), id, rule, choose)
	h.must(err)
}

// deviceOf is the id of the user's device with this browser, 0 for none.
func (h *home) deviceOf(id int64, browser string) int64 {
	h.t.Helper()
	return int64(h.number(`SELECT coalesce(max(id), 0) FROM devices WHERE user_id = ? AND browser_hash = ?`, id, hash(browser)))
}

// decide decides about the user's device, as Mara.
func (h *home) decide(id int64, browser string, standing store.Standing) {
	h.t.Helper()
	_, _, err := h.DecideDevice(h.ctx, h.mara(), h.deviceOf(id, browser), standing)
	h.must(err)
}

// wantHeld fails the test unless err is *store.Held; waits says for what.
func wantHeld(t *testing.T, err error, waits bool) {
	t.Helper()
	var held *store.Held
	if !errors.As(err, &held) || held.Waits() != waits {
		t.Errorf("error %v (waits: %t), want a device that is held", err, waits)
	}
}

func TestNewDevicesWait(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.comes(elsa.ID, "laptop"))
	h.rule(elsa.ID, store.DevicesAsk)
	wrote := h.wrote(func() {
		h.must(h.comes(elsa.ID, "laptop")) // was known before
		wantHeld(t, h.comes(elsa.ID, "phone"), true)
		wantHeld(t, h.comes(elsa.ID, "phone"), true)
		wantHeld(t, h.comes(elsa.ID, "phone"), true)
	})
	if want := []store.Action{store.ActionSignIn, store.ActionDeviceHeld, store.ActionSignInRefused}; !slices.Equal(wrote, want) {
		t.Errorf("wrote %v, want %v", wrote, want)
	}
	if n := h.number(`SELECT count(*) FROM sessions WHERE user_id = ?`, elsa.ID); n != 1 {
		t.Errorf("%d sessions", n)
	}
	h.decide(elsa.ID, "phone", store.StandingKnown)
	h.must(h.comes(elsa.ID, "phone"))
	h.decide(elsa.ID, "phone", store.StandingRefused)
	if n := h.number(`SELECT count(*) FROM sessions WHERE device_id = ?`, h.deviceOf(elsa.ID, "phone")); n != 0 {
		t.Error("a refused device is signed in")
	}
	for _, rule := range []store.DeviceRule{store.DevicesAsk, store.DevicesAny, store.DevicesChosen} {
		h.rule(elsa.ID, rule)
		wantHeld(t, h.comes(elsa.ID, "phone"), false)
	}
}

func TestOnlyChosenDevices(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.comes(elsa.ID, "laptop"))
	h.must(h.comes(elsa.ID, "television"))
	ended, err := h.SetDeviceRule(h.ctx, h.mara(), elsa.ID, store.DevicesChosen, []int64{h.deviceOf(elsa.ID, "television"), 12345})
	if h.must(err); ended != 1 {
		t.Errorf("%d were signed out", ended)
	}
	h.must(h.comes(elsa.ID, "television"))
	wantHeld(t, h.comes(elsa.ID, "laptop"), false)
	wantHeld(t, h.comes(elsa.ID, "phone"), false)
	h.decide(elsa.ID, "phone", store.StandingKnown) // is not enough
	wantHeld(t, h.comes(elsa.ID, "phone"), false)
	h.decide(elsa.ID, "phone", store.StandingChosen)
	h.must(h.comes(elsa.ID, "phone"))
	h.decide(elsa.ID, "television", store.StandingKnown)
	wantHeld(t, h.comes(elsa.ID, "television"), false)

	// Whoever was never let in waits under the next rule, and comes in under the last.
	wantHeld(t, h.comes(elsa.ID, "tablet"), false)
	h.rule(elsa.ID, store.DevicesAsk)
	wantHeld(t, h.comes(elsa.ID, "tablet"), true)
	h.must(h.comes(elsa.ID, "laptop"))
	if n, err := h.DevicesWaiting(h.ctx); err != nil || n != 1 {
		t.Errorf("%d wait: %v", n, err)
	}
	h.rule(elsa.ID, store.DevicesAny)
	if n, err := h.DevicesWaiting(h.ctx); err != nil || n != 0 {
		t.Errorf("%d wait although any device may: %v", n, err)
	}
	h.must(h.comes(elsa.ID, "tablet"))
}

// TestSessionAsksForItsDevice breaks the file past the store: a session on a
// device that has no place any more is over, whatever has become of its row.
func TestSessionAsksForItsDevice(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.signIn(elsa.ID, "browser")
	for _, test := range []struct {
		standing store.Standing
		rule     store.DeviceRule
		alive    bool
	}{
		{store.StandingKnown, store.DevicesAny, true}, {store.StandingKnown, store.DevicesAsk, true}, {store.StandingKnown, store.DevicesChosen, false},
		{store.StandingChosen, store.DevicesAsk, true}, {store.StandingChosen, store.DevicesChosen, true}, {store.StandingWaiting, store.DevicesAsk, false},
		{store.StandingRefused, store.DevicesAny, false}, {store.StandingRefused, store.DevicesChosen, false},
	} {
		for query, value := range map[string]any{`UPDATE devices SET standing = ?`: test.standing, `UPDATE users SET device_rule = ? WHERE name = 'Elsa'`: test.rule} {
			_, err := h.raw().ExecContext(h.ctx, query, value)
			h.must(err)
		}
		if h.signedIn("browser") != test.alive {
			t.Errorf("%s under the rule %s: alive %t", test.standing, test.rule, !test.alive)
		}
	}
}

// TestWaysInAskForTheDevice comes in every way on a device that must wait.
func TestWaysInAskForTheDevice(t *testing.T) {
	identity := store.Identity{Issuer: "https://auth.example", Subject: "elsa"}
	for _, way := range []struct {
		about string
		come  func(h *home, elsa store.User, in store.NewSession) error
	}{
		{"a link for a new password", func(h *home, elsa store.User, in store.NewSession) error {
			h.link(elsa.ID, "link")
			u, err := h.UseResetLink(h.ctx, hash("link"), "$new", in)
			if u.ID != elsa.ID || h.credentials(elsa.ID).PasswordHash != "$new" {
				h.t.Error("the new password is lost")
			}
			_, again := h.UseResetLink(h.ctx, hash("link"), "$newer", in)
			wantError(h.t, again, store.ErrBadLink)
			return err
		}},
		{"Connect", func(h *home, _ store.User, in store.NewSession) error {
			_, err := h.ConnectSignIn(h.ctx, identity, in, 0)
			return err
		}},
		{"the name at home", func(h *home, elsa store.User, in store.NewSession) error {
			h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{LocalAccess: true}))
			in.UserID, in.Strength = elsa.ID, store.StrengthHome
			_, err := h.SignIn(h.ctx, in, store.NewDoor("", ""), h.credentials(elsa.ID), "", 0)
			return err
		}},
	} {
		t.Run(way.about, func(t *testing.T) {
			h := newHome(t)
			elsa := h.add("Elsa", "$elsa")
			provider, err := h.AddProvider(h.ctx, h.mara(), store.ProviderInput{Name: "Elsewhere", Issuer: identity.Issuer, ClientID: "usher"})
			h.must(err)
			identity := identity
			identity.Provider = provider
			session := h.signIn(elsa.ID, "laptop")
			h.must(h.LinkConnect(h.ctx, actor(elsa), session.ID, identity))
			h.rule(elsa.ID, store.DevicesAsk)
			wantHeld(t, way.come(h, elsa, store.NewSession{TokenHash: hash("token"), Browser: hash("phone")}), true)
			if h.signedIn("token") {
				t.Error("somebody is signed in")
			}
		})
	}
}

// TestHeldKeepsWhoWasThere holds that whoever is signed in stays so where somebody
// else may not come in.
func TestHeldKeepsWhoWasThere(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "$nils")
	session := h.signIn(nils.ID, "nils")
	h.rule(elsa.ID, store.DevicesAsk)
	_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("elsa"), UserID: elsa.ID, Strength: store.StrengthPassword}, store.NewDoor("", ""), h.credentials(elsa.ID), "", session.ID)
	if wantHeld(t, err, true); !h.signedIn("nils") || h.signedIn("elsa") {
		t.Error("Nils is signed out, or Elsa is in")
	}
}

// TestOwnPasswordStaysOnItsDevice changes a password in a browser that has lost
// the cookie by which it is known.
func TestOwnPasswordStaysOnItsDevice(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	session := h.signIn(elsa.ID, "before")
	h.rule(elsa.ID, store.DevicesChosen, session.Device)
	in := store.NewSession{TokenHash: hash("after"), Browser: hash("a cookie of its own")}
	h.must(h.ChangeOwnPassword(h.ctx, actor(elsa), h.credentials(elsa.ID), "$new", in, session.ID, false))
	after, err := h.Session(h.ctx, hash("after"))
	if h.must(err); after.Device != session.Device || h.deviceOf(elsa.ID, "a cookie of its own") != session.Device {
		t.Errorf("it is device %d, and was %d", after.Device, session.Device)
	}
	in.TokenHash = hash("without")
	h.must(h.RemoveOwnPassword(h.ctx, actor(elsa), h.credentials(elsa.ID), in, after.ID))
	if !h.signedIn("without") {
		t.Error("whoever removes the password is signed out")
	}
}

func TestFewDevicesWait(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "$nils")
	h.rule(elsa.ID, store.DevicesAsk)
	h.rule(nils.ID, store.DevicesAsk)
	wantHeld(t, h.comes(nils.ID, "his"), true)
	for i := range 25 {
		h.clock.pass(time.Second)
		wantHeld(t, h.comes(elsa.ID, fmt.Sprint(i)), true)
	}
	if n, err := h.DevicesWaiting(h.ctx); err != nil || n != 21 || h.deviceOf(elsa.ID, "4") != 0 || h.deviceOf(elsa.ID, "5") == 0 {
		t.Errorf("%d wait: %v", n, err)
	}
}

func TestHundredOnOneNewDevice(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	known := h.credentials(elsa.ID)
	wrote := h.wrote(func() {
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				in := store.NewSession{TokenHash: hash(fmt.Sprint(i)), UserID: elsa.ID, Strength: store.StrengthPassword, Browser: hash("phone")}
				if _, err := h.SignIn(h.ctx, in, store.NewDoor("", ""), known, "", 0); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
	told := slices.DeleteFunc(wrote, func(a store.Action) bool { return a != store.ActionDeviceNew })
	if devices := h.number(`SELECT count(*) FROM devices WHERE user_id = ?`, elsa.ID); devices != 1 || len(told) > 1 || h.number(`SELECT count(*) FROM activity WHERE action = 'device-new'`) != 1 {
		t.Errorf("%d devices, of which was told %d times", devices, len(told))
	}
	if n := h.number(`SELECT count(*) FROM sessions WHERE user_id = ?`, elsa.ID); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

func TestWhoDecidesAboutDevices(t *testing.T) {
	h := newHome(t)
	jonas, elsa, priya := h.administrator("Jonas"), h.add("Elsa", "$elsa"), h.guest("Priya", "priya@example.org")
	h.must(h.comes(h.owner.ID, "laptop"))
	h.must(h.comes(elsa.ID, "laptop"))
	set := func(a store.Actor, id int64, rule store.DeviceRule) error {
		_, err := h.SetDeviceRule(h.ctx, a, id, rule, nil)
		return err
	}
	decide := func(a store.Actor, device int64, standing store.Standing) error {
		_, _, err := h.DecideDevice(h.ctx, a, device, standing)
		return err
	}
	for _, nobody := range []error{
		set(actor(jonas), h.owner.ID, store.DevicesAsk), set(h.mara(), h.owner.ID, store.DevicesChosen), set(actor(elsa), elsa.ID, store.DevicesAny),
		decide(actor(jonas), h.deviceOf(h.owner.ID, "laptop"), store.StandingRefused), decide(h.mara(), h.deviceOf(h.owner.ID, "laptop"), store.StandingRefused),
		decide(actor(elsa), h.deviceOf(elsa.ID, "laptop"), store.StandingChosen),
	} {
		wantError(t, nobody, store.ErrForbidden)
	}
	wantError(t, decide(h.mara(), 12345, store.StandingChosen), store.ErrNotFound)
	wantInvalid(t, set(h.mara(), elsa.ID, "none"), "device_rule")
	wantInvalid(t, decide(h.mara(), h.deviceOf(elsa.ID, "laptop"), store.StandingWaiting), "")
	h.must(set(actor(jonas), elsa.ID, store.DevicesAsk))
	h.must(set(actor(jonas), priya.ID, store.DevicesChosen))
	h.must(decide(actor(jonas), h.deviceOf(elsa.ID, "laptop"), store.StandingChosen))

	// An owner has no rule, nor has whoever becomes one.
	h.rule(jonas.ID, store.DevicesAsk)
	wantHeld(t, h.comes(jonas.ID, "phone"), true)
	h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, 0))
	if u := h.user(jonas.ID); u.DeviceRule != store.DevicesAny {
		t.Errorf("the owner has the rule %s", u.DeviceRule)
	}
	h.must(h.comes(jonas.ID, "phone"))
}

func TestRefusedDeviceEndsItsPlayers(t *testing.T) {
	h := newHome(t)
	alien, elsa, session := h.filmFor("Elsa")
	h.linked(session, alien, "link")
	_, _, err := h.DecideDevice(h.ctx, h.mara(), session.Device, store.StandingRefused)
	h.must(err)
	_, err = h.PlayerLink(h.ctx, hash("link"))
	wantError(t, err, store.ErrNotFound)
	if h.signedIn("Elsa's browser") || h.user(elsa.ID).Disabled {
		t.Error("a refused device is signed in")
	}
}

// TestFirstDeviceIsNoNews holds that an account that somebody makes for themself
// begins without a word about its first device.
func TestFirstDeviceIsNoNews(t *testing.T) {
	h := newHome(t)
	priya := h.guest("Priya", "priya@example.org")
	if slices.Contains(h.actions(), store.ActionDeviceNew) {
		t.Error("the first device of a guest is news")
	}
	if wrote := h.wrote(func() { h.must(h.comes(priya.ID, "phone")) }); !slices.Contains(wrote, store.ActionDeviceNew) {
		t.Errorf("the second device: wrote %v", wrote)
	}
}

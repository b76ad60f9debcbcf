package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// newDevice is a home with mail in which Elsa, who has a password, has come on a
// new device, of which the letter is about to be sent with this token.
func newDevice(t *testing.T, token string) (h *home, elsa store.User, l store.Letter) {
	t.Helper()
	h, elsa = post(t)
	h.must(h.ResetPassword(h.ctx, h.mara(), elsa.ID, "$elsa"))
	h.must(h.comes(elsa.ID, "phone"))
	l = h.claim(token)
	return h, elsa, l
}

func TestLetterAboutNewDevice(t *testing.T) {
	h, elsa, l := newDevice(t, "link")
	if l.Kind != store.LetterDevice || l.Recipient != "elsa@example.org" || l.Device.Kind != "Firefox on Linux" || l.Device.Address != "203.0.113.9" || l.Held || !l.Ends.Equal(h.Now().Add(7*store.Day)) {
		t.Errorf("the letter is %+v", l)
	}
	h.must(h.comes(elsa.ID, "phone")) // is known by now
	h.wantNothingDue()
	for range 2 { // looking changes nothing
		if d, u, err := h.DeviceByLink(h.ctx, hash("link")); err != nil || u.ID != elsa.ID || d.ID != h.deviceOf(elsa.ID, "phone") {
			t.Errorf("it leads to %+v of %s: %v", d, u.Name, err)
		}
	}
	wrote := h.wrote(func() {
		if _, u, err := h.EndDeviceByLink(h.ctx, hash("link"), store.Actor{Address: "198.51.100.7"}); err != nil || u.ID != elsa.ID {
			t.Errorf("ends one of %s: %v", u.Name, err)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionDeviceDisowned}) || h.deviceOf(elsa.ID, "phone") != 0 {
		t.Errorf("wrote %v", wrote)
	}
	_, _, err := h.EndDeviceByLink(h.ctx, hash("link"), store.Actor{})
	wantError(t, err, store.ErrBadLink)
	_, _, err = h.DeviceByLink(h.ctx, hash("link"))
	wantError(t, err, store.ErrBadLink)
}

func TestDeviceLinkRunsOut(t *testing.T) {
	h, _, _ := newDevice(t, "link")
	h.clock.pass(7*store.Day - time.Millisecond)
	_, _, err := h.DeviceByLink(h.ctx, hash("link"))
	h.must(err)
	h.clock.pass(time.Millisecond)
	_, _, err = h.EndDeviceByLink(h.ctx, hash("link"), store.Actor{})
	wantError(t, err, store.ErrBadLink)
	h.clock.pass(-8 * store.Day) // set back
	_, _, err = h.EndDeviceByLink(h.ctx, hash("link"), store.Actor{})
	wantError(t, err, store.ErrBadLink)
}

// TestDeviceLinkLeavesDecisions holds that a letter undoes nothing that an
// administrator has decided.
func TestDeviceLinkLeavesDecisions(t *testing.T) {
	h, elsa, _ := newDevice(t, "link")
	h.decide(elsa.ID, "phone", store.StandingRefused)
	_, _, err := h.EndDeviceByLink(h.ctx, hash("link"), store.Actor{})
	h.must(err)
	wantHeld(t, h.comes(elsa.ID, "phone"), false)
	_, _, err = h.DeviceByLink(h.ctx, hash("link"))
	wantError(t, err, store.ErrBadLink)
}

func TestNoLetterAboutNewDevice(t *testing.T) {
	for about, before := range map[string]func(h *home, elsa store.User){
		"not wanted": func(h *home, elsa store.User) { h.must(h.WantDeviceMail(h.ctx, actor(elsa), false)) },
		"no address": func(h *home, elsa store.User) {
			h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "" }))
		},
		"no mail server": func(h *home, _ store.User) { h.must(h.SaveMail(h.ctx, h.mara(), "")) },
		"a known device": func(h *home, elsa store.User) {
			h.must(h.comes(elsa.ID, "phone"))
			h.must(h.LetterSent(h.ctx, h.claim("earlier").ID))
		},
	} {
		t.Run(about, func(t *testing.T) {
			h, elsa := post(t)
			h.must(h.ResetPassword(h.ctx, h.mara(), elsa.ID, "$elsa"))
			before(h, elsa)
			h.must(h.comes(elsa.ID, "phone"))
			h.wantNothingDue()
		})
	}
}

func TestRemovedDeviceIsNotToldOf(t *testing.T) {
	h, elsa := post(t)
	h.must(h.ResetPassword(h.ctx, h.mara(), elsa.ID, "$elsa"))
	h.must(h.comes(elsa.ID, "phone"))
	_, err := h.EndDevices(h.ctx, h.mara(), h.deviceOf(elsa.ID, "phone"))
	h.must(err)
	h.wantNothingDue()
}

// TestLettersAboutDevicesAreFew comes a hundred times side by side on one new
// device, and then on many.
func TestLettersAboutDevicesAreFew(t *testing.T) {
	h, elsa := post(t)
	h.must(h.ResetPassword(h.ctx, h.mara(), elsa.ID, "$elsa"))
	known := h.credentials(elsa.ID)
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
	if n := h.number(`SELECT count(*) FROM outbox WHERE letter = 'device'`); n != 1 {
		t.Errorf("%d letters about one device", n)
	}
	for i := range 30 {
		h.must(h.comes(elsa.ID, fmt.Sprint(i)))
	}
	if n := h.number(`SELECT count(*) FROM outbox WHERE letter = 'device'`); n != 10 {
		t.Errorf("%d letters within a day", n)
	}
}

// TestDeviceLetterAgain sends a letter that has failed once more, about the same
// device.
func TestDeviceLetterAgain(t *testing.T) {
	h, elsa, l := newDevice(t, "first")
	h.must(h.LetterFailed(h.ctx, l.ID, "Nobody answers.", true))
	h.must(h.SendLetterAgain(h.ctx, h.mara(), l.ID, ""))
	if again := h.claim("second"); again.Kind != store.LetterDevice || again.Device.ID != h.deviceOf(elsa.ID, "phone") {
		t.Errorf("sent again is %+v", again)
	}
	_, _, err := h.DeviceByLink(h.ctx, hash("second"))
	h.must(err)
}

package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/store"
)

// link makes a reset link for the user.
func (h *home) link(id int64, token string) {
	h.t.Helper()
	_, err := h.MakeResetLink(h.ctx, h.mara(), id, hash(token))
	h.must(err)
}

func (h *home) useLink(token, session string) (store.User, error) {
	return h.UseResetLink(h.ctx, hash(token), "$new", store.NewSession{TokenHash: hash(session), Address: "203.0.113.9"})
}

func TestResetLinkWorksOnce(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	var ends time.Time
	wrote := h.wrote(func() {
		var err error
		ends, err = h.MakeResetLink(h.ctx, h.mara(), elsa.ID, hash("link"))
		h.must(err)
		if u, err := h.ResetLinkUser(h.ctx, hash("link")); err != nil || u.ID != elsa.ID {
			t.Errorf("the link is for %+v: %v", u, err)
		}
		if pending, err := h.ResetPendingUntil(h.ctx, elsa.ID); err != nil || !pending.Equal(ends) {
			t.Errorf("pending until %v, want %v: %v", pending, ends, err)
		}
		u, err := h.useLink("link", "browser")
		h.must(err)
		if u.ID != elsa.ID || h.credentials(elsa.ID).PasswordHash != "$new" || !h.signedIn("browser") {
			t.Errorf("used by %+v", u)
		}
		_, err = h.useLink("link", "another")
		wantError(t, err, store.ErrBadLink)
	})
	if !slices.Equal(wrote, []store.Action{store.ActionResetLink, store.ActionDeviceNew, store.ActionResetLinkUsed}) {
		t.Errorf("wrote %v", wrote)
	}
	if !ends.Equal(h.Now().Add(24 * time.Hour)) {
		t.Errorf("the link ends %v", ends)
	}
	if pending, err := h.ResetPendingUntil(h.ctx, elsa.ID); err != nil || !pending.IsZero() {
		t.Errorf("pending until %v: %v", pending, err)
	}
}

func TestResetLinkFiftyAtOnce(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.link(elsa.ID, "link")
	var used atomic.Int64
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			_, err := h.useLink("link", fmt.Sprint("browser ", i))
			if err == nil {
				used.Add(1)
			} else if !errors.Is(err, store.ErrBadLink) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := h.number(`SELECT count(*) FROM sessions`); used.Load() != 1 || n != 1 {
		t.Errorf("the link worked %d times, and there are %d sessions", used.Load(), n)
	}
}

func TestResetLinkIsVoid(t *testing.T) {
	for about, void := range map[string]func(h *home, id int64){
		"after a newer one":       func(h *home, id int64) { h.link(id, "newer") },
		"after a reset":           func(h *home, id int64) { h.must(h.ResetPassword(h.ctx, h.mara(), id, "$new")) },
		"after a removal":         func(h *home, id int64) { h.must(h.RemovePassword(h.ctx, h.mara(), id)) },
		"after a day":             func(h *home, _ int64) { h.clock.pass(24 * time.Hour) },
		"when they are disabled":  func(h *home, id int64) { h.must(h.SetDisabled(h.ctx, h.mara(), true, id)) },
		"when they are deleted":   func(h *home, id int64) { h.must(h.DeleteUsers(h.ctx, h.mara(), id)) },
		"cleaned up after a day":  func(h *home, _ int64) { h.clock.pass(25 * time.Hour); _, err := h.CleanUp(h.ctx); h.must(err) },
		"when their end has come": func(h *home, id int64) { h.endSoon(id); h.clock.pass(time.Hour) },
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			elsa := h.add("Elsa", "$elsa")
			h.link(elsa.ID, "link")
			h.clock.pass(time.Minute)
			void(h, elsa.ID)
			_, err := h.ResetLinkUser(h.ctx, hash("link"))
			wantError(t, err, store.ErrBadLink)
			wrote := h.wrote(func() {
				_, err = h.useLink("link", "browser")
				wantError(t, err, store.ErrBadLink)
			})
			if h.signedIn("browser") || len(wrote) != 0 {
				t.Errorf("signed in with a link that is void, or wrote %v", wrote)
			}
		})
	}
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.link(elsa.ID, "link")
	h.link(elsa.ID, "newer")
	h.clock.pass(24*time.Hour - time.Millisecond)
	_, err := h.useLink("newer", "browser")
	h.must(err)
	_, err = h.useLink("", "another")
	wantError(t, err, store.ErrBadLink)
}

func (h *home) endSoon(id int64) {
	h.t.Helper()
	h.must(h.edit(id, func(p *store.Profile) { p.EndsAt = h.Now().Add(time.Hour) }))
}

// TestRisingVoidsTheResetLink keeps an administrator from making a link for
// somebody, and using it when that user has become more than they are.
func TestRisingVoidsTheResetLink(t *testing.T) {
	h := newHome(t)
	jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
	link := func(u store.User) {
		t.Helper()
		_, err := h.MakeResetLink(h.ctx, h.mara(), u.ID, hash("link of "+u.Name))
		h.must(err)
	}
	void := func(u store.User) {
		t.Helper()
		_, err := h.ResetLinkUser(h.ctx, hash("link of "+u.Name))
		wantError(t, err, store.ErrBadLink)
	}
	link(elsa)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = "likes trains" }))
	_, err := h.ResetLinkUser(h.ctx, hash("link of Elsa"))
	h.must(err)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Administrator = true }))
	void(elsa)
	link(jonas)
	h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, 0))
	void(jonas)
}

// TestResetLinkEndsWithItsMaker holds links to the power of whoever made them.
func TestResetLinkEndsWithItsMaker(t *testing.T) {
	for name, fall := range map[string]func(h *home, jonas int64) error{
		"demoted": func(h *home, jonas int64) error {
			return h.edit(jonas, func(p *store.Profile) { p.Administrator = false })
		},
		"disabled": func(h *home, jonas int64) error { return h.SetDisabled(h.ctx, h.mara(), true, jonas) },
		"deleted":  func(h *home, jonas int64) error { return h.DeleteUsers(h.ctx, h.mara(), jonas) },
		"ended": func(h *home, jonas int64) error {
			h.endSoon(jonas)
			h.clock.pass(time.Hour)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t)
			elsa, jonas := h.add("Elsa", ""), h.administrator("Jonas")
			_, err := h.MakeResetLink(h.ctx, actor(jonas), elsa.ID, hash("link"))
			h.must(err)
			h.must(fall(h, jonas.ID))
			_, err = h.ResetLinkUser(h.ctx, hash("link"))
			wantError(t, err, store.ErrBadLink)
		})
	}
}

// TestResetLinkEndsWithTheAddress keeps a link that went to a wrong address from
// working once somebody has noticed; one that is still to be sent goes to the
// right one.
func TestResetLinkEndsWithTheAddress(t *testing.T) {
	h, elsa := post(t)
	h.mailLink(elsa)
	h.claim("to the wrong one")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = "likes trains" }))
	_, err := h.ResetLinkUser(h.ctx, hash("to the wrong one"))
	h.must(err)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "elsa.l@example.org" }))
	_, err = h.ResetLinkUser(h.ctx, hash("to the wrong one"))
	wantError(t, err, store.ErrBadLink)
	h.mailLink(elsa)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "elsa.li@example.org" }))
	if l := h.claim("to the right one"); l.Recipient != "elsa.li@example.org" {
		t.Errorf("the letter goes to %q", l.Recipient)
	}
	_, err = h.ResetLinkUser(h.ctx, hash("to the right one"))
	h.must(err)
}

package store_test

import (
	"testing"
	"time"

	"usher/store"
)

// Who came in by the name alone views as nobody, nor does anybody view as one
// whose time is over.
func TestViewAsIsRefused(t *testing.T) {
	h := newHome(t)
	jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), jonas.ID, store.SignInRules{MayChangePassword: true, LocalAccess: true}))
	checked, door := h.credentials(jonas.ID), store.NewDoor("", "")
	by := func(strength store.Strength) int64 {
		t.Helper()
		id, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(string(strength)), UserID: jonas.ID, Strength: strength, AtHome: true}, door, checked, "", 0)
		h.must(err)
		return id
	}
	alone, proven := by(store.StrengthHome), by(store.StrengthPassword)
	wantError(t, h.ViewAs(h.ctx, actor(jonas), alone, elsa.ID), store.ErrForbidden)
	if err := h.ViewAs(h.ctx, h.mara(), proven, elsa.ID); err == nil {
		t.Error("somebody else views in the session")
	}
	h.must(h.ViewAs(h.ctx, actor(jonas), proven, elsa.ID))
	if seen, err := h.StopViewing(h.ctx, actor(jonas), proven); err != nil || seen != elsa.ID {
		t.Errorf("it was %d, %v", seen, err)
	}
	h.must(h.UpdateProfile(h.ctx, h.mara(), elsa.ID, store.Profile{Name: "Elsa", EndsAt: h.clock.now().Add(time.Hour)}))
	h.clock.pass(2 * time.Hour)
	wantInvalid(t, h.ViewAs(h.ctx, actor(jonas), proven, elsa.ID), "")
}

package store_test

import (
	"slices"
	"testing"

	"usher/store"
)

func TestUpdateOwnProfile(t *testing.T) {
	h := newHome(t)
	h.add("Elsa", "$elsa")
	priya := h.guest("Priya", "priya@example.org")
	wrote := h.wrote(func() {
		h.must(h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(priya.ID), store.OwnProfile{Name: "Priya Raman", Email: "raman@example.org"}))
	})
	if u := h.user(priya.ID); u.Name != "Priya Raman" || u.Email != "raman@example.org" || u.Kind != store.KindGuest || u.Inviter != "Mara" {
		t.Errorf("the guest is %+v", u)
	}
	if !slices.Equal(wrote, []store.Action{store.ActionUserChanged}) {
		t.Errorf("wrote %v", wrote)
	}
	wantInvalid(t, h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(priya.ID), store.OwnProfile{Name: "ELSA", Email: "raman"}), "email", "name")
}

func TestUpdateOwnProfileIsForGuests(t *testing.T) {
	h := newHome(t)
	elsa, priya := h.add("Elsa", "$elsa"), h.guest("Priya", "")
	in := store.OwnProfile{Name: "Somebody"}
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(elsa), h.credentials(elsa.ID), in), store.ErrForbidden)
	wantError(t, h.UpdateOwnProfile(h.ctx, h.mara(), h.credentials(h.owner.ID), in), store.ErrForbidden)
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(elsa.ID), in), store.ErrForbidden)
	old := h.credentials(priya.ID)
	h.must(h.ChangeOwnPassword(h.ctx, actor(priya), old, "$new", store.NewSession{TokenHash: hash("new")}, 0, true))
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(priya), old, in), store.ErrForbidden)
}

func TestWantMail(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	for _, wants := range []bool{false, false, true} {
		h.must(h.WantMail(h.ctx, h.mara(), wants))
		if got := h.user(h.owner.ID).WantsMail; got != wants {
			t.Errorf("wants e-mail: %v, want %v", got, wants)
		}
	}
	wantError(t, h.WantMail(h.ctx, actor(elsa), true), store.ErrForbidden)
}

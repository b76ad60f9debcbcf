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
		h.must(h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(priya.ID), 0, store.OwnProfile{Name: "Priya Raman", Email: "raman@example.org"}))
	})
	if u := h.user(priya.ID); u.Name != "Priya Raman" || u.Email != "raman@example.org" || u.Kind != store.KindGuest || u.Inviter != "Mara" {
		t.Errorf("the guest is %+v", u)
	}
	if !slices.Equal(wrote, []store.Action{store.ActionUserChanged}) {
		t.Errorf("wrote %v", wrote)
	}
	wantInvalid(t, h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(priya.ID), 0, store.OwnProfile{Name: "ELSA", Email: "raman"}), "email", "name")
}

func TestWhoseProfileIsLocked(t *testing.T) {
	h := newHome(t)
	elsa, priya := h.add("Elsa", "$elsa"), h.guest("Priya", "")
	in := store.OwnProfile{Name: "Somebody"}
	wrote := h.wrote(func() {
		h.must(h.UpdateProfile(h.ctx, h.mara(), elsa.ID, store.Profile{Name: "Elsa", Locked: true}))
	})
	if !slices.Equal(wrote, []store.Action{store.ActionUserChanged}) {
		t.Errorf("wrote %v", wrote)
	}
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(elsa), h.credentials(elsa.ID), 0, in), store.ErrForbidden)
	wantError(t, h.SetPicture(h.ctx, actor(elsa), elsa.ID, []byte("Elsa")), store.ErrForbidden)
	wantError(t, h.UpdateProfile(h.ctx, h.mara(), priya.ID, store.Profile{Name: "Priya", Locked: true}), store.ErrForbidden)
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(priya), h.credentials(elsa.ID), 0, in), store.ErrForbidden)
	old := h.credentials(priya.ID)
	h.must(h.ChangeOwnPassword(h.ctx, actor(priya), old, "$new", store.NewSession{TokenHash: hash("new")}, 0, true))
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(priya), old, 0, in), store.ErrForbidden)
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

// What somebody changes about themself leaves the rest as it is.
func TestAnAdministratorsOwnProfile(t *testing.T) {
	h := newHome(t)
	jonas := h.administrator("Jonas")
	h.must(h.UpdateProfile(h.ctx, h.mara(), jonas.ID, store.Profile{Name: "Jonas", Note: "Knows the router.", Administrator: true}))
	h.must(h.UpdateOwnProfile(h.ctx, actor(jonas), h.credentials(jonas.ID), 0, store.OwnProfile{Name: "Jonas B", Email: "jonas@example.org"}))
	if u := h.user(jonas.ID); u.Name != "Jonas B" || u.Email != "jonas@example.org" || u.Role != store.RoleAdministrator || u.Note != "Knows the router." || !u.MayEditProfile {
		t.Errorf("the administrator is %+v", u)
	}
}

// Anyone at home can come in as somebody without a password: who signs in
// elsewhere as well has to, before the address changes to which links go.
func TestOwnProfileWantsWhoIsLinkedToSignInThere(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	picked, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("picked"), UserID: elsa.ID, Strength: store.StrengthHome},
		store.NewDoor("", ""), h.credentials(elsa.ID), "", 0)
	h.must(err)
	in := store.OwnProfile{Name: "Elsa", Email: "elsa@example.org"}
	h.must(h.UpdateOwnProfile(h.ctx, actor(elsa), h.credentials(elsa.ID), picked, in))
	_, err = h.raw().ExecContext(h.ctx, `UPDATE users SET linked = 1 WHERE id = ?`, elsa.ID)
	h.must(err)
	wantError(t, h.UpdateOwnProfile(h.ctx, actor(elsa), h.credentials(elsa.ID), picked, store.OwnProfile{Name: "Elsa", Email: "nils@example.org"}), store.ErrForbidden)
}

func TestSetTimeZone(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.must(h.SetTimeZone(h.ctx, actor(elsa), " Asia/Tokyo "))
	if got := h.user(elsa.ID); got.Restrictions.TimeZone != "Asia/Tokyo" || got.Restricted() {
		t.Errorf("Elsa is %+v", got)
	}
	wantInvalid(t, h.SetTimeZone(h.ctx, actor(elsa), "Europe/Atlantis"), "time_zone")
	wantInvalid(t, h.SetTimeZone(h.ctx, actor(elsa), "Local"), "time_zone")
	h.must(h.SetRestrictions(h.ctx, h.mara(), elsa.ID, store.Limits{Restrictions: store.Restrictions{TimeZone: "Asia/Tokyo", Hours: store.Hours{1: 1}}}))
	wantError(t, h.SetTimeZone(h.ctx, actor(elsa), ""), store.ErrForbidden)
	if got := h.user(elsa.ID).Restrictions.TimeZone; got != "Asia/Tokyo" {
		t.Errorf("the hours count in %q", got)
	}
}

func TestSetLook(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	for _, look := range []store.Look{store.LookDark, store.LookLight, store.LookSystem} {
		h.must(h.SetLook(h.ctx, actor(elsa), look))
		if got := h.user(elsa.ID).Look; got != look {
			t.Errorf("the look is %q, want %q", got, look)
		}
	}
	wantInvalid(t, h.SetLook(h.ctx, actor(elsa), "pink"), "look")
}

package store_test

import (
	"slices"
	"sync"
	"testing"

	"usher/store"
)

// The guest account is made once, with nothing open to it, and keeps its
// settings while it is disabled.
func TestEnableGuestAccount(t *testing.T) {
	h := newHome(t)
	h.add("guest", "")
	films := h.library("Films")
	if open, err := h.GuestAccountOpen(h.ctx); err != nil || open {
		t.Errorf("it is open before anybody enabled it, %v", err)
	}
	sofa, made, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	if !made || sofa.Kind != store.KindGuestAccount || sofa.Name != "Guest 2" || sofa.MayChangePassword || !sofa.Access.Equal(store.Access{}) || !sofa.HomeOnly() {
		t.Errorf("the guest account is %+v", sofa)
	}
	if open, err := h.GuestAccountOpen(h.ctx); err != nil || !open {
		t.Errorf("it is not open, %v", err)
	}
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Libraries: []int64{films}}, sofa.ID))
	h.must(h.edit(sofa.ID, func(p *store.Profile) { p.Name, p.Note = "Living room", "The sofa." }))
	h.must(h.SetDisabled(h.ctx, h.mara(), true, sofa.ID))
	if open, err := h.GuestAccountOpen(h.ctx); err != nil || open {
		t.Errorf("it is open although it is disabled, %v", err)
	}
	again, made, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	if made || again.ID != sofa.ID || again.Disabled || again.Name != "Living room" || again.Note != "The sofa." || !slices.Equal(again.Access.Libraries, []int64{films}) {
		t.Errorf("enabled again it is %+v", again)
	}
	if wrote := h.wrote(func() { _, _, err = h.EnableGuestAccount(h.ctx, h.mara()) }); err != nil || len(wrote) != 0 {
		t.Errorf("enabling what is enabled writes %v, %v", wrote, err)
	}
	_, _, err = h.EnableGuestAccount(h.ctx, actor(h.add("Elsa", "$elsa")))
	wantError(t, err, store.ErrForbidden)
	_, _, err = h.EnableGuestAccount(h.ctx, actor(again))
	wantError(t, err, store.ErrForbidden)
}

// Many who enable it at once make one.
func TestEnableGuestAccountAtOnce(t *testing.T) {
	h := newHome(t)
	var group sync.WaitGroup
	made := make(chan bool, 20)
	for range cap(made) {
		group.Go(func() {
			_, first, err := h.EnableGuestAccount(h.ctx, h.mara())
			if err != nil {
				t.Error(err)
			}
			made <- first
		})
	}
	group.Wait()
	close(made)
	first := 0
	for is := range made {
		if is {
			first++
		}
	}
	if n := h.number(`SELECT count(*) FROM users WHERE kind = 'guest-account'`); n != 1 || first != 1 {
		t.Errorf("there are %d guest accounts, made %d times", n, first)
	}
}

// The guest account is no local user where a limit counts those, and neither
// are guests.
func TestLimitCountsLocalUsersOnly(t *testing.T) {
	h := newHome(t)
	h.limit(1)
	h.add("Elsa", "")
	_, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	_, err = h.AddHousehold(h.ctx, store.Household{People: []store.Person{{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Priya"}}}})
	h.must(err)
	_, err = h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Nils"})
	wantInvalid(t, err, "")
}

// Nobody gets the guest account a password, an e-mail address or a role, by any
// way there is.
func TestGuestAccountStaysPlain(t *testing.T) {
	h := newHome(t)
	sofa, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	known, session := h.credentials(sofa.ID), h.signIn(sofa.ID, "sofa")
	for about, err := range map[string]error{
		"its own password": h.ChangeOwnPassword(h.ctx, actor(sofa), known, "$own", store.NewSession{TokenHash: hash("own")}, 0, true),
		"a reset":          h.ResetPassword(h.ctx, h.mara(), sofa.ID, "$reset"),
		"the console":      h.ResetPassword(h.ctx, store.Console(), sofa.ID, "$console"),
		"sign-in rules":    h.UpdateSignInRules(h.ctx, h.mara(), sofa.ID, store.SignInRules{MayChangePassword: true}),
		"appointing":       h.edit(sofa.ID, func(p *store.Profile) { p.Administrator = true }),
		"handing over":     h.HandOver(h.ctx, h.mara(), sofa.ID, 0),
		"linking":          h.LinkConnect(h.ctx, actor(sofa), session.ID, store.Identity{Issuer: "https://auth.example", Subject: "sofa"}),
	} {
		t.Run(about, func(t *testing.T) { wantError(t, err, store.ErrForbidden) })
	}
	_, err = h.MakeResetLink(h.ctx, h.mara(), sofa.ID, hash("link"))
	wantError(t, err, store.ErrForbidden)
	wantInvalid(t, h.edit(sofa.ID, func(p *store.Profile) { p.Email = "sofa@example.org" }), "email")
	if after := h.credentials(sofa.ID); after.HasPassword || after.Email != "" || after.Role != store.RoleUser || after.MayChangePassword {
		t.Errorf("the guest account is %+v", after)
	}
}

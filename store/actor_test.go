package store_test

import (
	"testing"

	"usher/store"
)

// Who may do what to whom, as a table: each letter is a predicate that says
// yes, in the order of the columns below.
func TestWhoMayDoWhat(t *testing.T) {
	predicates := []struct {
		letter rune
		may    func(store.Actor, store.User) bool
	}{
		{'e', store.Actor.MayEdit},
		{'r', store.Actor.MayRestrict},
		{'d', store.Actor.MayDisable},
		{'x', store.Actor.MayDelete},
		{'a', store.Actor.MayAppoint},
		{'p', store.Actor.MayResetPassword},
		{'q', store.Actor.MayRemovePassword},
		{'h', store.Actor.MayHandOver},
		{'n', store.Actor.MayRename},
		{'s', store.Actor.MayChangeSignIn},
	}
	owner := store.User{Kind: store.KindLocal, ID: 1, Role: store.RoleOwner, HasPassword: true, MayChangePassword: true}
	admin := store.User{Kind: store.KindLocal, ID: 2, Role: store.RoleAdministrator, HasPassword: true, MayChangePassword: true}
	other := store.User{Kind: store.KindLocal, ID: 3, Role: store.RoleAdministrator, HasPassword: true, MayChangePassword: true}
	asleep := store.User{Kind: store.KindLocal, ID: 4, Role: store.RoleAdministrator, HasPassword: true, Disabled: true}
	user := store.User{Kind: store.KindLocal, ID: 5, Role: store.RoleUser, HasPassword: true, MayChangePassword: true}
	child := store.User{Kind: store.KindLocal, ID: 6, Role: store.RoleUser, HasPassword: true}
	without := store.User{Kind: store.KindLocal, ID: 7, Role: store.RoleUser, MayChangePassword: true}
	sofa := store.User{Kind: store.KindGuestAccount, ID: 8, Role: store.RoleUser}
	guest := store.User{Kind: store.KindGuest, ID: 9, Role: store.RoleUser, HasPassword: true, MayChangePassword: true}
	invited := store.User{Kind: store.KindInvited, ID: 10, Role: store.RoleUser}
	waiting := store.User{Kind: store.KindWaiting, ID: 11, Role: store.RoleUser, HasPassword: true}
	stranger := store.User{}

	type who struct {
		name string
		user store.User
	}
	on := []who{{"owner", owner}, {"admin", admin}, {"other", other}, {"asleep", asleep}, {"user", user}, {"child", child}, {"without", without},
		{"sofa", sofa}, {"guest", guest}, {"invited", invited}, {"waiting", waiting}}
	for _, row := range []struct {
		actor store.Actor
		name  string
		want  [11]string // on the owner, admin, other, asleep, user, child, without, sofa, guest, invited, waiting
	}{
		{store.Console(), "console", [11]string{"epns", "erdxapns", "erdxapns", "erdxapns", "erdxapqns", "erdxapqns", "erdxapns", "erdxn", "erdx", "", ""}},
		{actor(owner), "owner", [11]string{"ens", "erdxaphns", "erdxaphns", "erdxapns", "erdxapqns", "erdxapqns", "erdxapns", "erdxn", "erdx", "", ""}},
		{actor(admin), "admin", [11]string{"", "erns", "erdxpns", "erdxpns", "erdxpqns", "erdxpqns", "erdxpns", "erdxn", "erdx", "", ""}},
		{actor(user), "user", [11]string{"", "", "", "", "q", "", "", "", "", "", ""}},
		{actor(child), "child", [11]string{"", "", "", "", "", "", "", "", "", "", ""}},
		{actor(without), "without", [11]string{"", "", "", "", "", "", "", "", "", "", ""}},
		{actor(sofa), "sofa", [11]string{"", "", "", "", "", "", "", "", "", "", ""}},
		{actor(guest), "guest", [11]string{"", "", "", "", "", "", "", "", "", "", ""}},
		{actor(stranger), "stranger", [11]string{"", "", "", "", "", "", "", "", "", "", ""}},
	} {
		for i, target := range on {
			var got string
			for _, p := range predicates {
				if p.may(row.actor, target.user) {
					got += string(p.letter)
				}
			}
			if got != row.want[i] {
				t.Errorf("%s on %s: %q, want %q", row.name, target.name, got, row.want[i])
			}
		}
	}
	for _, row := range []struct {
		role            store.Role
		admin, settings bool
	}{
		{store.RoleOwner, true, true},
		{store.RoleAdministrator, true, false},
		{store.RoleUser, false, false},
		{"", false, false},
		{"Owner", false, false},
	} {
		a := store.Actor{ID: 9, Role: row.role}
		if a.IsAdministrator() != row.admin || a.MayChangeSettings() != row.settings {
			t.Errorf("role %q: administrator %t, settings %t", row.role, a.IsAdministrator(), a.MayChangeSettings())
		}
	}
}

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
	}
	owner := store.User{ID: 1, Role: store.RoleOwner, HasPassword: true, MayChangePassword: true}
	admin := store.User{ID: 2, Role: store.RoleAdministrator, HasPassword: true, MayChangePassword: true}
	other := store.User{ID: 3, Role: store.RoleAdministrator, HasPassword: true, MayChangePassword: true}
	asleep := store.User{ID: 4, Role: store.RoleAdministrator, HasPassword: true, Disabled: true}
	user := store.User{ID: 5, Role: store.RoleUser, HasPassword: true, MayChangePassword: true}
	child := store.User{ID: 6, Role: store.RoleUser, HasPassword: true}
	without := store.User{ID: 7, Role: store.RoleUser, MayChangePassword: true}
	stranger := store.User{}

	type who struct {
		name string
		user store.User
	}
	on := []who{{"owner", owner}, {"admin", admin}, {"other", other}, {"asleep", asleep}, {"user", user}, {"child", child}, {"without", without}}
	for _, row := range []struct {
		actor store.Actor
		name  string
		want  [7]string // on the owner, admin, other, asleep, user, child, without
	}{
		{store.Console(), "console", [7]string{"ep", "erdxap", "erdxap", "erdxap", "erdxapq", "erdxapq", "erdxap"}},
		{actor(owner), "owner", [7]string{"e", "erdxaph", "erdxaph", "erdxap", "erdxapq", "erdxapq", "erdxap"}},
		{actor(admin), "admin", [7]string{"", "er", "erdxp", "erdxp", "erdxpq", "erdxpq", "erdxp"}},
		{actor(user), "user", [7]string{"", "", "", "", "q", "", ""}},
		{actor(child), "child", [7]string{"", "", "", "", "", "", ""}},
		{actor(without), "without", [7]string{"", "", "", "", "", "", ""}},
		{actor(stranger), "stranger", [7]string{"", "", "", "", "", "", ""}},
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

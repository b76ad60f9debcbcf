package store_test

import (
	"errors"
	"testing"

	"usher/store"
)

func TestRefusalNamesWhoIsInTheWay(t *testing.T) {
	mara := store.User{ID: 1, Name: "Mara", Role: store.RoleOwner}
	jonas := store.User{ID: 2, Name: "Jonas", Role: store.RoleAdministrator}
	elsa := store.User{ID: 3, Name: "Elsa", Role: store.RoleUser}
	for _, test := range []struct {
		about string
		actor store.User
		users []store.User
		want  string
	}{
		{"somebody else", jonas, []store.User{elsa}, ""},
		{"nobody", jonas, nil, ""},
		{"the owner", jonas, []store.User{elsa, mara}, "Mara is the owner, for whom this cannot be done."},
		{"the owner by herself", mara, []store.User{mara}, "Mara is the owner, for whom this cannot be done."},
		{"oneself and the owner", jonas, []store.User{jonas, mara}, "You cannot do this to yourself. Mara is the owner, for whom this cannot be done."},
	} {
		err := store.Actor{ID: test.actor.ID, Role: test.actor.Role}.Refusal(test.users, store.Actor.MayDelete)
		var invalid *store.Invalid
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.about, err)
		case test.want == "":
		case !errors.As(err, &invalid) || !errors.Is(err, store.ErrForbidden) || invalid.Error() != test.want:
			t.Errorf("%s: %v, want %q", test.about, err, test.want)
		}
	}
	if err := (store.Actor{ID: elsa.ID, Role: elsa.Role}).Refusal(nil, store.Actor.MayDelete); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("a user may change nobody, but %v", err)
	}
}

func TestAccessEqual(t *testing.T) {
	some := store.Access{Libraries: []int64{1, 2}, Channels: []int64{3}}
	for _, test := range []struct {
		other store.Access
		want  bool
	}{
		{store.Access{Libraries: []int64{2, 1}, Channels: []int64{3}}, true},
		{store.Access{Libraries: []int64{1}, Channels: []int64{3}}, false},
		{store.Access{Libraries: []int64{1, 2}, Channels: []int64{4}}, false},
		{store.Access{AllLibraries: true, Libraries: []int64{1, 2}, Channels: []int64{3}}, false},
		{store.FullAccess(), false},
	} {
		if got := some.Equal(test.other); got != test.want {
			t.Errorf("%+v equals %+v: %v", some, test.other, got)
		}
	}
}

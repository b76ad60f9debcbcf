package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"usher/store"
)

// deed is something that one user does to another, and the predicate that a
// view asks before it offers it.
type deed struct {
	name string
	may  func(store.Actor, store.User) bool
	do   func(h *household, a store.Actor, u store.User) error
	// unready says that the deed is refused for the time being, with a
	// sentence that says why, although it may be done. Nil is never.
	unready func(u store.User, now time.Time) bool
}

var deeds = []deed{
	{name: "create a user", may: func(a store.Actor, _ store.User) bool { return a.IsAdministrator() },
		do: func(h *household, a store.Actor, _ store.User) error {
			u, err := h.CreateUser(h.ctx, a, store.NewUser{Name: h.newName()})
			if err == nil {
				h.people = append(h.people, u)
			}
			return err
		}},
	{name: "rename", may: store.Actor.MayRename, do: func(h *household, a store.Actor, u store.User) error {
		return h.editAs(a, u, func(p *store.Profile) { p.Name = h.newName() })
	}},
	{name: "change the e-mail", may: store.Actor.MayRename,
		unready: func(u store.User, _ time.Time) bool { return u.Kind == store.KindGuestAccount },
		do: func(h *household, a store.Actor, u store.User) error {
			h.names++
			return h.editAs(a, u, func(p *store.Profile) { p.Email = fmt.Sprintf("person%d@example.org", h.names) })
		}},
	{name: "change their own name", may: store.Actor.MayEditSelf, do: func(h *household, a store.Actor, u store.User) error {
		known, err := h.CredentialsByID(h.ctx, u.ID)
		if err != nil {
			return err
		}
		return h.UpdateOwnProfile(h.ctx, a, known, 0, store.OwnProfile{Name: h.newName(), Email: u.Email})
	}},
	{name: "lock the profile", may: store.Actor.MayLockProfile, do: func(h *household, a store.Actor, u store.User) error {
		return h.editAs(a, u, func(p *store.Profile) { p.Locked = !p.Locked })
	}},
	{name: "write a note", may: store.Actor.MayEdit, do: func(h *household, a store.Actor, u store.User) error {
		return h.editAs(a, u, func(p *store.Profile) { p.Note = h.newName() })
	}},
	{name: "appoint or dismiss", may: store.Actor.MayAppoint,
		unready: func(u store.User, _ time.Time) bool { return u.Role == store.RoleUser && !u.HasPassword },
		do: func(h *household, a store.Actor, u store.User) error {
			return h.editAs(a, u, func(p *store.Profile) { p.Administrator = !p.Administrator })
		}},
	{name: "disable or enable in the profile", may: store.Actor.MayDisable, do: func(h *household, a store.Actor, u store.User) error {
		return h.editAs(a, u, func(p *store.Profile) { p.Disabled = !p.Disabled })
	}},
	{name: "set the end date", may: store.Actor.MayDisable, do: func(h *household, a store.Actor, u store.User) error {
		return h.editAs(a, u, func(p *store.Profile) {
			h.names++
			p.EndsAt = h.Now().Add(36*time.Hour + time.Duration(h.names)*time.Second)
		})
	}},
	{name: "change how to sign in", may: store.Actor.MayChangeSignIn, do: func(h *household, a store.Actor, u store.User) error {
		return h.UpdateSignInRules(h.ctx, a, u.ID, store.SignInRules{MayChangePassword: !u.MayChangePassword, LocalAccess: u.LocalAccess})
	}},
	{name: "hide on the sign-in page", may: store.Actor.MayHide, do: func(h *household, a store.Actor, u store.User) error {
		return h.SetHidden(h.ctx, a, u.ID, !u.Hidden)
	}},
	{name: "disable or enable", may: store.Actor.MayDisable, do: func(h *household, a store.Actor, u store.User) error {
		return h.SetDisabled(h.ctx, a, !u.Disabled, u.ID)
	}},
	{name: "delete", may: store.Actor.MayDelete, do: func(h *household, a store.Actor, u store.User) error {
		return h.DeleteUsers(h.ctx, a, u.ID)
	}},
	{name: "decide about devices", may: store.Actor.MayDecideDevices, do: func(h *household, a store.Actor, u store.User) error {
		_, err := h.SetDeviceRule(h.ctx, a, u.ID, store.DevicesAsk, nil)
		return err
	}},
	{name: "set the access", may: store.Actor.MayRestrict, do: func(h *household, a store.Actor, u store.User) error {
		return h.SetAccess(h.ctx, a, store.Access{AllLibraries: !u.Access.AllLibraries}, u.ID)
	}},
	{name: "restrict", may: store.Actor.MayRestrict, do: func(h *household, a store.Actor, u store.User) error {
		limits := u.Limits()
		limits.Streams = u.Restrictions.Streams%store.MaxStreams + 1
		return h.SetRestrictions(h.ctx, a, u.ID, limits)
	}},
	{name: "reset the password", may: store.Actor.MayResetPassword, do: func(h *household, a store.Actor, u store.User) error {
		return h.ResetPassword(h.ctx, a, u.ID, "$reset")
	}},
	{name: "make a reset link", may: store.Actor.MayResetPassword, do: func(h *household, a store.Actor, u store.User) error {
		_, err := h.MakeResetLink(h.ctx, a, u.ID, hash(h.newName()))
		return err
	}},
	{name: "remove the password", do: func(h *household, a store.Actor, u store.User) error {
		return h.RemovePassword(h.ctx, a, u.ID)
	}, may: func(a store.Actor, u store.User) bool { return a.MayRemovePassword(u) && a.MayResetPassword(u) }},
	{name: "set the picture", may: store.Actor.MayChangePicture, do: func(h *household, a store.Actor, u store.User) error {
		return h.SetPicture(h.ctx, a, u.ID, []byte(h.newName()))
	}},
	{name: "invite, change and revoke", may: func(a store.Actor, _ store.User) bool { return a.MayInvite() },
		do: func(h *household, a store.Actor, _ store.User) error {
			in := store.NewInvitations{Name: h.newName(), InvitationTerms: terms(), Links: [][]byte{hash(h.newName())}}
			made, err := h.Invite(h.ctx, a, in)
			if err != nil {
				return err
			}
			id := made[0].User.ID
			_, err = h.FreshLink(h.ctx, a, id, hash(h.newName()))
			return errors.Join(err, h.ChangeInvitation(h.ctx, a, id, in.InvitationTerms), h.RevokeInvitations(h.ctx, a, id))
		}},
	{name: "hand the ownership over", may: store.Actor.MayHandOver, unready: store.User.Expired,
		do: func(h *household, a store.Actor, u store.User) error { return h.HandOver(h.ctx, a, u.ID, 0) }},
}

// household is people who do things to each other.
type household struct {
	*store.Store
	ctx    context.Context
	clock  *clock
	people []store.User // as they were when the household was made, or they joined it
	names  int
}

func (h *household) newName() string {
	h.names++
	return fmt.Sprintf("Person %d", h.names)
}

func (h *household) editAs(a store.Actor, u store.User, change func(*store.Profile)) error {
	p := store.Profile{Name: u.Name, Email: u.Email, Note: u.Note, EndsAt: u.EndsAt, Administrator: u.Role != store.RoleUser, Disabled: u.Disabled, Locked: !u.MayEditProfile}
	change(&p)
	return h.UpdateProfile(h.ctx, a, u.ID, p)
}

// cast makes a database with an owner, two administrators, three users, one of
// them without a password, two guests and the guest account, and returns its
// file.
func cast(t *testing.T) []byte {
	t.Helper()
	h := newHome(t)
	people := []store.Person{
		{NewUser: store.NewUser{Name: "Jonas", PasswordHash: "$j"}, Administrator: true},
		{NewUser: store.NewUser{Name: "Freja", PasswordHash: "$f"}, Administrator: true},
		{NewUser: store.NewUser{Name: "Elsa", PasswordHash: "$e"}},
		{NewUser: store.NewUser{Name: "Oskar", PasswordHash: "$o"}, Disabled: true},
		{NewUser: store.NewUser{Name: "Nils"}},
		{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Priya", Email: "priya@example.net", PasswordHash: "$p"}},
		{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Tom"}, Disabled: true},
		{NewUser: store.NewUser{Kind: store.KindGuestAccount, Name: "Sofa"}},
	}
	_, err := h.AddHousehold(h.ctx, store.Household{People: people})
	h.must(err)
	h.must(h.Close())
	file, err := os.ReadFile(filepath.Join(h.folder, store.FileName))
	h.must(err)
	return file
}

// newHousehold is the people in a copy of the database.
func newHousehold(ctx context.Context, t *rapid.T, file []byte) *household {
	h := &household{ctx: ctx, clock: newClock()}
	try := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	folder, err := os.MkdirTemp("", "usher-agreement")
	try(err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	try(os.WriteFile(filepath.Join(folder, store.FileName), file, 0o600))
	h.Store, err = store.Open(ctx, folder, store.WithClock(h.clock.now))
	try(err)
	t.Cleanup(func() { _ = h.Close() })
	h.people, err = h.everybody(store.SortName)
	try(err)
	return h
}

// everybody is who is on the server.
func (h *household) everybody(sort store.UserSort) ([]store.User, error) {
	local, err := h.Users(h.ctx, store.UserQuery{Sort: sort})
	if err != nil {
		return nil, err
	}
	guests, err := h.Users(h.ctx, store.UserQuery{List: store.ListGuests, Sort: sort})
	return append(local.Users, guests.Users...), err
}

// acting is the actor as the store ought to see them, and whether they have a
// say at all: an old screen may know them as more than they are by now.
func (h *household) acting(t *rapid.T, a store.Actor) (store.Actor, bool) {
	u, err := h.User(h.ctx, a.ID)
	if errors.Is(err, store.ErrNotFound) {
		return a, false
	}
	if err != nil {
		t.Fatal(err)
	}
	a.Role = u.Role
	return a, !u.Disabled && !u.Expired(h.Now())
}

// What the predicates of Actor promise, the methods of Store keep, and the
// other way round: whatever has happened before, a deed is refused with
// ErrForbidden exactly where its predicate says no. What is refused changes
// nothing, and what is done is written down.
func TestPredicatesAndMethodsAgree(t *testing.T) {
	t.Parallel()
	file := cast(t)
	rapid.Check(t, func(rt *rapid.T) {
		h := newHousehold(t.Context(), rt, file)
		for range 12 {
			if rapid.IntRange(0, 7).Draw(rt, "a day goes by on 0") == 0 {
				h.clock.pass(20 * time.Hour)
			}
			a := actor(rapid.SampledFrom(h.people).Draw(rt, "actor"))
			target := rapid.SampledFrom(h.people).Draw(rt, "target").ID
			h.check(rt, a, target, deeds[rapid.IntRange(0, len(deeds)-1).Draw(rt, "deed")])
		}
	})
}

func (h *household) check(t *rapid.T, a store.Actor, target int64, d deed) {
	u, err := h.User(h.ctx, target)
	if errors.Is(err, store.ErrNotFound) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	who, awake := h.acting(t, a)
	may := awake && d.may(who, u)
	before := h.all(t)
	err = d.do(h, a, u)
	var invalid *store.Invalid
	after := h.all(t)
	switch {
	case errors.Is(err, store.ErrForbidden) == may:
		t.Fatalf("%s by %s (%s) on %s (%s): may %t, but %v", d.name, who.Name, who.Role, u.Name, u.Role, may, err)
	case may && d.unready != nil && d.unready(u, h.Now()):
		if !errors.As(err, &invalid) || after != before {
			t.Fatalf("%s on %s, where it cannot be done yet: %v", d.name, u.Name, err)
		}
	case may && err != nil:
		t.Fatalf("%s by %s on %s: %v", d.name, who.Name, u.Name, err)
	case may && after.records <= before.records:
		t.Fatalf("%s was not written down", d.name)
	case !may && after != before:
		t.Fatalf("%s was refused, yet before %v, after %v", d.name, before, after)
	}
	if after.owners != 1 || after.weak != 0 {
		t.Fatalf("after %s there are %d owners and %d administrators without a password", d.name, after.owners, after.weak)
	}
}

// everything is what there is, short enough to compare.
type everything struct {
	users                 string
	records, owners, weak int
}

func (h *household) all(t *rapid.T) (e everything) {
	people, err := h.everybody(store.SortNewest)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range people {
		if u.Role == store.RoleOwner {
			e.owners++
		}
		if u.Role != store.RoleUser && !u.HasPassword {
			e.weak++
		}
	}
	e.users = fmt.Sprint(people)
	records, err := h.Activity(h.ctx, store.ActivityQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if len(records.Records) > 0 {
		e.records = int(records.Records[0].ID)
	}
	return e
}

package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// faces are the names on a page of faces.
func (h *home) faces(search string, page int) (names []string, found store.UserPage) {
	h.t.Helper()
	found, err := h.Faces(h.ctx, search, page)
	h.must(err)
	for _, u := range found.Users {
		names = append(names, u.Name)
	}
	return names, found
}

// The list of faces and what a user is asked agree, whatever becomes of a user.
func TestFacesAgreeWithShowsFace(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.guest("Priya", "priya@example.org")
	sofa, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	check := func(about string, want ...string) {
		t.Helper()
		h.must(h.Refresh(h.ctx))
		if got, _ := h.faces("", 1); !slices.Equal(got, want) {
			t.Errorf("%s: the faces are %q, want %q", about, got, want)
		}
		for _, u := range []store.User{h.user(elsa.ID), h.user(sofa.ID), h.owner} {
			found, _ := h.faces(u.Name, 1)
			if u.ShowsFace(h.clock.now()) != slices.Contains(want, u.Name) || (len(found) == 1) != slices.Contains(want, u.Name) {
				t.Errorf("%s: %s shows %t, and is found as %q", about, u.Name, u.ShowsFace(h.clock.now()), found)
			}
		}
	}
	check("at first", "Elsa", "Guest", "Mara")
	h.must(h.SetHidden(h.ctx, h.mara(), elsa.ID, true))
	check("hidden", "Guest", "Mara")
	h.must(h.SetHidden(h.ctx, h.mara(), elsa.ID, false))
	h.must(h.SetDisabled(h.ctx, h.mara(), true, sofa.ID))
	check("disabled", "Elsa", "Mara")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.EndsAt = h.clock.now().Add(time.Hour) }))
	check("with an end to come", "Elsa", "Mara")
	h.clock.pass(time.Hour)
	check("when it has come", "Mara")
	h.clock.pass(-2 * time.Hour)
	check("with the clock set back", "Elsa", "Mara")
	h.clock.pass(time.Hour - time.Millisecond)
	check("just before the end", "Elsa", "Mara")
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	h.must(h.Refresh(h.ctx))
	if got, _ := h.faces("", 1); !slices.Equal(got, []string{"Mara"}) {
		t.Errorf("after a deletion: %q", got)
	}
}

// Every face is on one page, in the order of names, however many there are.
func TestPagesOfFaces(t *testing.T) {
	h := newHome(t)
	var people []store.Person
	for i := range 10_000 {
		people = append(people, store.Person{NewUser: store.NewUser{Name: fmt.Sprintf("Person %05d", i)}})
	}
	_, err := h.AddHousehold(h.ctx, store.Household{People: people})
	h.must(err)
	h.must(h.Refresh(h.ctx))
	last := ""
	_, found := h.faces("", 1)
	if found.Total != 10_001 || found.Pages != 417 {
		t.Fatalf("there are %d on %d pages", found.Total, found.Pages)
	}
	for _, page := range []int{1, 2, 200, 416, 417, 999, -3} {
		var names []string
		names, found = h.faces("", page)
		if want := min(max(page, 1), 417); found.Page != want || len(names) == 0 || len(names) > store.FacesPage || !slices.IsSorted(names) {
			t.Errorf("page %d is page %d: %q", page, found.Page, names)
		}
		if page == 2 && names[0] <= last {
			t.Errorf("page 2 begins with %q, page 1 ends with %q", names[0], last)
		}
		last = names[len(names)-1]
	}
	if names, found := h.faces("person", 417); found.Total != 10_000 || names[len(names)-1] != "Person 09999" {
		t.Errorf("the last that is found of %d is on %q", found.Total, names)
	}
}

// What picking somebody asks for, by what they have.
func TestAsks(t *testing.T) {
	for _, row := range []struct {
		about string
		user  store.User
		want  store.Asking
	}{
		{"nothing", store.User{Kind: store.KindLocal}, store.AsksNothing},
		{"a password", store.User{Kind: store.KindLocal, HasPassword: true}, store.AsksPassword},
		{"local access", store.User{Kind: store.KindLocal, HasPassword: true, LocalAccess: true}, store.AsksNothing},
		{"a PIN", store.User{Kind: store.KindLocal, HasPIN: true}, store.AsksPIN},
		{"a PIN and a password", store.User{Kind: store.KindLocal, HasPIN: true, HasPassword: true}, store.AsksPIN},
		{"a PIN and local access", store.User{Kind: store.KindLocal, HasPIN: true, HasPassword: true, LocalAccess: true}, store.AsksPIN},
		{"the guest account", store.User{Kind: store.KindGuestAccount}, store.AsksNothing},
		{"a guest", store.User{Kind: store.KindGuest, HasPassword: true, LocalAccess: true}, store.AsksPassword},
	} {
		if got := row.user.Asks(); got != row.want {
			t.Errorf("%s: %q, want %q", row.about, got, row.want)
		}
	}
}

// Whoever may not come in from away does not, by whatever way in the store has.
func TestBarredFromAway(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.restrict(elsa.ID, store.Restrictions{NoAway: true})
	for _, atHome := range []bool{true, false} {
		in := store.NewSession{TokenHash: hash(fmt.Sprint(atHome)), UserID: elsa.ID, Strength: store.StrengthPassword, AtHome: atHome}
		_, err := h.SignIn(h.ctx, in, store.NewDoor("Elsa", ""), h.credentials(elsa.ID), "", 0)
		if atHome {
			h.must(err)
		} else {
			wantError(t, err, store.ErrForbidden)
		}
	}
}

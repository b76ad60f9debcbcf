package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// waits is a home where these people have registered and wait.
func waits(t *testing.T, names ...string) (h *home, ids []int64) {
	t.Helper()
	h = registers(t, withApproval)
	for _, name := range names {
		u, err := h.register(name, "")
		h.must(err)
		ids = append(ids, u.ID)
	}
	return h, ids
}

func TestApprove(t *testing.T) {
	h := asked(t, withApproval, "elsa@example.org", "token")
	elsa, err := h.register("Elsa", "token")
	h.must(err)
	rules := withApproval
	rules.ADay, rules.Access = 10, store.Access{AllLibraries: true}
	h.must(h.SaveRegistration(h.ctx, h.mara(), rules))
	h.clock.pass(time.Hour)
	wrote := h.wrote(func() { h.must(h.Approve(h.ctx, h.mara(), elsa.ID)) })
	if !slices.Equal(wrote, []store.Action{store.ActionApproved}) || h.sentences(store.ActivityQuery{})[0] != "Mara approved the registration of Elsa." {
		t.Errorf("approving wrote %v: %s", wrote, h.sentences(store.ActivityQuery{})[0])
	}
	elsa = h.user(elsa.ID)
	if elsa.Kind != store.KindLocal || !elsa.Access.Equal(rules.Access) || !elsa.CreatedAt.Equal(h.clock.now()) {
		t.Errorf("Elsa is %+v", elsa)
	}
	for list, want := range map[store.List]int{store.ListLocal: 1, store.ListWaiting: 0} {
		page, err := h.Users(h.ctx, store.UserQuery{List: list, Search: "elsa"})
		if h.must(err); page.Total != want {
			t.Errorf("%d Elsas are found in the list %s, want %d", page.Total, list, want)
		}
	}
	if l := h.claim("none"); l.Kind != store.LetterApproved || l.Recipient != "elsa@example.org" || l.Name != "Elsa" {
		t.Errorf("the letter is %+v", l)
	}
	wantError(t, h.Approve(h.ctx, h.mara(), elsa.ID), store.ErrNotFound)
	wantError(t, h.RefuseWaiting(h.ctx, h.mara(), elsa.ID), store.ErrNotFound)
	if u := h.user(elsa.ID); u.Name != "Elsa" {
		t.Errorf("Elsa is %+v after a late refusal", u)
	}
}

// All are approved or none: the limit of local users holds.
func TestApproveWithinTheLimit(t *testing.T) {
	h, ids := waits(t, "Elsa", "Nils", "Oskar")
	h.limit(2)
	err := h.Approve(h.ctx, h.mara(), ids...)
	wantInvalid(t, err, "")
	if !strings.Contains(err.Error(), "limited to 2 local users besides the owner") {
		t.Errorf("answered %v", err)
	}
	if n := h.number(`SELECT count(*) FROM users WHERE kind = 'waiting'`); n != 3 {
		t.Errorf("%d wait, want all three", n)
	}
	h.must(h.Approve(h.ctx, h.mara(), ids[:2]...))
	wantInvalid(t, h.Approve(h.ctx, h.mara(), ids[2]), "")
}

func TestRefuse(t *testing.T) {
	h, ids := waits(t, "Elsa", "Nils")
	wrote := h.wrote(func() { h.must(h.RefuseWaiting(h.ctx, h.mara(), ids...)) })
	if !slices.Equal(wrote, []store.Action{store.ActionRefused, store.ActionRefused}) || h.sentences(store.ActivityQuery{})[0] != "Mara refused the registration of Nils." {
		t.Errorf("refusing wrote %v: %s", wrote, h.sentences(store.ActivityQuery{})[0])
	}
	if n := h.number(`SELECT count(*) FROM users`); n != 1 {
		t.Errorf("there are %d users, want Mara alone", n)
	}
	_, err := h.register("Elsa", "")
	h.must(err)
}

// The predicate that views ask is the rule that the store keeps.
func TestMayDecide(t *testing.T) {
	h, ids := waits(t, "Elsa", "Nils", "Oskar", "Priya")
	jonas, pia := h.administrator("Jonas"), h.add("Pia", "$p")
	for i, who := range []store.Actor{h.mara(), actor(jonas), actor(pia), {ID: ids[3], Name: "Priya", Role: store.RoleUser}} {
		u, err := h.Waiting(h.ctx, ids[i])
		h.must(err)
		err = h.RefuseWaiting(h.ctx, who, u.ID)
		if may := who.MayDecide(u); may != (err == nil) {
			t.Errorf("%s may decide about %s: %v, and is answered with %v", who.Name, u.Name, may, err)
		}
		if err != nil {
			wantError(t, err, store.ErrForbidden)
		}
	}
	if h.mara().MayDecide(pia) {
		t.Error("there is something to decide about Pia, who lives here")
	}
	wantError(t, h.RefuseWaiting(h.ctx, h.mara(), pia.ID), store.ErrNotFound)
}

// Nobody can take the name or the e-mail of somebody who waits, so approving
// never finds a double.
func TestWaitingKeepNameAndEmail(t *testing.T) {
	h := asked(t, withApproval, "elsa@example.org", "token")
	_, err := h.register("Elsa", "token")
	h.must(err)
	for field, in := range map[string]store.NewUser{"name": {Name: "ELSA"}, "email": {Name: "Nils", Email: "Elsa@example.org"}} {
		_, err := h.CreateUser(h.ctx, h.mara(), in)
		wantInvalid(t, err, field)
		if !strings.Contains(err.Error(), "waits for approval") {
			t.Errorf("%+v is answered with %v", in, err)
		}
	}
	_, err = h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "elsa@example.org"})
	wantInvalid(t, err, "name")
}

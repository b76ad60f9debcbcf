package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// invited is an invitation from Mara that is called so, with this token in its
// link.
func (h *home) invited(name, token string) (id int64) {
	h.t.Helper()
	made, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Name: name, InvitationTerms: terms(), Links: [][]byte{hash(token)}})
	h.must(err)
	return made[0].User.ID
}

// join accepts the invitation of the link, in a browser of the guest's own.
func (h *home) join(token string, in store.NewGuest) (store.User, error) {
	h.t.Helper()
	return h.Join(h.ctx, hash(token), in, store.NewSession{TokenHash: hash("browser of " + in.Name), Address: "203.0.113.9"})
}

// guest is somebody who has accepted an invitation from Mara.
func (h *home) guest(name, email string) store.User {
	h.t.Helper()
	h.invited("a friend called "+name, "link of "+name)
	u, err := h.join("link of "+name, store.NewGuest{Name: name, Email: email, PasswordHash: "$" + name})
	h.must(err)
	return u
}

func TestJoin(t *testing.T) {
	h := newHome(t)
	id := h.invited("Priya from work", "link")
	h.clock.pass(time.Hour)
	wrote := h.wrote(func() {
		priya, err := h.join("link", store.NewGuest{Name: "Priya  Raman ", Email: "priya@example.org", PasswordHash: "$priya"})
		h.must(err)
		if priya.ID != id || priya.Kind != store.KindGuest || priya.Name != "Priya Raman" || priya.Email != "priya@example.org" ||
			priya.Inviter != "Mara" || !priya.CreatedAt.Equal(h.Now()) || !priya.HasPassword || !priya.PasswordAt.Equal(h.Now()) {
			t.Errorf("the guest is %+v", priya)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionJoined}) || !h.signedIn("browser of Priya  Raman ") {
		t.Errorf("wrote %v", wrote)
	}
	for list, want := range map[store.List]int{store.ListGuests: 1, store.ListInvited: 0} {
		page, err := h.Users(h.ctx, store.UserQuery{List: list, Search: "raman"})
		h.must(err)
		if page.Total != want {
			t.Errorf("%d among the %s, want %d", page.Total, list, want)
		}
	}
	if page, err := h.Users(h.ctx, store.UserQuery{List: store.ListGuests, Search: "work"}); err != nil || page.Total != 0 {
		t.Errorf("found by what the invitation was remembered by: %+v, %v", page, err)
	}
	_, err := h.join("link", store.NewGuest{Name: "Tom", PasswordHash: "$tom"})
	wantError(t, err, store.ErrBadLink)
	if n := h.number(`SELECT count(*) FROM invitations`) + h.number(`SELECT count(*) FROM invitation_links`); n != 0 {
		t.Errorf("%d rows of the invitation are left", n)
	}
}

// TestJoinGetsWhatIsLeft deletes one of the chosen libraries between the
// invitation and its acceptance.
func TestJoinGetsWhatIsLeft(t *testing.T) {
	h := newHome(t)
	films, series := h.library("Films"), h.library("Series")
	offer := terms()
	offer.Access = store.Access{Libraries: []int64{films, series}}
	offer.EndsAt = h.Now().Add(90 * store.Day)
	_, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Name: "Priya", InvitationTerms: offer, Links: [][]byte{hash("link")}})
	h.must(err)
	h.must(h.DeleteLibrary(h.ctx, h.mara(), films))
	priya, err := h.join("link", store.NewGuest{Name: "Priya", PasswordHash: "$priya"})
	h.must(err)
	if !priya.Access.Equal(store.Access{Libraries: []int64{series}}) || !priya.EndsAt.Equal(offer.EndsAt) {
		t.Errorf("the guest is %+v", priya)
	}
}

func TestJoinWithWhatIsTaken(t *testing.T) {
	h := newHome(t)
	h.must(h.edit(h.add("Elsa", "$elsa").ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
	made, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Emails: []string{"priya@example.org"}, InvitationTerms: terms(), Links: [][]byte{hash("link")}})
	h.must(err)
	_, err = h.join("link", store.NewGuest{Name: "elsa", Email: "ELSA@example.org", PasswordHash: "$priya"})
	wantInvalid(t, err, "email", "name")
	_, err = h.Join(h.ctx, hash("link"), store.NewGuest{Name: "Priya"}, store.NewSession{}, store.Problem{Field: "password", Message: "Too short."})
	wantInvalid(t, err, "password")
	if i := h.invitation(made[0].User.ID); i.User.Name != "priya@example.org" {
		t.Errorf("a refusal has changed the invitation: %+v", i)
	}
	// The row has the address already: it is the same person.
	_, err = h.join("link", store.NewGuest{Name: "Priya", Email: "priya@example.org", PasswordHash: "$priya"})
	h.must(err)
}

// TestJoinTellsTheInviter queues an e-mail for whoever has invited, if they
// want it and are still an administrator.
func TestJoinTellsTheInviter(t *testing.T) {
	for about, test := range map[string]struct {
		before func(h *home, jonas store.User) error
		want   int
	}{
		"as it is":   {func(*home, store.User) error { return nil }, 1},
		"not wanted": {func(h *home, jonas store.User) error { return h.WantMail(h.ctx, actor(jonas), false) }, 0},
		"no administrator any more": {func(h *home, jonas store.User) error {
			return h.edit(jonas.ID, func(p *store.Profile) { p.Administrator = false })
		}, 0},
		"disabled": {func(h *home, jonas store.User) error { return h.SetDisabled(h.ctx, h.mara(), true, jonas.ID) }, 0},
		"whose end date has come": {func(h *home, jonas store.User) error {
			defer h.clock.pass(time.Hour)
			return h.edit(jonas.ID, func(p *store.Profile) { p.EndsAt = h.Now().Add(time.Hour) })
		}, 0},
		"without an address": {func(h *home, jonas store.User) error {
			return h.edit(jonas.ID, func(p *store.Profile) { p.Email = "" })
		}, 0},
		"without a mail server": {func(h *home, _ store.User) error { return h.SaveMail(h.ctx, h.mara(), "") }, 0},
		"deleted":               {func(h *home, jonas store.User) error { return h.DeleteUsers(h.ctx, h.mara(), jonas.ID) }, 0},
	} {
		t.Run(about, func(t *testing.T) {
			h, _ := post(t)
			jonas := h.administrator("Jonas")
			h.must(h.edit(jonas.ID, func(p *store.Profile) { p.Email = "jonas@example.org" }))
			made, err := h.Invite(h.ctx, actor(jonas), store.NewInvitations{Emails: []string{"priya@example.org"}, InvitationTerms: terms(), BaseURL: "http://usher.example"})
			h.must(err)
			h.claim("link")
			h.must(test.before(h, jonas))
			priya, err := h.join("link", store.NewGuest{Name: "Priya", Email: "priya@example.org", PasswordHash: "$priya"})
			h.must(err)
			if n := h.number(`SELECT count(*) FROM outbox WHERE letter = 'accepted' AND subject = 'Priya' AND recipient = 'jonas@example.org'`); n != test.want {
				t.Errorf("%d e-mails, want %d", n, test.want)
			}
			if n := h.number(`SELECT count(*) FROM outbox WHERE letter = 'invitation'`); n != 0 || priya.ID != made[0].User.ID || priya.Inviter != "Jonas" {
				t.Errorf("%d invitations are still on their way to %+v", n, priya)
			}
		})
	}
}

func TestNoteOpened(t *testing.T) {
	h := newHome(t)
	id := h.invited("Priya", "link")
	h.clock.pass(time.Hour)
	for range 2 {
		h.must(h.NoteOpened(h.ctx, id))
	}
	if i := h.invitation(id); i.Opened != 2 || !i.OpenedAt.Equal(h.Now()) {
		t.Errorf("opened %d times, last %v", i.Opened, i.OpenedAt)
	}
}

func TestInvitationLinksThatAreBad(t *testing.T) {
	for about, spoil := range map[string]func(h *home, id int64){
		"expired": func(h *home, _ int64) { h.clock.pass(7 * store.Day) },
		"its access over": func(h *home, id int64) {
			offer := terms()
			offer.EndsAt = h.Now().Add(time.Hour)
			h.must(h.ChangeInvitation(h.ctx, h.mara(), id, offer))
			h.clock.pass(time.Hour)
		},
		"revoked": func(h *home, id int64) { h.must(h.RevokeInvitations(h.ctx, h.mara(), id)) },
		"renewed": func(h *home, id int64) {
			_, err := h.FreshLink(h.ctx, h.mara(), id, hash("fresh"))
			h.must(err)
		},
		"used": func(h *home, _ int64) {
			_, err := h.join("link", store.NewGuest{Name: "Tom", PasswordHash: "$tom"})
			h.must(err)
		},
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			id := h.invited("Priya", "link")
			if !h.opens("link") {
				t.Fatal("the link does not work to begin with")
			}
			spoil(h, id)
			_, err := h.InvitationByLink(h.ctx, hash("link"))
			wantError(t, err, store.ErrBadLink)
			wrote := h.wrote(func() {
				_, err = h.join("link", store.NewGuest{Name: "Priya", PasswordHash: "$priya"})
				wantError(t, err, store.ErrBadLink)
			})
			if h.signedIn("browser of Priya") || len(wrote) != 0 {
				t.Errorf("signed in with a link that is void, or wrote %v", wrote)
			}
		})
	}
}

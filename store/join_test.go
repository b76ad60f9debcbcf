package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// invited is a pending invitation from Mara that ends in a week, with a link.
func (h *home) invited(name, token string) int64 {
	h.t.Helper()
	made, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{
		Name: name, InvitationTerms: store.InvitationTerms{Life: 7 * store.Day}, Links: [][]byte{hash(token)},
	})
	h.must(err)
	return made[0].User.ID
}

func (h *home) join(token string, in store.NewGuest) (store.User, error) {
	return h.Join(h.ctx, hash(token), in, store.NewSession{TokenHash: hash("session of " + in.Name), Address: "203.0.113.9"})
}

func TestJoin(t *testing.T) {
	h := newHome(t)
	id := h.invited("Priya", "link")
	h.clock.pass(time.Hour)
	wrote := h.wrote(func() {
		priya, err := h.join("link", store.NewGuest{Name: " Priya  Raman", Email: "priya@example.org", PasswordHash: "$priya"})
		h.must(err)
		if priya.ID != id || priya.Kind != store.KindGuest || priya.Name != "Priya Raman" || priya.Inviter != "Mara" || !priya.CreatedAt.Equal(h.Now()) || !priya.HasPassword {
			t.Errorf("the guest is %+v", priya)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionJoined}) || !h.signedIn("session of  Priya  Raman") {
		t.Errorf("wrote %v", wrote)
	}
	for list, want := range map[store.List]int{store.ListGuests: 1, store.ListInvited: 0} {
		page, err := h.Users(h.ctx, store.UserQuery{List: list, Search: "raman"})
		h.must(err)
		if page.Total != want {
			t.Errorf("%d among the %s, want %d", page.Total, list, want)
		}
	}
	_, err := h.join("link", store.NewGuest{Name: "Tom", PasswordHash: "$tom"})
	wantError(t, err, store.ErrBadLink)
}

func TestJoinWithWhatIsTaken(t *testing.T) {
	h := newHome(t)
	h.must(h.edit(h.add("Elsa", "$elsa").ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
	h.invited("priya@example.org", "link")
	_, err := h.join("link", store.NewGuest{Name: "elsa", Email: "ELSA@example.org", PasswordHash: "$priya"})
	wantInvalid(t, err, "email", "name")
	_, err = h.Join(h.ctx, hash("link"), store.NewGuest{Name: "Priya"}, store.NewSession{}, store.Problem{Field: "password", Message: "Too short."})
	wantInvalid(t, err, "password")
	// The invitation is called as the address that it was sent to.
	_, err = h.join("link", store.NewGuest{Name: "Priya", Email: "priya@example.org", PasswordHash: "$priya"})
	h.must(err)
}

func TestInvitationLinksThatAreBad(t *testing.T) {
	for about, spoil := range map[string]func(h *home, id int64){
		"made up": func(*home, int64) {},
		"expired": func(h *home, _ int64) { h.clock.pass(7 * 24 * time.Hour) },
		"of access that is over": func(h *home, id int64) {
			_, err := h.raw().ExecContext(h.ctx, `UPDATE users SET ends_at = ? WHERE id = ?`, h.Now().UnixMilli(), id)
			h.must(err)
		},
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			token := "link"
			id := h.invited("Priya", token)
			if i, err := h.InvitationByLink(h.ctx, hash(token)); err != nil || i.Inviter != "Mara" || i.User.ID != id {
				t.Errorf("the invitation is %+v: %v", i, err)
			}
			spoil(h, id)
			if about == "made up" {
				token = "another"
			}
			_, err := h.InvitationByLink(h.ctx, hash(token))
			wantError(t, err, store.ErrBadLink)
			wrote := h.wrote(func() {
				_, err = h.join(token, store.NewGuest{Name: "Priya", PasswordHash: "$priya"})
				wantError(t, err, store.ErrBadLink)
			})
			if len(wrote) != 0 {
				t.Errorf("wrote %v", wrote)
			}
		})
	}
}

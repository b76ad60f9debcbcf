package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// bulk are the changes that take many users at once.
var bulk = map[string]func(h *home, a store.Actor, ids ...int64) error{
	"disable": func(h *home, a store.Actor, ids ...int64) error { return h.SetDisabled(h.ctx, a, true, ids...) },
	"enable":  func(h *home, a store.Actor, ids ...int64) error { return h.SetDisabled(h.ctx, a, false, ids...) },
	"delete":  func(h *home, a store.Actor, ids ...int64) error { return h.DeleteUsers(h.ctx, a, ids...) },
	"access": func(h *home, a store.Actor, ids ...int64) error {
		return h.SetAccess(h.ctx, a, store.Access{AllChannels: true}, ids...)
	},
}

// state is all users as text, to see whether anything has changed.
func (h *home) state() string {
	h.t.Helper()
	page, err := h.Users(h.ctx, store.UserQuery{Sort: store.SortNewest})
	h.must(err)
	return fmt.Sprint(page.Users)
}

// One who cannot be changed among many leaves all of them as they are.
func TestManyAllOrNone(t *testing.T) {
	h := newHome(t)
	elsa, nils, oskar := h.add("Elsa", "$e"), h.add("Nils", ""), h.add("Oskar", "$o")
	jonas := h.administrator("Jonas")
	h.must(h.SetDisabled(h.ctx, h.mara(), true, oskar.ID))
	h.signIn(elsa.ID, "elsa")
	before := h.state()
	for name, change := range bulk {
		wrote := h.wrote(func() {
			wantError(t, change(h, h.mara(), elsa.ID, 999, nils.ID), store.ErrNotFound)
			wantError(t, change(h, actor(elsa), nils.ID), store.ErrForbidden)
			wantError(t, change(h, actor(elsa), nils.ID, oskar.ID), store.ErrForbidden)
			wantError(t, change(h, actor(elsa)), store.ErrForbidden)
			wantError(t, change(h, actor(jonas), h.owner.ID), store.ErrForbidden)
			err := change(h, actor(jonas), elsa.ID, h.owner.ID, nils.ID)
			wantError(t, err, store.ErrForbidden)
			if !strings.Contains(err.Error(), "Mara is the owner") {
				t.Errorf("%s does not say why: %v", name, err)
			}
			if name != "access" {
				wantError(t, change(h, actor(jonas), elsa.ID, jonas.ID), store.ErrForbidden)
				wantError(t, change(h, actor(jonas), jonas.ID), store.ErrForbidden)
			}
		})
		if after := h.state(); after != before || len(wrote) != 0 || !h.signedIn("elsa") {
			t.Errorf("%s was refused, but wrote %v and changed\n%s to\n%s", name, wrote, before, after)
		}
	}
	tooMany := make([]int64, store.MaxSelected+1)
	for i := range tooMany {
		tooMany[i] = int64(i + 1)
	}
	wantInvalid(t, h.SetDisabled(h.ctx, h.mara(), true, tooMany...), "")
}

func TestManyAtOnce(t *testing.T) {
	h := newHome(t)
	elsa, nils, oskar := h.add("Elsa", "$e"), h.add("Nils", ""), h.add("Oskar", "$o")
	h.signIn(elsa.ID, "elsa")
	h.signIn(oskar.ID, "oskar")
	for _, step := range []struct {
		change string
		ids    []int64
		want   []store.Action
	}{
		{"disable", nil, nil},
		{"disable", []int64{elsa.ID, nils.ID, elsa.ID}, []store.Action{store.ActionUserDisabled, store.ActionUserDisabled}},
		{"disable", []int64{elsa.ID, nils.ID}, nil},
		{"enable", []int64{elsa.ID, nils.ID, oskar.ID}, []store.Action{store.ActionUserEnabled, store.ActionUserEnabled}},
		{"access", []int64{elsa.ID, oskar.ID}, []store.Action{store.ActionAccess, store.ActionAccess}},
		{"delete", []int64{elsa.ID, nils.ID}, []store.Action{store.ActionUserDeleted, store.ActionUserDeleted}},
	} {
		wrote := h.wrote(func() { h.must(bulk[step.change](h, h.mara(), step.ids...)) })
		if !slices.Equal(wrote, step.want) {
			t.Errorf("%s of %v wrote %v, want %v", step.change, step.ids, wrote, step.want)
		}
	}
	if h.signedIn("elsa") || !h.signedIn("oskar") {
		t.Error("Elsa, who was disabled and enabled, is signed in, or Oskar is not")
	}
	if u := h.user(oskar.ID); u.Disabled || u.Access.AllLibraries || !u.Access.AllChannels {
		t.Errorf("Oskar is %+v", u)
	}
}

// Nothing of a deleted user is left but the record of what happened, and a
// new user never gets the old one's number.
func TestDeletedForGood(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
	h.must(h.SetPicture(h.ctx, h.mara(), elsa.ID, []byte("picture")))
	library, err := h.AddLibrary(h.ctx, h.mara(), store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/films"}})
	h.must(err)
	channel, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: "News", Address: "https://news.example/list.m3u"})
	h.must(err)
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Libraries: []int64{library}, Channels: []int64{channel}}, elsa.ID))
	h.signIn(elsa.ID, "elsa")
	_, err = h.MakeResetLink(h.ctx, h.mara(), elsa.ID, hash("link"))
	h.must(err)
	tables := []string{"sessions", "user_words", "pictures", "user_libraries", "user_channels", "reset_links"}
	for _, table := range tables {
		if h.number(`SELECT count(*) FROM `+table+` WHERE user_id = ?`, elsa.ID) == 0 {
			t.Errorf("%s holds nothing of Elsa to begin with", table)
		}
	}
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	for _, table := range tables {
		if n := h.number(`SELECT count(*) FROM `+table+` WHERE user_id = ?`, elsa.ID); n != 0 {
			t.Errorf("%s holds %d rows of Elsa", table, n)
		}
	}
	_, err = h.User(h.ctx, elsa.ID)
	wantError(t, err, store.ErrNotFound)
	again := h.add("Elsa", "")
	if again.ID == elsa.ID {
		t.Error("the new Elsa has the old one's number, and with it the old one's record")
	}
	h.must(h.edit(again.ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
}

func TestUsersByID(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	users, err := h.UsersByID(h.ctx, []int64{nils.ID, 999, elsa.ID})
	if h.must(err); len(users) != 2 || users[0].Name != "Nils" || users[1].Name != "Elsa" {
		t.Errorf("found %v", users)
	}
}

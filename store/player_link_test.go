package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/store"
)

// linked makes an address with this token for a film.
func (h *home) linked(session store.Session, what store.What, token string) {
	h.t.Helper()
	ends, err := h.MakePlayerLink(h.ctx, session, what, 0, hash(token))
	h.must(err)
	if !ends.Equal(h.Now().Add(store.PlayerLinkLife)) {
		h.t.Errorf("it works until %v", ends)
	}
}

var (
	vlc = store.Player{Address: "192.168.1.30", UserAgent: "VLC/3.0.21"}
	mpv = store.Player{Address: "192.168.1.30", UserAgent: "mpv 0.38"}
)

// filmFor is a film in a library of its own, and a session of somebody who sees it.
func (h *home) filmFor(name string) (what store.What, user store.User, session store.Session) {
	h.t.Helper()
	h.shelve(h.leaf(h.addLibrary("Films", store.KindFilms), store.TitleFilm, "Alien"))
	user = h.add(name, "$hash")
	return h.the("Alien"), user, h.signIn(user.ID, name+"'s browser")
}

func TestPlayerLinkIsForTheFirst(t *testing.T) {
	h := newHome(t)
	alien, elsa, session := h.filmFor("Elsa")
	h.linked(session, alien, "link")
	if link, err := h.PlayerLink(h.ctx, hash("link")); err != nil || link.What != alien || link.Part != 1 || link.Session.User.ID != elsa.ID {
		t.Errorf("it is %+v, %v", link, err)
	}
	for range 2 {
		if link, err := h.ClaimPlayerLink(h.ctx, hash("link"), vlc); err != nil || link.What != alien {
			t.Errorf("the first gets %+v, %v", link, err)
		}
	}
	for _, other := range []store.Player{mpv, {Address: "203.0.113.9", UserAgent: vlc.UserAgent}, {}} {
		_, err := h.ClaimPlayerLink(h.ctx, hash("link"), other)
		wantError(t, err, store.ErrNotFound)
	}
	_, err := h.ClaimPlayerLink(h.ctx, hash("made up"), vlc)
	wantError(t, err, store.ErrNotFound)
}

func TestPlayerLinkFiftyAtOnce(t *testing.T) {
	h := newHome(t)
	alien, _, session := h.filmFor("Elsa")
	h.linked(session, alien, "link")
	var group sync.WaitGroup
	var got atomic.Int32
	for n := range 50 {
		group.Go(func() {
			player := store.Player{Address: fmt.Sprintf("192.168.1.%d", n), UserAgent: "VLC"}
			if _, err := h.ClaimPlayerLink(h.ctx, hash("link"), player); err == nil {
				got.Add(1)
			}
		})
	}
	group.Wait()
	if got.Load() != 1 {
		t.Errorf("%d players have it", got.Load())
	}
}

func TestPlayerLinkEnds(t *testing.T) {
	for about, end := range map[string]func(h *home, by store.Session){
		"after six hours":        func(h *home, _ store.Session) { h.clock.pass(store.PlayerLinkLife) },
		"when they sign out":     func(h *home, by store.Session) { h.must(h.CloseSession(h.ctx, actor(by.User), by.ID)) },
		"when they are disabled": func(h *home, by store.Session) { h.must(h.SetDisabled(h.ctx, h.mara(), true, by.User.ID)) },
		"when they are deleted":  func(h *home, by store.Session) { h.must(h.DeleteUsers(h.ctx, h.mara(), by.User.ID)) },
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			alien, _, session := h.filmFor("Elsa")
			h.linked(session, alien, "link")
			end(h, session)
			_, err := h.ClaimPlayerLink(h.ctx, hash("link"), vlc)
			wantError(t, err, store.ErrNotFound)
		})
	}
}

func TestPlayerLinksAreFew(t *testing.T) {
	h := newHome(t)
	alien, elsa, session := h.filmFor("Elsa")
	other := h.signIn(elsa.ID, "another browser")
	h.linked(other, alien, "other")
	for n := range 25 {
		h.linked(session, alien, fmt.Sprint(n))
	}
	if n := h.number(`SELECT count(*) FROM player_links WHERE session_id = ?`, session.ID); n != 20 {
		t.Errorf("there are %d", n)
	}
	for token, there := range map[string]bool{"4": false, "5": true, "24": true, "other": true} {
		if _, err := h.PlayerLink(h.ctx, hash(token)); (err == nil) != there {
			t.Errorf("%s: %v", token, err)
		}
	}
	h.clock.pass(store.PlayerLinkLife + time.Minute)
	_, err := h.CleanUp(h.ctx)
	h.must(err)
	if n := h.number(`SELECT count(*) FROM player_links`); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestPlayerLinkToWhatMayBeSeen(t *testing.T) {
	h := newHome(t)
	alien, elsa, session := h.filmFor("Elsa")
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{}, elsa.ID))
	for _, what := range []store.What{alien, {Title: 999}, {Entry: 999}} {
		_, err := h.MakePlayerLink(h.ctx, session, what, 1, hash("link"))
		wantError(t, err, store.ErrNotFound)
	}
}

// Whoever looks as somebody else meanwhile plays with what they see themselves.
func TestPlayerLinkOfWhoLooksAsAnother(t *testing.T) {
	h := newHome(t)
	alien, elsa, _ := h.filmFor("Elsa")
	session := h.signIn(h.owner.ID, "Mara's browser")
	h.linked(session, alien, "link")
	_, err := h.raw().ExecContext(h.ctx, `UPDATE sessions SET view_as = ? WHERE id = ?`, elsa.ID, session.ID)
	h.must(err)
	if link, err := h.ClaimPlayerLink(h.ctx, hash("link"), vlc); err != nil || link.Session.User.ID != h.owner.ID || link.Session.ViewAs != 0 {
		t.Errorf("it plays as user %d: %v", link.Session.ViewAs, err)
	}
}

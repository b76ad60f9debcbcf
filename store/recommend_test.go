package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// recommended are the titles that are recommended to somebody, each with what it
// is like.
func (h *home) recommended(user store.User) []string {
	h.t.Helper()
	rows, err := h.OwnRows(h.ctx, user.ID)
	h.must(err)
	names := []string{}
	for _, one := range rows.Recommended {
		name := one.Title.Name + " as " + one.Because.Name
		if one.Favourite {
			name += "!"
		}
		names = append(names, name)
	}
	return names
}

func TestRecommended(t *testing.T) {
	h := newHome(t)
	films, series, music := h.addLibrary("Films", store.KindFilms), h.addLibrary("Series", store.KindSeries), h.addLibrary("Music", store.KindMusic)
	secret := h.addLibrary("Secret", store.KindFilms)
	add := func(library store.Library, name, rating string, genres []string, labels ...string) {
		f := film(library.Roots[0].ID, name, rating, labels...)
		f.Genres = genres
		h.shelve(f)
		h.clock.pass(time.Minute)
	}
	add(films, "Alien", "R", []string{"Horror", "Space"})
	add(films, "Event", "R", []string{"Horror", "Space"})
	add(films, "Cube", "PG", []string{"Horror"}, "maze")
	add(films, "Labyrinth", "PG", []string{"Fantasy"}, "maze")
	add(films, "Notting Hill", "PG", []string{"Romance"})
	add(secret, "Hidden", "PG", []string{"Horror", "Space"})
	h.bearOf(series) // a drama
	add(films, "Kitchen", "", []string{"Drama"})
	nina := &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}
	for _, album := range []string{"Wild", "Calm"} {
		h.shelve(h.leaf(music, store.TitleTrack, album+" song", nina, &store.FoundTitle{Kind: store.TitleAlbum, Key: album, Name: album}))
	}
	elsa := h.add("Elsa", "")
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Libraries: []int64{films.ID, series.ID, music.ID}}, elsa.ID))
	want := func(what string, want ...string) {
		t.Helper()
		if got := h.recommended(elsa); !slices.Equal(got, append([]string{}, want...)) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	want("nothing watched")
	h.watch(elsa, "Alien", 30*time.Minute)
	want("Alien", "Event as Alien", "Cube as Alien")
	h.must(h.SetFavourite(h.ctx, actor(elsa), h.the("Labyrinth"), true))
	want("and Labyrinth", "Event as Alien", "Cube as Labyrinth!")
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(12)})
	want("no horror for children", "Cube as Labyrinth!")
	h.restrict(elsa.ID, store.Restrictions{HideLabels: []string{"maze"}})
	want("no mazes", "Event as Alien")
	h.restrict(elsa.ID, store.Restrictions{})
	h.must(h.SetFavourite(h.ctx, actor(elsa), h.the("Labyrinth"), false))
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Event"), true))
	want("Event as well", "Cube as Event")
	h.must(h.ClearHistory(h.ctx, actor(elsa)))
	h.watch(elsa, "S1E1", time.Hour)
	want("an episode", "Kitchen as Bear")
	h.must(h.ClearHistory(h.ctx, actor(elsa)))
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Kitchen"), true))
	want("a drama", "Bear as Kitchen")
	h.must(h.ClearHistory(h.ctx, actor(elsa)))
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Wild song"), true))
	want("a song", "Calm as Wild")
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Wild song"), false))
	want("not watched after all")
}

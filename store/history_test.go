package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// leaf is a title with a file of its own.
func (h *home) leaf(library store.Library, kind store.TitleKind, name string, under ...*store.FoundTitle) store.Found {
	f := film(library.Roots[0].ID, name, "")
	f.Kind, f.Under = kind, under
	return f
}

// bearOf is a series of two seasons with two episodes each, and a special.
func (h *home) bearOf(library store.Library) {
	h.t.Helper()
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear", Genres: []string{"Drama"}}
	for season, name := range []string{"Specials", "Season 1", "Season 2"} {
		in := &store.FoundTitle{Kind: store.TitleSeason, Key: "bear " + name, Name: name, Number: season}
		for number := 1; number <= 2 && (season > 0 || number == 1); number++ {
			f := h.leaf(library, store.TitleEpisode, fmt.Sprintf("S%dE%d", season, number), show, in)
			f.Number = number
			h.shelve(f)
		}
	}
}

// titleNamed is the title with this name, as the database has it.
func (h *home) titleNamed(name string) store.Title {
	h.t.Helper()
	title, err := h.Title(h.ctx, int64(h.number(`SELECT id FROM titles WHERE name = ?`, name)))
	h.must(err)
	return title
}

// the title with this name as something to watch.
func (h *home) the(name string) store.What { return store.What{Title: h.titleNamed(name).ID} }

// watch has somebody be at a place in a title of an hour, and time go by.
func (h *home) watch(user store.User, name string, at time.Duration) {
	h.t.Helper()
	h.must(h.SavePosition(h.ctx, user.ID, h.the(name), store.Position{At: at, Length: time.Hour}))
	h.clock.pass(2 * time.Minute)
}

func viewedNames(viewed []store.Viewed) []string {
	names := []string{}
	for _, v := range viewed {
		names = append(names, v.Title.Name)
	}
	return names
}

// history are the names in somebody's history.
func (h *home) history(q store.HistoryQuery) []string {
	h.t.Helper()
	page, err := h.History(h.ctx, q)
	h.must(err)
	return viewedNames(page.Viewed)
}

func TestHistoryIsLatestFirstAndSearched(t *testing.T) {
	h := newHome(t)
	films, series, music := h.addLibrary("Films", store.KindFilms), h.addLibrary("Series", store.KindSeries), h.addLibrary("Music", store.KindMusic)
	elsa, oskar := h.add("Elsa", ""), h.add("Oskar", "")
	h.filmsOf(films)
	h.bearOf(series)
	nina := &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}
	h.shelve(h.leaf(music, store.TitleTrack, "Feeling", nina, &store.FoundTitle{Kind: store.TitleAlbum, Key: "nina wild", Name: "Wild"}))
	for _, name := range []string{"Alien", "Feeling", "S1E1", "Home Alone"} {
		h.watch(elsa, name, 30*time.Minute)
	}
	h.watch(oskar, "Zebra home", 30*time.Minute)
	h.watch(elsa, "Alien", 40*time.Minute)
	for _, test := range []struct {
		q    store.HistoryQuery
		want []string
	}{
		{store.HistoryQuery{}, []string{"Alien", "Home Alone", "S1E1", "Feeling"}},
		{store.HistoryQuery{Page: 9}, []string{"Alien", "Home Alone", "S1E1", "Feeling"}},
		{store.HistoryQuery{Filter: store.HistoryFilms}, []string{"Alien", "Home Alone"}},
		{store.HistoryQuery{Filter: store.HistoryEpisodes}, []string{"S1E1"}},
		{store.HistoryQuery{Filter: store.HistoryMusic}, []string{"Feeling"}},
		{store.HistoryQuery{Filter: store.HistoryVideos}, []string{}},
		{store.HistoryQuery{Search: "al"}, []string{"Alien", "Home Alone"}},
		{store.HistoryQuery{Search: "bea s1e"}, []string{"S1E1"}},
		{store.HistoryQuery{Search: "NINA wild"}, []string{"Feeling"}},
		{store.HistoryQuery{Search: "zebra"}, []string{}},
		{store.HistoryQuery{Search: "al", Filter: store.HistoryMusic}, []string{}},
	} {
		test.q.User = elsa.ID
		if got := h.history(test.q); !slices.Equal(got, test.want) {
			t.Errorf("%+v finds %q, want %q", test.q, got, test.want)
		}
	}
}

func TestHistoryHasPages(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	var all []store.Found
	for i := range store.HistoryAPage + 3 {
		all = append(all, film(films.Roots[0].ID, fmt.Sprintf("Film %02d", i), ""))
	}
	h.shelve(all...)
	for i := range all {
		h.must(h.MarkWatched(h.ctx, h.mara(), h.the(fmt.Sprintf("Film %02d", i)), true))
		h.clock.pass(time.Minute)
	}
	page, err := h.History(h.ctx, store.HistoryQuery{User: h.owner.ID, Page: 2})
	if h.must(err); page.Total != store.HistoryAPage+3 || page.Pages != 2 || !slices.Equal(viewedNames(page.Viewed), []string{"Film 02", "Film 01", "Film 00"}) {
		t.Errorf("page 2 is %+v", page)
	}
}

// What a user does not see any more is nowhere, and comes back as it was.
func TestWhatIsHiddenIsInNoHistory(t *testing.T) {
	h := newHome(t)
	films, series := h.addLibrary("Films", store.KindFilms), h.addLibrary("Series", store.KindSeries)
	h.filmsOf(films)
	h.bearOf(series)
	elsa := h.add("Elsa", "")
	h.watch(elsa, "Alien", 30*time.Minute)
	h.watch(elsa, "Home Alone", time.Hour)
	h.watch(elsa, "S1E1", time.Hour)
	for _, name := range []string{"Alien", "The Bear", "Bear"} {
		h.must(h.SetFavourite(h.ctx, actor(elsa), h.the(name), true))
	}
	show := func(what string, history, goOn, next, favourites []string) {
		t.Helper()
		rows, err := h.OwnRows(h.ctx, elsa.ID)
		h.must(err)
		for of, pair := range map[string][2][]string{
			"history": {h.history(store.HistoryQuery{User: elsa.ID}), history}, "continue": {viewedNames(rows.GoOn), goOn},
			"next": {viewedNames(rows.Next), next}, "favourites": {viewedNames(rows.Favourites), favourites},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("%s: %s is %q, want %q", what, of, pair[0], pair[1])
			}
		}
	}
	everything := func(what string) {
		t.Helper()
		show(what, []string{"S1E1", "Home Alone", "Alien"}, []string{"Alien"}, []string{"S1E2"}, []string{"Bear", "The Bear", "Alien"})
	}
	everything("at first")
	h.restrict(elsa.ID, store.Restrictions{Rating: store.Age{Known: true, Years: 10}, HideUnrated: store.AllKinds})
	show("up to ten, rated", []string{"Home Alone"}, []string{}, []string{}, []string{"The Bear"})
	for _, err := range []error{
		h.SavePosition(h.ctx, elsa.ID, h.the("Alien"), store.Position{At: time.Minute}),
		h.MarkWatched(h.ctx, actor(elsa), h.the("Alien"), true), h.MarkWatched(h.ctx, actor(elsa), h.the("Bear"), false),
		h.SetFavourite(h.ctx, actor(elsa), h.the("Alien"), false), h.ForgetWatched(h.ctx, actor(elsa), h.the("S1E1")),
		h.SetFavourite(h.ctx, actor(elsa), store.What{Title: 999}, true), h.SetFavourite(h.ctx, actor(elsa), store.What{}, true),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("something hidden is changed: %v", err)
		}
	}
	h.restrict(elsa.ID, store.Restrictions{})
	everything("without a limit")
	_, err := h.raw().ExecContext(h.ctx, `UPDATE titles SET missing_at = 1 WHERE name IN ('Alien', 'S1E1'); UPDATE changes SET titles = titles + 1`)
	h.must(err)
	h.must(h.Refresh(h.ctx))
	show("with files gone", []string{"Home Alone"}, []string{}, []string{}, []string{"Bear", "The Bear"})
	_, err = h.raw().ExecContext(h.ctx, `UPDATE titles SET missing_at = NULL; UPDATE changes SET titles = titles + 1`)
	h.must(err)
	h.must(h.Refresh(h.ctx))
	everything("with the files back")
}

func TestEpisodesAfterOneAnother(t *testing.T) {
	h := newHome(t)
	h.bearOf(h.addLibrary("Series", store.KindSeries))
	elsa := h.add("Elsa", "")
	for _, test := range []struct{ of, previous, next string }{
		{"S1E1", "", "S1E2"}, {"S1E2", "S1E1", "S2E1"}, {"S2E2", "S2E1", "S0E1"}, {"S0E1", "S2E2", ""}, {"Bear", "", ""},
	} {
		previous, next, err := h.Neighbours(h.ctx, elsa.ID, h.titleNamed(test.of))
		if h.must(err); previous.Name != test.previous || next.Name != test.next {
			t.Errorf("around %s are %q and %q, want %q and %q", test.of, previous.Name, next.Name, test.previous, test.next)
		}
	}
	bear := h.titleNamed("Bear")
	goesOn := func(want string, next ...string) {
		t.Helper()
		first, err := h.FirstIn(h.ctx, elsa.ID, bear)
		h.must(err)
		rows, err := h.OwnRows(h.ctx, elsa.ID)
		h.must(err)
		if first.Title.Name != want || !slices.Equal(viewedNames(rows.Next), append([]string{}, next...)) {
			t.Errorf("Bear goes on with %q, next are %q; want %q, %q", first.Title.Name, viewedNames(rows.Next), want, next)
		}
	}
	goesOn("S1E1")
	h.watch(elsa, "S1E2", time.Hour)
	goesOn("S2E1", "S2E1")
	h.watch(elsa, "S2E1", time.Minute)
	goesOn("S2E1")
	h.watch(elsa, "S1E2", time.Hour)
	h.clock.pass(time.Hour)
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Season 2"), true))
	goesOn("S0E1", "S0E1")
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("S0E1"), true))
	goesOn("S1E1")
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Bear"), true))
	if watched, all, err := h.WatchedInside(h.ctx, elsa.ID, bear.ID); err != nil || watched != 5 || all != 5 {
		t.Errorf("%d of %d are watched, %v", watched, all, err)
	}
	goesOn("S1E1")
	h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Season 1"), false))
	if watched, all, err := h.WatchedInside(h.ctx, elsa.ID, bear.ID); err != nil || watched != 3 || all != 5 {
		t.Errorf("%d of %d are watched, %v", watched, all, err)
	}
}

// Marking a series marks of it what its viewer sees, and nothing else.
func TestMarksStayWithinSight(t *testing.T) {
	h := newHome(t)
	series := h.addLibrary("Series", store.KindSeries)
	h.bearOf(series)
	rated := h.leaf(series, store.TitleEpisode, "Grown-up", &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear"})
	rated.Rating = "TV-MA"
	h.shelve(rated)
	elsa := h.add("Elsa", "")
	mark := func(limit store.Restrictions, watched bool, want int) {
		t.Helper()
		h.restrict(elsa.ID, limit)
		h.must(h.MarkWatched(h.ctx, actor(elsa), h.the("Bear"), watched))
		h.restrict(elsa.ID, store.Restrictions{})
		if got, all, err := h.WatchedInside(h.ctx, elsa.ID, h.titleNamed("Bear").ID); err != nil || got != want || all != 6 {
			t.Errorf("%d of %d are watched, want %d, %v", got, all, want, err)
		}
	}
	mark(store.Restrictions{Rating: upTo(10)}, true, 5)
	mark(store.Restrictions{}, true, 6)
	mark(store.Restrictions{Rating: upTo(10)}, false, 1)
}

// What somebody has watched is theirs alone, and goes with them.
func TestHistoryIsOnesOwn(t *testing.T) {
	h := newHome(t)
	h.filmsOf(h.addLibrary("Films", store.KindFilms))
	elsa, oskar := h.add("Elsa", ""), h.add("Oskar", "")
	wrote := h.wrote(func() {
		for _, u := range []store.User{elsa, oskar} {
			h.watch(u, "Alien", 30*time.Minute)
			h.must(h.MarkWatched(h.ctx, actor(u), h.the("The Bear"), true))
			h.must(h.SetFavourite(h.ctx, actor(u), h.the("Alien"), true))
			h.must(h.SetFavourite(h.ctx, actor(u), h.the("Alien"), true))
		}
		h.must(h.ForgetWatched(h.ctx, actor(elsa), h.the("The Bear")))
	})
	if len(wrote) != 0 {
		t.Errorf("Activity tells of %v", wrote)
	}
	if got := h.history(store.HistoryQuery{User: elsa.ID}); !slices.Equal(got, []string{"Alien"}) {
		t.Errorf("Elsa has watched %q", got)
	}
	if err := h.ClearHistory(h.ctx, store.Console()); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("the console clears a history: %v", err)
	}
	h.must(h.ClearHistory(h.ctx, actor(elsa)))
	if is, err := h.IsFavourite(h.ctx, elsa.ID, h.the("Alien")); err != nil || !is {
		t.Errorf("clearing the history took the favourite, %v", err)
	}
	if got := h.history(store.HistoryQuery{User: oskar.ID}); !slices.Equal(got, []string{"The Bear", "Alien"}) {
		t.Errorf("Oskar has watched %q", got)
	}
	h.must(h.DeleteUsers(h.ctx, h.mara(), oskar.ID))
	h.must(h.SetFavourite(h.ctx, actor(elsa), h.the("Alien"), false))
	if n := h.number(`SELECT (SELECT count(*) FROM history) + (SELECT count(*) FROM favourites)`); n != 0 {
		t.Errorf("%d rows are left of those who are gone", n)
	}
}

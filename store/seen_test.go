package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// goes has the files of titles be gone.
func (h *home) goes(names ...string) {
	h.t.Helper()
	for _, name := range names {
		_, err := h.Writer().Exec(`UPDATE titles SET missing_at = 1 WHERE name = ?`, name)
		h.must(err)
	}
	_, err := h.Writer().Exec(`UPDATE changes SET titles = titles + 1`)
	h.must(err)
	h.must(h.Refresh(h.ctx))
}

// titled is the id of the title with this name.
func (h *home) titled(name string) (id int64) {
	h.t.Helper()
	h.must(h.Reader().QueryRow(`SELECT id FROM titles WHERE name = ?`, name).Scan(&id))
	return id
}

// bear is a library with a series of two seasons: the first has an episode for
// all and one for adults, the second one for all.
func (h *home) bear() store.Library {
	h.t.Helper()
	library := h.addLibrary("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear", Poster: store.FoundPoster{Path: "poster.jpg", Stamp: "1"}}
	for name, in := range map[string]struct{ season, rating string }{"Mild": {"One", "TV-G"}, "Wild": {"One", "TV-MA"}, "Calm": {"Two", "TV-G"}} {
		episode := film(library.Roots[0].ID, name, in.rating)
		episode.Kind = store.TitleEpisode
		episode.Under = []*store.FoundTitle{show, {Kind: store.TitleSeason, Key: in.season, Name: in.season}}
		h.shelve(episode)
	}
	return library
}

// What holds others shows for as long as something in it does whose files are
// there.
func TestWhatHoldsNothingToSeeIsHidden(t *testing.T) {
	h := newHome(t)
	library, elsa := h.bear(), h.add("Elsa", "")
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(10)})
	names := func(holder string) string {
		t.Helper()
		inside, err := h.TitlesIn(h.ctx, elsa.ID, h.titled(holder))
		h.must(err)
		return strings.Join(namesOf(inside), ", ")
	}
	seen := func(when string, want bool) {
		t.Helper()
		id := h.titled("Bear")
		_, alone := h.VisibleTitle(h.ctx, elsa.ID, id)
		_, poster := h.VisiblePoster(h.ctx, elsa.ID, id)
		page, _, err := h.TitleAudience(h.ctx, id, 1)
		h.must(err)
		among := slices.ContainsFunc(page.Users, func(u store.User) bool { return u.ID == elsa.ID })
		listed := len(h.finds(store.TitleQuery{Viewer: elsa.ID, Library: library.ID})) == 1
		if (alone == nil) != want || (poster == nil) != want || among != want || listed != want {
			t.Errorf("%s: alone %v, its poster %v, who sees it %v, listed %v; want %v", when, alone, poster, among, listed, want)
		}
	}
	seen("at first", true)
	if got := names("Bear"); got != "One, Two" {
		t.Errorf("the series holds %q", got)
	}
	if got := names("One"); got != "Mild" {
		t.Errorf("the first season holds %q", got)
	}
	h.goes("Mild")
	if got := names("Bear"); got != "Two" {
		t.Errorf("after one is gone, the series holds %q", got)
	}
	if got := names("One"); got != "" {
		t.Errorf("after one is gone, the first season holds %q", got)
	}
	if _, err := h.VisibleTitle(h.ctx, elsa.ID, h.titled("One")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the first season shows: %v", err)
	}
	seen("after one is gone", true)
	h.goes("Calm")
	seen("after both are gone", false)
}

// What is unrated shows or not by the kind of its library.
func TestUnratedByKind(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	for _, kind := range store.LibraryKinds() {
		library := h.addLibrary(kind.Label(), kind)
		one := film(library.Roots[0].ID, "Something", "")
		one.Kind = kind.Kinds()[len(kind.Kinds())-1]
		if one.Kind == store.TitleEpisode || one.Kind == store.TitleTrack {
			one.Under = []*store.FoundTitle{{Kind: kind.Kinds()[0], Key: "holder", Name: "Holder"}}
		}
		h.shelve(one)
	}
	libraries, err := h.Libraries(h.ctx)
	h.must(err)
	for _, hidden := range store.LibraryKinds() {
		h.restrict(elsa.ID, store.Restrictions{HideUnrated: store.KindSet(0).With(hidden)})
		for _, library := range libraries {
			if got := len(h.finds(store.TitleQuery{Viewer: elsa.ID, Library: library.ID})); (got == 0) != (library.Kind == hidden) {
				t.Errorf("where unrated %s are hidden, %d titles of %s show", hidden, got, library.Kind)
			}
		}
	}
}

// What has changed since a list was made, unknown to this process, is not shown
// from it.
func TestAListThatIsLateShowsNothingHidden(t *testing.T) {
	h := newHome(t)
	library, elsa := h.addLibrary("Films", store.KindFilms), h.add("Elsa", "")
	h.filmsOf(library)
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(10)})
	q := store.TitleQuery{Viewer: elsa.ID, Library: library.ID}
	if got := h.finds(q); !slices.Equal(got, []string{"The Bear", "Home Alone", "Zebra home"}) {
		t.Fatalf("at first Elsa sees %q", got)
	}
	other := h.open()
	in := store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "NC-17"}
	h.must(other.CorrectTitles(h.ctx, h.mara(), []int64{h.titled("The Bear")}, in))
	_, err := other.Writer().Exec(`UPDATE titles SET missing_at = 1 WHERE name = 'Zebra home'`)
	h.must(err)
	if got := h.finds(q); !slices.Equal(got, []string{"Home Alone"}) {
		t.Errorf("Elsa sees %q", got)
	}
}

func TestRecentlyAddedAreOnlySoMany(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.filmsOf(library)
	recent, err := h.RecentlyAdded(h.ctx, h.owner.ID, library, 2)
	if h.must(err); !slices.Equal(namesOf(recent), []string{"Zebra home", "Home Alone"}) {
		t.Errorf("added last are %q", namesOf(recent))
	}
}

// A poster in a folder that was taken out of the library is not read any more.
func TestAPosterInAFolderThatWasTakenOut(t *testing.T) {
	h := newHome(t)
	input := store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/srv/a", "/srv/b"}}
	id, err := h.AddLibrary(h.ctx, h.mara(), input)
	h.must(err)
	library, err := h.AnyLibrary(h.ctx, id)
	h.must(err)
	alien := film(library.Roots[0].ID, "Alien", "")
	alien.Poster = store.FoundPoster{Folder: library.Roots[1].ID, Path: "alien.jpg", Stamp: "1"}
	h.shelve(alien)
	poster := func() (seen, whole error) {
		_, seen = h.VisiblePoster(h.ctx, h.owner.ID, h.titled("Alien"))
		_, whole = h.AnyPoster(h.ctx, h.titled("Alien"))
		return seen, whole
	}
	if seen, whole := poster(); seen != nil || whole != nil {
		t.Fatalf("at first: %v, %v", seen, whole)
	}
	input.Folders = input.Folders[:1]
	h.must(h.UpdateLibrary(h.ctx, h.mara(), id, input))
	if seen, whole := poster(); !errors.Is(seen, store.ErrNotFound) || !errors.Is(whole, store.ErrNotFound) {
		t.Errorf("afterwards: %v, %v", seen, whole)
	}
}

// Who is only invited sees nothing yet.
func TestWhoIsInvitedIsNoAudience(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.filmsOf(library)
	h.invited("Tom", "tom")
	page, all, err := h.LibraryAudience(h.ctx, library.ID, 1)
	if h.must(err); all != 1 || page.Total != 1 || len(page.Users) != 1 {
		t.Errorf("into the library may look %d of %d: %v", page.Total, all, page.Users)
	}
	page, all, err = h.TitleAudience(h.ctx, h.titled("Alien"), 1)
	if h.must(err); all != 1 || page.Total != 1 {
		t.Errorf("the film is seen by %d of %d", page.Total, all)
	}
}

// What is said of a series later in a batch counts for all of its episodes.
func TestASeriesThatIsToldOfTwice(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Series", store.KindSeries)
	season := &store.FoundTitle{Kind: store.TitleSeason, Key: "one", Name: "One"}
	episode := func(name, rating string) store.Found {
		f := film(library.Roots[0].ID, name, "")
		f.Kind, f.Under = store.TitleEpisode, []*store.FoundTitle{{Kind: store.TitleSeries, Key: "bear", Name: "Bear", Rating: rating}, season}
		return f
	}
	h.shelve(episode("First", ""), episode("Second", "TV-MA"))
	elsa := h.add("Elsa", "")
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(10)})
	for _, name := range []string{"First", "Second"} {
		if _, err := h.VisibleTitle(h.ctx, elsa.ID, h.titled(name)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s shows to a child: %v", name, err)
		}
	}
}

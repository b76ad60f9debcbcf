package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// shelve saves what was found.
func (h *home) shelve(found ...store.Found) {
	h.t.Helper()
	_, err := h.SaveFound(h.ctx, 1, found)
	h.must(err)
}

// finds are the names of what a query finds, on its page.
func (h *home) finds(q store.TitleQuery) []string {
	h.t.Helper()
	page, err := h.Titles(h.ctx, q)
	h.must(err)
	return namesOf(page.Titles)
}

// filmsOf are four films in a library.
func (h *home) filmsOf(library store.Library) {
	folder := library.Roots[0].ID
	films := []store.Found{film(folder, "Alien", "R", "Grim"), film(folder, "The Bear", "G", "calm"), film(folder, "Home Alone", "PG"), film(folder, "Zebra home", "")}
	for i := range films {
		films[i].Year = 2000 - i
		films[i].Genres = []string{[]string{"Horror", "Nature", "Comedy", "Nature"}[i]}
	}
	for _, one := range films {
		h.shelve(one)
		h.clock.pass(time.Minute)
	}
}

func TestTitlesAreFilteredSortedAndSearched(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.filmsOf(library)
	for _, test := range []struct {
		q    store.TitleQuery
		want []string
	}{
		{store.TitleQuery{}, []string{"Alien", "The Bear", "Home Alone", "Zebra home"}},
		{store.TitleQuery{Sort: "made up", Page: -3}, []string{"Alien", "The Bear", "Home Alone", "Zebra home"}},
		{store.TitleQuery{Sort: store.TitlesByAdded}, []string{"Zebra home", "Home Alone", "The Bear", "Alien"}},
		{store.TitleQuery{Sort: store.TitlesByYear, Genre: "nature"}, []string{"The Bear", "Zebra home"}},
		{store.TitleQuery{Label: "GRIM"}, []string{"Alien"}},
		{store.TitleQuery{Label: "made up"}, []string{}},
		{store.TitleQuery{Year: 1998}, []string{"Home Alone"}},
		{store.TitleQuery{Search: "hom"}, []string{"Home Alone", "Zebra home"}},
		{store.TitleQuery{Search: "HOME al"}, []string{"Home Alone"}},
		{store.TitleQuery{Search: "ome"}, []string{}},
		{store.TitleQuery{Search: "%"}, []string{}},
		{store.TitleQuery{Kind: store.TitleSeries}, []string{}},
	} {
		test.q.Viewer, test.q.Library = h.owner.ID, library.ID
		if got := h.finds(test.q); !slices.Equal(got, test.want) {
			t.Errorf("%+v finds %q, want %q", test.q, got, test.want)
		}
	}
}

func TestASearchLooksThroughAllOpenLibraries(t *testing.T) {
	h := newHome(t)
	films, more := h.addLibrary("Films", store.KindFilms), h.addLibrary("More", store.KindFilms)
	h.filmsOf(films)
	h.shelve(film(more.Roots[0].ID, "Homeward", "G"))
	elsa := h.add("Elsa", "")
	q := store.TitleQuery{Viewer: elsa.ID, Search: "home"}
	if got := h.finds(q); !slices.Equal(got, []string{"Home Alone", "Zebra home", "Homeward"}) {
		t.Errorf("Elsa finds %q", got)
	}
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Libraries: []int64{more.ID}}, elsa.ID))
	if got := h.finds(q); !slices.Equal(got, []string{"Homeward"}) {
		t.Errorf("with one library Elsa finds %q", got)
	}
}

// What limits somebody counts for lists that are in memory already.
func TestAListNeverShowsMoreThanItMay(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.filmsOf(library)
	elsa := h.add("Elsa", "")
	q := store.TitleQuery{Viewer: elsa.ID, Library: library.ID}
	if got := h.finds(q); len(got) != 4 {
		t.Fatalf("Elsa sees %q", got)
	}
	h.restrict(elsa.ID, store.Restrictions{Rating: store.Age{Known: true, Years: 10}, HideLabels: []string{"calm"}})
	if got := h.finds(q); !slices.Equal(got, []string{"Home Alone", "Zebra home"}) {
		t.Errorf("with a limit Elsa sees %q", got)
	}
	facets, err := h.TitleFacets(h.ctx, elsa.ID, library, "")
	h.must(err)
	if want := []store.Facet{{Name: "Comedy", Titles: 1}, {Name: "Nature", Titles: 1}}; !slices.Equal(facets.Genres, want) || len(facets.Labels) != 0 {
		t.Errorf("Elsa is offered %+v", facets)
	}
	h.shelve(film(library.Roots[0].ID, "Home Alone", "R"))
	if got := h.finds(q); !slices.Equal(got, []string{"Zebra home"}) {
		t.Errorf("after a scan Elsa sees %q", got)
	}
	recent, err := h.RecentlyAdded(h.ctx, elsa.ID, library, 5)
	if h.must(err); !slices.Equal(namesOf(recent), []string{"Zebra home"}) {
		t.Errorf("Elsa sees as added %q", namesOf(recent))
	}
}

func TestPicturesStandByMonth(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Photos", store.KindPhotos)
	var found []store.Found
	for i := range 70 {
		picture := film(library.Roots[0].ID, fmt.Sprintf("picture %02d", i), "")
		picture.Kind = store.TitlePicture
		if i < 69 {
			picture.Date = time.Date(2024, time.July, 1+i/3, 12, 0, 0, 0, time.Local)
		}
		found = append(found, picture)
	}
	h.shelve(found...)
	months, err := h.PictureMonths(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: library.ID})
	h.must(err)
	want := []store.Month{{Year: 2024, Month: time.July, Titles: 69, Page: 1}, {Titles: 1, Page: 2}}
	if !slices.Equal(months, want) {
		t.Errorf("the months are %+v, want %+v", months, want)
	}
	if months, err = h.PictureMonths(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: library.ID, Kind: store.TitleFilm}); err != nil || len(months) != 0 {
		t.Errorf("the films among the pictures have the months %+v, %v", months, err)
	}
}

// Whoever asks for nothing again and again must not fill the memory with it.
func TestListsOfNothingCount(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	h.filmsOf(library)
	ask := func(q store.TitleQuery) {
		t.Helper()
		q.Viewer, q.Library = h.owner.ID, library.ID
		h.finds(q)
	}
	ask(store.TitleQuery{})
	before, used := h.Remembered()
	for year := range 100 {
		ask(store.TitleQuery{Year: 3000 + year, Label: strings.Repeat("x", store.MaxLabel)})
	}
	lists, bytes := h.Remembered()
	if each := (bytes - used) / (lists - before); each < 500+store.MaxLabel {
		t.Errorf("%d lists count as %d bytes each", lists-before, each)
	}
	gone, cancel := context.WithCancel(h.ctx)
	cancel()
	for year := range 100 {
		if _, err := h.RecentlyAdded(gone, int64(1000+year), library, 1); err == nil {
			t.Fatal("it was worked out for nobody")
		}
	}
	if left, _ := h.Remembered(); left > lists {
		t.Errorf("%d lists are remembered that were not worked out", left-lists)
	}
}

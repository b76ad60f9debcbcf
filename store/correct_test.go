package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// shelf is the first page of what administrators see of a library.
func (h *home) shelf(library store.Library, change ...func(*store.ShelfQuery)) store.ShelfPage {
	h.t.Helper()
	q := store.ShelfQuery{Library: library}
	for _, c := range change {
		c(&q)
	}
	page, err := h.Shelf(h.ctx, q)
	h.must(err)
	return page
}

func shelfNames(page store.ShelfPage) []string {
	names := make([]string, len(page.Titles))
	for i, title := range page.Titles {
		names[i] = title.Name
	}
	return names
}

func filtered(filter store.TitleFilter) func(*store.ShelfQuery) {
	return func(q *store.ShelfQuery) { q.Filter = filter }
}

// correct corrects titles as the owner.
func (h *home) correct(in store.TitleCorrection, ids ...int64) {
	h.t.Helper()
	h.must(h.CorrectTitles(h.ctx, actor(h.owner), ids, in))
}

func TestACorrectionStaysAfterAScan(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	found := []store.Found{film(films.Roots[0].ID, "Alein", "PG", "space")}
	scan := func() store.TitleRecord {
		t.Helper()
		_, err := h.SaveFound(h.ctx, 1, found)
		h.must(err)
		r, err := h.TitleRecord(h.ctx, h.shelf(films).Titles[0].ID)
		h.must(err)
		return r
	}
	id := scan().ID
	h.correct(store.TitleCorrection{
		Set:  store.Corrected{Name: true, Year: true, Rating: true, Labels: true},
		Name: " The  Alien ", Year: 1979, Rating: "R", Labels: []string{"grim", "Space", "GRIM"},
	}, id)
	check := func(when string) {
		t.Helper()
		r := scan()
		if r.Name != "The Alien" || r.Year != 1979 || r.Rating != "R" || r.Counts.Years != 17 || !slices.Equal(r.Labels, []string{"grim", "space"}) || !r.Corrected.Any() {
			t.Errorf("%s: %+v", when, r.ShelfTitle)
		}
		if r.FoundName != "Alein" || r.FoundYear != 0 || r.FoundRating != "PG" || !slices.Equal(r.FoundLabels, []string{"space"}) {
			t.Errorf("%s, the disk says: %+v", when, r)
		}
	}
	check("after the same scan")
	if names := shelfNames(h.shelf(films, func(q *store.ShelfQuery) { q.Search = "the al" })); !slices.Equal(names, []string{"The Alien"}) {
		t.Errorf("the new name finds %q", names)
	}
	if n := h.shelf(films, func(q *store.ShelfQuery) { q.Search = "alein" }).Total; n != 0 {
		t.Errorf("the old name finds %d", n)
	}
	h.correct(store.TitleCorrection{Back: store.Corrected{Name: true, Year: true, Rating: true, Labels: true}}, id)
	if r := scan(); r.Name != "Alein" || r.Rating != "PG" || !slices.Equal(r.Labels, []string{"space"}) || r.Corrected.Any() {
		t.Errorf("back to the disk: %+v", r.ShelfTitle)
	}
}

// What is corrected wins when the disk says something else than before, too:
// for the title, and for who sees it.
func TestACorrectionStaysWhenTheDiskChanges(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	one := film(films.Roots[0].ID, "Alein", "PG", "space")
	h.shelve(one)
	id, elsa := h.shelf(films).Titles[0].ID, h.add("Elsa", "")
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(10)})
	h.correct(store.TitleCorrection{Set: store.Corrected{Name: true, Year: true, Rating: true}, Name: "Alien", Year: 1979, Rating: "R", Add: []string{"grim"}}, id)
	one.Name, one.Year, one.Rating, one.Labels, one.Plot = "Zlien", 1980, "G", []string{"ship"}, "A ship."
	h.shelve(one, film(films.Roots[0].ID, "Bear", "G"))
	r, err := h.TitleRecord(h.ctx, id)
	h.must(err)
	if r.Name != "Alien" || r.Year != 1979 || r.Rating != "R" || !slices.Equal(r.Labels, []string{"grim", "space"}) || r.Plot != "A ship." {
		t.Errorf("it is %+v", r.Title)
	}
	if r.FoundName != "Zlien" || r.FoundYear != 1980 || r.FoundRating != "G" || !slices.Equal(r.FoundLabels, []string{"ship"}) {
		t.Errorf("the disk says %+v", r)
	}
	if names := shelfNames(h.shelf(films)); !slices.Equal(names, []string{"Alien", "Bear"}) {
		t.Errorf("in order of names: %q", names)
	}
	if got := h.sees(elsa.ID, films); got != "Bear" {
		t.Errorf("a child sees %q", got)
	}
}

func TestACorrectionThatSaysWhatTheDiskSaysIsNone(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	_, err := h.SaveFound(h.ctx, 1, []store.Found{film(films.Roots[0].ID, "Alien", "R", "space")})
	h.must(err)
	id := h.shelf(films).Titles[0].ID
	h.correct(store.TitleCorrection{
		Set:  store.Corrected{Name: true, Year: true, Rating: true, Labels: true},
		Name: "Alien", Rating: "R", Labels: []string{"SPACE"},
	}, id)
	if n := h.shelf(films, filtered(store.TitlesCorrected)).Total; n != 0 {
		t.Errorf("%d titles are corrected", n)
	}
	if page, err := h.Activity(h.ctx, store.ActivityQuery{}); err != nil || strings.Contains(page.Records[0].Sentence(), "corrected") {
		t.Errorf("nothing was changed, and recorded: %v, %v", page.Records[0].Sentence(), err)
	}
}

// The rating and the labels of a series count for its episodes at once.
func TestACorrectedSeriesPassesItOn(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear"}
	season := &store.FoundTitle{Kind: store.TitleSeason, Key: "bear 1", Name: "Season 1", Number: 1}
	one := film(library.Roots[0].ID, "One", "")
	one.Kind, one.Under = store.TitleEpisode, []*store.FoundTitle{show, season}
	_, err := h.SaveFound(h.ctx, 1, []store.Found{one})
	h.must(err)
	unrated := h.shelf(library, filtered(store.TitlesUnrated))
	if !slices.Equal(shelfNames(unrated), []string{"Bear"}) {
		t.Fatalf("unrated: %q", shelfNames(unrated))
	}
	h.correct(store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "TV-14", Add: []string{"grim"}}, unrated.Titles[0].ID)
	if n := h.shelf(library, filtered(store.TitlesUnrated)).Total; n != 0 {
		t.Errorf("%d are unrated still", n)
	}
	episodes := h.shelf(library, func(q *store.ShelfQuery) { q.Kind = store.TitleEpisode })
	if got := episodes.Titles[0]; got.Counts != (store.Age{Known: true, Years: 14}) || got.Age.Known || got.In != "Bear" {
		t.Errorf("the episode counts as %+v", got)
	}
}

func TestManyAreCorrectedOrNone(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	folder := films.Roots[0].ID
	_, err := h.SaveFound(h.ctx, 1, []store.Found{film(folder, "A", "R", "old", "both"), film(folder, "B", "")})
	h.must(err)
	page := h.shelf(films)
	a, b := page.Titles[0].ID, page.Titles[1].ID
	in := store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "PG", Add: []string{"new"}, Remove: []string{"OLD", "never"}}
	if err := h.CorrectTitles(h.ctx, actor(h.owner), []int64{a, b, 999}, in); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
	if h.shelf(films).Titles[0].Rating != "R" {
		t.Error("some of them were corrected")
	}
	h.correct(in, a, b)
	for i, want := range [][]string{{"both", "new"}, {"new"}} {
		if got := h.shelf(films).Titles[i]; got.Rating != "PG" || !slices.Equal(got.Labels, want) {
			t.Errorf("%s: %q with %q", got.Name, got.Rating, got.Labels)
		}
	}
	records, err := h.Activity(h.ctx, store.ActivityQuery{})
	if h.must(err); records.Records[0].Sentence() != "Mara corrected 2 titles of Films (rating PG; with new; without OLD, never)." {
		t.Errorf("recorded: %s", records.Records[0].Sentence())
	}
}

func TestCorrectionsThatAreRefused(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	_, err := h.SaveFound(h.ctx, 1, []store.Found{film(films.Roots[0].ID, "A", ""), film(films.Roots[0].ID, "B", "")})
	h.must(err)
	id := h.shelf(films).Titles[0].ID
	many := make([]string, store.MaxLabels+1)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	for _, test := range []struct {
		field string
		in    store.TitleCorrection
	}{
		{"name", store.TitleCorrection{Set: store.Corrected{Name: true}, Name: "  "}},
		{"name", store.TitleCorrection{Set: store.Corrected{Name: true}, Name: strings.Repeat("x", store.MaxTitleName+1)}},
		{"year", store.TitleCorrection{Set: store.Corrected{Year: true}, Year: 1799}},
		{"year", store.TitleCorrection{Set: store.Corrected{Year: true}, Year: -1}},
		{"rating", store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: strings.Repeat("x", store.MaxRating+1)}},
		{"labels", store.TitleCorrection{Set: store.Corrected{Labels: true}, Labels: many}},
		{"add_labels", store.TitleCorrection{Add: []string{strings.Repeat("x", store.MaxLabel+1)}}},
	} {
		var invalid *store.Invalid
		if err := h.CorrectTitles(h.ctx, actor(h.owner), []int64{id}, test.in); !errors.As(err, &invalid) || invalid.Problems[0].Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
	}
	other := h.shelf(films).Titles[1].ID
	wantInvalid(t, h.CorrectTitles(h.ctx, h.mara(), []int64{id, other}, store.TitleCorrection{Set: store.Corrected{Name: true}, Name: "C"}), "")
	wantInvalid(t, h.CorrectTitles(h.ctx, h.mara(), firstIDs(store.MaxSelected+1), store.TitleCorrection{Set: store.Corrected{Year: true}, Year: 1999}), "")
	if names := shelfNames(h.shelf(films)); !slices.Equal(names, []string{"A", "B"}) {
		t.Errorf("what was refused has changed something: %q", names)
	}
	elsa := h.add("Elsa", "")
	if err := h.CorrectTitles(h.ctx, actor(elsa), []int64{id}, store.TitleCorrection{Set: store.Corrected{Year: true}}); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("a plain user: %v", err)
	}
}

// firstIDs are the ids from 1 to n.
func firstIDs(n int64) (ids []int64) {
	for id := range n {
		ids = append(ids, id+1)
	}
	return ids
}

package views_test

import (
	"strings"
	"testing"
	"time"

	"usher/store"
	"usher/views"
)

// browsePage is a library of films with a title of this name.
func browsePage(kind store.LibraryKind, titles ...store.Title) views.BrowsePage {
	shelf := kind.Shelves()[0]
	return views.BrowsePage{
		Library: store.Library{ID: 7, Name: "Things", Kind: kind},
		Query:   store.TitleQuery{Library: 7, Kind: shelf, Sort: shelf.Sorts()[0]},
		Found:   store.TitlePage{Titles: titles, Total: len(titles), Page: 1, Pages: 1},
	}
}

func TestBrowseDrawsPosters(t *testing.T) {
	doc := document(t, views.Browse(browsePage(store.KindFilms,
		store.Title{ID: 1, Kind: store.TitleFilm, Name: "Alien", Poster: "abc"},
		store.Title{ID: 2, Kind: store.TitleFilm, Name: hostile},
		store.Title{ID: 3, Kind: store.TitleFilm, Name: ""},
	)))
	poster := doc.Find("img.poster")
	for name, want := range map[string]string{"src": "/titles/1/poster/abc", "alt": "", "loading": "lazy", "decoding": "async", "width": "160", "height": "240"} {
		if got, there := poster.Attr(name); !there || got != want {
			t.Errorf("the poster’s %s is %q, want %q", name, got, want)
		}
	}
	if n := doc.Find(".poster.blank").Length(); n != 2 {
		t.Errorf("%d quiet tiles", n)
	}
	if got := doc.Find(".posters li:nth-child(2) b").Text(); got != hostile {
		t.Errorf("the hostile name reads %q", got)
	}
}

func TestBrowseFilters(t *testing.T) {
	p := browsePage(store.KindFilms, store.Title{ID: 1, Kind: store.TitleFilm, Name: "Alien"})
	p.Facets = store.Facets{Genres: []store.Facet{{Name: "Drama"}, {Name: "Horror"}}}
	p.Query.Genre, p.Query.Label = "horror", "gone"
	doc := document(t, views.Browse(p))
	if got := doc.Find("select[name=genre] option[selected]").Text(); got != "Horror" {
		t.Errorf("the genre chosen is %q", got)
	}
	if got := doc.Find("select[name=label] option[selected]").Text(); got != "gone" {
		t.Errorf("a label that nothing has is shown as %q", got)
	}
	if doc.Find("select[name=year]").Length() != 0 {
		t.Error("there is a choice of years where there are none")
	}
	if href, _ := doc.Find(".found a").Attr("href"); href != "/libraries/7" {
		t.Errorf("the way to everything is %q", href)
	}
}

// Pictures that were taken in one month hang together, and those of which it is
// not known when hang at the end.
func TestBrowseWall(t *testing.T) {
	at := func(month time.Month) time.Time { return time.Date(2024, month, 3, 10, 0, 0, 0, time.Local) }
	p := browsePage(store.KindPhotos,
		store.Title{ID: 1, Kind: store.TitlePicture, Name: "Beach", Date: at(7)},
		store.Title{ID: 2, Kind: store.TitlePicture, Name: "Sand", Date: at(7)},
		store.Title{ID: 3, Kind: store.TitlePicture, Name: "Ice", Date: at(2)},
		store.Title{ID: 4, Kind: store.TitlePicture, Name: "Scan"},
	)
	p.Months = []store.Month{{Year: 2024, Month: 7, Titles: 2, Page: 1}, {Year: 2024, Month: 2, Titles: 1, Page: 1}, {Year: 2019, Month: 5, Titles: 1, Page: 3}, {Titles: 1, Page: 4}}
	doc := document(t, views.Browse(p))
	var got []string
	for _, section := range doc.Find("section").EachIter() {
		got = append(got, section.Find("h2").Text()+" "+strings.Repeat("*", section.Find(".wall li").Length()))
	}
	if all := strings.Join(got, ", "); all != "July 2024 **, February 2024 *, Without a date *" {
		t.Errorf("the wall is %q", all)
	}
	if name, _ := doc.Find(".wall a").Attr("aria-label"); name != "Beach, 3 July 2024" {
		t.Errorf("the first picture is called %q", name)
	}
	var jumps []string
	for _, link := range doc.Find(".months a").EachIter() {
		href, _ := link.Attr("href")
		jumps = append(jumps, strings.Join(strings.Fields(link.Text()), " ")+" "+href)
	}
	want := "2024 /libraries/7#m202407, 2019 /libraries/7?page=3#m201905, No date /libraries/7?page=4#undated, Feb 2024 /libraries/7#m202402, Jul 2024 /libraries/7#m202407"
	if all := strings.Join(jumps, ", "); all != want {
		t.Errorf("jumps lead to\n%s, want\n%s", all, want)
	}
}

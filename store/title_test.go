package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// addLibrary adds a library with one folder.
func (h *home) addLibrary(name string, kind store.LibraryKind) store.Library {
	h.t.Helper()
	id, err := h.AddLibrary(h.ctx, actor(h.owner), store.LibraryInput{Name: name, Kind: kind, Folders: []string{"/srv/" + name}})
	h.must(err)
	library, err := h.AnyLibrary(h.ctx, id)
	h.must(err)
	return library
}

func film(folder int64, name, rating string, labels ...string) store.Found {
	return store.Found{
		FoundTitle: store.FoundTitle{Kind: store.TitleFilm, Name: name, Rating: rating, Labels: labels},
		Folder:     folder, Files: []store.FoundFile{{Name: name + ".mkv", Size: 1, Modified: time.Unix(1, 0)}},
	}
}

func namesOf(titles []store.Title) []string {
	names := make([]string, len(titles))
	for i, title := range titles {
		names[i] = title.Name
	}
	return names
}

func TestTitlesAreSeenByRating(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	folder := films.Roots[0].ID
	saved, err := h.SaveFound(h.ctx, 1, []store.Found{film(folder, "Alien", "R"), film(folder, "The Bear", "G"), film(folder, "Home", "")})
	h.must(err)
	if saved.Added != 3 {
		t.Errorf("saved %+v", saved)
	}
	page, err := h.Titles(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: films.ID})
	if h.must(err); !slices.Equal(namesOf(page.Titles), []string{"Alien", "The Bear", "Home"}) {
		t.Errorf("the owner sees %q", namesOf(page.Titles))
	}
	if _, err := h.VisibleTitle(h.ctx, h.owner.ID, 77); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a title that does not exist: %v", err)
	}
}

// An episode has the rating and the labels of its series, unless it has its own
// rating.
func TestWhatLiesInASeriesHasItsRating(t *testing.T) {
	h := newHome(t)
	series := h.addLibrary("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "series bear", Name: "Bear", Rating: "TV-MA", Labels: []string{"grim"}}
	season := &store.FoundTitle{Kind: store.TitleSeason, Key: "series bear 1", Name: "Season 1", Number: 1}
	episode := func(n int, rating string) store.Found {
		name := string(rune('a' + n))
		return store.Found{
			FoundTitle: store.FoundTitle{Kind: store.TitleEpisode, Name: name, Number: n, Rating: rating},
			Folder:     series.Roots[0].ID, Directory: "Bear/Season 1", Under: []*store.FoundTitle{show, season},
			Files: []store.FoundFile{{Name: name, Size: 1, Modified: time.Unix(1, 0)}},
		}
	}
	_, err := h.SaveFound(h.ctx, 1, []store.Found{episode(1, ""), episode(2, "TV-G")})
	h.must(err)
	page, err := h.Titles(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: series.ID})
	if h.must(err); !slices.Equal(namesOf(page.Titles), []string{"Bear"}) {
		t.Fatalf("the library shows %q", namesOf(page.Titles))
	}
	seasons, err := h.TitlesIn(h.ctx, h.owner.ID, page.Titles[0].ID)
	if h.must(err); !slices.Equal(namesOf(seasons), []string{"Season 1"}) {
		t.Fatalf("the series shows %q", namesOf(seasons))
	}
	episodes, err := h.TitlesIn(h.ctx, h.owner.ID, seasons[0].ID)
	if h.must(err); !slices.Equal(namesOf(episodes), []string{"b", "c"}) {
		t.Errorf("the season shows %q", namesOf(episodes))
	}
}

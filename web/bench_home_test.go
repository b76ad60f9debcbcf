package web_test

import (
	"fmt"
	"testing"
	"time"

	"usher/store"
)

// benchHistory is how many titles somebody has watched in the benchmarks.
const benchHistory = 10_000

// addSeries has a scan find series of twenty episodes each.
func (h *benchHouse) addSeries(b *testing.B, series int) (library int64) {
	b.Helper()
	library, err := h.store.AddLibrary(b.Context(), store.Console(), store.LibraryInput{Name: "Six hundred series", Kind: store.KindSeries, Folders: []string{b.TempDir()}})
	if err != nil {
		b.Fatal(err)
	}
	whole, err := h.store.Library(b.Context(), library)
	if err != nil {
		b.Fatal(err)
	}
	var all []store.Found
	for i := range series {
		show := &store.FoundTitle{Kind: store.TitleSeries, Key: fmt.Sprint("show ", i), Name: fmt.Sprint("Show ", i), Rating: "TV-G", Genres: []string{"Drama"}}
		season := &store.FoundTitle{Kind: store.TitleSeason, Key: fmt.Sprint("season ", i), Name: "Season 1", Number: 1}
		for number := range 20 {
			f := found(store.TitleEpisode, fmt.Sprintf("Episode %d of %d", number, i), show, season)
			f.Folder, f.Directory, f.Number, f.Rating = whole.Roots[0].ID, fmt.Sprint(i), number, "TV-G"
			all = append(all, f)
		}
	}
	if _, err := h.store.SaveFound(b.Context(), 1, all); err != nil {
		b.Fatal(err)
	}
	return library
}

// hasWatched gives somebody a history: of the films that they see, and half of
// some series; every tenth is not watched to its end.
func (h *benchHouse) hasWatched(b *testing.B, user int64, libraries ...int64) (last store.Title) {
	b.Helper()
	var past []store.Past
	at := time.Now()
	for i, library := range libraries {
		kinds := []store.TitleKind{store.TitleFilm, store.TitleEpisode}
		for page := 1; len(past) < (i+1)*benchHistory/len(libraries); page++ {
			found, err := h.store.Titles(b.Context(), store.TitleQuery{Viewer: user, Library: library, Kind: kinds[i], Page: page})
			if err != nil {
				b.Fatal(err)
			}
			if page > found.Pages {
				b.Fatalf("there are only %d titles to watch", len(past))
			}
			for _, last = range found.Titles {
				at = at.Add(-time.Minute)
				way := store.Headway{Watched: len(past)%10 > 0, SeenAt: at}
				if !way.Watched {
					way.Position, way.Length = 20*time.Minute, time.Hour
				}
				past = append(past, store.Past{What: store.What{Title: last.ID}, Headway: way})
			}
		}
	}
	if err := h.store.AddHistory(b.Context(), user, past); err != nil {
		b.Fatal(err)
	}
	return last
}

// BenchmarkHome measures the first page and the history of somebody who has
// watched 10,000 titles, in a library of 100,000 films and one of series, with a
// rating limit and labels hidden, against the Users page in the same rounds: 1
// is as fast. "cold" is the first page after something else was watched.
func BenchmarkHome(b *testing.B) {
	h := newBenchHouse(b, 10_000)
	films, series := h.addTitles(b, 0), h.addSeries(b, 600)
	elsa := h.as(b)
	known, err := h.store.Credentials(b.Context(), "Restricted")
	if err != nil {
		b.Fatal(err)
	}
	one := h.hasWatched(b, known.ID, films, series)
	const each = 50
	took := make(map[string]time.Duration)
	rounds, searches := 0, 0
	elsa.get(b, "/", 1)
	h.get(b, "/admin/users", each)
	for b.Loop() {
		rounds++
		took["users"] += h.get(b, "/admin/users", each)
		took["home"] += elsa.get(b, "/", each)
		took["history"] += elsa.get(b, "/history", each)
		took["page100"] += elsa.get(b, "/history?page=100", each)
		for range each {
			searches++
			took["search"] += elsa.get(b, fmt.Sprintf("/history?q=word%d+film", searches%97), 1)
		}
		if err := h.store.MarkWatched(b.Context(), store.Actor{ID: known.ID}, store.What{Title: one.ID}, rounds%2 == 0); err != nil {
			b.Fatal(err)
		}
		took["cold"] += elsa.get(b, "/", 1)
	}
	b.ReportMetric(0, "ns/op")
	for _, name := range []string{"home", "history", "page100", "search"} {
		b.ReportMetric(float64(took[name])/float64(took["users"]), name+"/users")
	}
	b.ReportMetric(float64(took["cold"].Milliseconds())/float64(rounds), "cold-cpu-ms")
}

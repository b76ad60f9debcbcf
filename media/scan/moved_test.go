package scan

import (
	"slices"
	"testing"

	"usher/store"
)

// wantEpisodes fails unless these episodes lie in a series, season by season.
func (h *house) wantEpisodes(series string, want ...string) {
	h.t.Helper()
	var got []string
	seasons, err := h.TitlesIn(h.ctx, h.owner.ID, h.shelf(store.TitleSeries)[series])
	h.must(err)
	for _, season := range seasons {
		episodes, err := h.TitlesIn(h.ctx, h.owner.ID, season.ID)
		h.must(err)
		for _, episode := range episodes {
			got = append(got, season.Name+": "+episode.Name)
		}
	}
	if !slices.Equal(got, want) {
		h.t.Errorf("%s has %q, want %q", series, got, want)
	}
}

// A series of which all that was there has moved into another, but which has
// something new, is still itself.
func TestASeriesThatHasSomethingNewIsItself(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	h.write("Night Ferry/Season 2/S02E04 - Out.mkv", "a")
	h.scan()
	id := h.wantShelf(store.TitleSeries, "Night Ferry")["Night Ferry"]
	h.move("Night Ferry/Season 2/S02E04 - Out.mkv", "The Moss Club/Season 2/S02E03 - Out.mkv")
	h.write("Night Ferry/Season 2/S02E01 - Again.mkv", "b")
	h.scan()
	if after := h.wantShelf(store.TitleSeries, "Night Ferry", "The Moss Club"); after["Night Ferry"] != id {
		t.Error("it is another series now")
	}
	h.wantEpisodes("Night Ferry", "Season 2: Again")
	h.wantEpisodes("The Moss Club", "Season 2: Out")
}

// A series that is parted between two is one of them, and not both.
func TestASeriesThatIsParted(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	h.write("Night Ferry/Season 1/S01E01 - Out.mkv", "a")
	h.write("Night Ferry/Season 1/S01E02 - Back.mkv", "b")
	h.scan()
	id := h.wantShelf(store.TitleSeries, "Night Ferry")["Night Ferry"]
	h.move("Night Ferry/Season 1/S01E01 - Out.mkv", "Low Tide/Season 1/S01E01 - Out.mkv")
	h.move("Night Ferry/Season 1/S01E02 - Back.mkv", "The Moss Club/Season 1/S01E02 - Back.mkv")
	h.scan()
	if after := h.wantShelf(store.TitleSeries, "Low Tide", "The Moss Club"); after["Low Tide"] != id {
		t.Error("the first of them is another series now")
	}
	h.wantEpisodes("Low Tide", "Season 1: Out")
	h.wantEpisodes("The Moss Club", "Season 1: Back")
}

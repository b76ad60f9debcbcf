package scan

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"usher/store"
)

// all are the visible films and episodes with their ids, in the words of where
// they lie.
func (h *house) all() map[string]int64 {
	found := make(map[string]int64)
	for _, kind := range []store.TitleKind{store.TitleSeries, store.TitleEpisode} {
		for name, id := range h.shelf(kind) {
			found[string(kind)+" "+name] = id
		}
	}
	return found
}

// Whatever happens to the files between scans, the titles are those that a scan
// of an empty database finds, and what has not been touched is the same title.
func TestScansAgreeWithFreshOnes(t *testing.T) {
	// Each case is several scans of real folders: fewer than usual, unless asked.
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		if err := checks.Value.Set("20"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = checks.Value.Set(checks.DefValue) })
	}
	rapid.Check(t, func(rt *rapid.T) {
		h := newHouse(t, store.KindSeries)
		paths := make(map[string]bool)
		path := func(label string) string {
			show := rapid.SampledFrom([]string{"Night Ferry", "The Moss Club", "Low Tide (2005)"}).Draw(rt, label)
			season := rapid.IntRange(1, 2).Draw(rt, label+" season")
			episode := rapid.IntRange(1, 4).Draw(rt, label+" episode")
			return fmt.Sprintf("%s/Season %d/S%02dE%02d - %s %d%d.mkv", show, season, season, episode, show[:3], season, episode)
		}
		for round := range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			before := h.all()
			touched := false
			for i := range rapid.IntRange(0, 5).Draw(rt, "steps") {
				touched = h.step(rt, paths, path, fmt.Sprint(round, i)) || touched
			}
			h.scan()
			after := h.all()
			if !touched && !maps.Equal(before, after) {
				rt.Fatalf("nothing was touched: %v became %v", before, after)
			}
			fresh := newHouse(t, store.KindSeries)
			fresh.must(fresh.UpdateLibrary(fresh.ctx, fresh.actor(), fresh.library, store.LibraryInput{Name: "Library", Kind: store.KindSeries, Folders: []string{h.disk}}))
			fresh.scan()
			want := slices.Sorted(maps.Keys(fresh.all()))
			fresh.must(fresh.Close())
			if got := slices.Sorted(maps.Keys(after)); !slices.Equal(got, want) {
				rt.Fatalf("the titles are %q, a fresh scan finds %q", got, want)
			}
		}
	})
}

// step does something to the tree. It says whether a file was touched that may
// have been there.
func (h *house) step(rt *rapid.T, paths map[string]bool, path func(string) string, content string) bool {
	at := path("path")
	switch op := rapid.SampledFrom([]string{"write", "write", "remove", "move", "note"}).Draw(rt, "step"); {
	case op == "write":
		h.write(at, at+content)
		paths[at] = true
	case op == "remove":
		h.remove(at)
		delete(paths, at)
	case op == "move" && paths[at]:
		to := path("to")
		h.move(at, to)
		delete(paths, at)
		paths[to] = true
	case op == "note":
		h.write(at[:len(at)-len(".mkv")]+".nfo", fmt.Sprintf("<episodedetails><title>Told %s</title></episodedetails>", content))
	}
	return true
}

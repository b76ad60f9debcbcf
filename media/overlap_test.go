package media_test

import (
	"slices"
	"testing"

	"usher/media"
	"usher/store"
)

func TestOverlaps(t *testing.T) {
	films := store.Library{ID: 1, Name: "Films", Folders: []string{"/srv/films", "/srv/more"}}
	for folder, want := range map[string][]string{
		"/srv/films":       {"/srv/films belongs to the library Films too. Whoever may watch either of them sees its files."},
		"/srv/films/kids":  {"/srv/films/kids lies inside /srv/films of the library Films. Whoever may watch Films sees its files too."},
		"/srv/films/..new": {"/srv/films/..new lies inside /srv/films of the library Films. Whoever may watch Films sees its files too."},
		"/srv": {
			"/srv holds /srv/films of the library Films. Whoever may watch this library sees those files too.",
			"/srv holds /srv/more of the library Films. Whoever may watch this library sees those files too.",
		},
		"/srv/films2": nil,
		"/srv/film":   nil,
		"/elsewhere":  nil,
	} {
		asked := store.Library{ID: 2, Name: "Kids", Folders: []string{folder}}
		var got []string
		for _, overlap := range media.Overlaps(asked, []store.Library{films, asked}) {
			got = append(got, overlap.Sentence())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", folder, got, want)
		}
	}
	if found := media.Overlaps(films, []store.Library{films}); found != nil {
		t.Errorf("a library overlaps with itself: %v", found)
	}
}

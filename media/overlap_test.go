package media_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
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
			"/srv holds /srv/films of the library Films. Whoever may watch this folder sees those files too.",
			"/srv holds /srv/more of the library Films. Whoever may watch this folder sees those files too.",
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

// Two paths to one folder overlap though their texts do not.
func TestOverlapsThroughLinks(t *testing.T) {
	disk := t.TempDir()
	target, link := filepath.Join(disk, "real"), filepath.Join(disk, "link")
	if err := os.MkdirAll(filepath.Join(target, "kids"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	elsa := store.Library{ID: 1, UserID: 7, Name: "Elsa’s folder", Folders: []string{target}}
	for folder, want := range map[string]string{
		link:                          link + " is the same folder as " + target + " of Elsa’s folder, through a link or a mount.",
		filepath.Join(link, "kids"):   "kids lies inside " + target + " of Elsa’s folder, through a link or a mount. Whoever has Elsa’s folder sees its files too.",
		filepath.Join(target, "kids"): "kids lies inside " + target + " of Elsa’s folder. Whoever has Elsa’s folder sees its files too.",
		disk:                          "holds " + target + " of Elsa’s folder.",
		filepath.Join(disk, "link-2"): "",
	} {
		found := media.Overlaps(store.Library{ID: 2, Folders: []string{folder}}, []store.Library{elsa})
		if want == "" {
			if len(found) > 0 {
				t.Errorf("%s: %v", folder, found)
			}
			continue
		}
		if len(found) != 1 || !strings.Contains(found[0].Sentence(), want) {
			t.Errorf("%s: %v, want %q", folder, found, want)
		}
	}
}

func TestToData(t *testing.T) {
	disk := t.TempDir()
	data, link := filepath.Join(disk, "data"), filepath.Join(disk, "link")
	if err := os.MkdirAll(filepath.Join(data, "inner"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(media.PosterFolder(data), "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string]media.DataFolder{
		data: media.IsData, link: media.IsData, filepath.Join(link, "inner"): media.InsideData,
		disk: media.HoldsData, filepath.Join(disk, "data2"): media.ApartFromData,
		media.PosterFolder(data): media.IsData, filepath.Join(media.PosterFolder(link), "ab"): media.IsData,
	} {
		if got := media.ToData(folder, data); got != want {
			t.Errorf("%s lies %q, want %q", folder, got, want)
		}
	}
}

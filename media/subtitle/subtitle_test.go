package subtitle_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"usher/media"
	"usher/media/subtitle"
)

// folder is a library with these files, each of which holds a cue.
func folder(t *testing.T, files ...string) *os.Root {
	t.Helper()
	base := t.TempDir()
	for _, name := range files {
		path := filepath.Join(base, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("1\n00:00:01,000 --> 00:00:02,000\n"+name+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

// labels are the tracks of a film, as people read them and browsers do.
func labels(t *testing.T, root *os.Root, film string) []string {
	t.Helper()
	tracks, err := subtitle.Beside(root, film)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, track := range tracks {
		all = append(all, track.Language+"|"+track.Label)
	}
	return all
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"Film.srt":                     "|Subtitles",
		"FILM.SRT":                     "|Subtitles",
		"Film.vtt":                     "|Subtitles",
		"Film.en.srt":                  "en|English",
		"Film.eng.srt":                 "en|English",
		"Film.English.srt":             "en|English",
		"Film.pt-BR.srt":               "pt-BR|Brazilian Portuguese",
		"Film.pt_br.vtt":               "pt-BR|Brazilian Portuguese",
		"Film.pob.srt":                 "pt-BR|Brazilian Portuguese",
		"Film.ger.srt":                 "de|German",
		"Film.Deutsch.srt":             "de|German",
		"Film.svenska.srt":             "sv|Swedish",
		"Film.zh-Hans.srt":             "zh-Hans|Simplified Chinese",
		"Film.Simplified Chinese.srt":  "zh-Hans|Simplified Chinese",
		"Film.de.forced.srt":           "de|German (forced)",
		"Film.forced.de.srt":           "de|German (forced)",
		"Film.en.sdh.srt":              "en|English (for the hard of hearing)",
		"Film.en.cc.srt":               "en|English (for the hard of hearing)",
		"Film.en.hi.srt":               "en|English (for the hard of hearing)",
		"Film.hi.srt":                  "hi|Hindi",
		"Film.hi.forced.srt":           "hi|Hindi (forced)",
		"Film-en.srt":                  "en|English",
		"Film_en.srt":                  "en|English",
		"Film (English).srt":           "en|English",
		"Film.default.en.srt":          "en|English",
		"Film.en.Comments by Ada.srt":  "en|English, comments by ada",
		"Film.the.srt":                 "|Subtitles, the",
		"Film.<script>.en.srt":         "en|English, <script>",
		"Film.\x1b[2J\u202egpj.en.srt": "en|English, 2jgpj",
		"Film.\xff\xfe.srt":            "|Subtitles",
		"Film 2.srt":                   "",
		"Film 2.en.srt":                "",
		"Film Noir.srt":                "",
		"Filmen.srt":                   "",
		"Other.en.srt":                 "",
		"Film.en.txt":                  "",
		"Film.en.ass":                  "",
		"._Film.srt":                   "",
		"Subs/Film.en.srt":             "en|English",
		"subtitles/2_English.srt":      "en|English",
		"SUBS/Film/3_French.vtt":       "fr|French",
		"Subs/Other/3_French.vtt":      "",
		"Extras/Film.en.srt":           "",
	} {
		root := folder(t, "Film.mkv", name)
		if got := strings.Join(labels(t, root, "Film.mkv"), ";"); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestWhose(t *testing.T) {
	root := folder(t, "s/Show S01E01.mkv", "s/Show S01E02.mkv", "s/Show S01E01.en.srt", "s/Show S01E02.sv.srt", "s/Subs/Show S01E01/2_German.srt",
		"s/Subs/1_English.srt", "s/Alien.mkv", "s/Alien.3.mkv", "s/Alien.3.en.srt", "s/Alien.fr.srt")
	for film, want := range map[string][]string{
		"s/Show S01E01.mkv": {"en|English", "de|German"},
		"s/Show S01E02.mkv": {"sv|Swedish"},
		"s/Alien.mkv":       {"fr|French"},
		"s/Alien.3.mkv":     {"en|English"},
	} {
		if got := labels(t, root, film); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", film, got, want)
		}
	}
}

// What is written in one way on a Mac is in another elsewhere.
func TestAccents(t *testing.T) {
	root := folder(t, "Ame\u0301lie.mkv", "Am\u00e9lie.fr.srt")
	if got := labels(t, root, "Ame\u0301lie.mkv"); len(got) != 1 {
		t.Errorf("it has %q", got)
	}
}

func TestKeys(t *testing.T) {
	root := folder(t, "a/Film.mkv", "a/Film.en.srt", "a/Film.English.srt", "a/Subs/Film.en.srt", "b/Film.mkv", "b/Film.en.srt")
	tracks, err := subtitle.Beside(root, "a/Film.mkv")
	if err != nil {
		t.Fatal(err)
	}
	if got := labels(t, root, "a/Film.mkv"); !slices.Equal(got, []string{"en|English", "en|English 2", "en|English 3"}) {
		t.Errorf("they are called %q", got)
	}
	data := t.TempDir()
	for _, track := range tracks {
		file, same, err := subtitle.Open(root, "a/Film.mkv", track.Key, data)
		if err != nil || same != track || strings.Contains(track.Key, "/") {
			t.Fatalf("%+v is opened as %+v, %v", track, same, err)
		}
		content, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close()); err != nil || !strings.Contains(string(content), ".srt") {
			t.Errorf("it holds %q, %v", content, err)
		}
	}
	moved, err := subtitle.Beside(root, "b/Film.mkv")
	if err != nil || !slices.ContainsFunc(tracks, func(t subtitle.Track) bool { return t.Key == moved[0].Key }) {
		t.Errorf("in another folder the key is %+v, %v", moved, err)
	}
	for _, key := range []string{"", "nothing", "../a/Film.en.srt", "Film.en.srt"} {
		if _, _, err := subtitle.Open(root, "a/Film.mkv", key, data); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// A library may lie around the data folder, and a link in it may lead there.
func TestSubtitlesOfUsher(t *testing.T) {
	root := folder(t, "Film.mkv", "usher-data/usher.db")
	base := root.Name()
	if err := errors.Join(os.Symlink("usher-data/usher.db", filepath.Join(base, "Film.en.srt")),
		os.Link(filepath.Join(base, "usher-data", "usher.db"), filepath.Join(base, "Film.sv.srt"))); err != nil {
		t.Fatal(err)
	}
	tracks, err := subtitle.Beside(root, "Film.mkv")
	if err != nil || len(tracks) == 0 {
		t.Fatalf("%+v, %v", tracks, err)
	}
	for _, track := range tracks {
		if _, _, err := subtitle.Open(root, "Film.mkv", track.Key, filepath.Join(base, "usher-data")); !errors.Is(err, media.ErrUshers) {
			t.Errorf("%s: %v", track.Label, err)
		}
	}
}

func TestWhatIsNoFile(t *testing.T) {
	root := folder(t, "l/Film.mkv", "secret.srt", "l/Film.fr.srt")
	base := root.Name()
	for name, target := range map[string]string{"Film.en.srt": "../secret.srt", "Film.de.srt": "/etc/passwd", "Film.sv.srt": "Film.sv.srt", "Film.it.srt": "Film.fr.srt"} {
		if err := os.Symlink(target, filepath.Join(base, "l", name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(base, "l", "Film.nl.srt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	large, err := os.Create(filepath.Join(base, "l", "Film.da.srt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(large.Truncate(subtitle.MaxSize+1), large.Close(), os.Mkdir(filepath.Join(base, "l", "Film.fi.srt"), 0o755)); err != nil {
		t.Fatal(err)
	}
	inside, err := os.OpenRoot(filepath.Join(base, "l"))
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Close() //nolint:errcheck // it was only read
	if got := labels(t, inside, "Film.mkv"); !slices.Equal(got, []string{"fr|French", "it|Italian"}) {
		t.Errorf("it has %q", got)
	}
	if _, err := subtitle.Beside(inside, "../secret.mkv"); err == nil {
		t.Error("a folder outside is looked through")
	}
	if _, err := subtitle.Beside(inside, "gone/Film.mkv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is gone: %v", err)
	}
}

func TestManyFiles(t *testing.T) {
	files := []string{"Film.mkv"}
	for n := range 700 {
		files = append(files, fmt.Sprintf("Film.%04d.srt", n))
	}
	if got := labels(t, folder(t, files...), "Film.mkv"); len(got) != 60 || got[59] != "|Subtitles 60" {
		t.Errorf("%d are offered, the last is %q", len(got), got[len(got)-1])
	}
}

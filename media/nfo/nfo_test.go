package nfo_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"usher/media/nfo"
)

func TestRead(t *testing.T) {
	for name, want := range map[string][]nfo.Info{
		"movie.nfo": {{
			Kind: "movie", Title: "The Lamplighter’s Daughter", Sort: "Lamplighter’s Daughter", Year: 1999, Rating: "PG-13", Season: -1,
			Tags: []string{"harbour", "quiet", "Sunday evening"}, Genres: []string{"Drama", "Mystery", "Family"},
			Plot: "Every evening she lights two hundred lamps.\n\nOne evening somebody has been there before her.", Aired: date(1999, 10, 14),
		}},
		"tvshow.nfo": {{
			Kind: "tvshow", Title: "Harbour Street", Year: 2011, Rating: "TV-Y7", Season: -1, Tags: []string{"for the little ones"},
			Genres: []string{"Children", "Animation"}, Plot: "Six houses, one cat.", Aired: date(2011, 3, 7),
		}},
		"season.nfo":   {{Kind: "season", Title: "The Second Winter", Season: 2, Year: 2012}},
		"episodes.nfo": episodes("Two Boats", "The Fog"),
		"wrapped.nfo":  episodes("Two Boats", "The Fog"),
		"artist.nfo":   {{Kind: "artist", Title: "The Paper Boats", Season: -1, Genres: []string{"Folk"}, Plot: "Four sisters & a cello."}},
		"album.nfo": {{
			Kind: "album", Title: "Songs for Low Tide", Year: 2004, Artist: "The Paper Boats, Óscar Lind", Season: -1, Genres: []string{"Folk"},
			Plot: "Recorded in one night.", Aired: date(2004, 5, 1),
		}},
		"musicvideo.nfo":    {{Kind: "musicvideo", Title: "Low Tide", Artist: "The Paper Boats", Year: 2005, Season: -1}},
		"address-after.nfo": {{Kind: "movie", Title: "Two Rivers", Year: 1987, Season: -1}},
		"address-only.nfo":  nil,
		"notes.nfo":         nil,
		"html.nfo":          {{Kind: "movie", Title: "Fish & Chips – the Film", Season: -1, Plot: "Salt & vinegar; they said it was cheap."}},
		"inner-names.nfo":   {{Kind: "movie", Title: "The Right Name", Year: 2001, Rating: "G", Season: -1}},
		"doctype.nfo":       {{Kind: "movie", Title: "Laughs", Season: -1, Plot: "&lol9;"}},
		"outside.nfo":       {{Kind: "movie", Title: "&secret;", Season: -1}},
		"ratings.nfo":       {{Kind: "movie", Title: "Many Boards", Rating: "FSK 12", Season: -1}},
		"latin1.nfo":        {{Kind: "movie", Title: "Größe", Season: -1}},
		"windows.nfo":       {{Kind: "movie", Title: "“Naïve”", Season: -1}},
		"utf-8-bom.nfo":     {{Kind: "movie", Title: "Größe", Season: -1}},
		"utf-16-said.nfo":   {{Kind: "movie", Title: "Größe", Season: -1}},
		"utf-16le.nfo":      {{Kind: "movie", Title: "Größe", Season: -1}},
		"utf-16be.nfo":      {{Kind: "movie", Title: "Größe", Season: -1}},
		"utf-16le-bare.nfo": {{Kind: "movie", Title: "Größe", Season: -1}},
		"utf-16be-bare.nfo": {{Kind: "movie", Title: "Größe", Season: -1}},
		"shift-jis.nfo":     {{Kind: "movie", Title: "港の猫", Season: -1}},
		"capitals.nfo":      {{Kind: "movie", Title: "Loud", Year: 1990, Season: -1}},
		"unknown-date.nfo":  {{Kind: "movie", Title: "Undated", Season: -1}},
		"empty.nfo":         nil,
	} {
		t.Run(name, func(t *testing.T) {
			infos, err := read(t, name)
			if err != nil {
				t.Error(err)
			}
			compare(t, infos, want)
		})
	}
}

// TestBroken reads files that something is wrong with: it is said, and what
// could be read is there.
func TestBroken(t *testing.T) {
	for name, test := range map[string]struct {
		says string
		want []nfo.Info
	}{
		"cut-off.nfo": {"broken at line 6", []nfo.Info{{Kind: "movie", Title: "Half a Film", Year: 1974, Season: -1}}},
		"broken.nfo":  {"broken at line 5", []nfo.Info{{Kind: "movie", Title: "Cracked", Year: 1974, Season: -1}}},
		"second-half.nfo": {"broken at line 8", []nfo.Info{
			{Kind: "episodedetails", Title: "Whole", Season: 1, Episode: 1}, {Kind: "episodedetails", Title: "Half", Season: 1},
		}},
		"binary.nfo": {"not text", nil},
	} {
		t.Run(name, func(t *testing.T) {
			infos, err := read(t, name)
			checkBroken(t, err, test.says)
			compare(t, infos, test.want)
		})
	}
}

func TestTooMuch(t *testing.T) {
	title := "<movie><title>Long</title>"
	for name, test := range map[string]struct {
		file io.Reader
		says string
		read int
	}{
		"a gigabyte":        {io.MultiReader(strings.NewReader(title+"<plot>"), endless(1<<30, "no end in sight ")), "longer than 1 MiB", 1},
		"a gigabyte of nul": {endless(1<<30, "\x00"), "not text", 0},
		"tags":              {strings.NewReader(title + numbered("<tag>%</tag>", 3000) + "</movie>"), "more than 200 tags", 1},
		"titles":            {strings.NewReader(strings.Repeat(title+"</movie>", 600)), "more than", 500},
		"nested too deep":   {strings.NewReader(title + strings.Repeat("<a>", 100_000)), "broken at line 1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			infos, err := nfo.Read(test.file)
			checkBroken(t, err, test.says)
			if len(infos) != test.read {
				t.Fatalf("%d titles are read, want %d", len(infos), test.read)
			}
			if test.read > 0 && (infos[0].Title != "Long" || len(infos[0].Tags) > 200) {
				t.Errorf("read %.200v", infos[0])
			}
		})
	}
}

// TestCutCharacter reads a file that ends, for Usher, within a character: it is
// UTF-8 nevertheless.
func TestCutCharacter(t *testing.T) {
	for shift := range 3 {
		infos, err := nfo.Read(strings.NewReader("<movie><title>Größe</title><plot>" + strings.Repeat("x", shift) + strings.Repeat("猫", 1<<19)))
		checkBroken(t, err, "longer than 1 MiB")
		if len(infos) != 1 || infos[0].Title != "Größe" {
			t.Errorf("read %.200v", infos)
		}
	}
}

func TestDiskFails(t *testing.T) {
	fails := errors.New("the disk is gone")
	if _, err := nfo.Read(io.MultiReader(strings.NewReader("<movie>"), iotest.ErrReader(fails))); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.nfo")
	if err != nil || len(files) == 0 {
		f.Fatalf("no files to begin with: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		infos, err := nfo.Read(bytes.NewReader(content))
		if broken := new(nfo.Broken); err != nil && !errors.As(err, &broken) {
			t.Fatalf("%v is no sentence", err)
		}
		for _, info := range infos {
			checkInfo(t, info)
		}
	})
}

// checkInfo holds that texts are clean, and numbers possible.
func checkInfo(t *testing.T, info nfo.Info) {
	for _, text := range append(append([]string{info.Title, info.Sort, info.Rating, info.Artist, info.Show}, info.Tags...), info.Genres...) {
		if strings.ContainsFunc(text, unicode.IsControl) || text != strings.TrimSpace(text) || !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
			t.Fatalf("%q is not clean", text)
		}
	}
	if !utf8.ValidString(info.Plot) || strings.ContainsFunc(strings.ReplaceAll(info.Plot, "\n", ""), unicode.IsControl) {
		t.Fatalf("the plot %q is not clean", info.Plot)
	}
	if info.Kind == "" || info.Season < -1 || info.Episode < 0 || info.Year != 0 && (info.Year < 1800 || info.Year > 2100) {
		t.Fatalf("%+v is not possible", info)
	}
}

func read(t *testing.T, name string) ([]nfo.Info, error) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return nfo.Read(bytes.NewReader(content))
}

func compare(t *testing.T, got, want []nfo.Info) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("read %+v, want %+v", got, want)
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("read\n%+v, want\n%+v", got[i], want[i])
		}
		checkInfo(t, got[i])
	}
}

func checkBroken(t *testing.T, err error, says string) {
	t.Helper()
	broken := new(nfo.Broken)
	if !errors.As(err, &broken) || !strings.Contains(broken.Reason, says) || !strings.HasSuffix(broken.Reason, ".") {
		t.Errorf("says %v, want a sentence with %q", err, says)
	}
}

func episodes(first, second string) []nfo.Info {
	return []nfo.Info{
		{Kind: "episodedetails", Title: first, Show: "Harbour Street", Season: 1, Episode: 3, Rating: "TV-G", Plot: "They meet.", Aired: date(2011, 4, 2), Year: 2011},
		{Kind: "episodedetails", Title: second, Show: "Harbour Street", Season: 1, Episode: 4, Plot: "They part.", Aired: date(2011, 4, 2), Year: 2011},
	}
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// numbered is a form n times, with the number of each for %.
func numbered(form string, n int) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.ReplaceAll(form, "%", string(rune('一'+i))))
	}
	return all.String()
}

// endless is a reader of n bytes, text again and again.
func endless(n int64, text string) io.Reader {
	return io.LimitReader(repeated(text), n)
}

type repeated string

func (r repeated) Read(p []byte) (int, error) { return copy(p, r), nil }

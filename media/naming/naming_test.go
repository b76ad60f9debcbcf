package naming_test

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"usher/media/naming"
	"usher/store"
)

func TestSkip(t *testing.T) {
	for _, kind := range store.LibraryKinds() {
		for _, directory := range []string{
			"@eaDir", "a/@eaDir", ".@__thumb", "lost+found", "$RECYCLE.BIN", "$Recycle.Bin", "System Volume Information", "#recycle",
			".Trash-1000", ".hidden", "a/.git", "__MACOSX", "a/Plex Versions",
		} {
			if !naming.Skip(kind, directory) {
				t.Errorf("%s: %s is looked into", kind, directory)
			}
		}
		for _, directory := range []string{"", "a", "a/b", "...And Justice", "Sampler", "a/b (2000)", "Trailer Park Boys", "2019", "CD1"} {
			if naming.Skip(kind, directory) {
				t.Errorf("%s: %s is skipped", kind, directory)
			}
		}
	}
	for directory, kinds := range map[string][]store.LibraryKind{
		"a/Sample":            {store.KindFilms, store.KindSeries},
		"Sample":              {store.KindFilms, store.KindSeries},
		"a/Trailers":          {store.KindFilms, store.KindSeries},
		"a/Extras":            {store.KindFilms, store.KindSeries},
		"Extras":              {store.KindFilms}, // there is a series of that name
		"a/Featurettes":       {store.KindFilms, store.KindSeries},
		"a/Behind The Scenes": {store.KindFilms, store.KindSeries},
		"a/Deleted Scenes":    {store.KindFilms, store.KindSeries},
		"a/Interviews":        {store.KindFilms, store.KindSeries},
		"a/Scenes":            {store.KindFilms, store.KindSeries},
		"a/Shorts":            {store.KindFilms, store.KindSeries},
		"Shorts":              nil, // a collection
		"a/Other":             {store.KindFilms, store.KindSeries},
		"Other":               nil,
		"a/Specials":          {store.KindFilms}, // season 0 of a series
	} {
		for _, kind := range store.LibraryKinds() {
			if got := naming.Skip(kind, directory); got != slices.Contains(kinds, kind) {
				t.Errorf("%s: %s: %v", kind, directory, got)
			}
		}
	}
}

// TestText reads names that are no plain text.
func TestText(t *testing.T) {
	for file, want := range map[string]string{
		"Am\xe9lie (2001).mkv":                 "Amélie (2001)",                              // Latin-1
		"Am\xe9lie \x81 (2001).mkv":            "Am\uFFFDlie \uFFFD (2001)",                  // neither
		"Ame\u0301lie (2001).mkv":              "Amélie (2001)",                              // NFD
		"A\u202Evkm.exe (2001).mkv":            "Avkm exe (2001)",                            // turned around
		"A\u2066B\u2069\u200F (2001).mkv":      "AB (2001)",                                  //
		"A\u200BB\uFEFF (2001).mkv":            "AB (2001)",                                  // hidden
		"A\x1b[31mB\x07\x7f (2001).mkv":        "A [31mB (2001)",                             // control characters
		"A\nB\tC (2001).mkv":                   "A B C (2001)",                               //
		"A\u00A0B\u2003C (2001).mkv":           "A B C (2001)",                               // spaces
		"\u202E\u202E.mkv":                     "Untitled",                                   //
		"   .mkv":                              "Untitled",                                   //
		"....mkv":                              "...",                                        //
		"-.mkv":                                "-",                                          //
		"👨\u200d👩\u200d👧 (2001).mkv":           "👨\u200d👩\u200d👧 (2001)",                     // joined
		strings.Repeat("é", 200) + ".mkv":      strings.Repeat("é", 150),                     // too long
		strings.Repeat("a", 100_000) + ".mkv":  strings.Repeat("a", 300),                     //
		strings.Repeat("a.", 50_000) + "b.mkv": strings.TrimSpace(strings.Repeat("a ", 150)), //
		"<script>alert(1)</script> (2001).mkv": "<script>alert(1)</script> (2001)",           // shown as it is
	} {
		if strings.Contains(file, "/") {
			continue
		}
		got := read(store.KindFilms, "", []string{file}, filmLine)
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%.60q: got %.400q, want %.400q", file, got, want)
		}
	}
}

// FuzzRead puts names to every kind of library: nothing panics, every file is
// in one item at most, and every name can be shown.
func FuzzRead(f *testing.F) {
	f.Add("Show (2005)/Season 02", "S02E03-E04 - Name.mkv", "Show.S02E05.720p.mkv", ".mkv")
	f.Add("The Matrix (1999)", "The.Matrix.1999.cd1", "The.Matrix.1999.cd2", ".avi")
	f.Add("Artist/Album (1999)/CD1", "01 - Track", "1-02 Track", ".flac")
	f.Add("", "VID_20190704_120000", "2019-07-04 Beach", ".mp4")
	f.Add("a/BDMV/STREAM", "[REC]", "{edition-", ".m2ts")
	f.Add("a/VIDEO_TS", "VTS_01_1", "VTS_02_1", ".VOB")
	f.Add("\xff", "\xe9\u202e", "(2001)", ".jpg")
	f.Fuzz(func(t *testing.T, directory, first, second, form string) {
		files := []string{first + form, second + form, first, second, first + ".mkv", second + ".mp3", first + ".nfo", second + ".jpg"}
		for _, kind := range store.LibraryKinds() {
			naming.Skip(kind, directory)
			seen := make(map[string]bool)
			for item := range naming.Read(kind, directory, files) {
				check(t, item, files, seen)
			}
		}
	})
}

func check(t *testing.T, item naming.Item, files []string, seen map[string]bool) {
	t.Helper()
	if len(item.Files) == 0 {
		t.Errorf("%q has no files", item.Name)
	}
	for _, file := range item.Files {
		if seen[file] || !slices.Contains(files, file) {
			t.Errorf("%q: %q is no file, or one that was there before", item.Name, file)
		}
		seen[file] = true
	}
	if item.Kind == store.TitleEpisode && (item.Series == nil || (item.Within == nil) != (item.Season == -1) || item.LastNumber != 0 && item.LastNumber <= item.Number) {
		t.Errorf("an episode %+v", item)
	}
	checkName(t, item.Name)
	for _, holder := range []*naming.Holder{item.Series, item.Within, item.Artist, item.Album} {
		if holder != nil {
			checkName(t, holder.Name)
		}
	}
}

func checkName(t *testing.T, name string) {
	t.Helper()
	hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if name == "" || strings.TrimSpace(name) != name || len(name) > store.MaxTitleName || !utf8.ValidString(name) || !norm.NFC.IsNormalString(name) || strings.ContainsFunc(name, hidden) {
		t.Errorf("a name %q", name)
	}
}

// TestManyFiles reads large folders; were something quadratic in it, the tests
// would hardly end.
func TestManyFiles(t *testing.T) {
	for _, kind := range store.LibraryKinds() {
		form := map[store.LibraryKind]string{store.KindMusic: ".mp3", store.KindPhotos: ".jpg"}[kind]
		if form == "" {
			form = ".mkv"
		}
		files := make([]string, 60_000)
		for i := range files {
			files[i] = fmt.Sprintf("A Name %d cd%d%s", i%15_000, i/15_000, form)
		}
		n := 0
		for item := range naming.Read(kind, "Folder", files) {
			n += len(item.Files)
		}
		if n != len(files) {
			t.Errorf("%s: %d files of %d", kind, n, len(files))
		}
	}
}

// BenchmarkRead tells what one file costs, in folders of ten.
func BenchmarkRead(b *testing.B) {
	for _, kind := range store.LibraryKinds() {
		b.Run(string(kind), func(b *testing.B) {
			directories, files := library(kind)
			n := 0
			for b.Loop() {
				for range naming.Read(kind, directories[n%len(directories)], files) {
					n++
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/file")
		})
	}
}

// library is what a library of this kind looks like.
func library(kind store.LibraryKind) (directories, files []string) {
	pattern := map[store.LibraryKind][2]string{
		store.KindFilms:      {"Collection %d", "The.Film.of.%02d.1999.1080p.BluRay.x264-GRP.mkv"},
		store.KindSeries:     {"Show %d (2005)/Season 01", "Show - S01E%02d - The Name of It [1080p].mkv"},
		store.KindMusic:      {"Artist/Album %d (1999)", "%02d - Track.flac"},
		store.KindPhotos:     {"Summer %d", "IMG_201907%02d_120000.jpg"},
		store.KindHomeVideos: {"Summer %d", "2019-07-%02d Beach.mp4"},
	}[kind]
	for range 100 {
		directories = append(directories, fmt.Sprintf(pattern[0], rand.IntN(1000)))
	}
	for i := range 10 {
		files = append(files, fmt.Sprintf(pattern[1], i+1))
	}
	return directories, files
}

func ExampleRead() {
	for item := range naming.Read(store.KindSeries, "Show (2005)/Season 02", []string{"S02E03-E04 - Name.mkv", "sample.mkv"}) {
		fmt.Println(item.Series.Name, item.Series.Year, item.Season, item.Number, item.LastNumber, item.Name, path.Base(item.Series.NFO[0]))
	}
	// Output: Show 2005 2 3 4 Name tvshow.nfo
}

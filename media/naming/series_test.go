package naming_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"usher/media/naming"
	"usher/store"
)

// episodeLine is “Series (Year) | S01E02-03 | Name”: S-- for no season.
func episodeLine(item naming.Item) string {
	series := item.Series.Name
	if item.Series.Year != 0 {
		series += fmt.Sprintf(" (%d)", item.Series.Year)
	}
	number := "S--"
	if item.Season >= 0 {
		number = fmt.Sprintf("S%02d", item.Season)
	}
	number += fmt.Sprintf("E%02d", item.Number)
	if item.LastNumber != 0 {
		number += fmt.Sprintf("-%02d", item.LastNumber)
	}
	if !item.Date.IsZero() {
		number = item.Date.Format("2006-01-02")
	}
	return series + " | " + number + " | " + item.Name
}

func TestEpisodes(t *testing.T) {
	for file, want := range map[string]string{
		// S and E
		"Show/Season 02/S02E03-E04 - Name.mkv":                    "Show | S02E03-04 | Name",
		"Show/Season 02/S02E03.mkv":                               "Show | S02E03 | Episode 3",
		"Show/Season 02/s02e03.mkv":                               "Show | S02E03 | Episode 3",
		"Show/Season 02/Show - S02E03 - Name.mkv":                 "Show | S02E03 | Name",
		"Show/Season 02/Show.S02E03.The.Name.720p.WEB-DL-GRP.mkv": "Show | S02E03 | The Name",
		"Show/Season 02/Show.S02E03.720p.WEB-DL-GRP.mkv":          "Show | S02E03 | Episode 3",
		"Show/Season 02/Show.S02E03.PROPER.720p.mkv":              "Show | S02E03 | Episode 3",
		"Show/Season 02/Show.S02E03.REPACK.mkv":                   "Show | S02E03 | Episode 3",
		"Show/Season 02/Show.S02E03-GRP.mkv":                      "Show | S02E03 | Episode 3",
		"Show/Season 02/Show.S02E03.German.DL.1080p.mkv":          "Show | S02E03 | Episode 3",
		"Show/Season 02/s02e03e04.mkv":                            "Show | S02E03-04 | Episodes 3–4",
		"Show/Season 02/s02e03e04e05.mkv":                         "Show | S02E03-05 | Episodes 3–5",
		"Show/Season 02/S02E03-05.mkv":                            "Show | S02E03-05 | Episodes 3–5",
		"Show/Season 02/S02E03-E04-E05 Names.mkv":                 "Show | S02E03-05 | Names",
		"Show/Season 02/S02E03-S02E04.mkv":                        "Show | S02E03-04 | Episodes 3–4",
		"Show/Season 02/S02E03 E04.mkv":                           "Show | S02E03-04 | Episodes 3–4",
		"Show/Season 02/S02.E03.mkv":                              "Show | S02E03 | Episode 3",
		"Show/Season 02/S02 E03 - Name.mkv":                       "Show | S02E03 | Name",
		"Show/Season 02/S02EP03.mkv":                              "Show | S02E03 | Episode 3",
		"Show/Season 02/S2E3.mkv":                                 "Show | S02E03 | Episode 3",
		"Show/Season 02/S02E103.mkv":                              "Show | S02E103 | Episode 103",
		"Show/Season 02/ShowS02E03.mkv":                           "Show | S02E03 | Episode 3",
		"Show/Season 02/S02E03-720p.mkv":                          "Show | S02E03 | Episode 3",
		"Show/Season 02/S02E03 - 3 Men.mkv":                       "Show | S02E03 | 3 Men",
		"Show/Season 02/S02E03 - 24 Hours.mkv":                    "Show | S02E03 | 24 Hours",
		"Show/Season 02/S02E03 - Name (1).mkv":                    "Show | S02E03 | Name (1)",
		"Show/Season 02/S02E03 - Name (1999).mkv":                 "Show | S02E03 | Name",
		"Show/Season 02/S02E03 - Name [1080p].mkv":                "Show | S02E03 | Name",
		"Show/Season 02/S02E03 - Name (1080p).mkv":                "Show | S02E03 | Name",
		"Show/Season 02/S02E03 - Name Part 1.mkv":                 "Show | S02E03 | Name Part 1",
		"Show/Season 02/[Group] Show - S02E03 [ABCD1234].mkv":     "Show | S02E03 | Episode 3",
		"Show/Season 2024/Show S2024E03.mkv":                      "Show | S2024E03 | Episode 3",
		"Show/Season 1/Show - S02E03.mkv":                         "Show | S02E03 | Episode 3",
		"Show/Season 02/S02E03 - Spider-Man.mkv":                  "Show | S02E03 | Spider-Man",
		"Show/Season 02/S02E03.-.The.Name.mkv":                    "Show | S02E03 | The Name",
		"Show/Season 02/Show_S02E03_The_Name.mkv":                 "Show | S02E03 | The Name",
		"Show/Season 02/S02E03.Mr.Smith.1080p.mkv":                "Show | S02E03 | Mr. Smith",
		"Show/Season 02/S02E00.mkv":                               "Show | S02E00 | Episode 0",
		// Crosses
		"Show/Show - 1x02 - Name.avi":         "Show | S01E02 | Name",
		"Show/1x02.avi":                       "Show | S01E02 | Episode 2",
		"Show/Show.1x02.The.Name.avi":         "Show | S01E02 | The Name",
		"Show/Show - 10x12 - Name.avi":        "Show | S10E12 | Name",
		"Show/Show 1x02-03 - Name.avi":        "Show | S01E02-03 | Name",
		"Show/Show 1x02x03.avi":               "Show | S01E02-03 | Episodes 2–3",
		"Show/Show 1x02-1x03.avi":             "Show | S01E02-03 | Episodes 2–3",
		"Show/Show - [1x02] - Name.avi":       "Show | S01E02 | Name",
		"Show/S01E02 - 1920x1080.mkv":         "Show | S01E02 | Episode 2",
		"Show/Season 1/04 - Name 640x480.avi": "Show | S01E04 | Name",
		// Words
		"Show/Season 1 Episode 2.mkv":           "Show | S01E02 | Episode 2",
		"Show/Show Season 1 Episode 2 Name.mkv": "Show | S01E02 | Name",
		"Show/Season 1 - Episode 2 - Name.mkv":  "Show | S01E02 | Name",
		"Show/Staffel 1 Folge 2.mkv":            "Show | S01E02 | Episode 2",
		"Show/Saison 1 Épisode 2.mkv":           "Show | S01E02 | Episode 2",
		"Show/Episode 12.mkv":                   "Show | S--E12 | Episode 12",
		"Show/Season 3/Episode 12 - Name.mkv":   "Show | S03E12 | Name",
		"Show/Season 3/Ep12.mkv":                "Show | S03E12 | Episode 12",
		"Show/Season 3/E12.mkv":                 "Show | S03E12 | Episode 12",
		"Show/Season 3/Ep. 12 - Name.mkv":       "Show | S03E12 | Name",
		"Show/Season 3/Folge 12.mkv":            "Show | S03E12 | Episode 12",
		// Numbers alone
		"Show/01 - Pilot.mkv":                "Show | S--E01 | Pilot",
		"Show/01. Pilot.mkv":                 "Show | S--E01 | Pilot",
		"Show/01 Pilot.mkv":                  "Show | S--E01 | Pilot",
		"Show/01.mkv":                        "Show | S--E01 | Episode 1",
		"Show/Season 1/03.mkv":               "Show | S01E03 | Episode 3",
		"Show/Season 1/03 - Name.mkv":        "Show | S01E03 | Name",
		"Show/Season 1/3 - Name.mkv":         "Show | S01E03 | Name",
		"Show/Season 1/Show 03.mkv":          "Show | S01E03 | Episode 3",
		"Show/Season 1/Show - 03 - Name.mkv": "Show | S01E03 | Name",
		"Show/Season 1/103 - Name.mkv":       "Show | S01E03 | Name",
		"Show/Season 2/214.mkv":              "Show | S02E14 | Episode 14",
		"Show/Season 1/214.mkv":              "Show | S01E214 | Episode 214",
		"24/Season 1/24 - 05.mkv":            "24 | S01E05 | Episode 5",
		"24/24 - 05.mkv":                     "24 | S--E05 | Episode 5",
		"The 100/Season 1/The 100 - 05.mkv":  "The 100 | S01E05 | Episode 5",
		"The 4400/The.4400.S01E02.mkv":       "The 4400 | S01E02 | Episode 2",
		// Counted through
		"[Group] Show - 012 [1080p].mkv":                 "Show | S--E12 | Episode 12",
		"Show/[Group] Show - 012 [1080p][ABCD1234].mkv":  "Show | S--E12 | Episode 12",
		"Show/[Group]_Show_-_12v2_[720p].mkv":            "Show | S--E12 | Episode 12",
		"Show/Show - 1015.mkv":                           "Show | S--E1015 | Episode 1015",
		"Show/Show #12.mkv":                              "Show | S--E12 | Episode 12",
		"Show/Show - 012-013 [1080p].mkv":                "Show | S--E12-13 | Episodes 12–13",
		"Show/[Group] Show - 012 - The Name (1080p).mkv": "Show | S--E12 | The Name",
		"Show/Season 2/[Group] Show - 05 [1080p].mkv":    "Show | S02E05 | Episode 5",
		// Dates
		"Show/Show 2024-03-05.mkv":                "Show | 2024-03-05 | 5 March 2024",
		"Show/Show.2024.03.05.720p.mkv":           "Show | 2024-03-05 | 5 March 2024",
		"Show/Show.2024.03.05.The.Guest.720p.mkv": "Show | 2024-03-05 | The Guest",
		"Show/Show 05.03.2024 - The Guest.mkv":    "Show | 2024-03-05 | The Guest",
		"Show/2024-03-05 - The Guest.mkv":         "Show | 2024-03-05 | The Guest",
		"Show/Show - 2024 03 05.mkv":              "Show | 2024-03-05 | 5 March 2024",
		"Show/20240305.mkv":                       "Show | 2024-03-05 | 5 March 2024",
		"Show/2024/Show 2024-03-05.mkv":           "Show | 2024-03-05 | 5 March 2024",
		"Show/Season 2024/Show 2024-03-05.mkv":    "Show | 2024-03-05 | 5 March 2024",
		"Show.2024.03.05.mkv":                     "Show | 2024-03-05 | 5 March 2024",
		"Show/03-25-2024.mkv":                     "Show | 2024-03-25 | 25 March 2024",
		// Folders
		"Show (2005)/Season 1/S01E01.mkv":                "Show (2005) | S01E01 | Episode 1",
		"Show [2005]/S01E01.mkv":                         "Show (2005) | S01E01 | Episode 1",
		"Show (2005-2010)/S01E01.mkv":                    "Show (2005) | S01E01 | Episode 1",
		"Show (2005–)/S01E01.mkv":                        "Show (2005) | S01E01 | Episode 1",
		"Show (2005) [tvdbid-123]/S01E01.mkv":            "Show (2005) | S01E01 | Episode 1",
		"Show (2005) {tmdb-1}/Season 01/S01E01.mkv":      "Show (2005) | S01E01 | Episode 1",
		"Show (US)/Season 01/S01E01.mkv":                 "Show (US) | S01E01 | Episode 1",
		"Show (US)/Show Season 1/S01E01.mkv":             "Show (US) | S01E01 | Episode 1",
		"Space 1999/S01E01.mkv":                          "Space 1999 | S01E01 | Episode 1",
		"1923/Season 1/S01E01.mkv":                       "1923 | S01E01 | Episode 1",
		"Extras/Season 1/S01E01.mkv":                     "Extras | S01E01 | Episode 1",
		"Show/Season 01/Show - S01E01/Show - S01E01.mkv": "Show | S01E01 | Episode 1",
		"Show/Show - S01E01/Show - S01E01.mkv":           "Show | S01E01 | Episode 1",
		"Show.S01E01.720p-GRP/Show.S01E01.720p-GRP.mkv":  "Show | S01E01 | Episode 1",
		"Show.S01.1080p.WEB-GRP/Show.S01E01.1080p.mkv":   "Show | S01E01 | Episode 1",
		"Show.S01.1080p.WEB-GRP/03.mkv":                  "Show | S01E03 | Episode 3",
		"Show Season 1/03.mkv":                           "Show | S01E03 | Episode 3",
		"Drama/Show/Season 1/03.mkv":                     "Show | S01E03 | Episode 3",
		"Drama/Show Season 1/03.mkv":                     "Show | S01E03 | Episode 3",
		"Drama/Show/S01E03.mkv":                          "Show | S01E03 | Episode 3",
		"Show/Season 1/Disc 1/S01E03.mkv":                "Show | S01E03 | Episode 3",
		"S.W.A.T. (2017)/S01E01.mkv":                     "S.W.A.T. (2017) | S01E01 | Episode 1",
		"Law & Order/S01E01.mkv":                         "Law & Order | S01E01 | Episode 1",
		// Seasons
		"Show/Season 0/03.mkv":             "Show | S00E03 | Episode 3",
		"Show/Season 00/S00E03 - Name.mkv": "Show | S00E03 | Name",
		"Show/Specials/03 - Name.mkv":      "Show | S00E03 | Name",
		"Show/Specials/Making of.mkv":      "Show | S00E00 | Making of",
		"Show/Specials/S00E02.mkv":         "Show | S00E02 | Episode 2",
		"Show/Staffel 2/03.mkv":            "Show | S02E03 | Episode 3",
		"Show/2. Staffel/03.mkv":           "Show | S02E03 | Episode 3",
		"Show/Saison 2/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/Temporada 2/03.mkv":          "Show | S02E03 | Episode 3",
		"Show/2ª Temporada/03.mkv":         "Show | S02E03 | Episode 3",
		"Show/Säsong 2/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/Sesong 2/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/Seizoen 2/03.mkv":            "Show | S02E03 | Episode 3",
		"Show/Stagione 2/03.mkv":           "Show | S02E03 | Episode 3",
		"Show/Series 2/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/season02/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/SEASON_2/03.mkv":             "Show | S02E03 | Episode 3",
		"Show/S02/03.mkv":                  "Show | S02E03 | Episode 3",
		"Show/S2/03.mkv":                   "Show | S02E03 | Episode 3",
		"Show/2/03.mkv":                    "Show | S02E03 | Episode 3",
		"Show/02/03.mkv":                   "Show | S02E03 | Episode 3",
		"Show/Season 2 (2006)/03.mkv":      "Show | S02E03 | Episode 3",
		"Show/Season 2 - The End/03.mkv":   "Show | S02E03 | Episode 3",
		// In the library's own folder
		"Show.S01E02.720p.mkv":             "Show | S01E02 | Episode 2",
		"Show - 1x02 - Name.mkv":           "Show | S01E02 | Name",
		"Show (2005) - S01E02.mkv":         "Show (2005) | S01E02 | Episode 2",
		"Doctor.Who.2005.S01E02.720p.mkv":  "Doctor Who (2005) | S01E02 | Episode 2",
		"Agents.of.S.H.I.E.L.D.S01E02.mkv": "Agents of S.H.I.E.L.D. | S01E02 | Episode 2",
		"Mr.Robot.S01E02.1080p.mkv":        "Mr. Robot | S01E02 | Episode 2",
		"the-show-s01e02.mkv":              "the-show | S01E02 | Episode 2",
		"Season 1/Show S01E02.mkv":         "Show | S01E02 | Episode 2",
		"S01E02.mkv":                       "Untitled | S01E02 | Episode 2",
		// What else there is
		"Top Gear/Top Gear - 05x06 - 2004.12.26.mkv":  "Top Gear | 2004-12-26 | Episode 6",
		"Show/S01E01 - 2004.12.26 - Name.mkv":         "Show | 2004-12-26 | Name",
		"Band of Brothers/Part 1 - Currahee.mkv":      "Band of Brothers | S--E01 | Currahee",
		"Show/OVA/Show OVA 1.mkv":                     "Show | S--E01 | Episode 1",
		"Show/Book 1 - Water/Ep 03.mkv":               "Show | S--E03 | Episode 3",
		"Drama/Book Club/Ep 03.mkv":                   "Book Club | S--E03 | Episode 3",
		"Show/[G] Show S2 - 05 [1080p].mkv":           "Show | S02E05 | Episode 5",
		"Show/Season 1/S01E01a.mkv":                   "Show | S01E01 | Episode 1",
		"Show/Season 1/S01E01 A Name.mkv":             "Show | S01E01 | A Name",
		"News/2024/03/News 2024-03-05.mkv":            "News | 2024-03-05 | 5 March 2024",
		"9-1-1/Season 1/9-1-1 - S01E01.mkv":           "9-1-1 | S01E01 | Episode 1",
		"Planet Earth/Planet.Earth.E01.From.Pole.mkv": "Planet Earth | S--E01 | From Pole",
		// Without numbers
		"Show/Pilot.mkv":          "Show | S--E00 | Pilot",
		"Show/Season 1/Pilot.mkv": "Show | S01E00 | Pilot",
		"Show/Show - Pilot.mkv":   "Show | S--E00 | Pilot",
		"Pilot.mkv":               "Pilot | S--E00 | Pilot",
	} {
		directory := strings.TrimSuffix(path.Dir(file), ".")
		got := read(store.KindSeries, directory, []string{path.Base(file)}, episodeLine)
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
}

func TestEpisodesTogether(t *testing.T) {
	line := func(item naming.Item) string { return episodeLine(item) + ": " + strings.Join(item.Files, ", ") }
	for name, test := range map[string]struct {
		directory string
		files     []string
		want      []string
	}{
		"parts": {"Show/Season 1", []string{"S01E01 - Name - pt2.mkv", "S01E01 - Name - pt1.mkv", "S01E02.mkv"},
			[]string{"Show | S01E01 | Name: S01E01 - Name - pt1.mkv, S01E01 - Name - pt2.mkv", "Show | S01E02 | Episode 2: S01E02.mkv"}},
		"a story in two episodes": {"Show/Season 1", []string{"S01E01 Story Part 1.mkv", "S01E02 Story Part 2.mkv"},
			[]string{"Show | S01E01 | Story Part 1: S01E01 Story Part 1.mkv", "Show | S01E02 | Story Part 2: S01E02 Story Part 2.mkv"}},
		"episodes called parts": {"Show", []string{"Part 1.mkv", "Part 2.mkv"},
			[]string{"Show | S--E01 | Episode 1: Part 1.mkv", "Show | S--E02 | Episode 2: Part 2.mkv"}},
		"hundreds are the season": {"Show/Season 3", []string{"301.mkv", "302.mkv", "310 - Name.mkv"},
			[]string{"Show | S03E01 | Episode 1: 301.mkv", "Show | S03E02 | Episode 2: 302.mkv", "Show | S03E10 | Name: 310 - Name.mkv"}},
		"hundreds are a hundred": {"Show/Season 1", []string{"099.mkv", "100.mkv", "101.mkv"},
			[]string{"Show | S01E99 | Episode 99: 099.mkv", "Show | S01E100 | Episode 100: 100.mkv", "Show | S01E101 | Episode 101: 101.mkv"}},
		"left out": {"Show/Season 1", []string{"S01E01.mkv", "S01E01-trailer.mkv", "sample.mkv", "S01E01.srt", "tvshow.nfo", ".S01E02.mkv"},
			[]string{"Show | S01E01 | Episode 1: S01E01.mkv"}},
		"a DVD": {"Show/Season 1/VIDEO_TS", []string{"VTS_01_1.VOB"}, nil},
		"several series": {"", []string{"A S01E01.mkv", "A S01E02.mkv", "B S01E01.mkv"},
			[]string{"A | S01E01 | Episode 1: A S01E01.mkv", "A | S01E02 | Episode 2: A S01E02.mkv", "B | S01E01 | Episode 1: B S01E01.mkv"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(store.KindSeries, test.directory, test.files, line); !slices.Equal(got, test.want) {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestEpisodeHolders(t *testing.T) {
	var items []naming.Item
	files := []string{"S02E01.mkv", "S02E01.nfo", "S02E01-thumb.jpg", "S02E02.mkv", "S00E01.mkv", "season.nfo", "folder.jpg"}
	for item := range naming.Read(store.KindSeries, "Show (2005)/Season 2", files) {
		items = append(items, item)
	}
	special, first, second := items[0], items[1], items[2]
	if first.Series != second.Series || first.Series != special.Series || first.Within != second.Within {
		t.Error("what episodes share is not shared")
	}
	if first.Within.Name != "Season 2" || special.Within.Name != "Specials" || special.Within.Folder != "" || first.Within.Folder != "Show (2005)/Season 2" {
		t.Errorf("seasons: %+v, %+v", first.Within, special.Within)
	}
	if s := first.Series; s.Folder != "Show (2005)" || !slices.Equal(s.NFO, []string{"Show (2005)/tvshow.nfo"}) || s.Posters[0] != "Show (2005)/poster.jpg" {
		t.Errorf("series: %+v", s)
	}
	if w := first.Within; w.NFO[0] != "Show (2005)/Season 2/season.nfo" || w.Posters[0] != "Show (2005)/Season 2/folder.jpg" || w.Posters[1] != "Show (2005)/season02-poster.jpg" {
		t.Errorf("season: %+v", w)
	}
	if special.Within.Posters[0] != "Show (2005)/season-specials-poster.jpg" {
		t.Errorf("specials: %+v", special.Within)
	}
	if !slices.Equal(first.NFO, []string{"Show (2005)/Season 2/S02E01.nfo"}) || !slices.Equal(first.Posters, []string{"Show (2005)/Season 2/S02E01-thumb.jpg"}) {
		t.Errorf("episode: %q, %q", first.NFO, first.Posters)
	}
	for item := range naming.Read(store.KindSeries, "", []string{"Show S01E01.mkv", "tvshow.nfo", "poster.jpg"}) {
		if item.Series.Folder != "" || len(item.Series.NFO)+len(item.Series.Posters) > 0 {
			t.Errorf("a series without a folder has %+v", item.Series)
		}
	}
}

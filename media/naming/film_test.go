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

// read is what a directory makes, one line a title.
func read(kind store.LibraryKind, directory string, files []string, line func(naming.Item) string) []string {
	lines := []string{}
	for item := range naming.Read(kind, directory, files) {
		lines = append(lines, line(item))
	}
	return lines
}

func filmLine(item naming.Item) string {
	if item.Year == 0 {
		return item.Name
	}
	return fmt.Sprintf("%s (%d)", item.Name, item.Year)
}

// TestFilms reads one file each. What stands before the last slash is its
// directory.
func TestFilms(t *testing.T) {
	for file, want := range map[string]string{
		// Dots, underscores and release words
		"The.Matrix.1999.1080p.BluRay.x264-GRP.mkv":                        "The Matrix (1999)",
		"The_Matrix_1999_720p.avi":                                         "The Matrix (1999)",
		"the.matrix.1999.mkv":                                              "the matrix (1999)",
		"The Matrix (1999).mkv":                                            "The Matrix (1999)",
		"The Matrix [1999].mkv":                                            "The Matrix (1999)",
		"The Matrix 1999.mkv":                                              "The Matrix (1999)",
		"The Matrix 1999 1080p.mkv":                                        "The Matrix (1999)",
		"The Matrix - 1999.mkv":                                            "The Matrix (1999)",
		"The Matrix.mkv":                                                   "The Matrix",
		"The.Matrix.mkv":                                                   "The Matrix",
		"The.Matrix.(1999).mkv":                                            "The Matrix (1999)",
		"The.Matrix.[1999].[1080p].mkv":                                    "The Matrix (1999)",
		"The.Matrix.1080p.BluRay.mkv":                                      "The Matrix",
		"The.Matrix.German.DL.1080p.BluRay.mkv":                            "The Matrix",
		"The.Matrix.1999.German.DL.1080p.mkv":                              "The Matrix (1999)",
		"The.Matrix.EXTENDED.1999.1080p.mkv":                               "The Matrix (1999)",
		"The.Matrix.1999.PROPER.1080p.mkv":                                 "The Matrix (1999)",
		"The.Matrix.1999.Directors.Cut.mkv":                                "The Matrix (1999)",
		"The.Matrix.WEB-DL.H.264.mkv":                                      "The Matrix",
		"The.Matrix.Blu-ray.mkv":                                           "The Matrix",
		"The Matrix (1999) (1080p BluRay x265 10bit).mkv":                  "The Matrix (1999)",
		"The Matrix.1999.1080p.mkv":                                        "The Matrix (1999)",
		"[Group] The Matrix (1999) [1080p].mkv":                            "The Matrix (1999)",
		"The Matrix (1999) {imdb-tt0133093}.mkv":                           "The Matrix (1999)",
		"The Matrix (1999) [imdbid-tt0133093].mkv":                         "The Matrix (1999)",
		"The Matrix (1999) [tmdbid=603] - 2160p.mkv":                       "The Matrix (1999)",
		"The Matrix (1999) {edition-Director's Cut} {tmdb-603}.mkv":        "The Matrix (1999)",
		"The Matrix - 1080p.mkv":                                           "The Matrix",
		"Das.Boot.1981.Directors.Cut.German.AC3.DVDRip.XviD.avi":           "Das Boot (1981)",
		"Amelie.2001.FRENCH.DVDRip.avi":                                    "Amelie (2001)",
		"Oldboy.2003.KOREAN.1080p.BluRay.H264.AAC-X.mp4":                   "Oldboy (2003)",
		"Spirited.Away.2001.1080p.BluRay.DTS.x264.mkv":                     "Spirited Away (2001)",
		"Inception.2010.2160p.UHD.BluRay.x265.10bit.HDR.DTS-HD.MA.5.1.mkv": "Inception (2010)",
		"Inception.(2010).4K.mkv":                                          "Inception (2010)",
		"Coco.2017.1080p.WEBRip.DDP5.1.x264.mkv":                           "Coco (2017)",
		"Up.2009.mkv":                                                      "Up (2009)",
		"Up (2009).mkv":                                                    "Up (2009)",
		"Heat.1995.REMASTERED.1080p.mkv":                                   "Heat (1995)",
		"Alien.1979.Theatrical.Cut.2160p.mkv":                              "Alien (1979)",
		"Metropolis (1927).mkv":                                            "Metropolis (1927)",
		"Roundhay Garden Scene (1888).mp4":                                 "Roundhay Garden Scene (1888)",
		// Numbers and years in names
		"Blade Runner 2049 (2017).mkv":          "Blade Runner 2049 (2017)",
		"Blade.Runner.2049.2017.1080p.mkv":      "Blade Runner 2049 (2017)",
		"Blade.Runner.2049.1080p.mkv":           "Blade Runner 2049",
		"2001 A Space Odyssey (1968).mkv":       "2001 A Space Odyssey (1968)",
		"2001.A.Space.Odyssey.1968.1080p.mkv":   "2001 A Space Odyssey (1968)",
		"2001 A Space Odyssey.mkv":              "2001 A Space Odyssey",
		"1917.2019.mkv":                         "1917 (2019)",
		"1917.mkv":                              "1917",
		"1917 (2019).mkv":                       "1917 (2019)",
		"1917.1080p.mkv":                        "1917",
		"2012.2009.720p.mkv":                    "2012 (2009)",
		"2012.mkv":                              "2012",
		"300 (2006).mkv":                        "300 (2006)",
		"300.2006.1080p.mkv":                    "300 (2006)",
		"300.mkv":                               "300",
		"21.2008.mkv":                           "21 (2008)",
		"12 Angry Men (1957).mkv":               "12 Angry Men (1957)",
		"10 Things I Hate About You (1999).mkv": "10 Things I Hate About You (1999)",
		"Wonder.Woman.1984.2020.1080p.mkv":      "Wonder Woman 1984 (2020)",
		"Cherry 2000 (1987).mkv":                "Cherry 2000 (1987)",
		"Death Race 2050 (2017).mkv":            "Death Race 2050 (2017)",
		"Class of 1984 (1982).mkv":              "Class of 1984 (1982)",
		"Summer of 1993 and All After It.mkv":   "Summer of 1993 and All After It",
		"District 9 (2009).mkv":                 "District 9 (2009)",
		"District.9.2009.mkv":                   "District 9 (2009)",
		"Ocean's 11 (1960).mkv":                 "Ocean's 11 (1960)",
		"Apollo.13.1995.1080p.mkv":              "Apollo 13 (1995)",
		"Se7en.1995.mkv":                        "Se7en (1995)",
		"(500) Days of Summer (2009).mkv":       "(500) Days of Summer (2009)",
		"127.Hours.2010.mkv":                    "127 Hours (2010)",
		"The 39 Steps (1935).mkv":               "The 39 Steps (1935)",
		"8½ (1963).mkv":                         "8½ (1963)",
		"1999 - The Matrix.mkv":                 "The Matrix (1999)",
		"(1999) The Matrix.mkv":                 "The Matrix (1999)",
		"(1999) The Matrix 1080p.mkv":           "The Matrix (1999)",
		"2.0.2018.1080p.mkv":                    "2.0 (2018)",
		"Evangelion.1.0.2007.mkv":               "Evangelion 1.0 (2007)",
		"xXx.2002.mkv":                          "xXx (2002)",
		// Dots that are no spaces
		"S.W.A.T.2003.1080p.mkv":               "S.W.A.T. (2003)",
		"S.W.A.T. (2003).mkv":                  "S.W.A.T. (2003)",
		"R.I.P.D.2013.mkv":                     "R.I.P.D. (2013)",
		"A.I.Artificial.Intelligence.2001.mkv": "A.I. Artificial Intelligence (2001)",
		"E.T.the.Extra-Terrestrial.1982.mkv":   "E.T. the Extra-Terrestrial (1982)",
		"I.Robot.2004.mkv":                     "I Robot (2004)",
		"Mr.Nobody.2009.mkv":                   "Mr. Nobody (2009)",
		"Mr. Nobody (2009).mkv":                "Mr. Nobody (2009)",
		"Mrs.Doubtfire.1993.mkv":               "Mrs. Doubtfire (1993)",
		"Dr.No.1962.mkv":                       "Dr. No (1962)",
		"Kramer.vs.Kramer.1979.mkv":            "Kramer vs. Kramer (1979)",
		"Kill.Bill.Vol.1.2003.1080p.mkv":       "Kill Bill Vol. 1 (2003)",
		"Kill Bill Vol. 2 (2004).mkv":          "Kill Bill Vol. 2 (2004)",
		"V.for.Vendetta.2005.mkv":              "V for Vendetta (2005)",
		"M.1931.mkv":                           "M (1931)",
		// Hyphens and other marks
		"Spider-Man (2002).mkv":                          "Spider-Man (2002)",
		"Spider-Man.Homecoming.2017.mkv":                 "Spider-Man Homecoming (2017)",
		"Mission Impossible - Fallout (2018).mkv":        "Mission Impossible - Fallout (2018)",
		"Mission.Impossible.-.Fallout.2018.mkv":          "Mission Impossible - Fallout (2018)",
		"WALL-E.2008.mkv":                                "WALL-E (2008)",
		"Star Wars: Episode IV - A New Hope (1977).mkv":  "Star Wars: Episode IV - A New Hope (1977)",
		"Mamma Mia! (2008).mkv":                          "Mamma Mia! (2008)",
		"What's Up, Doc? (1972).mkv":                     "What's Up, Doc? (1972)",
		"tick, tick... BOOM! (2021).mkv":                 "tick, tick... BOOM! (2021)",
		"M*A*S*H (1970).mkv":                             "M*A*S*H (1970)",
		"Le Fabuleux Destin d'Amélie Poulain (2001).mkv": "Le Fabuleux Destin d'Amélie Poulain (2001)",
		"Låt den rätte komma in (2008).mkv":              "Låt den rätte komma in (2008)",
		"千と千尋の神隠し (2001).mkv":                            "千と千尋の神隠し (2001)",
		"Брат.1997.DVDRip.avi":                           "Брат (1997)",
		"[REC] (2007).mkv":                               "[REC] (2007)",
		"[REC].mkv":                                      "[REC]",
		"[REC] 2 (2009).mkv":                             "[REC] 2 (2009)",
		// Words that releases use, in names
		"The Proper Way (2010).mkv":     "The Proper Way (2010)",
		"The.Good.German.2006.720p.mkv": "The Good German (2006)",
		"The.Italian.Job.1969.mkv":      "The Italian Job (1969)",
		"The.Danish.Girl.2015.mkv":      "The Danish Girl (2015)",
		"Cam (2018).mkv":                "Cam (2018)",
		"Charlotte's Web (1973).mkv":    "Charlotte's Web (1973)",
		"Limited.Edition.2012.mkv":      "Limited Edition (2012)",
		"Unlimited (2013).mkv":          "Unlimited (2013)",
		"The.Final.Cut.2004.mkv":        "The Final Cut (2004)",
		"IMAX.mkv":                      "IMAX",
		"Tenet 4K HDR 2020.mkv":         "Tenet (2020)",
		"Step Up 3D (2010).mkv":         "Step Up 3D (2010)",
		// Folders
		"The Matrix (1999)/The Matrix (1999) - 2160p.mkv":                      "The Matrix (1999)",
		"The Matrix (1999)/movie.mkv":                                          "The Matrix (1999)",
		"The Matrix (1999)/title_t00.mkv":                                      "The Matrix (1999)",
		"The Matrix (1999)/00001.mkv":                                          "The Matrix (1999)",
		"The Matrix (1999)/1080p.mkv":                                          "The Matrix (1999)",
		"The Matrix (1999)/tmtx.mkv":                                           "The Matrix (1999)",
		"The Matrix (1999)/The Matrix.mkv":                                     "The Matrix (1999)",
		"The Matrix (1999) {tmdb-603}/The Matrix.1080p.mkv":                    "The Matrix (1999)",
		"The Matrix/movie.mkv":                                                 "The Matrix",
		"The Matrix/The.Matrix.1999.mkv":                                       "The Matrix (1999)",
		"The.Matrix.1999.1080p.BluRay.x264-GRP/grp-tm.mkv":                     "The Matrix (1999)",
		"The.Matrix.1999.1080p.BluRay.x264-GRP/9f86d081884c7d659a2feaa0c5.mkv": "The Matrix (1999)",
		"Science Fiction/The Matrix (1999)/movie.mkv":                          "The Matrix (1999)",
		"Science Fiction/The Matrix.mkv":                                       "The Matrix",
		"Movies 2020/Tenet.mkv":                                                "Tenet",
		"Keanu Reeves/The Matrix (1999).mkv":                                   "The Matrix (1999)",
		"Alien Collection (1979-1997)/Aliens (1986).mkv":                       "Aliens (1986)",
		"The Matrix (1999)/CD2/movie.avi":                                      "The Matrix – CD2 (1999)",
		"movie.mkv":                                                            "movie",
		"The Matrix (1999)/VIDEO_TS/VTS_01_1.VOB":                              "The Matrix (1999)",
		"The Matrix (1999)/BDMV/STREAM/00000.m2ts":                             "The Matrix (1999)",
		// One part alone
		"The.Matrix.1999.CD1.avi": "The Matrix (1999)",
		"The.Matrix.CD1.avi":      "The Matrix",
		"Harry Potter and the Deathly Hallows Part 2 (2011).mkv":     "Harry Potter and the Deathly Hallows Part 2 (2011)",
		"Harry.Potter.and.the.Deathly.Hallows.Part.1.2010.1080p.mkv": "Harry Potter and the Deathly Hallows Part 1 (2010)",
		"The Godfather Part II (1974).mkv":                           "The Godfather Part II (1974)",
		// Hidden, but for those that only look so
		"...And Justice for All (1979).mkv": "And Justice for All (1979)",
	} {
		directory := strings.TrimSuffix(path.Dir(file), ".")
		got := read(store.KindFilms, directory, []string{path.Base(file)}, filmLine)
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
}

func TestFilmsLeftOut(t *testing.T) {
	for _, file := range []string{
		"sample.mkv", "Sample.avi", "the.matrix.1999-sample.mkv", "the.matrix.1999.sample.mkv", "sample-tm.mkv", "The Matrix (1999) sample.mkv",
		"The Matrix (1999)-trailer.mp4", "trailer.mp4", "The Matrix-trailer2.mp4", "movie-trailer.mkv",
		"Making it-behindthescenes.mkv", "One-deleted.mkv", "One-featurette.mkv", "One-interview.mkv", "One-scene.mkv", "One-short.mkv",
		"One-other.mkv", "One-extra.mkv", "One (1999)-featurette.mkv",
		".The Matrix.mkv", "._The Matrix.mkv", "The Matrix.mkv.part", "The Matrix.mkv.!qB", "The Matrix.mkv.crdownload", "The Matrix.part",
		"Thumbs.db", "movie.nfo", "poster.jpg", "The Matrix.srt", "The Matrix", "mkv", ".mkv", "song.mp3", "desktop.ini", "",
	} {
		if got := read(store.KindFilms, "The Matrix (1999)", []string{file}, filmLine); len(got) > 0 {
			t.Errorf("%s is no film, got %q", file, got)
		}
	}
}

func withFiles(item naming.Item) string {
	return filmLine(item) + ": " + strings.Join(item.Files, ", ")
}

func TestPartsAndVersions(t *testing.T) {
	for name, test := range map[string]struct {
		directory string
		files     []string
		want      []string
	}{
		"cd1 and cd2": {"", []string{"Heat.1995.cd2.avi", "Heat.1995.cd1.avi"}, []string{"Heat (1995): Heat.1995.cd1.avi, Heat.1995.cd2.avi"}},
		"with a group": {"", []string{"Heat.1995.CD1.XviD-GRP.avi", "Heat.1995.CD2.XviD-GRP.avi"},
			[]string{"Heat (1995): Heat.1995.CD1.XviD-GRP.avi, Heat.1995.CD2.XviD-GRP.avi"}},
		"parts in order of their numbers": {"Heat (1995)", []string{"Heat - part10.mkv", "Heat - part2.mkv", "Heat - part1.mkv"},
			[]string{"Heat (1995): Heat - part1.mkv, Heat - part2.mkv, Heat - part10.mkv"}},
		"pt, dvd, disc": {"", []string{"A (2000) pt1.mkv", "A (2000) pt2.mkv", "B (2001) - dvd 1.mkv", "B (2001) - dvd 2.mkv", "C_2002_disc-1.mkv", "C_2002_disc-2.mkv"},
			[]string{"A (2000): A (2000) pt1.mkv, A (2000) pt2.mkv", "B (2001): B (2001) - dvd 1.mkv, B (2001) - dvd 2.mkv", "C (2002): C_2002_disc-1.mkv, C_2002_disc-2.mkv"}},
		"parts without a name": {"Heat (1995)", []string{"cd1.avi", "cd2.avi"}, []string{"Heat (1995): cd1.avi, cd2.avi"}},
		"two films of a story": {"", []string{"Hallows Part 1 (2010).mkv", "Hallows Part 2 (2011).mkv", "Che Part 1 (2008).mkv", "Che Part 2 (2008).mkv"},
			[]string{"Che Part 1 (2008): Che Part 1 (2008).mkv", "Che Part 2 (2008): Che Part 2 (2008).mkv", "Hallows Part 1 (2010): Hallows Part 1 (2010).mkv", "Hallows Part 2 (2011): Hallows Part 2 (2011).mkv"}},
		"no first part": {"", []string{"Saw Part 2.mkv", "Saw Part 3.mkv"}, []string{"Saw Part 2: Saw Part 2.mkv", "Saw Part 3: Saw Part 3.mkv"}},
		"the same part twice": {"", []string{"Heat cd1.avi", "Heat CD1.avi", "Heat cd2.avi"},
			[]string{"Heat: Heat CD1.avi", "Heat: Heat cd1.avi", "Heat: Heat cd2.avi"}},
		"other formats are no parts": {"", []string{"Heat cd1.avi", "Heat cd2.mkv"}, []string{"Heat: Heat cd1.avi", "Heat: Heat cd2.mkv"}},
		"versions by a label": {"The Matrix (1999)", []string{"The Matrix (1999) - 1080p.mkv", "The Matrix (1999) - 2160p.mkv", "The Matrix (1999) - Director's Cut.mkv"},
			[]string{"The Matrix – 1080p (1999): The Matrix (1999) - 1080p.mkv", "The Matrix – 2160p (1999): The Matrix (1999) - 2160p.mkv", "The Matrix – Director's Cut (1999): The Matrix (1999) - Director's Cut.mkv"}},
		"versions by a tag": {"", []string{"Brazil (1985) {edition-Final Cut}.mkv", "Brazil (1985).mkv"},
			[]string{"Brazil – Final Cut (1985): Brazil (1985) {edition-Final Cut}.mkv", "Brazil (1985): Brazil (1985).mkv"}},
		"versions by release words": {"", []string{"Alien.1979.EXTENDED.1080p.mkv", "Alien.1979.Theatrical.1080p.mkv"},
			[]string{"Alien – Extended 1080p (1979): Alien.1979.EXTENDED.1080p.mkv", "Alien – Theatrical 1080p (1979): Alien.1979.Theatrical.1080p.mkv"}},
		"versions without the year": {"The Matrix (1999)", []string{"The Matrix - 2160p.mkv", "The Matrix - Uncut.mkv"},
			[]string{"The Matrix – 2160p (1999): The Matrix - 2160p.mkv", "The Matrix – Uncut (1999): The Matrix - Uncut.mkv"}},
		"a sample beside":     {"Heat (1995)", []string{"Heat.mkv", "heat-sample.mkv"}, []string{"Heat (1995): Heat.mkv"}},
		"a folder of several": {"Sommer (2020)", []string{"One.mkv", "Two.mkv"}, []string{"One: One.mkv", "Two: Two.mkv"}},
		"a DVD": {"Heat (1995)/VIDEO_TS", []string{"VIDEO_TS.IFO", "VIDEO_TS.VOB", "VTS_01_0.VOB", "VTS_01_1.VOB", "VTS_02_0.VOB", "VTS_02_1.VOB", "VTS_02_2.VOB", "VTS_03_1.VOB", "VTS_03_2.VOB"},
			[]string{"Heat (1995): VTS_02_1.VOB, VTS_02_2.VOB"}},
		"a DVD without its folder": {"Heat (1995)", []string{"VIDEO_TS.VOB", "VTS_01_0.VOB", "VTS_01_1.VOB"}, []string{"Heat (1995): VTS_01_1.VOB"}},
		"a Blu-ray":                {"Heat (1995)/BDMV/STREAM", []string{"00000.m2ts", "00001.m2ts"}, []string{"Heat (1995): 00000.m2ts, 00001.m2ts"}},
		"twice in the list":        {"", []string{"Heat.mkv", "Heat.mkv"}, []string{"Heat: Heat.mkv"}},
		"ignored":                  {"", []string{"Heat.mkv", ".ignore"}, nil},
		"no media":                 {"", []string{"Heat.mkv", ".nomedia"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(store.KindFilms, test.directory, test.files, withFiles)
			if !slices.Equal(got, test.want) {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestFilmSidecars(t *testing.T) {
	for name, test := range map[string]struct {
		directory    string
		files        []string
		nfo, posters []string
	}{
		"in its folder": {"Heat (1995)", []string{"Heat.mkv", "Heat.nfo", "movie.nfo", "Poster.JPG", "Heat-poster.png", "folder.jpg", "Heat.jpg", "fanart.jpg"},
			[]string{"Heat (1995)/Heat.nfo", "Heat (1995)/movie.nfo"},
			[]string{"Heat (1995)/Heat-poster.png", "Heat (1995)/Poster.JPG", "Heat (1995)/folder.jpg", "Heat (1995)/Heat.jpg"}},
		"among others":            {"Films", []string{"Heat.mkv", "Alien.mkv", "Alien.nfo", "movie.nfo", "poster.jpg", "Alien.jpg"}, []string{"Films/Alien.nfo"}, []string{"Films/Alien.jpg"}},
		"in the library's folder": {"", []string{"Heat.mkv", "poster.jpg", "movie.nfo"}, []string{"movie.nfo"}, nil},
		"of parts":                {"", []string{"Heat-cd1.avi", "Heat-cd2.avi", "Heat.nfo", "Heat-poster.jpg"}, []string{"Heat.nfo"}, []string{"Heat-poster.jpg"}},
		"of a disc": {"Heat/VIDEO_TS", []string{"VTS_01_1.VOB"}, []string{"Heat/movie.nfo", "Heat/VIDEO_TS/VIDEO_TS.nfo", "Heat/VIDEO_TS/index.nfo"},
			[]string{"Heat/poster.jpg", "Heat/poster.png", "Heat/poster.webp", "Heat/folder.jpg", "Heat/folder.png", "Heat/folder.webp", "Heat/cover.jpg", "Heat/cover.png", "Heat/cover.webp"}},
	} {
		t.Run(name, func(t *testing.T) {
			for item := range naming.Read(store.KindFilms, test.directory, test.files) {
				if !slices.Equal(item.NFO, test.nfo) || !slices.Equal(item.Posters, test.posters) {
					t.Errorf("got %q, %q", item.NFO, item.Posters)
				}
				break
			}
		})
	}
}

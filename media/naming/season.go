package naming

import (
	"fmt"
	"path"
	"strings"
)

// noSeason is the season of what is dated or counted through.
const noSeason = -1

// showPlace is what the folders above an episode tell.
type showPlace struct {
	series    string // the folder of the series, below the library's; "" for none
	heading          // of the series; no name when its files tell it
	seasonDir string // the folder of the season, "" for none
	season    int    // by the folder, or noSeason
}

// placeOf reads the folders of a directory: the season is the last that is
// called so, the series the folder around it, and what lies inside a season is
// looked through. Without a season the series is the last folder that is not
// named after an episode, or a part of the series (“OVA”, “Book 1”).
func placeOf(directory string) showPlace {
	if directory == "" {
		return showPlace{season: noSeason}
	}
	folders := strings.Split(directory, "/")
	for i := len(folders) - 1; i >= 0; i-- {
		name := readable(folders[i])
		season, before, ok := seasonIn(name, i > 0)
		if !ok {
			continue
		}
		if i > 1 && season != noSeason && isYearFolder(readable(folders[i-1])) { // “2024/03” are months
			i, season = i-1, noSeason
		}
		place := showPlace{seasonDir: path.Join(folders[:i+1]...), season: season}
		own := readHeading(before, seriesStyle, -1)
		if i > 0 {
			place.series = path.Join(folders[:i]...)
			place.heading = readHeading(readable(folders[i-1]), seriesStyle, -1)
		}
		if own.name != "" && !sameSeries(place.name, own.name) {
			place.series, place.heading = place.seasonDir, own
		}
		return place
	}
	last := len(folders) - 1
	if name := readable(folders[last]); isEpisodeFolder(name) || last > 0 && isInner(name) {
		last--
	}
	if last < 0 {
		return showPlace{season: noSeason}
	}
	return showPlace{
		series: path.Join(folders[:last+1]...), heading: readHeading(readable(folders[last]), seriesStyle, -1), season: noSeason,
	}
}

func isEpisodeFolder(name string) bool {
	_, ok := findEpisode(name)
	return ok
}

func isYearFolder(name string) bool { return len(name) == 4 && yearIn(name) >= 1950 }

// isInner holds for “OVA”, “Book 1 - Water” and “Part 2”, but not for a name that
// goes on without a number, as “Book Club” does.
func isInner(name string) bool {
	words := tokens(name)
	return len(words) > 0 && innerWords[words[0].word] && (len(words) == 1 || isNumber(words[1].word))
}

// sameSeries says whether the folder of a season repeats the name of the one
// around it: “The Office (US)/The Office Season 1”.
func sameSeries(around, own string) bool {
	return len(around) >= len(own) && strings.EqualFold(around[:len(own)], own)
}

// seasonIn reads the name of a folder as that of a season, with what stands
// before it: “Season 2”, “2. Staffel”, “S02”, “Show.S02.1080p”, “Specials”, and,
// inside another folder, a bare number. A folder named by a year holds episodes
// that are dated.
func seasonIn(name string, inside bool) (season int, before string, ok bool) {
	words := tokens(name)
	if len(words) == 0 || len(words) > 40 {
		return 0, "", false
	}
	first := words[0].word
	switch {
	case len(words) == 1 && (first == "specials" || inside && first == "special"):
		return 0, "", true
	case inside && len(words) == 1 && isNumber(first) && len(first) <= 2:
		return number(first), "", true
	case inside && isYearFolder(name):
		return noSeason, "", true
	case inside && len(words) == 2 && first == "series" && isSeasonNumber(words[1].word):
		return number(words[1].word), "", true
	case len(words) >= 2 && isSeasonNumber(strings.TrimRight(first, "ªº°")) && seasonWords[words[1].word]:
		return number(strings.TrimRight(first, "ªº°")), "", true
	}
	for i, w := range words {
		word := strings.TrimRight(w.word, "0123456789")
		digits := w.word[len(word):]
		if digits == "" && seasonWords[word] && i+1 < len(words) {
			digits = words[i+1].word
		}
		if isSeasonNumber(digits) && (seasonWords[word] || word == "s" && (i > 0 || len(digits) <= 3)) {
			return number(digits), name[:w.start], true
		}
	}
	return 0, "", false
}

func isSeasonNumber(digits string) bool { return isNumber(digits) && len(digits) <= 4 }

// seasonName is what a season is called.
func seasonName(season int) string {
	if season == 0 {
		return "Specials"
	}
	return fmt.Sprintf("Season %d", season)
}

// seriesHolder is the series of a place, with what may lie in its folder.
func (p showPlace) seriesHolder(at shelf) *Holder {
	h := &Holder{Name: named(p.name, readable(path.Base(p.series))), Year: p.year, Folder: p.series}
	if p.series == "" {
		return h
	}
	in := at.in(p.series)
	h.NFO = in.nfo("tvshow")
	h.Posters = in.posters("poster", "folder", "cover", "show", "season-all-poster")
	return h
}

// seasonHolder is a season of a place, with what may lie in its folder, and in
// that of the series.
func (p showPlace) seasonHolder(at shelf, season int) *Holder {
	h := &Holder{Name: seasonName(season)}
	number := fmt.Sprintf("season%02d", season)
	if season == 0 {
		number = "season-specials"
	}
	if p.season == season && p.seasonDir != "" {
		h.Folder = p.seasonDir
		in := at.in(p.seasonDir)
		h.NFO = in.nfo("season")
		h.Posters = in.posters("poster", "folder", "cover", number+"-poster", number)
	}
	if p.series != "" && p.series != h.Folder {
		h.NFO = append(h.NFO, at.in(p.series).nfo(number)...)
		h.Posters = append(h.Posters, at.in(p.series).posters(number+"-poster", number)...)
	}
	return h
}

// in is another directory, in which it is not known what lies, or the same.
func (s shelf) in(directory string) shelf {
	if directory == s.directory {
		return s
	}
	return shelf{directory: directory}
}

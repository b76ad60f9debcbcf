package nfo

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"usher/media/plain"
	"usher/store"
)

// fields are the texts of the elements directly below a root, by their names.
// Empty ones are not there.
type fields map[string][]string

func (f fields) add(name, text string) {
	if text = strings.TrimSpace(text); text != "" {
		f[name] = append(f[name], text)
	}
}

// first is the first text of the first of these elements that there is.
func (f fields) first(names ...string) string {
	for _, name := range names {
		if len(f[name]) > 0 {
			return f[name][0]
		}
	}
	return ""
}

// info is what the elements say about a title of this kind.
func (f fields) info(kind string) Info {
	info := Info{
		Kind:   kind,
		Title:  plain.Line(f.first("title", "name", "originaltitle")),
		Sort:   plain.Line(f.first("sorttitle", "sortname")),
		Rating: f.rating(),
		Tags:   names(f["tag"], " / ", "|"),
		Genres: names(f["genre"], " / ", "|", ",", ";"),
		Plot:   plain.Lines(f.first("plot", "outline", "review", "biography")),
		Season: f.number("season", "seasonnumber", "displayseason"),
		Artist: strings.Join(names(f.artists()), ", "),
		Show:   plain.Line(f.first("showtitle")),
		Aired:  day(f.first("premiered", "aired", "releasedate")),
	}
	if kind == "episodedetails" { // a series says how many there are
		info.Episode = max(0, f.number("episode", "displayepisode"))
	}
	if info.Year = year(f.first("year")); info.Year == 0 && !info.Aired.IsZero() {
		info.Year = info.Aired.Year()
	}
	return info
}

func (f fields) artists() []string {
	if len(f["albumartist"]) > 0 {
		return f["albumartist"]
	}
	return f["artist"]
}

// rating is the first rating that can be read, or else the first that there is.
// Some programs write “Rated” before one that they do not know.
func (f fields) rating() string {
	first := ""
	for _, text := range slices.Concat(f["customrating"], f["mpaa"], f["certification"]) {
		rating, age := store.ReadRating(plain.Line(text))
		if age.Known {
			return rating
		}
		if first == "" && !strings.EqualFold(rating, "rated") {
			first = rating
		}
	}
	return first
}

// number is the first of these elements that is a number, -1 where none is.
func (f fields) number(names ...string) int {
	for _, name := range names {
		for _, text := range f[name] {
			if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && n <= 99_999 {
				return n
			}
		}
	}
	return -1
}

// names are the names in some elements, of which one may hold several with
// separators between; each once.
func names(texts []string, separators ...string) []string {
	var all []string
	known := make(map[string]bool)
	for _, text := range texts {
		for _, separator := range separators {
			text = strings.ReplaceAll(text, separator, "\n")
		}
		for name := range strings.SplitSeq(text, "\n") {
			if name = plain.Line(name); name != "" && !known[name] {
				known[name] = true
				all = append(all, name)
			}
		}
	}
	return all
}

// fourDigits is a year at the beginning of a text.
var fourDigits = regexp.MustCompile(`^\d{4}\b`)

// year is the year that text begins with, 0 where there is none that films and
// music can be of. Kodi writes 1601 for a date that it does not know.
func year(text string) int {
	n, err := strconv.Atoi(fourDigits.FindString(text))
	if err != nil || n < 1800 || n > 2100 {
		return 0
	}
	return n
}

// day is a date as Kodi and others write it, the zero time where it is none.
func day(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, layout := range []string{"2006-01-02", "2006/01/02", "02.01.2006", "2006.01.02"} {
		if date, err := time.Parse(layout, text[:min(len(text), len(layout))]); err == nil && year(strconv.Itoa(date.Year())) != 0 {
			return date
		}
	}
	return time.Time{}
}

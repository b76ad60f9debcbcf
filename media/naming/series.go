package naming

import (
	"iter"
	"strings"

	"usher/store"
)

// show reads the episodes of one directory, and remembers what they share.
type show struct {
	place   showPlace
	at      shelf
	loose   map[filmKey]*Holder // series that only files tell, by name
	series  *Holder             // of the folder, nil where files tell it
	seasons map[seasonOf]*Holder
	century int // what “103” has too much in a folder where all are of season 1
}

type seasonOf struct {
	series *Holder
	season int
}

// readSeries reads a directory of a library of series. The insides of DVDs are
// left out: their names do not say where an episode begins.
func readSeries(directory string, files []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		media := mediaFiles(store.KindSeries, files)
		if _, disc := readDisc(store.TitleEpisode, directory, media); disc {
			return
		}
		s := show{
			place: placeOf(directory), at: shelf{directory, sidecarsOf(files)},
			loose: make(map[filmKey]*Holder), seasons: make(map[seasonOf]*Holder),
		}
		if s.place.name != "" {
			s.series = s.place.seriesHolder(s.at)
		}
		groups := grouped(media, partOfEpisode)
		s.century = s.hundreds(groups)
		for _, g := range groups {
			if !yield(s.episode(g)) {
				return
			}
		}
	}
}

// partOfEpisode says whether a part is one of an episode's files, which it can
// be only behind the episode's own number: “Part 1” alone is an episode.
func partOfEpisode(stem string, _ []token, at partAt) bool {
	m, ok := findEpisode(stem)
	return ok && m.end <= at.start
}

// hundreds is what to take from numbers such as 103 in a season's folder, where
// every file is numbered like that.
func (s *show) hundreds(groups []group) int {
	base := s.place.season * 100
	if base <= 0 {
		return 0
	}
	for _, g := range groups {
		told := s.read(g)
		if told.season != noSeason || told.first <= base || told.first >= base+100 {
			return 0
		}
	}
	return base
}

// told is what the name of a file tells.
type told struct {
	marker
	date   dateAt
	dated  bool
	before string // what stands before the numbers
	after  string // what follows
	rest   string // the name, when there are no numbers
}

// read looks for the numbers of an episode, then for a date, then for a number
// that stands alone.
func (s *show) read(g group) told {
	if m, ok := findEpisode(g.stem); ok {
		t := told{marker: m, before: g.stem[:m.start], after: g.stem[m.end:]}
		if date, ok := findDate(t.after); ok && tidy(t.after[:date.start]) == "" {
			t.date, t.after = date, t.after[date.end:]
		}
		return t
	}
	if date, ok := findDate(g.stem); ok {
		return told{
			marker: marker{season: noSeason}, date: date, dated: true, before: g.stem[:date.start], after: g.stem[date.end:],
		}
	}
	plain, _ := withoutTags(g.stem)
	own := plain
	if n := prefixOf(own, s.place.name); n > 0 {
		own = own[n:]
	}
	if m, ok := findCounted(own, tokens(own)); ok {
		skipped := len(plain) - len(own)
		return told{marker: m, before: plain[:skipped+m.start], after: own[m.end:]}
	}
	return told{marker: marker{season: noSeason}, rest: own}
}

// prefixOf is how much of a file's name repeats the name of its series, with
// dots and underscores for spaces or not; 0 when it does not, or nothing follows.
func prefixOf(stem, series string) int {
	n := len(series)
	if n == 0 || len(stem) <= n || isWordByte(stem[n]) || strings.Trim(stem[n:], separators) == "" {
		return 0
	}
	if !strings.EqualFold(spaces.Replace(stem[:n]), spaces.Replace(series)) {
		return 0
	}
	return n
}

// spaces puts spaces for what stands for them.
var spaces = strings.NewReplacer(".", " ", "_", " ")

// episode makes a title of a file.
func (s *show) episode(g group) Item {
	t := s.read(g)
	item := Item{Kind: store.TitleEpisode, Files: g.files, Season: t.season, Number: t.first, LastNumber: t.number}
	if t.season == noSeason && !t.dated {
		item.Season = s.place.season
		item.Number, item.LastNumber = max(t.first-s.century, 0), max(t.number-s.century, 0)
	}
	if item.LastNumber == item.Number {
		item.LastNumber = 0
	}
	if !t.date.IsZero() {
		item.Date, item.Year = t.date.Time, t.date.Year()
	}
	item.Series = s.seriesOf(t)
	item.Within = s.seasonOf(item.Series, item.Season)
	item.Name = t.name(g, item)
	item.NFO = s.at.nfo(g.ownNames()...)
	for _, name := range g.ownNames() {
		item.Posters = append(item.Posters, s.at.posters(name+"-thumb", name, name+"-poster")...)
	}
	return item
}

func (s *show) seriesOf(t told) *Holder {
	if s.series != nil {
		return s.series
	}
	h := readHeading(t.before, seriesStyle, -1)
	if h.name == "" {
		h.name = named(readHeading(t.rest, filmStyle, -1).name)
	}
	key := keyOf(h)
	if s.loose[key] == nil {
		s.loose[key] = &Holder{Name: named(h.name), Year: h.year}
	}
	return s.loose[key]
}

func (s *show) seasonOf(series *Holder, season int) *Holder {
	if season == noSeason {
		return nil
	}
	key := seasonOf{series, season}
	if s.seasons[key] == nil {
		s.seasons[key] = s.place.seasonHolder(s.at, season)
	}
	return s.seasons[key]
}

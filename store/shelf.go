package store

import (
	"slices"
	"strings"
	"time"
)

// TitleFilter narrows the titles of a library for administrators.
type TitleFilter string

// The filters: all whose files are there, those of them that are unrated or
// corrected, and those whose files are gone.
const (
	TitlesAll       TitleFilter = ""
	TitlesUnrated   TitleFilter = "unrated"
	TitlesCorrected TitleFilter = "corrected"
	TitlesMissing   TitleFilter = "missing"
)

// TitlesByRating orders titles by what their rating comes to, the lowest first
// and the unrated before all; for administrators.
const TitlesByRating TitleSort = "rating"

// Kinds are the kinds of title that a library of this kind has: the first is
// what its titles are counted by.
func (k LibraryKind) Kinds() []TitleKind {
	switch k {
	case KindSeries:
		return []TitleKind{TitleSeries, TitleSeason, TitleEpisode}
	case KindMusic:
		return []TitleKind{TitleAlbum, TitleArtist, TitleTrack}
	case KindFilms, KindPhotos, KindHomeVideos:
	}
	return k.Shelves()
}

// ShelfQuery asks for one page of the titles of a library, whoever may see
// them.
type ShelfQuery struct {
	Library Library
	Kind    TitleKind // "" is the first of the library's Kinds
	Filter  TitleFilter
	Search  string // finds the beginning of any word of the name; every word must be found
	Sort    TitleSort
	Page    int // from 1; less is 1, more than there are is the last
}

// Clean is the query with the usual in place of what does not exist.
func (q ShelfQuery) Clean() ShelfQuery {
	if kinds := q.Library.Kind.Kinds(); !slices.Contains(kinds, q.Kind) {
		q.Kind = kinds[0]
	}
	if !slices.Contains([]TitleFilter{TitlesUnrated, TitlesCorrected, TitlesMissing}, q.Filter) {
		q.Filter = TitlesAll
	}
	if !slices.Contains([]TitleSort{TitlesByAdded, TitlesByYear, TitlesByRating}, q.Sort) {
		q.Sort = TitlesByName
	}
	q.Search = strings.TrimSpace(q.Search)
	q.Page = max(1, q.Page)
	return q
}

// ShelfTitle is a title as administrators look after it in a list.
type ShelfTitle struct {
	Title
	Counts Age    // what it counts as: its own rating, or that of what it lies in
	In     string // the name of the series or artist that it lies in; "" for none
}

// ShelfPage is one page of the titles of a library.
type ShelfPage struct {
	Titles []ShelfTitle
	Total  int // over all pages
	Page   int // from 1
	Pages  int // at least 1
}

// ShelfCounts are how many titles of one kind a library has.
type ShelfCounts struct {
	Present, Unrated, Corrected, Missing int
}

// TitleRecord is a title with all that administrators need to look after it.
type TitleRecord struct {
	ShelfTitle
	Library     Library
	FoundLabels []string     // what the disk says
	Above       []Title      // what it lies in, outermost first
	Inside      []ShelfTitle // what lies in it, at most TitlesAPage
	InsideAll   int          // how many lie in it
	Files       []TitleFile
}

// TitleFile is one of the files of a title.
type TitleFile struct {
	Path      string // as it can be shown
	Size      int64
	Modified  time.Time
	MissingAt time.Time // zero when it is there
}

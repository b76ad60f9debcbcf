package store

import "time"

// TitlesAPage is how many titles one page of a library holds.
const TitlesAPage = 60

// MostFacets is how many genres, years or labels are offered to narrow a list
// by: the most common ones.
const MostFacets = 200

// TitleSort orders the titles of a library.
type TitleSort string

// The orders of titles: by name, by what was added last, by year (the newest
// first), by when it was taken or aired (the newest first).
const (
	TitlesByName  TitleSort = "name"
	TitlesByAdded TitleSort = "added"
	TitlesByYear  TitleSort = "year"
	TitlesByDate  TitleSort = "date"
)

// TitleQuery asks for one page of what a user sees of a library.
type TitleQuery struct {
	Viewer  int64     // the user's id
	Library int64     // its id; 0 is all that are open to the user, for a search
	Kind    TitleKind // "" is the first of the library's Shelves; of a search, everything but seasons
	Search  string    // finds the beginning of any word of the name; every word must be found
	Genre   string    // "" for any, and so the next two
	Year    int
	Label   string    // of a title or of what it lies in; of what holds others, of one of those
	Sort    TitleSort // "" is by name; kinds stay together
	Page    int       // from 1; less is 1, more than there are is the last
}

// Clean is the query with an unknown order replaced by the usual one.
func (q TitleQuery) Clean() TitleQuery {
	switch q.Sort {
	case TitlesByName, TitlesByAdded, TitlesByYear, TitlesByDate:
	default:
		q.Sort = TitlesByName
	}
	q.Page = max(q.Page, 1)
	return q
}

// kinds are the kinds of title that the query looks for in a library.
func (q TitleQuery) kinds(library LibraryKind) []TitleKind {
	all := library.titleKinds()
	switch {
	case q.Kind != "":
		for _, kind := range all {
			if kind == q.Kind {
				return []TitleKind{kind}
			}
		}
		return nil
	case q.Search != "":
		return all
	}
	return library.Shelves()[:1]
}

// titleKinds are the kinds of title that can be found in a library of this
// kind. Seasons are not among them: nobody looks for one by its name.
func (k LibraryKind) titleKinds() []TitleKind {
	switch k {
	case KindSeries:
		return []TitleKind{TitleSeries, TitleEpisode}
	case KindMusic:
		return []TitleKind{TitleArtist, TitleAlbum, TitleTrack}
	case KindFilms, KindPhotos, KindHomeVideos:
	}
	return k.Shelves()
}

// TitlePage is one page of titles, which are without their labels, genres and
// plots, and without what the disk says of them.
type TitlePage struct {
	Titles []Title
	Total  int // over all pages
	Page   int // from 1
	Pages  int // at least 1
}

// Facet is something to narrow a list of titles by.
type Facet struct {
	Name   string
	Titles int // how many it leaves
}

// Facets are what a list of titles can be narrowed by, MostFacets of each at
// the most: genres and labels by name, years with the newest first.
type Facets struct {
	Genres, Years, Labels []Facet
}

// Month is a month with pictures in it.
type Month struct {
	Year   int // 0 for those of which it is not known when they were taken
	Month  time.Month
	Titles int
	Page   int // on which it begins
}

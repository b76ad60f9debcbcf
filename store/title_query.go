package store

// TitlesAPage is how many titles one page of a library holds.
const TitlesAPage = 60

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
	Library int64     // its id; 0 is all that the user sees, for a search
	Kind    TitleKind // "" is the first of the library's Shelves; of a search, everything
	Search  string    // finds the beginning of any word of the name; every word must be found
	Genre   string    // "" for any, and so the next two
	Year    int
	Label   string
	Sort    TitleSort // "" is by name
	Page    int       // from 1; less is 1, more than there are is the last
}

// TitlePage is one page of titles.
type TitlePage struct {
	Titles []Title
	Total  int // over all pages
	Page   int // from 1
	Pages  int // at least 1
}

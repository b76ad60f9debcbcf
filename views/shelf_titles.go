package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// TitleDeskAddress is where administrators look after a title.
func TitleDeskAddress(id int64) string { return "/admin/titles/" + strconv.FormatInt(id, 10) }

// ShelfAddress is the address of a list of titles.
func ShelfAddress(q store.ShelfQuery) string {
	if q.Sort == store.TitlesByName {
		q.Sort = ""
	}
	if q.Kind == q.Library.Kind.Kinds()[0] {
		q.Kind = ""
	}
	return addressWith(Libraries.AddressOf(q.Library.ID)+"/titles", parameter{"q", q.Search}, parameter{"kind", string(q.Kind)},
		parameter{"filter", string(q.Filter)}, parameter{"sort", string(q.Sort)}, parameter{"page", pageNumber(q.Page)})
}

// LibraryTitlesPage lists the titles of a library, to be looked after.
type LibraryTitlesPage struct {
	Layout ui.Layout
	Head   LibraryHead
	Query  store.ShelfQuery // clean
	Found  store.ShelfPage
	Now    time.Time
}

// Address is that of this very page, to come back to.
func (p LibraryTitlesPage) Address() string {
	return p.at(func(q *store.ShelfQuery) { q.Page = p.Found.Page })
}

// at is the list with something else, from its beginning.
func (p LibraryTitlesPage) at(change func(*store.ShelfQuery)) string {
	q := p.Query
	q.Page = 1
	change(&q)
	return ShelfAddress(q)
}

func (p LibraryTitlesPage) kindAddress(kind store.TitleKind) string {
	return p.at(func(q *store.ShelfQuery) { q.Kind = kind })
}

func (p LibraryTitlesPage) filterAddress(filter store.TitleFilter) string {
	return p.at(func(q *store.ShelfQuery) { q.Filter = filter })
}

func (p LibraryTitlesPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: func(page int) string {
		return p.at(func(q *store.ShelfQuery) { q.Page = page })
	}}
}

// titleFilters are the filters above the list.
var titleFilters = []struct {
	Filter store.TitleFilter
	Label  string
	None   string // said when it leaves none
}{
	{store.TitlesAll, "All", "Nothing has been found in its folders yet."},
	{store.TitlesUnrated, "Unrated", "Everything is rated."},
	{store.TitlesCorrected, "Corrected", "Nothing is corrected: all is as the disk says."},
	{store.TitlesMissing, "Missing", "Nothing is missing: all files are there."},
}

func (p LibraryTitlesPage) none() string {
	if p.Query.Search != "" {
		return "No name has words that begin with “" + p.Query.Search + "”."
	}
	for _, f := range titleFilters {
		if f.Filter == p.Query.Filter {
			return f.None
		}
	}
	return ""
}

// status is what is read aloud when the list has changed.
func (p LibraryTitlesPage) status() string { return countTitles(p.Found.Total, p.Query.Kind) }

var titleSorts = []ui.Option{
	{Value: "", Label: "Name"},
	{Value: string(store.TitlesByAdded), Label: "Newest here"},
	{Value: string(store.TitlesByYear), Label: "Year"},
	{Value: string(store.TitlesByRating), Label: "Rating"},
}

// sortValue is the order as the form has it.
func (p LibraryTitlesPage) sortValue() string {
	if p.Query.Sort == store.TitlesByName {
		return ""
	}
	return string(p.Query.Sort)
}

// titleLine says in a row what a title is besides its name.
func titleLine(t store.ShelfTitle) string {
	in, number := t.In, ""
	if in == t.Name {
		in = ""
	}
	if t.Kind != store.TitleSeason { // which has it in its name
		number = numbered(t.Kind.Label(), t.Title)
	}
	return joined(" · ", in, number, yearText(t.Year))
}

// ratingLine says what a title is rated and what that counts as.
func ratingLine(t store.ShelfTitle) string {
	switch {
	case t.Rating == "" && !t.Counts.Known:
		return "Unrated"
	case !t.Age.Known && t.Counts.Known:
		return "Counts as " + t.Counts.Name() + ", as what it lies in"
	case !t.Counts.Known:
		return t.Rating + " cannot be read: unrated"
	case t.Rating == t.Counts.Name():
		return t.Rating
	}
	return t.Rating + ", counts as " + t.Counts.Name()
}

// CorrectManyPage asks what to correct about several titles.
type CorrectManyPage struct {
	Layout   ui.Layout
	Head     LibraryHead
	Titles   []store.Title
	Back     string
	Typed    TypedCorrection
	Problems Problems
}

// TypedCorrection is what is typed in a form that corrects titles.
type TypedCorrection struct {
	Set                 []string // the facts that are ticked: "year", "rating"
	Disk                []string // the facts that are to be as the disk has them
	Name, Year, Rating  string
	Labels, Add, Remove string // one on each line
}

func (p CorrectManyPage) names() string {
	names := make([]string, len(p.Titles))
	for i, t := range p.Titles {
		names[i] = t.Name
	}
	return ui.Names(names, 6)
}

package views

import (
	"slices"
	"strings"

	"usher/store"
	"usher/views/ui"
)

// BrowsePage is a library for those who watch.
type BrowsePage struct {
	Layout   ui.Layout
	Library  store.Library
	Query    store.TitleQuery // of a kind and in an order that the library has
	Found    store.TitlePage
	Facets   store.Facets
	Months   []store.Month           // of all pictures, the newest first; none where not all are shown by date
	Holders  map[int64]string        // the names of what the titles lie in
	Headway  map[int64]store.Headway // how far the viewer has come with them
	Scanning bool                    // its folders are being looked through, or soon will be
}

// posters are the titles on the page.
func (p BrowsePage) posters() Posters { return Posters{p.Found.Titles, p.Holders, p.Headway} }

// narrowed says whether the page shows less than all there is.
func (p BrowsePage) narrowed() bool {
	return p.Query.Search != "" || p.Query.Genre != "" || p.Query.Label != "" || p.Query.Year != 0
}

// byMonth says whether the page is a wall of pictures under the months.
func (p BrowsePage) byMonth() bool {
	return p.Query.Kind == store.TitlePicture && p.Query.Sort == store.TitlesByDate
}

// count says how many titles there are.
func (p BrowsePage) count() string {
	one, many := titleNoun(p.Query.Kind)
	count := ui.Count(p.Found.Total, one, many)
	if p.narrowed() {
		return count + " found"
	}
	return count
}

// whole is the library as it opens, of the kind that is shown.
func (p BrowsePage) whole() store.TitleQuery {
	return store.TitleQuery{Library: p.Library.ID, Kind: p.Query.Kind, Sort: p.Query.Sort}
}

// shelf is another kind of what the library holds, searched for the same.
func (p BrowsePage) shelf(kind store.TitleKind) store.TitleQuery {
	return store.TitleQuery{Library: p.Library.ID, Kind: kind, Search: p.Query.Search}
}

// address is the page of the library as q has it.
func (p BrowsePage) address(q store.TitleQuery) string {
	return addressWith(WatchAddress(q.Library), parameter{"show", p.show(q.Kind)}, parameter{"q", q.Search}, parameter{"genre", q.Genre},
		parameter{"year", yearText(q.Year)}, parameter{"label", q.Label}, parameter{"sort", p.sort(q)}, parameter{"page", pageNumber(q.Page)})
}

// show is a kind as addresses have it: the one with which a library opens needs
// none.
func (p BrowsePage) show(kind store.TitleKind) string {
	if kind == p.Library.Kind.Shelves()[0] {
		return ""
	}
	return string(kind)
}

// sort is an order as addresses have it.
func (p BrowsePage) sort(q store.TitleQuery) string {
	if q.Sort == q.Kind.Sorts()[0] {
		return ""
	}
	return string(q.Sort)
}

func (p BrowsePage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: p.pageAddress}
}

func (p BrowsePage) pageAddress(page int) string {
	q := p.Query
	q.Page = page
	return p.address(q)
}

// sorts are the orders to choose from.
func (p BrowsePage) sorts() []ui.Option {
	options := make([]ui.Option, 0, 3)
	for i, sort := range p.Query.Kind.Sorts() {
		value := string(sort)
		if i == 0 {
			value = ""
		}
		options = append(options, ui.Option{Value: value, Label: sortLabel(sort, p.Query.Kind)})
	}
	return options
}

func sortLabel(sort store.TitleSort, kind store.TitleKind) string {
	switch sort {
	case store.TitlesByAdded:
		return "Recently added"
	case store.TitlesByYear:
		return "Year"
	case store.TitlesByDate:
		if kind == store.TitlePicture {
			return "When taken"
		}
		return "When filmed"
	case store.TitlesByRating:
		return "Rating"
	case store.TitlesByName:
	}
	return "Name"
}

// filter is one of the choices that narrow a library.
type filter struct {
	name, label string
	value       string
	facets      []store.Facet
}

// filters are those by which there is something to choose.
func (p BrowsePage) filters() []filter {
	all := []filter{
		{"genre", "genre", p.Query.Genre, p.Facets.Genres},
		{"year", "year", yearText(p.Query.Year), p.Facets.Years},
		{"label", "label", p.Query.Label, p.Facets.Labels},
	}
	for i := range all {
		all[i].offerChosen()
	}
	return slices.DeleteFunc(all, func(f filter) bool { return len(f.facets) == 0 })
}

// offerChosen has what is chosen stand among what is offered, even where it
// leaves nothing.
func (f *filter) offerChosen() {
	if f.value == "" {
		return
	}
	at := slices.IndexFunc(f.facets, func(o store.Facet) bool { return strings.EqualFold(o.Name, f.value) })
	if at < 0 {
		f.facets = append([]store.Facet{{Name: f.value}}, f.facets...)
		return
	}
	f.value = f.facets[at].Name
}

// awaited says how a library gets its titles.
func (p BrowsePage) awaited() string {
	_, many := titleNoun(p.Query.Kind)
	return "As soon as there are " + many + " for you in this library, they appear here."
}

// lookedFor is the sentence of a library in which nothing was found.
func (p BrowsePage) lookedFor() string {
	_, many := titleNoun(p.Query.Kind)
	sentence := "None of the " + many + " here "
	if p.Query.Search == "" {
		return sentence + "fits what you chose above."
	}
	sentence += "has " + beginnings(p.Query.Search) + " in its name"
	if p.Query.Genre != "" || p.Query.Year != 0 || p.Query.Label != "" {
		sentence += " and fits what you chose above"
	}
	return sentence + "."
}

package views

import (
	"usher/store"
	"usher/views/ui"
)

// SearchPage is what a search in everything that a user sees has found.
type SearchPage struct {
	Layout    ui.Layout
	Search    string
	Found     store.TitlePage
	Libraries []store.Library // that are open, in their order
	Holders   map[int64]string
	Headway   map[int64]store.Headway // how far the viewer has come with them
}

func searchAddress(search string, page int) string {
	return addressWith("/search", parameter{"q", search}, parameter{"page", pageNumber(page)})
}

func (p SearchPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: func(page int) string { return searchAddress(p.Search, page) }}
}

// foundIn is what was found in one library, as far as it is on the page.
type foundIn struct {
	library store.Library
	posters Posters
}

// groups are the titles on the page by library.
func (p SearchPage) groups() []foundIn {
	var groups []foundIn
	for _, library := range p.Libraries {
		group := foundIn{library: library, posters: Posters{Holders: p.Holders, Headway: p.Headway}}
		for _, t := range p.Found.Titles {
			if t.LibraryID == library.ID {
				group.posters.Titles = append(group.posters.Titles, t)
			}
		}
		if len(group.posters.Titles) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (p SearchPage) count() string {
	return ui.Count(p.Found.Total, "title", "titles") + " found"
}

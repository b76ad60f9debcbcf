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
	Channels  []FoundInChannel        // on the first page
}

// FoundInChannel is what was found in one channel.
type FoundInChannel struct {
	Channel store.Channel
	Rows    EntryRows // the first of them
	Total   int
}

// more is where all of them are, "" where they are on the page.
func (f FoundInChannel) more(search string) string {
	if f.Total <= len(f.Rows.Entries) {
		return ""
	}
	return ChannelWatchPage{Channel: f.Channel}.address(store.EntryQuery{Search: search})
}

func (f FoundInChannel) all() string { return "All " + ui.Number(f.Total) }

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

// total counts what was found.
func (p SearchPage) total() int {
	total := p.Found.Total
	for _, f := range p.Channels {
		total += f.Total
	}
	return total
}

// count says what was found, and how much of it in channels.
func (p SearchPage) count() string {
	count := ui.Count(p.Found.Total, "title", "titles")
	if in := p.total() - p.Found.Total; in > 0 {
		count += " and " + ui.CountOf(in, "entry", "entries") + " of channels"
	}
	return count + " found"
}

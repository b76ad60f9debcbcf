package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// OwnPage is a page of what somebody has watched, or of their favourites: for
// their own eyes only.
type OwnPage struct {
	Layout   ui.Layout
	List     OwnList
	Query    store.HistoryQuery
	Found    store.HistoryPage
	Holders  map[int64]string // the names of what the titles lie in
	Channels []store.Channel
	Now      time.Time
}

// OwnList is one of the two lists, by its address.
type OwnList string

// The lists.
const (
	History    OwnList = "/history"
	Favourites OwnList = "/favourites"
)

// Title is what the list is called.
func (l OwnList) Title() string {
	if l == History {
		return "History"
	}
	return "Favourites"
}

// Section is the entry of the side bar.
func (l OwnList) Section() string { return string(l)[1:] }

// all is what leads to the whole of it.
func (l OwnList) all() string {
	if l == History {
		return "All your history"
	}
	return "All your favourites"
}

// address is this list narrowed like the page, at a page.
func (p OwnPage) address(page int) string {
	return addressWith(string(p.List), parameter{"q", p.Query.Search}, parameter{"show", string(p.Query.Filter)}, parameter{"page", pageNumber(page)})
}

func (p OwnPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: p.address}
}

// narrowed says whether the page shows less than all there is.
func (p OwnPage) narrowed() bool { return p.Query.Search != "" || p.Query.Filter != store.HistoryAll }

func (p OwnPage) count() string {
	if p.narrowed() {
		return ui.Count(p.Found.Total, "title", "titles") + " found"
	}
	return ui.Count(p.Found.Total, "title", "titles")
}

// lookedFor says what was not found.
func (p OwnPage) lookedFor() string {
	if p.Query.Search == "" {
		return "There is nothing of this kind here."
	}
	return "Nothing here has " + beginnings(p.Query.Search) + " in its name, or in that of what it belongs to."
}

// filters are what the list can be narrowed to.
func (p OwnPage) filters() []ui.Option {
	return []ui.Option{
		{Value: string(store.HistoryAll), Label: "Everything"}, {Value: string(store.HistoryFilms), Label: "Films"},
		{Value: string(store.HistoryEpisodes), Label: "Series"}, {Value: string(store.HistoryMusic), Label: "Music"},
		{Value: string(store.HistoryVideos), Label: "Home videos"}, {Value: string(store.HistoryChannels), Label: "Channels"},
	}
}

// watchedDay is what was seen last on one day.
type watchedDay struct {
	heading string
	viewed  []store.Viewed
}

// days are what is on the page by the day on which it was seen last; favourites
// are no matter of days.
func (p OwnPage) days() []watchedDay {
	if p.List == Favourites {
		return []watchedDay{{viewed: p.Found.Viewed}}
	}
	var days []watchedDay
	for _, v := range p.Found.Viewed {
		heading := ui.Day(v.Headway.SeenAt, p.Now)
		if len(days) == 0 || days[len(days)-1].heading != heading {
			days = append(days, watchedDay{heading: heading})
		}
		last := &days[len(days)-1]
		last.viewed = append(last.viewed, v)
	}
	return days
}

// EntryAddress is the page of an entry of a channel.
func EntryAddress(channel, entry int64) string {
	return WatchChannelAddress(channel) + "/entries/" + strconv.FormatInt(entry, 10)
}

// WatchChannelAddress is the page of a channel for those who watch.
func WatchChannelAddress(id int64) string { return "/channels/" + strconv.FormatInt(id, 10) }

// viewedAddress is the page of what was watched.
func viewedAddress(v store.Viewed) string {
	if v.Entry.ID != 0 {
		return EntryAddress(v.Entry.ChannelID, v.Entry.ID)
	}
	return TitleAddress(v.Title.ID)
}

// viewedName is what it is called.
func viewedName(v store.Viewed) string {
	if v.Entry.ID != 0 {
		return v.Entry.Name
	}
	return v.Title.Name
}

// viewedIn is in what it lies, and what it is.
func viewedIn(v store.Viewed, holders map[int64]string, channels []store.Channel) string {
	if v.Entry.ID == 0 {
		return joined(" · ", v.Title.Kind.Label(), under(v.Title, holders))
	}
	for _, c := range channels {
		if c.ID == v.Entry.ChannelID {
			return c.Name
		}
	}
	return ""
}

// menuOf is the id of the menu of what was watched.
func menuOf(v store.Viewed) string {
	if v.Entry.ID != 0 {
		return "e" + strconv.FormatInt(v.Entry.ID, 10)
	}
	return "t" + strconv.FormatInt(v.Title.ID, 10)
}

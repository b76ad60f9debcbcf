package views

import (
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// ChannelLink leads to a channel from the side bar.
func ChannelLink(c store.Channel) ui.NavLink {
	return ui.NavLink{Href: WatchChannelAddress(c.ID), Icon: "tv", Label: c.Name}
}

// entryNoun is what one entry of a channel, and many, are called in a sentence.
func entryNoun(format store.ChannelFormat) (one, many string) {
	switch format {
	case store.FormatPodcast:
		return "episode", "episodes"
	case store.FormatList:
		return "station", "stations"
	}
	return "entry", "entries"
}

// ChannelWatchPage is a channel for those who watch.
type ChannelWatchPage struct {
	Layout  ui.Layout
	Channel store.Channel
	Source  store.ChannelSource
	Query   store.EntryQuery // in an order that the channel has
	Found   store.EntryPage
	Groups  []store.Facet // to narrow by
	Rows    EntryRows
	Now     time.Time
}

// narrowed says whether the page shows less than all there is.
func (p ChannelWatchPage) narrowed() bool { return p.Query.Search != "" || p.Query.Group != "" }

// count says how many entries there are.
func (p ChannelWatchPage) count() string {
	one, many := entryNoun(p.Source.Format)
	count := ui.Count(p.Found.Total, one, many)
	if p.narrowed() {
		return count + " found"
	}
	return count
}

// address is the page of the channel as q has it.
func (p ChannelWatchPage) address(q store.EntryQuery) string {
	return addressWith(WatchChannelAddress(p.Channel.ID), parameter{"q", q.Search}, parameter{"group", q.Group}, parameter{"sort", string(q.Sort)}, parameter{"page", pageNumber(q.Page)})
}

func (p ChannelWatchPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: func(page int) string {
		q := p.Query
		q.Page = page
		return p.address(q)
	}}
}

// whole is the channel as it opens, in the order that is shown.
func (p ChannelWatchPage) whole() string { return p.address(store.EntryQuery{Sort: p.Query.Sort}) }

// groups is the choice among groups; none where there is nothing to choose.
func (p ChannelWatchPage) groups() filter {
	f := filter{"group", "group", p.Query.Group, p.Groups}
	f.offerChosen()
	return f
}

// sorts are the orders to choose from.
func (p ChannelWatchPage) sorts() []ui.Option {
	if p.Source.Format == store.FormatPodcast {
		return []ui.Option{{Label: "Newest"}, {Value: string(store.EntriesOldest), Label: "Oldest"}, {Value: string(store.EntriesByName), Label: "Name"}}
	}
	return []ui.Option{{Label: "As in the list"}, {Value: string(store.EntriesByName), Label: "Name"}}
}

// about is what the source says of itself, where that is more than the name.
func (p ChannelWatchPage) about() string {
	if p.Source.Plot != "" {
		return p.Source.Plot
	}
	if p.Source.Title != p.Channel.Name {
		return p.Source.Title
	}
	return ""
}

// down says that the source does not answer while what it had is kept; "" while
// it does.
func (p ChannelWatchPage) down() string {
	if p.Source.Problem == "" || p.Source.RefreshedAt.IsZero() {
		return ""
	}
	return "The source of this channel could not be read lately. You see what it had " + inSentence(ui.When(p.Source.RefreshedAt, p.Now)) +
		", and some of it may not play. Usher tries again by itself."
}

// nothing says why there is nothing, and what happens next.
func (p ChannelWatchPage) nothing() (title, sentence string) {
	_, many := entryNoun(p.Source.Format)
	switch {
	case !p.Source.RefreshedAt.IsZero():
		return "Nothing here yet", "As soon as there are " + many + " for you in this channel, they appear here."
	case p.Source.Problem != "":
		return "This channel cannot be read just now", "Its source does not answer as it should. Usher tries again by itself, and an administrator can find out more."
	}
	return "This channel has not been read yet", "What it has for you appears here. Load the page again in a little while."
}

// lookedFor is the sentence of a channel in which nothing was found.
func (p ChannelWatchPage) lookedFor() string {
	_, many := entryNoun(p.Source.Format)
	sentence := "None of the " + many + " here "
	if p.Query.Search == "" {
		return sentence + "is in this group."
	}
	sentence += "has " + beginnings(p.Query.Search) + " in its name"
	if p.Query.Group != "" {
		sentence += " and is in this group"
	}
	return sentence + "."
}

// EntryRows are entries of channels, with how far their viewer has come.
type EntryRows struct {
	Entries []store.ChannelEntry
	Headway map[int64]store.Headway // how far the viewer has come with them
}

// entryIcon stands for an entry.
func entryIcon(e store.ChannelEntry) string {
	switch {
	case strings.HasPrefix(e.MediaType, "video/"):
		return "video"
	case strings.HasPrefix(e.MediaType, "audio/"):
		return "music"
	}
	return "tv"
}

// entryLine is what stands below the name of an entry: the day and the length of
// an episode, the groups of a station.
func entryLine(e store.ChannelEntry) string {
	published, length := "", ""
	if !e.Published.IsZero() {
		published = day(e.Published)
	}
	if e.Length > 0 {
		length = playTime(e.Length)
	}
	return joined(" · ", published, length, e.Groups)
}

// lineOf is entryLine with how much the viewer has left.
func (r EntryRows) lineOf(e store.ChannelEntry) string {
	return joined(" · ", entryLine(e), MinutesLeft(r.Headway[e.ID]))
}

// playTime is how long something plays, in words: “1 h 5 min”, “48 min”.
func playTime(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes == 0:
		return strconv.Itoa(int(d/time.Second)) + " s"
	case minutes < 60:
		return strconv.Itoa(minutes) + " min"
	case minutes%60 == 0:
		return strconv.Itoa(minutes/60) + " h"
	}
	return strconv.Itoa(minutes/60) + " h " + strconv.Itoa(minutes%60) + " min"
}

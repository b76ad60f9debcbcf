package views

import (
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// LibraryOverviewPage is the first page about a library.
type LibraryOverviewPage struct {
	Layout ui.Layout
	Head   LibraryHead
	Kinds  []KindCounts
	Job    store.Job // the scan that was asked for last; the zero Job for none
	Shared []string  // what it has in common with other libraries and folders
	Actor  store.Actor
	Now    time.Time
}

// KindCounts are how many titles of a kind a library has.
type KindCounts struct {
	Kind store.TitleKind
	store.ShelfCounts
}

// scanned says whether a scan has come to its end.
func (p LibraryOverviewPage) scanned() bool { return p.Job.ID != 0 && !p.Job.State.Open() }

// link is one of the lists of titles.
func (p LibraryOverviewPage) link(kind store.TitleKind, filter store.TitleFilter) string {
	return ShelfAddress(store.ShelfQuery{Library: p.Head.Library, Kind: kind, Filter: filter})
}

// unratedSentence says what is to be rated, "" for nothing. Titles that hold
// others are named, since rating them rates what lies in them.
func (k KindCounts) unratedSentence() string {
	switch {
	case k.Unrated == 0:
		return ""
	case k.Kind.Holds():
		return ui.Number(k.Unrated) + " " + agree(k.Unrated, "holds", "hold") + " something unrated"
	}
	return ui.Number(k.Unrated) + " unrated"
}

// countTitles is a number of titles of one kind, such as “148 films”.
func countTitles(n int, kind store.TitleKind) string {
	one, many := titleNoun(kind)
	return ui.Number(n) + " " + agree(n, one, many)
}

// kindsLabel is the kind in the plural, as a choice shows it.
func kindsLabel(kind store.TitleKind) string {
	_, many := titleNoun(kind)
	return strings.ToUpper(many[:1]) + many[1:]
}

// status is what is read aloud when the page has changed.
func (p LibraryOverviewPage) status() string {
	if p.Job.ID == 0 {
		return "It has not been scanned yet."
	}
	return JobTitle(p.Job) + ": " + JobNews(p.Job)
}

package views

import (
	"slices"

	"usher/store"
	"usher/views/ui"
)

// HomePage greets whoever is signed in and shows what they may watch.
type HomePage struct {
	Layout    ui.Layout
	Name      string
	Own       store.OwnRows    // of whoever looks with their own eyes
	Libraries []HomeLibrary    // that are open to this user, in their order
	Channels  []store.Channel  // likewise
	All       []store.Channel  // whoever they are open to
	Holders   map[int64]string // the names of what the titles lie in
	None      bool             // the server itself has neither libraries nor channels
	Admin     bool             // the viewer can add some
}

// HomeLibrary is a library as the first page shows it.
type HomeLibrary struct {
	Library store.Library
	Titles  int           // that this user sees
	Recent  []store.Title // those that were added last
}

// Titles are all the titles on the page.
func (p HomePage) Titles() []store.Title {
	var all []store.Title
	for _, v := range slices.Concat(p.Own.GoOn, p.Own.Next, p.Own.Favourites) {
		if v.Title.ID != 0 {
			all = append(all, v.Title)
		}
	}
	for _, l := range p.Libraries {
		all = append(all, l.Recent...)
	}
	return all
}

// strip is a row of titles of any kind, to be pushed along.
type strip struct {
	heading string
	more    OwnList // where there is more of it; "" for nowhere
	shape   string  // of the room for each poster, as posterShape has it
	cards   []card
}

// card is one of them, with what is said below its name.
type card struct {
	store.Viewed
	line string
	why  bool // the line gives a reason, which may be long
}

// strips are the rows above the libraries: what to go on with, and favourites.
func (p HomePage) strips() []strip {
	return []strip{
		{heading: "Continue watching", more: History, shape: "wide", cards: p.cards(p.Own.GoOn, func(v store.Viewed) string {
			return joined(" · ", p.at(v), MinutesLeft(v.Headway))
		})},
		{heading: "Next episodes", shape: "wide", cards: p.cards(p.Own.Next, p.at)},
		{heading: "Favourites", more: Favourites, shape: "tall", cards: p.cards(p.Own.Favourites, p.at)},
	}
}

// at is in what somebody is: the series or the channel, or else what it is.
func (p HomePage) at(v store.Viewed) string {
	switch {
	case v.Entry.ID != 0:
		return viewedIn(v, nil, p.All)
	case v.Title.Kind == store.TitleEpisode:
		return joined(" · ", p.Holders[v.Title.RootID], numbered("Episode", v.Title))
	}
	return under(v.Title, p.Holders)
}

func (p HomePage) cards(viewed []store.Viewed, line func(store.Viewed) string) []card {
	cards := make([]card, len(viewed))
	for i, v := range viewed {
		cards[i] = card{Viewed: v, line: line(v)}
	}
	return cards
}

// recommended are the titles to recommend, each with the reason.
func (p HomePage) recommended() strip {
	row := strip{heading: "Recommended for you", shape: "tall"}
	for _, r := range p.Own.Recommended {
		line := "Because you watched " + r.Because.Name
		if r.Favourite {
			line = "Because you like " + r.Because.Name
		}
		row.cards = append(row.cards, card{Viewed: store.Viewed{Title: r.Title}, line: line, why: true})
	}
	return row
}

// count says how many titles there are.
func (l HomeLibrary) count() string {
	if l.Titles == 0 {
		return "Nothing here yet"
	}
	one, many := titleNoun(l.Library.Kind.Shelves()[0])
	return ui.Count(l.Titles, one, many)
}

// homeCard leads to a library or a channel.
type homeCard struct{ href, icon, name, line string }

func (p HomePage) libraryCards() []homeCard {
	cards := make([]homeCard, len(p.Libraries))
	for i, l := range p.Libraries {
		cards[i] = homeCard{WatchAddress(l.Library.ID), libraryIcon(l.Library.Kind), LibraryName(l.Library), l.count()}
	}
	return cards
}

func (p HomePage) channelCards() []homeCard {
	cards := make([]homeCard, len(p.Channels))
	for i, c := range p.Channels {
		link := ChannelLink(c)
		cards[i] = homeCard{href: link.Href, icon: link.Icon, name: link.Label}
	}
	return cards
}

func (p HomePage) empty() bool { return len(p.Libraries)+len(p.Channels) == 0 }

// intro counts what there is.
func (p HomePage) intro() string {
	libraries := ui.CountOf(len(p.Libraries), "library", "libraries")
	channels := ui.CountOf(len(p.Channels), "channel", "channels")
	switch {
	case len(p.Channels) == 0:
		return "There " + areOrIs(len(p.Libraries)) + " " + libraries + " here for you."
	case len(p.Libraries) == 0:
		return "There " + areOrIs(len(p.Channels)) + " " + channels + " here for you."
	}
	return "There " + areOrIs(len(p.Libraries)) + " " + libraries + " and " + channels + " here for you."
}

func areOrIs(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

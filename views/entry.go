package views

import (
	"usher/store"
	"usher/views/ui"
)

// EntryPage is a station or an episode of a channel.
type EntryPage struct {
	Layout        ui.Layout
	Channel       store.Channel
	Source        store.ChannelSource
	Entry         store.ChannelEntry
	Before, After store.ChannelEntry // the older and the newer, or those beside it in the list; zero for none
	Player        Player
	Plays         bool  // the viewer may play it
	Marks         Marks // of the viewer
}

// NewEntryPlayer is what plays the entry, as far as it is known without asking.
func NewEntryPlayer(p EntryPage) Player {
	return Player{
		Home: EntryAddress(p.Entry.ChannelID, p.Entry.ID), Name: p.Entry.Name, By: p.Channel.Name, Part: 1, Parts: 1,
		Previous: p.way("Previous", p.Before), Next: p.way("Next", p.After),
	}
}

// way leads to an entry beside this one.
func (p EntryPage) way(which string, to store.ChannelEntry) Way {
	if to.ID == 0 {
		return Way{}
	}
	one, _ := entryNoun(p.Source.Format)
	return Way{Href: EntryAddress(to.ChannelID, to.ID), Label: which + " " + one, Name: to.Name}
}

// NewEntryMarks are what a viewer has noted about the entry.
func NewEntryMarks(e store.ChannelEntry, so store.Headway, favourite bool) Marks {
	return Marks{Home: EntryAddress(e.ChannelID, e.ID), Ends: !e.Live, Watched: so.Watched, Favourite: favourite}
}

func (p EntryPage) crumbs() []crumb {
	return []crumb{{WatchChannelAddress(p.Channel.ID), p.Channel.Name}}
}

// blankEntry is the class of the tile that stands for an entry.
func blankEntry(e store.ChannelEntry) string { return blankTile(e.ChannelID) }

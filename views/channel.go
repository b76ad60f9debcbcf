package views

import (
	"usher/store"
	"usher/views/ui"
)

// ChannelPage adds a channel, or changes one.
type ChannelPage struct {
	Layout   ui.Layout
	Channel  store.Channel // as saved; the zero Channel for a new one
	Name     string        // as typed, and so the next
	Address  string
	Problems Problems
}

// Title is the heading of the page.
func (p ChannelPage) Title() string { return Channels.formTitle(p.Channel.ID, p.Channel.Name) }

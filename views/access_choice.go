package views

import (
	"slices"
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// AccessChoice is the part of a form that says what somebody may watch. Its
// fields are all_libraries, library (many), all_channels and channel (many).
type AccessChoice struct {
	Access    store.Access // what is ticked; with all of them ticked, single ticks are kept all the same
	Libraries []store.Library
	Channels  []store.Channel
}

func (c AccessChoice) libraryTicks() []ui.Tick {
	ticks := make([]ui.Tick, len(c.Libraries))
	for i, l := range c.Libraries {
		ticks[i] = c.tick(l.ID, l.Name, kindOf(l), c.Access.Libraries)
	}
	return ticks
}

func (c AccessChoice) channelTicks() []ui.Tick {
	ticks := make([]ui.Tick, len(c.Channels))
	for i, ch := range c.Channels {
		ticks[i] = c.tick(ch.ID, ch.Name, "", c.Access.Channels)
	}
	return ticks
}

func (c AccessChoice) tick(id int64, name, help string, chosen []int64) ui.Tick {
	return ui.Tick{Value: strconv.FormatInt(id, 10), Label: name, Help: help, Ticked: slices.Contains(chosen, id)}
}

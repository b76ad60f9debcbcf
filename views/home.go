package views

import (
	"usher/store"
	"usher/views/ui"
)

// HomePage greets whoever is signed in and shows what they may watch.
type HomePage struct {
	Layout    ui.Layout
	Name      string
	Libraries []HomeLibrary // that are open to this user, in their order
	Channels  []MediaItem
	None      bool // the server itself has neither libraries nor channels
	Admin     bool // the viewer can add some
}

// HomeLibrary is a library as the first page shows it.
type HomeLibrary struct {
	Library store.Library
	Titles  int     // that this user sees
	Recent  Posters // those that were added last
}

// count says how many titles there are.
func (l HomeLibrary) count() string {
	if l.Titles == 0 {
		return "Nothing here yet"
	}
	one, many := titleNoun(l.Library.Kind.Shelves()[0])
	return ui.Count(l.Titles, one, many)
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

package views

import "usher/views/ui"

// HomePage greets whoever is signed in and shows what they may watch.
type HomePage struct {
	Layout    ui.Layout
	Name      string
	Libraries []MediaItem // that this user may watch, in their order
	Channels  []MediaItem
	None      bool // the server itself has neither libraries nor channels
	Admin     bool // the viewer can add some
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

package views

import (
	"strings"

	"usher/store"
)

// held says why somebody does not come in on this device, and what to do.
func (p ErrorPage) held() (title, sentence string) {
	saved := ""
	if p.Held.Saved {
		saved = "Your new password is saved. "
	}
	switch {
	case p.Held.Standing == store.StandingRefused:
		return "This device is not let in", saved + "You have shown who you are, but an administrator does not want you to sign in on this device. If that is a mistake, ask " + p.asked() + "."
	case p.Held.Waits():
		return "This device waits to be allowed", saved + "You have shown who you are. This device is new, and new devices of yours wait until an administrator allows them. Ask " + p.asked() + ", and then sign in here again."
	}
	return "Only chosen devices come in", saved + "You have shown who you are, but you sign in only on devices that an administrator has chosen for you. Ask " + p.asked() + " to choose this one, and then sign in here again."
}

// asked names those to ask.
func (p ErrorPage) asked() string {
	if len(p.Ask) == 0 {
		return "an administrator"
	}
	last := len(p.Ask) - 1
	if last == 0 {
		return p.Ask[0]
	}
	return strings.Join(p.Ask[:last], ", ") + " or " + p.Ask[last]
}

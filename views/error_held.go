package views

import "usher/store"

// held says why somebody does not come in on this device, and what to do.
func (p ErrorPage) held() (title, sentence string) {
	saved, ask := "", WhomToAsk(p.Keepers)
	if p.Held.Saved {
		saved = "Your new password is saved. "
	}
	switch {
	case p.Held.Standing == store.StandingRefused:
		return "This device is not let in", saved + "You have shown who you are, but an administrator does not want you to sign in on this device. " + ask
	case p.Held.Waits():
		return "This device waits to be allowed", saved + "You have shown who you are. This device is new, and new devices of yours wait until an administrator allows them. " + ask + " Then sign in here again."
	}
	return "Only chosen devices come in", saved + "You have shown who you are, but you sign in only on devices that an administrator has chosen for you, and this is none of them yet. " + ask + " Then sign in here again."
}

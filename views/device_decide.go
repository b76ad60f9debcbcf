package views

import (
	"strconv"

	"usher/store"
)

// deviceChoice is something to decide about a device.
type deviceChoice struct {
	standing    store.Standing
	icon, label string
}

// decides says whether the viewer may decide about the device of a row.
func (l DeviceList) decides(r DeviceRow) bool { return !l.Own && l.Actor.MayDecideDevices(r.User) }

// choices are what can be decided about a device, the likeliest first. Where only
// chosen devices come in, to allow one means to choose it.
func (r DeviceRow) choices() []deviceChoice {
	allow := deviceChoice{store.StandingKnown, "tick", "Allow"}
	choose := deviceChoice{store.StandingChosen, "tick", "Choose"}
	refuse := deviceChoice{store.StandingRefused, "cross", "Refuse"}
	onlyChosen := r.User.DeviceRule == store.DevicesChosen
	switch {
	case r.Standing == store.StandingChosen:
		return []deviceChoice{{store.StandingKnown, "back", "No longer chosen"}, refuse}
	case onlyChosen && r.Standing == store.StandingRefused:
		return []deviceChoice{choose}
	case onlyChosen:
		return []deviceChoice{choose, refuse}
	case r.Standing == store.StandingWaiting:
		return []deviceChoice{allow, refuse}
	case r.Standing == store.StandingRefused:
		return []deviceChoice{allow, choose}
	}
	return []deviceChoice{choose, refuse}
}

// urgent is the likeliest choice about a device that waits; the zero deviceChoice for
// others.
func (r DeviceRow) urgent() deviceChoice {
	if r.Standing != store.StandingWaiting {
		return deviceChoice{}
	}
	return r.choices()[0]
}

// standingAddress is where the decisions about a device lead.
func (r DeviceRow) standingAddress() string {
	return devicesPath + "/" + strconv.FormatInt(r.ID, 10) + "/standing"
}

// of names the device of a row for whoever hears the page.
func (r DeviceRow) of() string { return r.Label() + " of " + r.User.Name }

// waitingNote says above the list of everybody's devices how many wait.
func (p DevicesPage) waitingNote() string {
	if p.Waiting == 1 {
		return "One device waits for an administrator."
	}
	return strconv.Itoa(p.Waiting) + " devices wait for an administrator."
}

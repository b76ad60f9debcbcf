package store

import (
	"fmt"
	"time"
)

// DeviceRule says on which devices somebody may sign in.
type DeviceRule string

// The rules: any device, new ones wait for an administrator, or those alone that
// an administrator has chosen.
const (
	DevicesAny    DeviceRule = "any"
	DevicesAsk    DeviceRule = "ask"
	DevicesChosen DeviceRule = "chosen"
)

// Standing is what an administrator has decided about a device.
type Standing string

// The standings: nothing was decided, somebody waits for it to be, it was chosen,
// or it was refused.
const (
	StandingKnown   Standing = "known"
	StandingWaiting Standing = "waiting"
	StandingChosen  Standing = "chosen"
	StandingRefused Standing = "refused"
)

// DeviceForm is what kind of thing a device is, to draw it by.
type DeviceForm string

// The forms. A player shows no pages, and plays what it was given the address of.
const (
	FormUnknown    DeviceForm = ""
	FormPhone      DeviceForm = "phone"
	FormTablet     DeviceForm = "tablet"
	FormTelevision DeviceForm = "television"
	FormComputer   DeviceForm = "computer"
	FormPlayer     DeviceForm = "player"
)

// Device is one user's use of one browser or app.
type Device struct {
	ID          int64
	UserID      int64
	Name        string // given by its user, "" for none
	Kind        string // what its User-Agent says, in words
	Form        DeviceForm
	Standing    Standing
	UserAgent   string // as it came, cut
	Address     string // from where it was last seen
	AtHome      bool
	FirstSeenAt time.Time
	LastSeenAt  time.Time
	Session     int64 // 0 when nobody is signed in there
}

// Decided says whether an administrator has decided about the device, which no one
// else can undo by ending it.
func (d Device) Decided() bool {
	return d.Standing == StandingChosen || d.Standing == StandingRefused
}

// DeviceFilter narrows a list of devices.
type DeviceFilter string

// The filters: by whether somebody is signed in, by the place where the device was
// last seen, by what plays, and by standing.
const (
	DeviceAll       DeviceFilter = ""
	DeviceSignedIn  DeviceFilter = "signed-in"
	DeviceSignedOut DeviceFilter = "signed-out"
	DeviceHome      DeviceFilter = "home"
	DeviceAway      DeviceFilter = "away"
	DevicePlaying   DeviceFilter = "playing"
	DeviceWaiting   DeviceFilter = "waiting"
	DeviceChosen    DeviceFilter = "chosen"
	DeviceRefused   DeviceFilter = "refused"
)

// DeviceQuery asks for one page of devices, those seen last first. Each word of
// Search must be in a device's name, kind or address, or in its user's name where
// the devices of all users are asked for.
type DeviceQuery struct {
	User    int64 // whose; 0 for everybody's
	Only    int64 // this device alone; 0 for all
	Search  string
	Filter  DeviceFilter
	Playing []int64 // the sessions in which something plays now, for DevicePlaying
	Page    int     // from 1; less is 1, more than there are is the last
}

// DevicePage is one page of devices.
type DevicePage struct {
	Devices []Device
	Users   map[int64]User // whose they are, by id: name, picture, and what is yes or no about them
	Total   int            // over all pages
	Page    int            // from 1
	Pages   int            // at least 1
}

// Label is what to call the device: the name that its user gave it, or else what
// it is.
func (d Device) Label() string {
	if d.Name != "" {
		return d.Name
	}
	return d.Kind
}

// MayUse says whether the user may be signed in on a device of this standing. The
// owner may on every one that was not refused to them before they became it.
func (u User) MayUse(standing Standing) bool {
	switch {
	case standing == StandingRefused:
		return false
	case u.Role == RoleOwner, u.DeviceRule == DevicesAny:
		return true
	case u.DeviceRule == DevicesChosen:
		return standing == StandingChosen
	}
	return standing != StandingWaiting
}

// newcomer is the standing of a device on which the user has never been.
func (u User) newcomer() Standing {
	if u.MayUse(StandingWaiting) {
		return StandingKnown
	}
	return StandingWaiting
}

// Held is the answer to somebody who has shown who they are, but may not come in
// on the device at hand: it was refused, only others are chosen, or it waits for
// an administrator.
type Held struct {
	Standing Standing   // of the device
	Rule     DeviceRule // of the user
	Saved    bool       // the new password is, which came with the sign-in
}

// Error says why.
func (h *Held) Error() string { return h.reason() }

// Waits says whether an administrator has yet to decide about the device.
func (h *Held) Waits() bool { return h.Standing == StandingWaiting && h.Rule == DevicesAsk }

func (h *Held) reason() string {
	switch {
	case h.Standing == StandingRefused:
		return "the device is refused"
	case h.Waits():
		return "the device waits for an administrator"
	}
	return "the device is not among the chosen ones"
}

// deviceCount is how many devices these are, in words for the record.
func deviceCount(n int) string {
	if n == 1 {
		return "1 device"
	}
	return fmt.Sprintf("%d devices", n)
}

package store

import "time"

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

// Device is one user's use of one browser or app.
type Device struct {
	ID          int64
	UserID      int64
	Name        string // given by its user, "" for none
	Kind        string // what its User-Agent says, in words
	Standing    Standing
	UserAgent   string // as it came, cut
	Address     string // from where it was last seen
	AtHome      bool
	FirstSeenAt time.Time
	LastSeenAt  time.Time
	Session     int64 // 0 when nobody is signed in there
}

// Label is what to call the device: the name that its user gave it, or else what
// it is.
func (d Device) Label() string {
	if d.Name != "" {
		return d.Name
	}
	return d.Kind
}

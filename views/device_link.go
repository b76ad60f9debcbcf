package views

import (
	"time"

	"usher/store"
)

// DeviceLinkPage is where the link of a letter about a new device leads.
type DeviceLinkPage struct {
	ServerName string
	Action     string
	Device     store.Device
	User       store.User // whose the device is
	SignedIn   int64      // the id of whoever is signed in here; 0 for nobody
	Recovers   bool       // a link to choose a new password can be e-mailed
	Ended      bool
	Now        time.Time
}

func (p DeviceLinkPage) title() string {
	if p.Ended {
		return "That device is signed out"
	}
	return "Was this you?"
}

// next says what to do once the device is signed out.
func (p DeviceLinkPage) next() string {
	switch {
	case !p.User.HasPassword:
		return "Whoever used it may be able to come back the same way. Tell whoever runs this server."
	case !p.User.MayChangePassword:
		return "Whoever used it may know your password. Ask whoever runs this server for a new one."
	}
	return "Whoever used it may know your password. Choose a new one now."
}

// leads is where to choose a new password; "" where nobody here can.
func (p DeviceLinkPage) leads() string {
	switch {
	case !p.User.HasPassword || !p.User.MayChangePassword:
		return ""
	case p.SignedIn == p.User.ID:
		return "/account/password"
	case p.Recovers:
		return "/sign-in/forgot"
	}
	return "/sign-in?next=%2Faccount%2Fpassword"
}

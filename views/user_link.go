package views

import (
	"time"

	"usher/views/ui"
)

// UserLinkPage shows a one-time link, once: the server keeps only its hash, so
// the page is the answer to the form that made the link.
type UserLinkPage struct {
	Layout            ui.Layout
	UserID            int64
	Name              string // of the user whose password the link sets
	HasPassword       bool   // whether there is a password that the link replaces
	Link              string
	Ends              time.Time // in the time zone to show
	Address           string    // what the link begins with
	SendsMail         bool
	AddressConfigured bool   // whether Address is the server's own, or the one that this request came to
	Again             string // where to go for another, and what that is called
	AgainLabel        string
}

func (p UserLinkPage) title() string {
	return "A link for " + p.Name
}

func (p UserLinkPage) what() string {
	if p.HasPassword {
		return "set a new password"
	}
	return "set a password"
}

// ends is the end in words.
func (p UserLinkPage) ends() string {
	return fullMoment(p.Ends)
}

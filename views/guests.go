package views

import (
	"usher/store"
	"usher/views/ui"
)

// invitePath is where guests are invited.
const invitePath = "/admin/guests/invite"

// GuestsPage is the list of those who visit.
type GuestsPage struct {
	Layout ui.Layout
	PeopleList
}

// none says whether there is no guest at all.
func (p GuestsPage) none() bool {
	return p.Found.Total == 0 && p.Query.Search == "" && p.Query.Filter == store.FilterEveryone
}

// lead is the sentence under the heading.
func (p GuestsPage) lead() string {
	if p.Layout.Counts.Guests == 0 {
		return "A guest signs in with an account that nobody else controls."
	}
	return ui.Count(p.Layout.Counts.Guests, "person visits", "people visit") + ". Each signs in with an account that nobody else controls."
}

// status is what is read aloud when the list has changed.
func (p GuestsPage) status() string {
	if p.Query.Search == "" {
		return ui.Count(p.Found.Total, "guest", "guests")
	}
	return ui.Count(p.Found.Total, "guest", "guests") + " found"
}

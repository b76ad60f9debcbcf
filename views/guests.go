package views

import "usher/views/ui"

// invitePath is where guests are invited.
const invitePath = "/admin/guests/invite"

// GuestsPage is the list of those who visit.
type GuestsPage struct {
	Layout ui.Layout
	PeopleList
}

// lead is the sentence under the heading.
func (p GuestsPage) lead() string {
	if p.Layout.Counts.Guests == 0 {
		return "A guest signs in with an account that nobody else controls."
	}
	return ui.Count(p.Layout.Counts.Guests, "person visits", "people visit") + ". Each signs in with an account that nobody else controls."
}

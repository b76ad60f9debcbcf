package views

import (
	"strings"

	"usher/store"
	"usher/views/ui"
)

// UsersPage is everyone: those who live here, a page at a time, and besides
// them the first of those who visit, are invited, or wait for approval, as far
// as the query finds them.
type UsersPage struct {
	Layout ui.Layout
	PeopleList
	GuestAccountOpen bool // visitors can come in by the guest account
	Guests           store.UserPage
	Invited          store.InvitationPage
	SendsMail        bool // there is a mail server to send invitations again with
	Waiting          WaitingList
	AllWaiting       int // whether the query finds them or not
}

// guests are the guests on the page.
func (p UsersPage) guests() PeopleList {
	guests := p.PeopleList
	guests.Query, guests.Found = p.otherQuery(store.ListGuests), p.Guests
	return guests
}

// otherQuery is what the page asks for, of another list.
func (p UsersPage) otherQuery(list store.List) store.UserQuery {
	q := p.Query
	q.List, q.Page = list, 1
	return q.Clean()
}

// invitations are the invitations on the page.
func (p UsersPage) invitations() InvitationRows {
	return InvitationRows{Invitations: p.Invited.Invitations, Libraries: p.Libraries, Channels: p.Channels, Now: p.Now, SendsMail: p.SendsMail}
}

// found is how many people the page finds, of all kinds.
func (p UsersPage) found() int {
	return p.Found.Total + p.Guests.Total + p.Invited.Total + p.Waiting.Total
}

// onlyOthers says whether the page finds somebody, but nobody who lives here.
func (p UsersPage) onlyOthers() bool { return p.Found.Total == 0 && p.found() > 0 }

// everybody counts all there are in a sentence: "Seven people live here, three
// visit, two are invited, one waits for approval."
func (p UsersPage) everybody() string {
	counts := p.Layout.Counts
	sentence := ui.Count(counts.Users, "person lives", "people live") + " here"
	for _, others := range []struct {
		n         int
		one, many string
	}{{counts.Guests, "visits", "visit"}, {counts.Invitations, "is invited", "are invited"}, {p.AllWaiting, "waits for approval", "wait for approval"}} {
		if others.n > 0 {
			sentence += ", " + ui.CountOf(others.n, others.one, others.many)
		}
	}
	return sentence + "."
}

// alone says whether there is nobody but the owner.
func (p UsersPage) alone() bool {
	return p.Query.Search == "" && p.Query.Filter == store.FilterEveryone && p.found() == 1
}

// allLabel leads from a few of a list to all that the query finds: "All 37
// guests".
func allLabel(q store.UserQuery, total int, one, many string) string {
	label := "All " + ui.Number(total) + " " + many
	if total == 1 {
		label = "The " + one
	}
	if q.Search != "" || q.Filter != store.FilterEveryone {
		return label + " found"
	}
	return label
}

// People names users in a sentence: "Elsa, Nils and Oskar", or with more than
// limit of them "Elsa, Nils and 12 others".
func People(users []store.User, limit int) string {
	names := make([]string, 0, limit+1)
	for _, u := range users {
		if len(names) == limit {
			names = append(names, ui.CountOf(len(users)-limit, "other", "others"))
			break
		}
		names = append(names, u.Name)
	}
	return sequence(names)
}

// sequence joins names with commas, the last with "and".
func sequence(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

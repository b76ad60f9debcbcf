package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// WaitingList is those who have registered and wait for approval, or the first
// of them.
type WaitingList struct {
	Users     []store.User
	Total     int
	Access    store.Access // what the settings give them
	Libraries []store.Library
	Channels  []store.Channel
	Now       time.Time
	Back      string // the address to return to
}

// WaitingPage is the whole list of those who wait.
type WaitingPage struct {
	Layout ui.Layout
	List   WaitingList
	Search string
	Page   int
	Pages  int
}

// waitingPath is where the whole list is.
const waitingPath = "/admin/users/waiting"

// WaitingAddress is a page of the list.
func WaitingAddress(search string, page int) string {
	query := url.Values{}
	if search != "" {
		query.Set("q", search)
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return waitingPath
	}
	return waitingPath + "?" + query.Encode()
}

func (p WaitingPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Page, Pages: p.Pages, Href: func(page int) string { return WaitingAddress(p.Search, page) }}
}

// status is what is read aloud when the list has changed.
func (p WaitingPage) status() string { return ui.Count(p.List.Total, "person waits.", "people wait.") }

// first says whether the list stands where there is room for the first of them
// only.
func (l WaitingList) first() bool {
	return l.Total > len(l.Users) && !strings.HasPrefix(l.Back, waitingPath)
}

// allLabel leads from the first few to all.
func (l WaitingList) allLabel() string {
	if l.Total == 1 {
		return "The one who waits"
	}
	return "All " + ui.Number(l.Total) + " who wait"
}

// gets is what those who wait will be able to watch.
func (l WaitingList) gets() accessWords {
	return accessWords{newMediaWords(l.Libraries, l.Channels), l.Access}
}

// RefusePage asks before registrations are refused.
type RefusePage struct {
	Layout ui.Layout
	Users  []store.User
	Action string // where the form goes: to the one, or to the list
	Back   string
}

func (p RefusePage) title() string {
	if len(p.Users) == 1 {
		return "Refuse " + p.Users[0].Name + "?"
	}
	return "Refuse " + ui.CountOf(len(p.Users), "person", "people") + "?"
}

func (p RefusePage) hidden() []ui.Hidden {
	return append(hiddenIDs(p.Users), ui.Hidden{Name: "back", Value: p.Back}, ui.Hidden{Name: "action", Value: "refuse"}, ui.Hidden{Name: "confirmed", Value: "yes"})
}

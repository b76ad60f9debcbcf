package views

import (
	"net/url"
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// ActivityRecords are records of what happened, newest first, with a search
// above them and the way to older ones below.
type ActivityRecords struct {
	Address string // of the page they stand on
	Search  string // as typed
	Before  int64  // the page begins before this record; 0 is the newest page
	Page    store.ActivityPage
	Now     time.Time
	Nothing string // said when nothing has happened yet
}

// older is the address of the page that follows.
func (a ActivityRecords) older() string {
	last := a.Page.Records[len(a.Page.Records)-1]
	return a.at(url.Values{"before": {strconv.FormatInt(last.ID, 10)}})
}

// newest is the address of the first page.
func (a ActivityRecords) newest() string { return a.at(url.Values{}) }

func (a ActivityRecords) at(query url.Values) string {
	if a.Search != "" {
		query.Set("q", a.Search)
	}
	if len(query) == 0 {
		return a.Address
	}
	return a.Address + "?" + query.Encode()
}

// found says what a search has found, for those who hear the page.
func (a ActivityRecords) found() string {
	switch n := len(a.Page.Records); {
	case n == 0:
		return "Nothing found."
	case a.Page.Older:
		return "The latest " + ui.Number(n) + " are shown."
	default:
		return ui.Count(n, "record", "records") + "."
	}
}

// fromWhere tells where a record was made: its address, and whether that was
// at home.
func fromWhere(r store.Record) string {
	switch {
	case r.Address == "" && r.ActorID == 0:
		return "At the server"
	case r.Address == "":
		return "From an unknown address"
	case r.AtHome:
		return r.Address + ", home"
	}
	return r.Address + ", away"
}

// strangerIcon stands where a record has nobody's face.
func strangerIcon(r store.Record) string {
	if r.Action == store.ActionSignInFailed || r.Action == store.ActionSignInRefused {
		return "alert"
	}
	return "device"
}

// fullTime is a moment to the second, for whoever needs to know exactly.
func fullTime(t, now time.Time) string {
	return t.In(now.Location()).Format("Monday 2 January 2006, 15:04:05 MST")
}

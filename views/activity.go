package views

import (
	"strconv"

	"usher/views/ui"
)

// ActivityPage shows what happened on the server.
type ActivityPage struct {
	Layout   ui.Layout
	Records  ActivityRecords
	KeptDays int
}

func (p ActivityPage) kept() string {
	if p.KeptDays == 1 {
		return "kept for one day"
	}
	return "kept for " + strconv.Itoa(p.KeptDays) + " days"
}

// ActivityTab is one of the pages of Activity.
type ActivityTab string

// The tabs.
const (
	ActivityPeople  ActivityTab = "What people did"
	ActivityPlaying ActivityTab = "Now playing"
	ActivityWorkers ActivityTab = "Worker log"
)

// all are the tabs, with this one open.
func (t ActivityTab) all() []ui.Tab {
	return []ui.Tab{
		{Label: string(ActivityPeople), Href: "/admin/activity", Current: t == ActivityPeople},
		{Label: string(ActivityPlaying), Href: playingPath, Current: t == ActivityPlaying},
		{Label: string(ActivityWorkers), Href: jobsPath, Current: t == ActivityWorkers},
	}
}

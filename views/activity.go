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

package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// MinutesLeft says how much there is left, rounded up: “12 min left”; "" where
// that is not known.
func MinutesLeft(h store.Headway) string {
	left := h.Left()
	if left == 0 {
		return ""
	}
	minutes := int((left + time.Minute - 1) / time.Minute)
	if hours := minutes / 60; hours > 0 {
		return ui.Number(hours) + " h " + strconv.Itoa(minutes%60) + " min left"
	}
	return strconv.Itoa(minutes) + " min left"
}

// soFar says how much of it has been seen, for those who do not see the bar.
func soFar(h store.Headway) string { return strconv.Itoa(h.Percent()) + " percent watched" }

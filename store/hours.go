package store

import (
	"fmt"
	"strconv"
	"strings"
)

// SlotsADay is how many half hours a day has.
const SlotsADay = 48

// Hours are the half hours of a week, Monday first, in which somebody may not
// watch: a bit for each half hour of a day, the first at midnight. The zero
// value closes nothing.
type Hours [7]uint64

// Closed says whether the half hour is closed; day 0 is Monday.
func (h Hours) Closed(day, slot int) bool { return h[day]&(1<<slot) != 0 }

// stored is how hours are kept: seven numbers of twelve hexadecimal digits, ""
// where nothing is closed.
func (h Hours) stored() string {
	if h == (Hours{}) {
		return ""
	}
	parts := make([]string, len(h))
	for day, closed := range h {
		parts[day] = fmt.Sprintf("%012x", closed)
	}
	return strings.Join(parts, " ")
}

func parseStoredHours(text string) (h Hours, err error) {
	for day, part := range strings.Fields(text) {
		if day == len(h) {
			return Hours{}, fmt.Errorf("hours %q have too many days", text)
		}
		if h[day], err = strconv.ParseUint(part, 16, 64); err != nil {
			return Hours{}, fmt.Errorf("hours %q: %w", text, err)
		}
	}
	return h, nil
}

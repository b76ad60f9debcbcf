package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SlotsADay is how many half hours a day has.
const SlotsADay = 48

// wholeDay has a bit for each half hour of a day.
const wholeDay = 1<<SlotsADay - 1

// Hours are the half hours of a week, Monday first, in which somebody may not
// watch: a bit for each half hour of a day, the first at midnight. The zero
// value closes nothing.
type Hours [7]uint64

// Closed says whether the half hour is closed; day 0 is Monday.
func (h Hours) Closed(day, slot int) bool { return h[day]&(1<<slot) != 0 }

// Open says whether somebody may watch at this moment, by the clock of the
// zone that at is in: pass at.In(zone).
func (h Hours) Open(at time.Time) bool {
	return !h.Closed(dayOf(at.Weekday()), at.Hour()*2+at.Minute()/30)
}

// dayOf is the number of the day in a week that begins on Monday.
func dayOf(day time.Weekday) int { return (int(day) + 6) % 7 }

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

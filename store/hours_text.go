package store

import (
	"fmt"
	"strconv"
	"strings"
)

// The words for a day without windows of its own.
const (
	alwaysOpen = "always"
	neverOpen  = "never"
)

// WeekText is a week of hours as it is typed, Monday first: for each day the
// windows that begin on it, such as “07:00–12:30, 14:00–20:00”, or “always”, or
// “never”. A window that crosses midnight, such as “20:00–02:00”, runs into the
// next day. A day with nothing typed is open always.
type WeekText [7]string

// window is a stretch of half hours, up to but not with the one at end, which
// is past SlotsADay where the window runs into the next day.
type window struct{ start, end int }

// ParseWeek reads a week. The messages say what is wrong with each day, or are
// "".
func ParseWeek(text WeekText) (h Hours, messages WeekText) {
	var open Hours
	for day, typed := range text {
		windows, message := parseDay(typed)
		messages[day] = message
		next := (day + 1) % len(open)
		for _, w := range windows {
			open[day] |= slots(w.start, min(w.end, SlotsADay))
			open[next] |= slots(0, w.end-SlotsADay)
		}
	}
	for day := range h {
		h[day] = wholeDay &^ open[day]
	}
	return h, messages
}

// slots has the bits from start up to but not with end.
func slots(start, end int) uint64 {
	if end <= start {
		return 0
	}
	return 1<<end - 1<<start
}

// maxWindows is how many windows a day has room for.
const maxWindows = SlotsADay / 2

func parseDay(typed string) (windows []window, message string) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	switch typed {
	case "", alwaysOpen:
		return []window{{0, SlotsADay}}, ""
	case neverOpen:
		return nil, ""
	}
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' })
	if len(parts) > maxWindows {
		return nil, fmt.Sprintf("A day has room for at most %d windows.", maxWindows)
	}
	for _, part := range parts {
		w, ok := parseWindow(part)
		if !ok {
			return nil, Quote(strings.TrimSpace(part)) + " cannot be read. Hours look like 07:00–12:30, 14:00–20:00, by half hours; or type always or never."
		}
		windows = append(windows, w)
	}
	return windows, ""
}

var dashes = strings.NewReplacer("–", "-", "—", "-", "−", "-", " to ", "-")

func parseWindow(text string) (window, bool) {
	from, to, found := strings.Cut(dashes.Replace(text), "-")
	start, begins := parseSlot(from)
	end, ends := parseSlot(to)
	if !found || !begins || !ends || start == SlotsADay || start == end {
		return window{}, false
	}
	if end < start {
		end += SlotsADay
	}
	return window{start, end}, true
}

// parseSlot reads a time of day on the half hour, from 0:00 to 24:00.
func parseSlot(text string) (slot int, ok bool) {
	hour, minute, exact := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), ".", ":"), ":")
	h, err := strconv.ParseUint(hour, 10, 8)
	if err != nil || len(hour) > 2 || exact && minute != "00" && minute != "30" {
		return 0, false
	}
	slot = int(h) * 2
	if minute == "30" {
		slot++
	}
	return slot, slot <= SlotsADay
}

// Text is the week as ParseWeek reads it: Hours of the text are the same hours
// again.
func (h Hours) Text() (text WeekText) {
	for day := range h {
		text[day] = h.dayText(day)
	}
	return text
}

func (h Hours) dayText(day int) string {
	if h[day] == 0 {
		return alwaysOpen
	}
	windows := h.windows(day)
	if len(windows) > 0 && h.runsOn((day+len(h)-1)%len(h)) {
		windows = windows[1:]
	}
	if len(windows) == 0 {
		return neverOpen
	}
	texts := make([]string, len(windows))
	for i, w := range windows {
		if w.end == SlotsADay && h.runsOn(day) {
			w.end = h.windows((day + 1) % len(h))[0].end
		}
		texts[i] = clock(w.start) + "–" + clock(w.end)
	}
	return strings.Join(texts, ", ")
}

// runsOn says whether the last window of the day is told as one with the first
// of the next: they touch at midnight, and it ends earlier than it began, so
// that it reads as what it is.
func (h Hours) runsOn(day int) bool {
	next := (day + 1) % len(h)
	if h[day] == 0 || h[next] == 0 || h.Closed(day, SlotsADay-1) || h.Closed(next, 0) {
		return false
	}
	windows := h.windows(day)
	return h.windows(next)[0].end < windows[len(windows)-1].start
}

// windows are the stretches of the day that are open.
func (h Hours) windows(day int) (windows []window) {
	for slot := 0; slot < SlotsADay; slot++ {
		if h.Closed(day, slot) {
			continue
		}
		start := slot
		for slot < SlotsADay && !h.Closed(day, slot) {
			slot++
		}
		windows = append(windows, window{start, slot})
	}
	return windows
}

// clock is the time at which a half hour begins.
func clock(slot int) string { return fmt.Sprintf("%02d:%02d", slot/2, slot%2*30) }

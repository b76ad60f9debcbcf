package naming

import (
	"fmt"
	"time"
)

// dateAt is a date in a name, with its time of day where there is one.
type dateAt struct {
	time.Time
	start, end int
	exact      bool // to the second
}

// run is a run of digits.
type run struct{ start, end int }

func (r run) len() int { return r.end - r.start }

// maxRuns bounds the runs of digits that are looked at.
const maxRuns = 50

func digitRuns(s string) []run {
	var runs []run
	for i := 0; i < len(s) && len(runs) < maxRuns; {
		if !isDigit(s[i]) {
			i++
			continue
		}
		start := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		runs = append(runs, run{start, i})
	}
	return runs
}

// findDate reads the first date of a name: 2019-07-04, 2019.07.04, 20190704,
// 04.07.2019, and 07-04-2019 where it can be nothing else; the time of day may
// follow, as cameras write it.
func findDate(s string) (dateAt, bool) {
	runs := digitRuns(s)
	for i, first := range runs {
		var year, month, day int
		rest := i + 1
		switch {
		case first.len() == 8 || first.len() == 14:
			year, month, day = number(s[first.start:first.start+4]), number(s[first.start+4:first.start+6]), number(s[first.start+6:first.start+8])
		case i+2 < len(runs) && evenly(s, first, runs[i+1], runs[i+2]):
			year, month, day = inOrder(s, first, runs[i+1], runs[i+2])
			rest = i + 3
		}
		if !isDate(year, month, day) {
			continue
		}
		found := dateAt{Time: time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.Local), start: first.start, end: runs[rest-1].end}
		found.readClock(s, runs[rest-1], runs[rest:])
		return found, true
	}
	return dateAt{}, false
}

func isDate(year, month, day int) bool {
	if year < firstYear || year > lastYear {
		return false
	}
	_, m, d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Date()
	return int(m) == month && d == day
}

// evenly says whether three runs of digits stand as those of a date do, with
// the same separator between them.
func evenly(s string, a, b, c run) bool {
	if b.start != a.end+1 || c.start != b.end+1 || s[a.end] != s[b.end] {
		return false
	}
	switch s[a.end] {
	case '-', '.', '_', ' ':
	default:
		return false
	}
	return a.len() == 4 && b.len() <= 2 && c.len() <= 2 || a.len() <= 2 && b.len() <= 2 && c.len() == 4
}

func inOrder(s string, a, b, c run) (year, month, day int) {
	x, y, z := number(s[a.start:a.end]), number(s[b.start:b.end]), number(s[c.start:c.end])
	switch {
	case a.len() == 4:
		return x, y, z
	case y > 12:
		return z, x, y
	}
	return z, y, x
}

// readClock adds the time of day that follows: 120000, 12-00-00, or the rest of
// a run of 14 digits.
func (d *dateAt) readClock(s string, last run, next []run) {
	var hour, minute, second int
	end := d.end
	switch {
	case last.len() == 14:
		at := last.start + 8
		hour, minute, second = number(s[at:at+2]), number(s[at+2:at+4]), number(s[at+4:at+6])
	case len(next) > 0 && next[0].start == d.end+1 && next[0].len() >= 6 && next[0].len() <= 9:
		at := next[0].start
		hour, minute, second = number(s[at:at+2]), number(s[at+2:at+4]), number(s[at+4:at+6])
		end = next[0].end
	case len(next) > 2 && next[0].start == d.end+1 && isClock(next[:3]):
		hour, minute, second = number(s[next[0].start:next[0].end]), number(s[next[1].start:next[1].end]), number(s[next[2].start:next[2].end])
		end = next[2].end
	default:
		return
	}
	if hour < 24 && minute < 60 && second < 60 {
		year, month, day := d.Date()
		d.Time, d.end, d.exact = time.Date(year, month, day, hour, minute, second, 0, time.Local), end, true
	}
}

func isClock(runs []run) bool {
	for i, r := range runs {
		if r.len() != 2 || i > 0 && r.start != runs[i-1].end+1 {
			return false
		}
	}
	return true
}

// words say the date as a name for what has no other.
func (d dateAt) words() string {
	text := fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year())
	if d.exact {
		text += d.Format(", 15:04")
	}
	return text
}

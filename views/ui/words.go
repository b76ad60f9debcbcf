package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// Ago says when something was, as people would: "Active now" within five minutes, "Today, 08:12", "Yesterday, 21:40",
// "3 days ago", "2 weeks ago", and a date for what is longer past. The zero time is "Never". Days are those of now's
// location.
func Ago(t, now time.Time) string { return ago(t, now, "Active now") }

// When says when something happened, as Ago does for people: "Just now", "Today, 08:12".
func When(t, now time.Time) string { return ago(t, now, "Just now") }

func ago(t, now time.Time, recent string) string {
	if t.IsZero() {
		return "Never"
	}
	t = t.In(now.Location())
	if since := now.Sub(t); since > -5*time.Minute && since < 5*time.Minute {
		return recent
	}
	switch days := daysBetween(t, now); {
	case days == 0:
		return t.Format("Today, 15:04")
	case days == 1:
		return t.Format("Yesterday, 15:04")
	case days > 1 && days < 14:
		return strconv.Itoa(days) + " days ago"
	case days >= 14 && days < 35:
		return strconv.Itoa(days/7) + " weeks ago"
	}
	return t.Format("2 January 2006")
}

// Day says on which day something was, as a heading: "Today", "Yesterday", "Monday" within the last week, and a date for
// what is longer past. Days are those of now's location.
func Day(t, now time.Time) string {
	t = t.In(now.Location())
	switch days := daysBetween(t, now); {
	case days <= 0:
		return "Today"
	case days == 1:
		return "Yesterday"
	case days < 7:
		return t.Format("Monday")
	}
	return t.Format("2 January 2006")
}

// Wait is a time to wait in words, rounded up: "four seconds", "15 minutes".
func Wait(d time.Duration) string {
	if d <= 90*time.Second {
		return CountOf(int((d+time.Second-1)/time.Second), "second", "seconds")
	}
	return Number(int((d+time.Minute-1)/time.Minute)) + " minutes"
}

// daysBetween counts midnights from t to now. Both are put on a calendar without summer time, where every day has 24
// hours.
func daysBetween(t, now time.Time) int {
	return int(calendarDay(now).Sub(calendarDay(t)) / (24 * time.Hour))
}

func calendarDay(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// numberWords are the numbers that read better as words.
var numberWords = [...]string{
	"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
}

// Count begins a sentence with a number of things: "Seven people", "One person", "No people", "1,204 people".
func Count(n int, one, many string) string {
	return Capital(CountOf(n, one, many))
}

// Capital has a text of ours begin with a capital letter.
func Capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// CountOf is Count in the middle of a sentence: "seven people".
func CountOf(n int, one, many string) string {
	thing := many
	if n == 1 {
		thing = one
	}
	if n >= 0 && n < len(numberWords) {
		return numberWords[n] + " " + thing
	}
	return Number(n) + " " + thing
}

// Number writes a number with commas between the thousands: "1,204".
func Number(n int) string {
	return humanize.Comma(int64(n))
}

// Names joins names with commas: "Films, Series, Music". When there are more than limit, it says how many are left
// out: "Films, Series and 3 more". A limit of 0 lists them all.
func Names(names []string, limit int) string {
	if limit <= 0 || len(names) <= limit {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:limit], ", ") + " and " + Number(len(names)-limit) + " more"
}

// Until says in the middle of a sentence when something will be: "today, 18:30", "tomorrow, 08:12", "in 4 days".
func Until(t, now time.Time) string {
	t = t.In(now.Location())
	switch days := daysBetween(now, t); days {
	case 0:
		return t.Format("today, 15:04")
	case 1:
		return t.Format("tomorrow, 15:04")
	default:
		return "in " + Number(days) + " days"
	}
}

// Often says how often something happened: "once", "twice", "three times".
func Often(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return CountOf(n, "time", "times")
}

package store_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"usher/store"
)

// everyDay is a week whose days are all typed alike.
func everyDay(text string) (week store.WeekText) {
	for day := range week {
		week[day] = text
	}
	return week
}

// week reads a week that is typed right.
func week(t *testing.T, text store.WeekText) store.Hours {
	t.Helper()
	hours, messages := store.ParseWeek(text)
	if messages != (store.WeekText{}) {
		t.Fatalf("%q: %q", text, messages)
	}
	return hours
}

func TestHoursAreRead(t *testing.T) {
	for typed, want := range map[string]string{
		"": "always", "Always": "always", " never ": "never", "0-24": "always",
		"7-20": "07:00–20:00", "7:00 to 20:30": "07:00–20:30", "07.30—8": "07:30–08:00",
		"14:00–20:00; 07:00–12:30": "07:00–12:30, 14:00–20:00",
		"07:00–12:00,12:00–14:00":  "07:00–14:00",
		"20:00–02:00":              "20:00–02:00", // and so the next day until two
		"20-24":                    "20:00–24:00",
	} {
		if got := week(t, everyDay(typed)).Text(); got != everyDay(want) {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	for _, typed := range []string{"seven", "7", "7-", "-7", "7–7", "24–2", "7:15–8", "7–25", "7-8-9", "1e1–12", "+7–8", "07:00–", strings.Repeat("1-2,", 30)} {
		hours, messages := store.ParseWeek(store.WeekText{2: typed})
		if messages[2] == "" || messages[1] != "" {
			t.Errorf("%q is read as %q, with %q", typed, hours.Text(), messages)
		}
	}
}

func TestHoursCrossMidnight(t *testing.T) {
	text := everyDay("never")
	text[4], text[6] = "20:00–02:00", "23:30–00:30"
	hours := week(t, text)
	if got := hours.Text(); got != text {
		t.Errorf("%q becomes %q", text, got)
	}
	zone := time.FixedZone("an hour east", 3600)
	for moment, open := range map[string]bool{
		"Fri 19:59": false, "Fri 20:00": true, "Sat 01:59": true, "Sat 02:00": false,
		"Sun 23:29": false, "Sun 23:30": true, "Mon 00:29": true, "Mon 00:30": false,
	} {
		at, err := time.ParseInLocation("2 Jan 2006 Mon 15:04", map[string]string{"Fri": "5", "Sat": "6", "Sun": "7", "Mon": "8"}[moment[:3]]+" Jun 2026 "+moment, zone)
		if err != nil {
			t.Fatal(err)
		}
		if hours.Open(at) != open {
			t.Errorf("%s: open %v", moment, !open)
		}
	}
}

// What Usher writes about any hours, it reads as the same hours.
func TestHoursAreWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var hours store.Hours
		for day := range hours {
			stretches := rapid.SliceOfN(rapid.IntRange(0, store.SlotsADay), 0, 6).Draw(t, "closed from and to")
			for n := 1; n < len(stretches); n += 2 {
				for slot := min(stretches[n-1], stretches[n]); slot < max(stretches[n-1], stretches[n]); slot++ {
					hours[day] |= 1 << slot
				}
			}
		}
		text := hours.Text()
		again, messages := store.ParseWeek(text)
		if messages != (store.WeekText{}) || again != hours {
			t.Fatalf("%v is written %q and read as %v, with %q", hours, text, again, messages)
		}
		if got := again.Text(); got != text {
			t.Fatalf("%q is written %q", text, got)
		}
	})
}

// Whatever is typed is read or refused, and what is read is written so that it
// is read as the same.
func FuzzParseWeek(f *testing.F) {
	f.Add("07:00–12:30, 14:00–20:00")
	f.Add("20–2")
	f.Fuzz(func(t *testing.T, typed string) {
		hours, messages := store.ParseWeek(store.WeekText{0: typed, 1: "never"})
		if messages[0] != "" {
			return
		}
		if again, messages := store.ParseWeek(hours.Text()); again != hours || messages != (store.WeekText{}) {
			t.Errorf("%q is read as %v, written %q and read as %v, with %q", typed, hours, hours.Text(), again, messages)
		}
	})
}

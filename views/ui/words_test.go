package ui_test

import (
	"testing"
	"time"

	"usher/views/ui"
)

func TestAgo(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Skip("no time zones on this machine: ", err)
	}
	// The day after the clocks went forward, so that yesterday had 23 hours.
	now := time.Date(2026, 3, 30, 9, 0, 0, 0, stockholm)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Time{}, "Never"},
		{now, "Active now"},
		{now.Add(-4 * time.Minute), "Active now"},
		{now.Add(3 * time.Minute), "Active now"},
		{now.Add(-5 * time.Minute), "Today, 08:55"},
		{time.Date(2026, 3, 30, 0, 0, 0, 0, stockholm), "Today, 00:00"},
		{time.Date(2026, 3, 29, 23, 59, 0, 0, stockholm), "Yesterday, 23:59"},
		{time.Date(2026, 3, 29, 0, 0, 0, 0, stockholm), "Yesterday, 00:00"},
		{time.Date(2026, 3, 29, 22, 30, 0, 0, time.UTC), "Today, 00:30"},
		{time.Date(2026, 3, 28, 23, 0, 0, 0, stockholm), "2 days ago"},
		{time.Date(2026, 3, 17, 12, 0, 0, 0, stockholm), "13 days ago"},
		{time.Date(2026, 3, 16, 12, 0, 0, 0, stockholm), "2 weeks ago"},
		{time.Date(2026, 2, 24, 12, 0, 0, 0, stockholm), "4 weeks ago"},
		{time.Date(2026, 2, 4, 12, 0, 0, 0, stockholm), "4 February 2026"},
		{time.Date(2026, 4, 2, 12, 0, 0, 0, stockholm), "2 April 2026"},
	} {
		if got := ui.Ago(c.at, now); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
	for at, want := range map[time.Time]string{now: "Just now", now.Add(-5 * time.Minute): "Today, 08:55"} {
		if got := ui.When(at, now); got != want {
			t.Errorf("what happened at %v was %q, want %q", at, got, want)
		}
	}
}

func TestWait(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		time.Second: "one second", 3100 * time.Millisecond: "four seconds", 90 * time.Second: "90 seconds",
		91 * time.Second: "2 minutes", 15 * time.Minute: "15 minutes",
	} {
		if got := ui.Wait(wait); got != want {
			t.Errorf("%v is %q, want %q", wait, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{
		0: "No people", 1: "One person", 7: "Seven people", 12: "Twelve people", 13: "13 people", 1204: "1,204 people", -1: "-1 people",
	} {
		if got := ui.Count(n, "person", "people"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := ui.CountOf(3, "device", "devices"); got != "three devices" {
		t.Errorf("got %q", got)
	}
}

func TestNames(t *testing.T) {
	names := []string{"Films", "Series", "Music", "Photos"}
	for limit, want := range map[int]string{
		0: "Films, Series, Music, Photos",
		4: "Films, Series, Music, Photos",
		3: "Films, Series, Music and 1 more",
		1: "Films and 3 more",
	} {
		if got := ui.Names(names, limit); got != want {
			t.Errorf("limit %d: %q, want %q", limit, got, want)
		}
	}
	if got := ui.Names(nil, 3); got != "" {
		t.Errorf("nobody is %q", got)
	}
}

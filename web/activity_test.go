package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// events are the sentences on a page of records, from the top.
func (a answer) events() []string {
	a.t.Helper()
	var events []string
	for _, event := range a.doc().Find(".events > li p:first-child").EachIter() {
		events = append(events, strings.TrimSpace(event.Text()))
	}
	return events
}

func TestActivityTellsWhatHappened(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", atHome)
	b.follow("/admin/libraries/new", libraryForm("Films", "films", t.TempDir()))
	b.follow("/admin/libraries/1", libraryForm("Cinema", "films", h.library(1).Folders...))
	b.follow("/admin/channels/new", channelForm("Radio", "https://radio.example/"))
	b.follow("/admin/libraries/1/delete", nil)
	h.browser(away).post("/sign-in", signInForm("Mara", "guess")).want(http.StatusUnprocessableEntity)
	page := b.get("/admin/activity").want(http.StatusOK).says("kept for 180 days")
	if page.doc().Find("a[href='/admin/settings#activity_days']").Length() != 1 {
		t.Error("no way to the setting")
	}
	for i, want := range []string{
		"A sign-in as Mara failed", "Mara deleted the library Cinema.", "Mara added the channel Radio.",
		"Mara changed the library Cinema (renamed from “Films”).", "Mara added the library Films.", "Mara signed in",
	} {
		if events := page.events(); i >= len(events) || !strings.HasPrefix(events[i], want) {
			t.Fatalf("event %d of %q is not %q", i, events, want)
		}
	}
	page.says("203.0.113.9, away").says("192.168.1.20, home")
}

func TestActivitySearch(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Åsas films")
	h.addLibrary("Music")
	b := h.signedIn("Mara", away)
	for search, want := range map[string]int{
		"asas":            1, // without its accent
		"LIBRARY added":   2, // every word, in any order and case
		"library radio":   0,
		"203.0.113":       2, // that Mara signed in, and that it was on a new device
		"usic":            1,
		"%":               0, // not a pattern
		"'; DROP TABLE x": 0,
		hostile:           0,
	} {
		found := b.get("/admin/activity?" + url.Values{"q": {search}}.Encode()).want(http.StatusOK)
		if events := found.events(); len(events) != want {
			t.Errorf("%q found %d: %q", search, len(events), events)
		}
		if got := found.doc().Find("input[name=q]").AttrOr("value", ""); got != search {
			t.Errorf("%q stands in the field as %q", search, got)
		}
		if want == 0 {
			found.says("Nothing found for “" + strings.Join(strings.Fields(search), " ") + "”").says("Show everything")
		}
	}
	if b.get("/admin/activity").doc().Find("form[data-live]").Length() != 1 {
		t.Error("the search is not live")
	}
}

func TestActivityOlderPages(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Films")
	for i := range 2 * store.PageSize {
		in := store.LibraryInput{Name: fmt.Sprintf("Films %03d", i), Kind: store.KindFilms, Folders: h.library(1).Folders}
		if err := h.store.UpdateLibrary(context.Background(), h.asOwner(), 1, in); err != nil {
			t.Fatal(err)
		}
	}
	b := h.signedIn("Mara", away)
	seen := make(map[string]bool)
	address, pages := "/admin/activity?q=changed", 0
	for address != "" {
		page := b.get(address).want(http.StatusOK)
		if n := len(page.events()); n != store.PageSize {
			t.Fatalf("%s shows %d records", address, n)
		}
		for _, event := range page.events() {
			seen[event] = true
		}
		address, pages = page.doc().Find("a[rel=next]").AttrOr("href", ""), pages+1
	}
	if pages != 2 || len(seen) != 2*store.PageSize {
		t.Errorf("%d pages with %d records", pages, len(seen))
	}
	b.get("/admin/activity?before=none").want(http.StatusOK).says("Mara signed in")
	b.get("/admin/activity?before=1").want(http.StatusOK).says("Nothing here yet")
}

func TestActivityIsKeptAsTheSettingsSay(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Films")
	cleanUp := func() {
		t.Helper()
		if _, err := h.store.CleanUp(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	added := func() bool {
		t.Helper()
		return strings.Contains(h.signedIn("Mara", away).get("/admin/activity?q=added").Body, "Mara added the library Films.")
	}
	h.clock.pass(179 * store.Day)
	if cleanUp(); !added() {
		t.Error("gone after 179 days")
	}
	h.clock.pass(2 * store.Day)
	if cleanUp(); added() {
		t.Error("still there after 181 days")
	}

	h.addLibrary("Music")
	b := h.signedIn("Mara", away)
	b.save("activity_days", "1")
	b.get("/admin/activity").says("kept for one day").says("Mara added the library Music.")
	h.clock.pass(2 * store.Day)
	cleanUp()
	if events := b.get("/admin/activity").events(); len(events) != 0 {
		t.Errorf("after two days: %q", events)
	}
}

package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestUserActivity(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.add("Nils", "")
	h.signedIn("Elsa", away)
	b := h.signedIn("Mara", atHome)
	b.follow(about(elsa, ""), profile("Elsa", "note", "<b>Bold</b>"))

	page := b.get(about(elsa, "/activity")).want(http.StatusOK)
	var lines []string
	for _, line := range page.doc().Find("#records li > div").EachIter() {
		lines = append(lines, line.Children().First().Text()+" "+line.Children().Last().Text())
	}
	want := []string{
		"Mara changed the profile of Elsa (note). 192.168.1.20, home",
		"Elsa signed in. 203.0.113.9, away",
		"Elsa came in on a new device (Unknown device). 203.0.113.9, away",
		"Mara added the user Elsa. From an unknown address",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the records are %q, want %q", lines, want)
	}
	when := page.doc().Find("#records time").First()
	if at, _ := when.Attr("datetime"); at == "" || when.Text() != "Just now" {
		t.Errorf("the latest was at %q, %q", at, when.Text())
	} else if _, err := time.Parse(time.RFC3339, at); err != nil {
		t.Error(err)
	}
	if full, _ := when.Attr("title"); !strings.Contains(full, time.Now().Format("2006")) {
		t.Errorf("the full time is %q", full)
	}

	found := b.get(about(elsa, "/activity?q=203.0.113+signed"))
	if found.doc().Find("#records li").Length() != 1 {
		t.Errorf("the search finds %s", found.text("#records"))
	}
	b.get(about(elsa, "/activity?q=%22%3E%3Cscript%3E")).says("Nothing found for “\"><script>”")
	b.get(about(elsa, "/activity?before=x")).says("Mara added the user Elsa.")
}

func TestOlderActivity(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	for i := range store.PageSize + 5 {
		err := h.store.UpdateProfile(context.Background(), h.asOwner(), elsa.ID, store.Profile{Name: "Elsa", Note: fmt.Sprint("note ", i)})
		if err != nil {
			t.Fatal(err)
		}
	}
	b := h.signedIn("Mara", away)
	seen, address := 0, about(elsa, "/activity?"+url.Values{"q": {"profile"}}.Encode())
	for pages := 1; address != ""; pages++ {
		page := b.get(address).want(http.StatusOK)
		seen += page.doc().Find("#records li").Length()
		address, _ = page.doc().Find("#records a[rel=next]").Attr("href")
		if pages == 2 && !page.leadsTo(about(elsa, "/activity?q=profile")) {
			t.Error("there is no way back to the newest")
		}
	}
	if seen != store.PageSize+5 {
		t.Errorf("%d of %d records are seen", seen, store.PageSize+5)
	}
}

package web_test

import (
	"context"
	"database/sql"
	"image/color"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// fact is what stands beside a term in a list of facts.
func (a answer) fact(term string) string {
	a.t.Helper()
	for _, dt := range a.doc().Find(".facts dt").EachIter() {
		if dt.Text() == term {
			return dt.Next().Text()
		}
	}
	return ""
}

// row is how something stands of which a page has a row.
func (a answer) row(label string) string {
	a.t.Helper()
	for _, row := range a.doc().Find(".settings .row").EachIter() {
		if strings.TrimSpace(row.Find(".name").Text()) == label {
			return strings.TrimSpace(row.Find(".small").Text())
		}
	}
	return ""
}

func TestAccount(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.addLibrary("Music")
	h.addWith("Elsa", store.Access{Libraries: []int64{films.ID}, AllChannels: true})
	h.addAdministrator("Jonas")
	h.add("Nils", "")

	elsa := h.signedIn("Elsa", away).get("/account").want(http.StatusOK)
	if !elsa.leadsTo("/account/profile") {
		t.Error("the page does not lead to the profile")
	}
	for fact, want := range map[string]string{
		"Name": "Elsa", "E-mail": "None", "Role": "User",
		"Libraries": "Films", "Channels": "All channels, as soon as there are some",
	} {
		if got := elsa.fact(fact); got != want {
			t.Errorf("%s: %q, want %q", fact, got, want)
		}
	}
	if got := elsa.says("Signed in here just now, with your password.").row("Password"); got != "Set just now." {
		t.Errorf("password: %q", got)
	}
	if !elsa.leadsTo("/account/password") || elsa.doc().Find("main form[action='/sign-out'][method=post]").Length() != 1 {
		t.Error("the page does not lead to the password and out")
	}
	if elsa.doc().Find("a[href^='/admin']").Length() != 0 {
		t.Error("a plain user is led to the admin area")
	}

	jonas := h.signedIn("Jonas", away).get("/account")
	if jonas.fact("Role") != "Administrator" || jonas.fact("Libraries") != "All libraries: Films, Music" {
		t.Errorf("Jonas is %s and watches %s", jonas.fact("Role"), jonas.fact("Libraries"))
	}
	if mara := h.signedIn("Mara", away).get("/account"); mara.fact("Role") != "Owner of this server" {
		t.Errorf("Mara is %s", mara.fact("Role"))
	}

	sofa := h.browser(atHome)
	sofa.post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
	sofa.get("/account").says("Signed in here just now, at home and without a password.").says("None: you sign in at home only, by your name alone.")

	h.browser(away).isOut()
}

func TestOwnProfile(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	for _, name := range []string{"Elsa", "Jonas", "Mara"} {
		b := h.signedIn(name, away)
		b.post("/account/profile", ownProfile(name+" Ek", "", "wrong")).refuses(http.StatusUnprocessableEntity, "current", "This is not your password.")
		b.follow("/account/profile", ownProfile(name+" Ek", name+"@example.org", goodPassword)).says("Your profile is saved.").says(name + " Ek")
		if facts := b.get("/account"); facts.fact("Name") != name+" Ek" || facts.fact("E-mail") != name+"@example.org" {
			t.Errorf("%s is %s, %s", name, facts.fact("Name"), facts.fact("E-mail"))
		}
	}
	if jonas := h.signedIn("jonas@example.org", away).get("/admin/users"); jonas.Status != http.StatusOK {
		t.Error("Jonas is no administrator any more")
	}

	b := h.signedIn("Elsa Ek", away)
	sent := b.upload("/account/picture", "picture", "elsa.png", pngOf(t, 60, 40, color.White)).want(http.StatusSeeOther)
	page := b.get(sent.Location).says("You have a new picture.")
	if src, _ := page.doc().Find("main img.avatar").Attr("src"); src == "" || b.get(src).want(http.StatusOK).Body == "" {
		t.Error("it does not show")
	}
	b.upload("/account/picture", "picture", "e.txt", []byte("Elsa")).refuses(http.StatusUnprocessableEntity, "picture", "")
	b.get("/account/picture").want(http.StatusOK)
	b.follow("/account/picture/remove", nil).says("Your picture is gone.")
	if h.user(elsa.ID).Picture != "" {
		t.Error("it is still there")
	}
}

// write changes the database past the store.
func (h *house) write(query string, args ...any) {
	h.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(h.store.Folder(), store.FileName)+"?_busy_timeout=5000")
	h.must(err)
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(h.t.Context(), query, args...)
	h.must(err)
}

// Whoever was picked at home by the name alone may be anyone there.
func TestOwnProfileOfWhoIsLinked(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	sofa := h.browser(atHome)
	sofa.post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	sofa.follow("/account/profile", ownProfile("Elsa", "elsa@example.org", "")).says("Your profile is saved.")
	h.write("UPDATE users SET linked = 1 WHERE id = ?", elsa.ID)
	sofa.get("/account/profile").want(http.StatusForbidden).says("Sign in with Connect first")
	sofa.post("/account/profile", ownProfile("Elsa", "nils@example.org", "")).want(http.StatusForbidden)
	if email := h.user(elsa.ID).Email; email != "elsa@example.org" {
		t.Errorf("links go to %s", email)
	}
}

func TestLook(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b, phone := h.signedIn("Elsa", away), h.signedIn("Elsa", away)
	for _, look := range []string{"dark", "light", ""} {
		b.follow("/account/look", url.Values{"look": {look}}).says("Your look is saved.")
		page := phone.get("/history")
		if theme, _ := page.doc().Find("html").Attr("data-theme"); theme != look {
			t.Errorf("the other device looks %q, want %q", theme, look)
		}
		if pressed, _ := page.doc().Find(".themes [aria-pressed=true]").Attr("value"); pressed != look {
			t.Errorf("the menu shows %q, want %q", pressed, look)
		}
	}
	page := phone.get("/history?q=the+bear")
	if next, _ := page.doc().Find(".themes [name=next]").Attr("value"); next != "/history?q=the+bear" {
		t.Errorf("the menu leads back to %q", next)
	}
	for next, want := range map[string]string{"/history?q=the+bear": "/history?q=the+bear", "https://evil.example/": "/"} {
		if sent := phone.post("/account/look", url.Values{"look": {"dark"}, "next": {next}}).want(http.StatusSeeOther); sent.Location != want {
			t.Errorf("it leads to %q, want %q", sent.Location, want)
		}
	}
	phone.post("/account/look", url.Values{"look": {"pink"}}).want(http.StatusUnprocessableEntity)
	phone.header.Set("Accept", "application/json")
	phone.post("/account/look", url.Values{"look": {"light"}}).want(http.StatusNoContent)
	if theme, _ := b.get("/").doc().Find("html").Attr("data-theme"); theme != "light" {
		t.Errorf("after the script it looks %q", theme)
	}
	if _, told := h.browser(away).get("/sign-in").doc().Find("html").Attr("data-theme"); told {
		t.Error("the door tells a look")
	}
}

// Times are shown in the time zone of whoever looks.
func TestOwnTimeZone(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	at := func() string { // what Activity says of the sign-in
		title, _ := b.get("/admin/activity").doc().Find("time").First().Attr("title")
		return title
	}
	b.post("/account/time-zone", url.Values{"time_zone": {"Europe/Atlantis"}}).refuses(http.StatusUnprocessableEntity, "time_zone", "is no time zone that Usher knows")
	for zone, name := range map[string]string{"Asia/Tokyo": "JST", "Asia/Kolkata": "IST"} {
		b.follow("/account/time-zone", url.Values{"time_zone": {zone}}).says("Your time zone is saved.")
		where, err := time.LoadLocation(zone)
		h.must(err)
		if got := at(); !strings.HasSuffix(got, name) {
			t.Errorf("in %s it was %q", zone, got)
		}
		h.clock.pass(time.Hour)
		seen, _ := b.get("/account/devices").doc().Find("main time").First().Attr("title")
		if !strings.HasSuffix(seen, name) {
			t.Errorf("in %s the device was seen %q", zone, seen)
		}
		if page := b.get("/account"); page.value("time_zone") != zone || !strings.Contains(page.text("#time_zone-help"), "it is "+h.store.Now().In(where).Format("15:04")+" now") {
			t.Errorf("the page says %q", page.text("#time_zone-help"))
		}
	}

	h.must(h.store.SetRestrictions(context.Background(), h.asOwner(), elsa.ID, store.Limits{Restrictions: store.Restrictions{TimeZone: "Asia/Tokyo", Hours: store.Hours{1: 1}}}))
	hers := h.signedIn("Elsa", away)
	if page := hers.get("/account").says("An administrator decides it"); page.fact("Time zone") != "Asia/Tokyo" || page.doc().Find("[name=time_zone]").Length() != 0 {
		t.Error("Elsa can choose the time zone in which her hours count")
	}
	hers.post("/account/time-zone", url.Values{"time_zone": {"America/New_York"}}).want(http.StatusForbidden)
}

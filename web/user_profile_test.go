package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func profile(name string, more ...string) url.Values {
	form := url.Values{"name": {name}, "may_edit_profile": {"on"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestSaveProfile(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	page := b.follow(about(elsa, ""), profile(" Elsa Lindqvist ", "email", "Elsa@example.org", "note", "Twelve in March.\r\nLikes owls."))
	page.want(http.StatusOK).says("Elsa Lindqvist’s profile is saved.")
	if got := h.user(elsa.ID); got.Name != "Elsa Lindqvist" || got.Email != "Elsa@example.org" || got.Note != "Twelve in March.\nLikes owls." {
		t.Errorf("Elsa is %+v", got)
	}
	if value, _ := page.doc().Find("#name").Attr("value"); value != "Elsa Lindqvist" || page.doc().Find("textarea#note").Text() != "Twelve in March.\nLikes owls." {
		t.Error("the form does not show what was saved")
	}
	b.get(about(elsa, "/activity")).says("Mara changed the profile of Elsa Lindqvist (renamed from “Elsa”, e-mail, note).")
}

func TestProfileComesBackAsTyped(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	long := strings.Repeat("x", 65)
	page := b.post(about(elsa, ""), profile(long, "email", "elsa@", "note", "a note", "ends", "soon", "disabled", "on", "administrator", "on"))
	page.refuses(http.StatusUnprocessableEntity, "name", "65 characters").
		refuses(http.StatusUnprocessableEntity, "email", "not an e-mail address").
		refuses(http.StatusUnprocessableEntity, "ends", "not a day").
		says("Three things to look at first")
	for field, want := range map[string]string{"name": long, "email": "elsa@", "ends": "soon"} {
		if got, _ := page.doc().Find("#" + field).Attr("value"); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if page.doc().Find("#note").Text() != "a note" || page.doc().Find("#disabled[checked], #administrator[checked]").Length() != 2 {
		t.Error("something that was typed is gone")
	}
	if got := h.user(elsa.ID); got.Name != "Elsa" || got.Disabled || got.Role != store.RoleUser {
		t.Errorf("something was saved all the same: %+v", got)
	}
}

func TestNamesThatAreRefused(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	h.add("Åsa Ek", "")
	b := h.signedIn("Mara", away)
	for name, words := range map[string]string{
		"":               "name",
		"   ":            "name",
		"El\u200bsa":     "invisible",
		"El\tsa":         "control",
		"mara":           "There is already a user called Mara.",
		"A\u030asa Ek":   "There is already a user called Åsa Ek.",
		"\uff2d\uff41ra": "There is already a user called Mara.",
	} {
		page := b.post(about(elsa, ""), profile(name)).want(http.StatusUnprocessableEntity)
		if text := page.text("#name-error"); !strings.Contains(text, words) {
			t.Errorf("%q: %q, want %q", name, text, words)
		}
	}
	if got := h.user(elsa.ID); got.Name != "Elsa" {
		t.Errorf("Elsa is called %q", got.Name)
	}
}

func TestHostileProfileIsEscaped(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	b := h.signedIn("Mara", away)
	const hostile = `"><script>alert(1)</script>`
	b.follow(about(elsa, ""), profile(hostile, "note", "</textarea>"+hostile)).want(http.StatusOK)
	for _, under := range []string{"", "/access", "/sign-in", "/activity", "/picture"} {
		page := b.get(about(elsa, under)).want(http.StatusOK)
		if strings.Contains(page.Body, "<script>") || page.text("h1") != hostile {
			t.Errorf("%s is not escaped", under)
		}
	}
	b.get(passwordOf(elsa)).says(hostile)
}

func TestAppointing(t *testing.T) {
	h := newHousehold(t)
	elsa, nils := h.add("Elsa", goodPassword), h.add("Nils", "")
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", away)
	b.follow(about(elsa, ""), profile("Elsa", "administrator", "on")).want(http.StatusOK)
	if h.user(elsa.ID).Role != store.RoleAdministrator {
		t.Fatal("Elsa is no administrator")
	}
	hers.get(about(nils, "")).want(http.StatusOK)

	b.follow(about(elsa, ""), profile("Elsa")).want(http.StatusOK)
	if h.user(elsa.ID).Role != store.RoleUser {
		t.Fatal("Elsa is still an administrator")
	}
	hers.isOut()

	page := b.post(about(nils, ""), profile("Nils", "administrator", "on"))
	page.refuses(http.StatusUnprocessableEntity, "administrator", "Nils has no password yet. An administrator needs one.")
	if h.user(nils.ID).Role != store.RoleUser {
		t.Error("Nils is an administrator without a password")
	}
}

func TestAdministratorsAppointNobody(t *testing.T) {
	h := newHousehold(t)
	h.addAdministrator("Jonas")
	karin, elsa := h.addAdministrator("Karin"), h.add("Elsa", goodPassword)
	b := h.signedIn("Jonas", away)
	if b.get(about(karin, "")).offers("administrator") {
		t.Error("appointing is offered")
	}
	// What was not offered stays as it is.
	b.follow(about(karin, ""), profile("Karin Ek")).want(http.StatusOK)
	if got := h.user(karin.ID); got.Name != "Karin Ek" || got.Role != store.RoleAdministrator {
		t.Errorf("Karin is %+v", got)
	}
	b.post(about(elsa, ""), profile("Elsa", "administrator", "on")).want(http.StatusForbidden)
	if h.user(elsa.ID).Role != store.RoleUser {
		t.Error("an administrator has made another")
	}
}

func TestNobodyDisablesThemself(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	page := b.get(about(jonas, ""))
	for _, field := range []string{"disabled", "ends", "administrator"} {
		if page.offers(field) {
			t.Errorf("%s is offered for oneself", field)
		}
	}
	if page.leadsTo(about(jonas, "/delete")) {
		t.Error("deleting oneself is offered")
	}
	b.follow(about(jonas, ""), profile("Jonas Ek")).want(http.StatusOK)
	if got := h.user(jonas.ID); got.Name != "Jonas Ek" || got.Role != store.RoleAdministrator || got.Disabled {
		t.Errorf("Jonas is %+v", got)
	}
	b.post(about(jonas, ""), profile("Jonas", "disabled", "on")).want(http.StatusForbidden)
	b.post(about(jonas, ""), profile("Jonas", "ends", "2099-01-01")).want(http.StatusForbidden)
	if got := h.user(jonas.ID); got.Disabled || !got.EndsAt.IsZero() {
		t.Errorf("Jonas is %+v", got)
	}
}

func TestDisablingEndsSessions(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, hers, elsewhere := h.signedIn("Mara", away), h.signedIn("Elsa", away), h.signedIn("Elsa", atHome)
	hers.stays()
	b.follow(about(elsa, ""), profile("Elsa", "disabled", "on")).says("Disabled")
	hers.isOut()
	elsewhere.isOut()
	hers.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden)
	b.follow(about(elsa, ""), profile("Elsa"))
	hers.isOut()
	hers.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
}

func TestDeletionEndsSessions(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	hers := h.signedIn("Elsa", away)
	hers.stays()
	if page := h.signedIn("Mara", away).get(about(elsa, "")); !page.leadsTo(about(elsa, "/delete")) {
		t.Error("deleting is not offered")
	}
	if err := h.store.DeleteUsers(context.Background(), h.asOwner(), elsa.ID); err != nil {
		t.Fatal(err)
	}
	hers.isOut()
}

func TestEndDate(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", away)
	last := h.store.Now().AddDate(0, 0, 3)
	b.follow(about(elsa, ""), profile("Elsa", "ends", last.Format(time.DateOnly))).says("Until " + last.Format("2 January 2006"))
	year, month, day := last.Date()
	ends := time.Date(year, month, day+1, 0, 0, 0, 0, time.Local)
	if got := h.user(elsa.ID).EndsAt; !got.Equal(ends) {
		t.Fatalf("it ends at %v, want %v", got, ends)
	}
	if value, _ := b.get(about(elsa, "")).doc().Find("#ends[type=date]").Attr("value"); value != last.Format(time.DateOnly) {
		t.Errorf("the form shows %q", value)
	}
	h.clock.pass(ends.Sub(h.store.Now()) - time.Minute)
	hers.stays()
	h.clock.pass(2 * time.Minute)
	hers.isOut()
	hers.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("ended on " + last.Format("2 January 2006"))

	// A user whose day is over can be changed without choosing another day.
	page := b.follow(about(elsa, ""), profile("Elsa Ek", "ends", last.Format(time.DateOnly))).want(http.StatusOK)
	page.says("Ended " + last.Format("2 January 2006"))
	b.post(about(elsa, ""), profile("Elsa", "ends", last.AddDate(0, 0, -1).Format(time.DateOnly))).refuses(http.StatusUnprocessableEntity, "ends", "This day is over.")
	b.post(about(elsa, ""), profile("Elsa", "ends", "2027-02-30")).refuses(http.StatusUnprocessableEntity, "ends", "not a day")
	b.follow(about(elsa, ""), profile("Elsa", "ends", ""))
	if !h.user(elsa.ID).EndsAt.IsZero() {
		t.Error("an empty date is not for ever")
	}
	hers.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
}

// An end within a day, as the store may have it, survives a form that knows
// days only.
func TestEndDateStaysToTheMoment(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	noon := h.store.Now().AddDate(0, 0, 5).Truncate(time.Hour)
	if err := h.store.UpdateProfile(context.Background(), h.asOwner(), elsa.ID, store.Profile{Name: "Elsa", EndsAt: noon}); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	shown, _ := b.get(about(elsa, "")).doc().Find("#ends").Attr("value")
	b.follow(about(elsa, ""), profile("Elsa Ek", "ends", shown)).want(http.StatusOK)
	if got := h.user(elsa.ID); got.Name != "Elsa Ek" || !got.EndsAt.Equal(noon) {
		t.Errorf("it ends at %v, want %v", got.EndsAt, noon)
	}
}

func TestProfileTakesOnlyItsFields(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	before, err := h.store.CredentialsByID(context.Background(), elsa.ID)
	if err != nil {
		t.Fatal(err)
	}
	form := profile("Elsa Ek", "id", "1", "ID", "1", "role", "owner", "is_admin", "true", "password_hash", "x", "password", "x",
		"picture", "x", "local_access", "on", "may_change_password", "", "all_libraries", "", "created_at", "0")
	h.signedIn("Mara", away).follow(about(elsa, "?role=owner&disabled=on"), form).want(http.StatusOK)
	after, err := h.store.CredentialsByID(context.Background(), elsa.ID)
	if err != nil {
		t.Fatal(err)
	}
	if after.Name != "Elsa Ek" {
		t.Errorf("the name is %q", after.Name)
	}
	after.Name = before.Name
	if after.Role != before.Role || after.PasswordHash != before.PasswordHash || after.LocalAccess || !after.MayChangePassword || after.Picture != "" ||
		!after.Access.AllLibraries || after.Disabled || !after.CreatedAt.Equal(before.CreatedAt) {
		t.Errorf("a field that is not on the form was stored: %+v", after)
	}
	if owner := h.user(h.owner.ID); owner.Name != "Mara" {
		t.Errorf("the form reached the owner: %+v", owner)
	}
}

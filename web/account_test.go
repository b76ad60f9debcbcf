package web_test

import (
	"net/http"
	"strings"
	"testing"

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

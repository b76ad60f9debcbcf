package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// asksAgain fails the test unless the page asks for the password once more.
func (a answer) asksAgain() answer {
	a.t.Helper()
	a.want(http.StatusForbidden).says("Is it you?")
	if a.doc().Find("input#confirm_password[type=password]").Length() != 1 {
		a.t.Fatal("there is no field for the password")
	}
	return a
}

// confirmation is the form of a page that asks for the password once more, with
// what it carries and this password.
func (a answer) confirmation(password string) (action string, form url.Values) {
	a.t.Helper()
	page := a.doc().Find("form")
	form = url.Values{}
	for _, field := range page.Find("input[type=hidden]").EachIter() {
		form.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	form.Set("confirm_password", password)
	return page.AttrOr("action", ""), form
}

// picked is a browser at home in which somebody was picked, with local access.
func (h *house) picked(u store.User) *browser {
	h.t.Helper()
	h.must(h.store.UpdateSignInRules(h.t.Context(), h.asOwner(), u.ID, store.SignInRules{MayChangePassword: true, LocalAccess: true}))
	b := h.browser(atHome)
	b.post("/sign-in", url.Values{"name": {u.Name}}).want(http.StatusSeeOther)
	return b
}

func TestEnteringTheAdminArea(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.picked(jonas)
	asked := b.get("/admin/users?q=Elsa").want(http.StatusSeeOther)
	if asked.Location != "/account/confirm?next=%2Fadmin%2Fusers%3Fq%3DElsa" {
		t.Fatalf("led to %s", asked.Location)
	}
	b.get(asked.Location).says("since you came in without it").says("Jonas")
	if led := b.get("/sign-in?next=/admin/users").want(http.StatusSeeOther); led.Location != "/admin/users" {
		t.Errorf("an old link leads to %s", led.Location)
	}
	form := url.Values{"password": {"wrong"}, "next": {"/admin/users?q=Elsa"}}
	b.post("/account/confirm", form).refuses(http.StatusUnprocessableEntity, "password", "This is not your password.")
	form.Set("password", goodPassword)
	before := b.cookie()
	b.follow("/account/confirm", form).want(http.StatusOK).says("Local users")
	if after := b.cookie(); after == before {
		t.Error("the cookie has the token from before")
	}
	stolen := h.browser(atHome)
	stolen.header.Set("Cookie", "usher_session="+before)
	stolen.isOut()
	b.get("/admin/activity").says("Jonas entered the admin area (with the password).")
	if led := b.get("/account/confirm?next=/admin/users").want(http.StatusSeeOther); led.Location != "/admin/users" {
		t.Errorf("who has confirmed is led to %s", led.Location)
	}

	h.clock.pass(12*time.Hour - time.Minute)
	b.get("/admin/users").want(http.StatusOK)
	h.clock.pass(time.Minute)
	over := b.get("/admin/users").want(http.StatusSeeOther)
	b.get(over.Location).says("the last time was more than twelve hours ago")
	b.get("/").want(http.StatusOK)
	b.address = away
	b.isOut() // however it was confirmed, it began at home without the password
}

func TestWhereConfirmingLeads(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	h.clock.pass(store.ConfirmLife)
	for _, next := range []string{"//evil.example", "https://evil.example/admin", "/sign-out", "\\\\evil.example", ""} {
		b.get("/account/confirm?" + url.Values{"next": {next}}.Encode()).want(http.StatusOK)
		h.clock.pass(store.ConfirmLife)
		led := b.post("/account/confirm", url.Values{"password": {goodPassword}, "next": {next}}).want(http.StatusSeeOther)
		if led.Location != "/" {
			t.Errorf("%q leads to %s", next, led.Location)
		}
		h.clock.pass(store.ConfirmLife)
	}
}

// TestNothingTypedIsLost sends a long form with several values of a name after
// ten minutes, and once more with the password.
func TestNothingTypedIsLost(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	h.clock.pass(store.ConfirmLife)
	note := "Our neighbour\n<script>alert(1)</script> & \"so on\"\n" + strings.Repeat("x", 300)
	typed := url.Values{"name": {"Elsa Lind"}, "email": {"elsa@home.example"}, "note": {note}, "administrator": {"on"}, "more": {"first", "second"}}
	b.header.Set("Referer", "http://usher.example"+about(elsa, ""))
	page := b.post(about(elsa, ""), typed).asksAgain().says("Nothing that you typed is lost.")
	if !page.leadsTo(about(elsa, "")) {
		t.Error("it does not lead back")
	}
	if h.user(elsa.ID).Role != store.RoleUser {
		t.Fatal("done without the password")
	}
	action, form := page.confirmation("wrong")
	if action != about(elsa, "") {
		t.Fatalf("the form goes to %s", action)
	}
	b.header.Del("Referer")
	page = b.post(action, form).refuses(http.StatusUnprocessableEntity, "confirm_password", "This is not your password.")
	if !page.leadsTo(about(elsa, "")) {
		t.Error("it does not lead back after a wrong password")
	}
	action, form = page.confirmation(goodPassword)
	for name, values := range typed {
		if got := form[name]; strings.Join(got, "|") != strings.Join(values, "|") {
			t.Errorf("%s is %q, typed was %q", name, got, values)
		}
	}
	b.follow(action, form).says("Elsa Lind")
	if u := h.user(elsa.ID); u.Role != store.RoleAdministrator || u.Note != note || u.Email != "elsa@home.example" {
		t.Errorf("saved: %+v", u)
	}
	b.post(about(elsa, ""), url.Values{"name": {"Elsa"}}).want(http.StatusSeeOther) // it is confirmed for ten minutes
}

// TestTheAreaAsksAFormToo sends a harmless form from a session whose password is
// too long ago for the admin area.
func TestTheAreaAsksAFormToo(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.picked(h.addAdministrator("Jonas"))
	page := b.post(about(elsa, "/disable"), url.Values{}).asksAgain().says("The admin area asks for your password.")
	action, form := page.confirmation(goodPassword)
	b.follow(action, form).says("Elsa is disabled")
	if !h.user(elsa.ID).Disabled {
		t.Error("it was not done")
	}
	b.get("/admin/activity").says("Jonas entered the admin area")
}

func TestScriptsAndFilesAreNotAsked(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Mara", away)
	h.clock.pass(store.ConfirmLife)
	b.header.Set("Accept", "application/json")
	told := b.post(about(jonas, "/ownership"), url.Values{}).want(http.StatusForbidden)
	if !strings.Contains(told.Body, "your password once more") || strings.Contains(told.Body, "<") {
		t.Errorf("a script is told %s", told.Body)
	}
	picked := h.picked(jonas)
	picked.send(http.MethodPost, about(jonas, "/picture"), "multipart/form-data; boundary=x", strings.NewReader("--x--\r\n")).want(http.StatusForbidden).says("Is it you?")
}

// TestConfirmingSideBySide has two tabs confirm at once, of which both go on.
func TestConfirmingSideBySide(t *testing.T) {
	h := newHousehold(t)
	b := h.picked(h.addAdministrator("Jonas"))
	other := h.browser(atHome)
	other.header.Set("Cookie", "usher_session="+b.cookie())
	form := url.Values{"password": {goodPassword}, "next": {"/admin/users"}}
	var wait sync.WaitGroup
	answers := make([]answer, 2)
	for i, tab := range []*browser{b, other} {
		wait.Go(func() { answers[i] = tab.post("/account/confirm", form) })
	}
	wait.Wait()
	var cookies int
	for _, a := range answers {
		if a.Status != http.StatusSeeOther || a.Location != "/admin/users" {
			t.Errorf("answered %d, %s", a.Status, a.Location)
		}
		if a.Header.Get("Set-Cookie") != "" {
			cookies++
		}
	}
	if cookies != 1 {
		t.Errorf("%d answers bring a cookie, want one", cookies)
	}
}

func TestConfirmingIsThrottled(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Mara", away)
	h.clock.pass(store.ConfirmLife)
	form := url.Values{"confirm_password": {"wrong"}, "name": {"Jonas"}, "note": {"typed"}}
	for range 5 {
		b.post(about(jonas, ""), form).want(http.StatusUnprocessableEntity)
	}
	form.Set("confirm_password", goodPassword)
	page := b.post(about(jonas, ""), form).refuses(http.StatusTooManyRequests, "confirm_password", "too many tries")
	if _, carried := page.confirmation(""); carried.Get("note") != "typed" || page.Header.Get("Retry-After") == "" {
		t.Errorf("carried is %v, wait %q", carried, page.Header.Get("Retry-After"))
	}
	h.clock.pass(time.Minute)
	b.post(about(jonas, ""), form).want(http.StatusSeeOther)
	if h.user(jonas.ID).Role != store.RoleUser {
		t.Error("it was not done")
	}
}

// TestConfirmingAndTheClock holds that a password from a time that has not come
// yet proves nothing: the clock was set back.
func TestConfirmingAndTheClock(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b, picked := h.signedIn("Mara", away), h.picked(jonas)
	picked.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	picked.get("/admin/users").want(http.StatusOK)
	h.clock.pass(-time.Hour)
	b.get("/admin/users").want(http.StatusOK) // it began with the password
	b.post(about(jonas, "/ownership"), url.Values{}).asksAgain()
	picked.get("/admin/users").want(http.StatusSeeOther)
}

// TestRevokedWhileConfirming has the session end while its user types.
func TestRevokedWhileConfirming(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	h.clock.pass(store.ConfirmLife)
	b.get("/account/confirm").says("Is it you?")
	h.must(h.store.SetDisabled(t.Context(), h.asOwner(), true, jonas.ID))
	b.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	b.isOut()
}

// TestViewingAsEndsWithTheProof holds that an administrator whose password is too
// long ago sees Usher as themself, and after giving it again, too.
func TestViewingAsEndsWithTheProof(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.picked(h.addAdministrator("Jonas"))
	b.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	b.post(about(elsa, "/view"), url.Values{}).want(http.StatusSeeOther)
	b.get("/").says("what Elsa sees")
	h.clock.pass(12 * time.Hour)
	b.get("/account").want(http.StatusOK) // which is closed to whoever looks as somebody else
	b.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	b.get("/account").want(http.StatusOK)
}

// TestSecondFactorForTheArea asks an administrator for a code where one is
// demanded, and leads one who has none to set it up.
func TestSecondFactorForTheArea(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	alter(t, h, `UPDATE settings SET admin_second_factor = 1`)
	if led := b.get("/admin/users").want(http.StatusSeeOther); led.Location != "/account/second-factor?next=%2Fadmin%2Fusers" {
		t.Errorf("led to %s", led.Location)
	}
	if led := b.post(about(jonas, ""), url.Values{}).want(http.StatusSeeOther); led.Location != "/account/second-factor" {
		t.Errorf("a form is led to %s", led.Location)
	}
	alter(t, h, `INSERT INTO authenticators (user_id, secret, made_at) VALUES (?, x'00', 0)`, jonas.ID)
	asked := b.get("/admin/users").want(http.StatusSeeOther)
	b.get(asked.Location).says("asks for a second factor besides your password").says("authenticator")
	b.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusUnprocessableEntity).says("authenticator")
	alter(t, h, `UPDATE sessions SET second_factor = 'code'`)
	b.get("/admin/users").want(http.StatusOK)
}

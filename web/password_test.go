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

func newPassword(current, password string, signOutOthers bool) url.Values {
	form := url.Values{"current": {current}, "password": {password}}
	if signOutOthers {
		form.Set("sign_out_others", "on")
	}
	return form
}

func TestChangeOwnPassword(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b, phone, sofa := h.signedIn("Elsa", away), h.signedIn("Elsa", away), h.signedIn("Elsa", atHome)
	page := b.get("/account/password").says("Change your password").says("Elsa").says("2 others are signed in.")
	if page.doc().Find("#sign_out_others[checked]").Length() != 1 || page.doc().Find("#password[data-strength]").Length() != 1 {
		t.Error("the page is not whole")
	}
	before := b.cookie()
	page = b.follow("/account/password", newPassword(goodPassword, otherPassword, true))
	page.want(http.StatusOK).says("Your new password is saved, and your other devices are signed out.")
	if b.cookie() == before {
		t.Error("the session has the token it had")
	}
	phone.isOut()
	sofa.isOut()
	stolen := h.browser(away)
	stolen.header.Set("Cookie", "usher_session="+before)
	stolen.isOut()
	b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusUnprocessableEntity)
	b.post("/sign-in", signInForm("Elsa", otherPassword)).want(http.StatusSeeOther)
}

func TestChangeOwnPasswordAndKeepOthers(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b, phone := h.signedIn("Elsa", away), h.signedIn("Elsa", away)
	b.get("/account/password").says("One other is signed in.")
	before := b.cookie()
	b.follow("/account/password", newPassword(goodPassword, otherPassword, false)).says("Your new password is saved.")
	if b.cookie() == before {
		t.Error("the session has the token it had")
	}
	b.stays()
	phone.stays()
}

func TestOwnPasswordThatIsRefused(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)
	page := b.post("/account/password", newPassword("not this one", otherPassword, false)).refuses(http.StatusUnprocessableEntity, "current", "This is not your password.")
	for field, want := range map[string]string{"current": "not this one", "password": otherPassword} {
		if got, _ := page.doc().Find("#" + field).Attr("value"); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if page.doc().Find("#sign_out_others[checked]").Length() != 0 {
		t.Error("the box is ticked again")
	}
	for password, words := range map[string]string{"short": "Too short", strings.Repeat("x", 257): "Too long", "elsa elsa elsa": "Weak"} {
		b.post("/account/password", newPassword(goodPassword, password, true)).refuses(http.StatusUnprocessableEntity, "password", words)
	}
	h.signedIn("Elsa", away)
}

func TestCurrentPasswordIsThrottled(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)
	for range 5 {
		b.post("/account/password", newPassword("wrong", otherPassword, true)).want(http.StatusUnprocessableEntity)
	}
	page := b.post("/account/password", newPassword(goodPassword, otherPassword, true))
	page.refuses(http.StatusTooManyRequests, "current", "There were too many tries. Try again in")
	if page.Header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q", page.Header.Get("Retry-After"))
	}
	h.clock.pass(2 * time.Second)
	b.post("/account/password", newPassword(goodPassword, otherPassword, true)).want(http.StatusSeeOther)
}

func TestFirstPassword(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
	page := b.get("/account/password").says("Set a password")
	if page.offers("current") || page.leadsTo("/account/password/remove") {
		t.Error("it asks about a password that does not exist")
	}
	b.follow("/account/password", newPassword("", otherPassword, true)).want(http.StatusOK).says("with your password")
	// The session is one with a password now: it counts away from home too.
	b.address = away
	b.stays()
	h.browser(atHome).post("/sign-in", signInForm("Nils", "")).want(http.StatusUnprocessableEntity)
}

func TestWhoMayNotChangeTheirPassword(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	if err := h.store.UpdateSignInRules(context.Background(), h.asOwner(), elsa.ID, store.SignInRules{}); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Elsa", away)
	page := b.get("/account/password").want(http.StatusOK).says("Ask Mara")
	if page.doc().Find("form").Length() != 0 || b.get("/account").leadsTo("/account/password") {
		t.Error("it is offered all the same")
	}
	b.post("/account/password", newPassword(goodPassword, otherPassword, true)).want(http.StatusForbidden).says("Ask Mara")
	b.get("/account/password/remove").want(http.StatusForbidden)
	b.post("/account/password/remove", url.Values{"current": {goodPassword}}).want(http.StatusForbidden)
	h.signedIn("Elsa", away)
}

func TestRemoveOwnPassword(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, phone := h.signedIn("Elsa", atHome), h.signedIn("Elsa", away)
	if !b.get("/account/password").leadsTo("/account/password/remove") {
		t.Error("removing is not offered")
	}
	b.get("/account/password/remove").want(http.StatusOK).says("Remove your password?").
		says("You can sign in at home only.").says("anyone at home can do so as you")
	if !h.user(elsa.ID).HasPassword {
		t.Fatal("looking at the question took the password")
	}
	b.post("/account/password/remove", url.Values{"current": {"wrong"}}).refuses(http.StatusUnprocessableEntity, "current", "This is not your password.")
	before := b.cookie()
	b.follow("/account/password/remove", url.Values{"current": {goodPassword}}).want(http.StatusOK).says("None: you sign in at home only, by your name alone.")
	if b.cookie() == before {
		t.Error("the session has the token it had")
	}
	phone.isOut()
	b.address = away
	b.isOut()
	h.browser(away).post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
	h.browser(atHome).post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
}

func TestRemoveOwnPasswordAwayFromHome(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)
	b.post("/account/password/remove", url.Values{"current": {goodPassword}}).want(http.StatusSeeOther)
	b.isOut()
	b.get("/sign-in").says("You came in without a password, which works at home only.")
}

func TestAdministratorsKeepAPassword(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	for _, name := range []string{"Mara", "Jonas"} {
		b := h.signedIn(name, away)
		if b.get("/account/password").leadsTo("/account/password/remove") {
			t.Errorf("%s is offered to have none", name)
		}
		b.get("/account/password/remove").want(http.StatusForbidden).says("An administrator always has a password")
		b.post("/account/password/remove", url.Values{"current": {goodPassword}}).want(http.StatusForbidden)
	}
	b := h.signedIn("Mara", away)
	if b.get(passwordOf(jonas)).leadsTo(passwordOf(jonas) + "/remove") {
		t.Error("removing an administrator’s is offered")
	}
	b.get(passwordOf(jonas) + "/remove").want(http.StatusForbidden).says("Jonas is an administrator, and an administrator always has a password.")
	b.post(passwordOf(jonas)+"/remove", nil).want(http.StatusForbidden)
	if !h.user(jonas.ID).HasPassword || !h.user(h.owner.ID).HasPassword {
		t.Error("somebody who looks after others has no password")
	}
}

func TestSetSomeonesPassword(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, hers, sofa := h.signedIn("Mara", away), h.signedIn("Elsa", away), h.signedIn("Elsa", atHome)
	page := b.get(passwordOf(elsa)).says("Set a password for Elsa").says("This signs Elsa out everywhere.")
	if page.offers("current") || page.offers("sign_out_others") || page.doc().Find("#password[data-strength]").Length() != 1 {
		t.Error("the page is not right")
	}
	page = b.post(passwordOf(elsa), setPassword("elsa1234")).refuses(http.StatusUnprocessableEntity, "password", "Weak")
	if got, _ := page.doc().Find("#password").Attr("value"); got != "elsa1234" {
		t.Errorf("the password is %q", got)
	}
	hers.stays()
	b.follow(passwordOf(elsa), setPassword(otherPassword)).says("Elsa has a new password and is signed out everywhere.")
	hers.isOut()
	sofa.isOut()
	b.stays()
	hers.post("/sign-in", signInForm("Elsa", otherPassword)).want(http.StatusSeeOther)
	b.get(about(elsa, "/activity")).says("Mara set a new password for Elsa.")
}

func TestRemoveSomeonesPassword(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", atHome)
	page := b.get(passwordOf(elsa) + "/remove").says("Remove Elsa’s password?").says("Elsa can sign in at home only").
		says("anyone at home can do so as Elsa").says("Elsa is signed out everywhere now.")
	if page.doc().Find("form[data-dialog-body]").Length() != 1 || page.offers("current") {
		t.Error("the question is not right")
	}
	b.follow(passwordOf(elsa)+"/remove", nil).says("Elsa has no password any more").says("No password: home only")
	hers.isOut()
	b.post(passwordOf(elsa)+"/remove", nil).want(http.StatusForbidden).says("Elsa has no password that could be removed.")
	h.browser(atHome).post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
}

func TestPasswordPageLeadsWhereItBelongs(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	for _, under := range []string{"", "/remove"} {
		if own := b.get(passwordOf(jonas) + under).want(http.StatusSeeOther); own.Location != "/account/password" {
			t.Errorf("one’s own leads to %s", own.Location)
		}
		if own := b.post(passwordOf(jonas)+under, setPassword(otherPassword)).want(http.StatusSeeOther); own.Location != "/account/password" {
			t.Errorf("one’s own leads to %s", own.Location)
		}
		b.get(passwordOf(h.owner) + under).want(http.StatusForbidden).says("nobody else can change the owner’s password")
		b.post(passwordOf(h.owner)+under, setPassword(otherPassword)).want(http.StatusForbidden)
		h.signedIn("Elsa", away).get(passwordOf(elsa) + under).want(http.StatusForbidden)
		h.signedIn("Elsa", away).post(passwordOf(jonas)+under, setPassword(otherPassword)).want(http.StatusForbidden)
	}
	b.get("/users/4711/password").want(http.StatusNotFound)
	h.signedIn("Jonas", away)
	h.signedIn("Mara", away)
}

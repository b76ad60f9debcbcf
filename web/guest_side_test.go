package web_test

import (
	"context"
	"image/color"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

func TestGuestSeesWhoInvited(t *testing.T) {
	h := newHousehold(t)
	h.addGuest("Priya", "priya@example.org")
	b := h.signedIn("Priya", away)
	b.get("/").want(http.StatusOK).says("Hello, Priya")
	page := b.get("/account").want(http.StatusOK).says("Only you can change your name and your e-mail address.")
	for term, want := range map[string]string{"Name": "Priya", "E-mail": "priya@example.org", "Role": "Guest", "Invited by": "Mara"} {
		if got := page.fact(term); got != want {
			t.Errorf("%s: %q, want %q", term, got, want)
		}
	}
	if !page.leadsTo("/account/profile") || page.doc().Find("a[href^='/admin']").Length() != 0 {
		t.Error("the page does not lead where it should")
	}
}

func ownProfile(name, email, current string) url.Values {
	return url.Values{"name": {name}, "email": {email}, "current": {current}}
}

func TestGuestChangesTheirProfile(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	priya := h.addGuest("Priya", "priya@example.org")
	b := h.signedIn("Priya", away)
	if page := b.get("/account/profile").want(http.StatusOK); page.value("name") != "Priya" || page.value("email") != "priya@example.org" {
		t.Errorf("the page begins with %q and %q", page.value("name"), page.value("email"))
	}
	for _, test := range []struct{ name, email, current, field, words string }{
		{"Priya Raman", "", "wrong", "current", "This is not your password."},
		{"ELSA", "", goodPassword, "name", "Somebody here has this name already."},
		{"Priya", "nothing", goodPassword, "email", "This is not an e-mail address."},
		{"", "", goodPassword, "name", "Type a name."},
	} {
		page := b.post("/account/profile", ownProfile(test.name, test.email, test.current)).refuses(http.StatusUnprocessableEntity, test.field, test.words)
		if page.value("name") != test.name || page.value("email") != test.email || page.value("current") != test.current {
			t.Errorf("what was typed for %q is lost", test.words)
		}
	}
	form := ownProfile("Priya Raman", "raman@example.org", goodPassword)
	for field, value := range map[string]string{"note": "mine", "all_libraries": "on", "ends": "", "administrator": "on", "kind": "local", "id": "1"} {
		form.Set(field, value)
	}
	b.follow("/account/profile", form).says("Your profile is saved.").says("Priya Raman")
	if u := h.user(priya.ID); u.Name != "Priya Raman" || u.Email != "raman@example.org" || u.Kind != store.KindGuest || u.Role != store.RoleUser || u.Note != "" {
		t.Errorf("the guest is %+v", u)
	}
	h.signedIn("raman@example.org", away)
	h.signedIn("Mara", away).get("/admin/activity").says("Priya Raman changed their profile")
}

func TestGuestsPasswordIsTheirs(t *testing.T) {
	h := newHousehold(t)
	h.addGuest("Priya", "priya@example.org")
	b := h.signedIn("Priya", away)
	if b.get("/account/password").want(http.StatusOK).leadsTo("/account/password/remove") {
		t.Error("a guest is offered to have no password")
	}
	b.get("/account/password/remove").want(http.StatusForbidden).says("a guest keeps the password")
	b.post("/account/password/remove", url.Values{"current": {goodPassword}}).want(http.StatusForbidden)
	b.follow("/account/password", newPassword(goodPassword, otherPassword, true)).says("Your new password is saved")
	h.browser(away).post("/sign-in", signInForm("Priya", otherPassword)).want(http.StatusSeeOther)
}

func TestLockedProfile(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	mara := h.signedIn("Mara", away)
	form := profile("Elsa")
	form.Del("may_edit_profile")
	mara.follow(about(elsa, ""), form).says("Elsa’s profile is saved.")
	if mara.get(about(elsa, "")).doc().Find("#may_edit_profile[checked]").Length() != 0 {
		t.Error("the profile shows as open")
	}
	mara.get("/admin/activity").says("may change their own profile: no")

	b := h.signedIn("Elsa", away)
	b.get("/account/profile").want(http.StatusForbidden)
	b.post("/account/profile", ownProfile("Else", "", goodPassword)).want(http.StatusForbidden)
	b.upload("/account/picture", "picture", "e.png", pngOf(t, 8, 8, color.White)).want(http.StatusForbidden)
	b.post("/account/picture/remove", nil).want(http.StatusForbidden)
	if b.get("/account").says("An administrator can change your name").leadsTo("/account/profile") {
		t.Error("Elsa is led there")
	}
	if u := h.user(elsa.ID); u.Name != "Elsa" || u.Picture != "" {
		t.Errorf("Elsa is %+v", u)
	}
	// Nobody can lock the profile of a guest or of the owner.
	priya := h.addGuest("Priya", "")
	for _, u := range []store.User{priya, h.owner} {
		if mara.get(about(u, "")).doc().Find("[name=may_edit_profile]").Length() != 0 {
			t.Errorf("it is offered for %s", u.Name)
		}
	}
	mara.post(about(priya, ""), url.Values{"note": {"Likes owls."}}).want(http.StatusSeeOther)
	if !h.user(priya.ID).MayEditProfile {
		t.Error("a guest’s profile is locked")
	}
}

func TestAdministratorChoosesEmail(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	ticked := func() bool { return b.get("/account").doc().Find("#wants_mail[checked]").Length() == 1 }
	b.get("/account").says("Nothing is sent as long as e-mail is not set up in Settings.")
	if !ticked() {
		t.Error("it is off to begin with")
	}
	b.follow("/account/mail", url.Values{}).says("Usher does not e-mail you any more when somebody comes.")
	if ticked() {
		t.Error("it is still on")
	}
	b.follow("/account/mail", url.Values{"wants_mail": {"on"}}).says("Usher e-mails you when somebody comes.")
	if !ticked() {
		t.Error("it is still off")
	}
	hers := h.signedIn("Elsa", away)
	hers.post("/account/mail", url.Values{"wants_mail": {"on"}}).want(http.StatusForbidden)
	if hers.get("/account").offers("wants_mail") {
		t.Error("it is offered to a plain user")
	}
}

// TestGuestStaysOutOfTheAdminArea asks for everything in the admin area as a
// guest, about the guest.
func TestGuestStaysOutOfTheAdminArea(t *testing.T) {
	h := newHousehold(t)
	priya := h.addGuest("Priya", "")
	b := h.signedIn("Priya", atHome)
	for _, route := range h.server.Routes() {
		if strings.HasPrefix(route.Path, "/admin") || strings.HasPrefix(route.Path, "/users/:id/password") {
			path := strings.ReplaceAll(route.Path, ":id", strconv.FormatInt(priya.ID, 10))
			if got := b.send(route.Method, path, "application/x-www-form-urlencoded", nil); got.Status != http.StatusForbidden {
				t.Errorf("%s %s answers %d", route.Method, path, got.Status)
			}
		}
	}
	if err := h.store.SetDisabled(context.Background(), h.asOwner(), true, priya.ID); err != nil {
		t.Fatal(err)
	}
	b.isOut()
}

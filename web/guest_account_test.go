package web_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// sofa enables the guest account and returns it.
func (h *house) sofa() store.User {
	h.t.Helper()
	u, _, err := h.store.EnableGuestAccount(h.t.Context(), h.asOwner())
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func TestEnableGuest(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	button := b.get("/admin/users").doc().Find(`button[form="guest-account"]`)
	if button.Text() != "Enable guest" || b.get("/admin/users").doc().Find(`form#guest-account[action="/admin/users/guest"][method=post]`).Length() != 1 {
		t.Error("the Users page does not offer to enable the guest account")
	}
	page := b.follow("/admin/users/guest", nil).says("Visitors can sign in at home as Guest. Choose what they may watch: nothing is open to them yet.")
	if page.doc().Find("[name=all_libraries][checked], [name=all_channels][checked]").Length() != 0 || page.text(".tabs [aria-current]") != "Access" {
		t.Error("it does not lead to what may be watched, with nothing open")
	}
	list := b.get("/admin/users").lists("Guest", "Mara").says("Guest account").says("Signs in at home only").says("Two people live here.")
	if list.doc().Find(`button[form="guest-account"]`).Length() != 0 {
		t.Error("what is enabled can be enabled")
	}
	u := h.named("Guest")
	b.follow(userPath(u, "/access"), url.Values{"all_libraries": {"on"}})
	b.follow(userPath(u, ""), profile("Living room", "note", "The sofa.", "disabled", "on")).says("Living room’s profile is saved.")
	b.follow("/admin/users/guest", nil).says("Visitors can sign in at home as Living room again. What they may watch is as it was.")
	if got := h.user(u.ID); got.Disabled || got.Note != "The sofa." || !got.Access.AllLibraries {
		t.Errorf("enabled again it is %+v", got)
	}
	b.follow(userPath(u, ""), profile("Living room", "ends", time.Now().Format(time.DateOnly)))
	h.clock.pass(48 * time.Hour)
	b = h.signedIn("Mara", away)
	b.follow("/admin/users/guest", nil).says("its end date has come. Choose a later one")
}

// Two who press the button at once, or fifty, make one guest account.
func TestEnableGuestAtOnce(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			if got := b.post("/admin/users/guest", nil); got.Status != http.StatusSeeOther {
				t.Errorf("status %d", got.Status)
			}
		})
	}
	group.Wait()
	b.get("/admin/users").lists("Guest", "Mara")
}

// The guest account comes in at home by its name, and never from away; what it
// has begun at home does not count away.
func TestGuestAccountSignsInAtHomeOnly(t *testing.T) {
	h := newHousehold(t)
	h.sofa()
	h.browser(away).post("/sign-in", signInForm("Guest", "")).want(http.StatusUnprocessableEntity)
	h.browser(away).post("/sign-in", signInForm("Guest", goodPassword)).want(http.StatusUnprocessableEntity)
	h.browser(atHome).post("/sign-in", signInForm("Guest", goodPassword)).want(http.StatusUnprocessableEntity)
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("guest", "")).want(http.StatusSeeOther)
	b.get("/").want(http.StatusOK)
	b.get("/admin/users").want(http.StatusForbidden)
	b.address = away
	b.get("/").want(http.StatusSeeOther)
	b.address = atHome
	b.get("/").want(http.StatusOK)
	mara := h.signedIn("Mara", away)
	mara.post(userPath(h.named("Guest"), "/disable"), nil).want(http.StatusSeeOther)
	b.get("/").want(http.StatusSeeOther)
	h.browser(atHome).post("/sign-in", signInForm("Guest", "")).want(http.StatusUnprocessableEntity)
}

// Neither whoever sits on the sofa nor an administrator gives the guest account
// a password or an e-mail address.
func TestGuestAccountHasNoPassword(t *testing.T) {
	h := newHousehold(t)
	u := h.sofa()
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("Guest", "")).want(http.StatusSeeOther)
	b.get("/account").want(http.StatusOK).says("Guest account, for everyone who visits").says("by your name alone")
	for status, refused := range map[int]answer{
		http.StatusOK:        b.get("/account/password"),
		http.StatusForbidden: b.post("/account/password", newPassword("", goodPassword, false)),
	} {
		refused.want(status).says("This account is for everyone who visits, so it never has a password.")
	}
	b.post("/account/password/remove", nil).want(http.StatusForbidden)
	mara := h.signedIn("Mara", away)
	mara.get(userPath(u, "/sign-in")).want(http.StatusOK).says("no password, no PIN and no e-mail address")
	password := passwordOf(u)
	for _, refused := range []answer{
		mara.get(password), mara.post(password, setPassword(goodPassword)), mara.get(password + "/remove"), mara.post(userPath(u, "/reset-link"), nil),
	} {
		refused.want(http.StatusForbidden).says("It never has a password")
	}
	mara.post(userPath(u, "/sign-in"), url.Values{"may_change_password": {"on"}, "local_access": {"on"}}).want(http.StatusSeeOther)
	if after := h.user(u.ID); after.LocalAccess != u.LocalAccess || after.MayChangePassword != u.MayChangePassword {
		t.Error("how the guest account signs in was changed by more than who sees its face")
	}
	mara.post(userPath(u, ""), profile("Guest", "administrator", "on")).want(http.StatusForbidden)
	mara.post(userPath(u, ""), profile("Guest", "email", "sofa@example.org")).want(http.StatusUnprocessableEntity).says("has no e-mail address")
	page := mara.get(userPath(u, "")).want(http.StatusOK)
	if !page.offers("name") || !page.offers("picture") || page.offers("email") || page.offers("administrator") {
		t.Error("the profile does not offer what there is to change, and nothing else")
	}
	if got := h.user(u.ID); got.HasPassword || got.Email != "" || got.Role != store.RoleUser || got.MayChangePassword {
		t.Errorf("the guest account is %+v", got)
	}
}

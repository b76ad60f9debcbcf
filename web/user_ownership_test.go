package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"usher/store"
)

func TestHandOver(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	if err := h.store.SetAccess(context.Background(), h.asOwner(), store.Access{}, jonas.ID); err != nil {
		t.Fatal(err)
	}
	b, elsewhere, his := h.signedIn("Mara", away), h.signedIn("Mara", away), h.signedIn("Jonas", away)
	if !b.get(about(jonas, "")).leadsTo(about(jonas, "/ownership")) {
		t.Error("it is not offered")
	}
	page := b.get(about(jonas, "/ownership")).says("Jonas becomes the owner of this server").says("You cannot take it back")
	if page.doc().Find("form[data-dialog-body]").Length() != 1 {
		t.Error("the question is none for a dialog")
	}
	h.clock.pass(store.ConfirmLife)
	b.post(about(jonas, "/ownership"), url.Values{}).asksAgain()
	b.post(about(jonas, "/ownership"), url.Values{"confirm_password": {""}}).refuses(http.StatusUnprocessableEntity, "confirm_password", "This is not your password.")
	b.post(about(jonas, "/ownership"), url.Values{"confirm_password": {"wrong"}}).refuses(http.StatusUnprocessableEntity, "confirm_password", "This is not your password.")
	if h.user(h.owner.ID).Role != store.RoleOwner {
		t.Fatal("it went without the password")
	}

	b.follow(about(jonas, "/ownership"), url.Values{"confirm_password": {goodPassword}}).says("Jonas is the owner now, and you are an administrator.")
	if mara, heir := h.user(h.owner.ID), h.user(jonas.ID); mara.Role != store.RoleAdministrator || heir.Role != store.RoleOwner || !heir.Access.AllLibraries {
		t.Errorf("Mara is %s, Jonas %s", mara.Role, heir.Role)
	}
	b.stays()
	elsewhere.isOut()
	his.get(about(h.owner, "")).says("Hand over ownership…")
	b.post(about(jonas, "/ownership"), url.Values{}).want(http.StatusForbidden).says("This is not open to you")
}

func TestHandOverIsThrottled(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Mara", away)
	h.clock.pass(store.ConfirmLife)
	for range 5 {
		b.post(about(jonas, "/ownership"), url.Values{"confirm_password": {"wrong"}}).want(http.StatusUnprocessableEntity)
	}
	page := b.post(about(jonas, "/ownership"), url.Values{"confirm_password": {goodPassword}}).refuses(http.StatusTooManyRequests, "confirm_password", "too many tries")
	if page.Header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
}

func TestWhoGetsNoOwnership(t *testing.T) {
	h := newHousehold(t)
	jonas, karin, elsa := h.addAdministrator("Jonas"), h.addAdministrator("Karin"), h.add("Elsa", goodPassword)
	if err := h.store.SetDisabled(context.Background(), h.asOwner(), true, karin.ID); err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	b := h.signedIn("Mara", away)
	for _, u := range []store.User{h.owner, karin, elsa} {
		if b.get(about(u, "")).leadsTo(about(u, "/ownership")) {
			t.Errorf("%s is offered the ownership", u.Name)
		}
		b.get(about(u, "/ownership")).want(http.StatusForbidden)
		b.post(about(u, "/ownership"), form).want(http.StatusForbidden)
	}
	if h.signedIn("Jonas", away).get(about(karin, "")).leadsTo(about(karin, "/ownership")) {
		t.Error("an administrator hands over what is not theirs")
	}
	h.signedIn("Jonas", away).post(about(jonas, "/ownership"), form).want(http.StatusForbidden)
	if h.user(h.owner.ID).Role != store.RoleOwner {
		t.Error("the ownership is gone")
	}
}

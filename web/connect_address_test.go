package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/internal/provider"
	"usher/store"
)

// TestConnectUnderTheOwnAddress holds that a trip begins where it ends: the
// provider sends browsers back to the configured address, whatever the request
// claims.
func TestConnectUnderTheOwnAddress(t *testing.T) {
	address := "https://usher.example"
	h := newConnected(t, store.WithFixed(store.Fixed{Address: &address}))
	h.provider.Register(address)
	b := h.browser(away)
	b.scheme = "https"
	b.header.Set("X-Forwarded-Host", "evil.example")
	began := b.get(h.start()).want(http.StatusSeeOther)
	at, err := url.Parse(began.Location)
	if err != nil {
		t.Fatal(err)
	}
	if callback := at.Query().Get("redirect_uri"); callback != address+"/connect/callback" {
		t.Errorf("the provider is to lead back to %q", callback)
	}
	cookie := began.Header.Get("Set-Cookie")
	for _, part := range []string{"__Host-usher_connect=", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q has no %q", cookie, part)
		}
	}
	for _, secret := range []string{at.Query().Get("state"), at.Query().Get("nonce")} {
		if secret == "" || strings.Contains(cookie, secret) {
			t.Errorf("%q is not there, or can be read in the cookie", secret)
		}
	}
	if at.Query().Get("code_challenge_method") != "S256" || !strings.HasPrefix(began.Location, h.provider.Issuer) {
		t.Errorf("it leads to %q", began.Location)
	}

	elsewhere := "http://other.example"
	h2 := newConnected(t, store.WithFixed(store.Fixed{Address: &elsewhere}))
	if led := h2.browser(atHome).get(h2.start() + "?next=%2Faccount"); led.Location != elsewhere+h2.start()+"?next=%2Faccount" {
		t.Errorf("under another name it leads to %q", led.Location)
	}
	h2.add("Elsa", goodPassword)
	h2.signedIn("Elsa", atHome).post("/account/connect", h2.linking(goodPassword)).
		want(http.StatusUnprocessableEntity).says("Linking works under " + elsewhere + " only.")
}

// TestCallbackLeavesNothing holds that the address with the code neither leaves
// with a Referer, nor is kept, nor is logged.
func TestCallbackLeavesNothing(t *testing.T) {
	h := newConnected(t)
	h.provider.Break(provider.WrongNonce)
	b := h.browser(away)
	back := h.arrive(b, h.start(), priyaElsewhere)
	a := b.get(back)
	if a.Header.Get("Referrer-Policy") != "no-referrer, strict-origin" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the headers are %v", a.Header)
	}
	u, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{u.Query().Get("code"), u.Query().Get("state")} {
		if secret == "" || strings.Contains(h.log.String(), secret) || strings.Contains(a.Body, secret) {
			t.Errorf("%q is not there, or in the log or on the page", secret)
		}
	}
}

// TestAdministratorsAndConnect holds what administrators see of a local user's
// links, and do about them.
func TestAdministratorsAndConnect(t *testing.T) {
	h := newConnected(t)
	box := h.withMail()
	elsa := h.add("Elsa", goodPassword)
	mara := h.signedIn("Mara", away)
	tab := "/admin/users/" + id(elsa.ID) + "/sign-in"
	page := mara.get(tab).says("Not linked")
	if address := page.doc().Find("#connect-address").AttrOr("value", ""); address != "http://usher.example/account/connect" {
		t.Errorf("the address to link is %q", address)
	}
	mail := "/admin/users/" + id(elsa.ID) + "/connect-link"
	mara.follow(mail, nil).says("Elsa has no e-mail address.")
	mara.post("/admin/users/"+id(elsa.ID), url.Values{"name": {"Elsa"}, "email": {"elsa@example.org"}}).want(http.StatusSeeOther)
	mara.follow(mail, nil).says("An e-mail to Elsa is on its way. Links in e-mails begin with")
	if letter := nextLetter(t, box, 0); !strings.Contains(letter.Text, "http://usher.example/account/connect") {
		t.Errorf("the e-mail says\n%s", letter.Text)
	}

	h.link("Elsa", elsaElsewhere)
	phone := h.browser(away)
	h.through(phone, h.start(), elsaElsewhere)
	mara.get(tab).says("elsa@example.net. Linked just now.")
	unlink := "/admin/users/" + id(elsa.ID) + "/unlink"
	mara.get(unlink + "?" + h.unlinking("").Encode()).says("Elsa does not sign in with the account at Home accounts any more")
	mara.follow(unlink, h.unlinking("")).says("Elsa does not sign in with Home accounts any more.")
	phone.isOut()
	mara.get("/admin/activity").says("Mara unlinked Elsa from an account at Home accounts.")

	// One's own is unlinked under My account alone, with the password.
	h.link("Mara", priyaElsewhere)
	own := "/admin/users/" + id(h.owner.ID) + "/unlink"
	if led := mara.post(own, h.unlinking("")); led.Location != "/account/connect" || len(h.links(h.owner)) != 1 {
		t.Errorf("it leads to %q", led.Location)
	}
	// Nor does another administrator unlink the owner.
	h.addAdministrator("Jonas")
	h.signedIn("Jonas", away).post(own, h.unlinking("")).want(http.StatusForbidden)
}

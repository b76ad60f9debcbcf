package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"usher/internal/passkey"
	"usher/store"
)

// newSecured is a household that is reached over https, where browsers know
// passkeys.
func newSecured(t *testing.T) *house {
	t.Helper()
	h := newHousehold(t)
	settings, err := h.store.Settings(t.Context())
	h.must(err)
	settings.Address = "https://usher.example"
	h.must(h.store.SaveSettings(t.Context(), h.asOwner(), settings))
	return h
}

// secured is a new browser that comes over https.
func (h *house) secured(address string) *browser {
	h.t.Helper()
	b := h.browser(address)
	b.scheme = "https"
	b.header.Set("Origin", "https://usher.example")
	return b
}

// securedAs is secured after name has signed in with goodPassword.
func (h *house) securedAs(name, address string) *browser {
	h.t.Helper()
	b := h.secured(address)
	b.post("/sign-in", url.Values{"name": {name}, "password": {goodPassword}}).want(http.StatusSeeOther)
	return b
}

// made is what a page sends that has had the device make a passkey.
func made(b *browser, d *passkey.Device) url.Values {
	b.house.t.Helper()
	return url.Values{"passkey": {d.Make(b.post("/account/passkeys/begin", nil).want(http.StatusOK).Body)}}
}

// shown is what a page sends that has had the device show its passkey.
func shown(b *browser, d *passkey.Device) url.Values {
	b.house.t.Helper()
	return url.Values{"passkey": {d.Show(b.post("/sign-in/passkey/begin", nil).want(http.StatusOK).Body)}}
}

// withPasskey is a new user with goodPassword, and the device with their passkey.
func (h *house) withPasskey(name string) (store.User, *passkey.Device) {
	h.t.Helper()
	u, d := h.add(name, goodPassword), passkey.New(h.t, "usher.example")
	b := h.securedAs(name, atHome)
	b.post("/account/passkeys", made(b, d)).want(http.StatusOK).says("Your recovery codes")
	return u, d
}

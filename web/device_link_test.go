package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// withLetter is a household that e-mails, and the path of the link in the letter
// about a new device of Priya's, who has signed in there in the browser.
func withLetter(t *testing.T) (h *house, b *browser, path string) {
	t.Helper()
	h = newPostalHousehold(t)
	h.addGuest("Priya", "priya@example.org")
	b = h.signedIn("Priya", away)
	l, token := h.claim()
	if l.Kind != store.LetterDevice || l.Recipient != "priya@example.org" || l.BaseURL != "http://usher.example" {
		t.Fatalf("the letter is %+v", l)
	}
	return h, b, "/device/" + token
}

func TestDeviceLinkEndsIt(t *testing.T) {
	h, stranger, path := withLetter(t)
	priya := h.browser(atHome)
	asked := priya.get(path).want(http.StatusOK).says("Was this you?").says("Somebody signed in to Usher as Priya").says("Away · 203.0.113.9")
	if policy := asked.Header.Get("Referrer-Policy"); policy != "origin" && !strings.Contains(policy, "origin") {
		t.Errorf("the address of the link leaves with a referrer: %q", policy)
	}
	priya.send(http.MethodHead, path, "", nil)
	stranger.isIn("Priya")
	ended := priya.post(path, nil).want(http.StatusOK).says("That device is signed out").says("Choose a new one now.")
	if !ended.leadsTo("/sign-in/forgot") {
		t.Error("it does not lead to a new password")
	}
	stranger.isOut()
	priya.post(path, nil).want(http.StatusNotFound).says("This link does not work")
	priya.get(path).want(http.StatusNotFound)
	h.signedIn("Mara", atHome).get("/admin/activity").says("A device of Priya was signed out with the link of an e-mail")
}

// TestDeviceLinkOnThatDevice is followed on the very device that it ends.
func TestDeviceLinkOnThatDevice(t *testing.T) {
	_, b, path := withLetter(t)
	b.post(path, nil).want(http.StatusOK).says("That device is signed out")
	if b.cookie() != "" {
		t.Error("the cookie of the session is still there")
	}
	b.isOut()
}

func TestSaveDeviceMail(t *testing.T) {
	h, b, _ := withLetter(t)
	b.get("/account").says("E-mail me when I sign in on a new device")
	b.follow("/account/mail/devices", url.Values{}).says("Usher does not e-mail you any more when you sign in on a new device.")
	h.signedIn("Priya", atHome)
	if _, err := h.store.ClaimLetter(t.Context(), func(int64) []byte { return []byte("none") }); err == nil {
		t.Error("a letter comes that is not wanted")
	}
	b.follow("/account/mail/devices", url.Values{"wants_device_mail": {"on"}}).says("Usher e-mails you when you sign in on a new device.")
	h.signedIn("Priya", atHome)
	if l, _ := h.claim(); l.Kind != store.LetterDevice {
		t.Errorf("the letter is %+v", l)
	}
}

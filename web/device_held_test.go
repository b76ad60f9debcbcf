package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// ask has the user's new devices wait, or lets only chosen ones in.
func (h *house) ask(id int64, rule store.DeviceRule, choose ...int64) {
	h.t.Helper()
	_, err := h.store.SetDeviceRule(h.t.Context(), h.asOwner(), id, rule, choose)
	h.must(err)
}

// device is the cookie by which the browser is known.
func (b *browser) device() string {
	for _, cookie := range b.jar.Cookies(&url.URL{Scheme: b.scheme, Host: "usher.example", Path: "/"}) {
		if strings.HasSuffix(cookie.Name, "usher_device") {
			return cookie.Value
		}
	}
	return ""
}

func TestDeviceIsHeldAtTheDoor(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	h.ask(elsa.ID, store.DevicesAsk)
	home, phone := h.browser(atHome), h.browser(away)
	home.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).
		says("This device waits to be allowed").says("Ask Mara or Jonas, who look after this server. Then sign in here again.")
	phone.post("/sign-in", signInForm("Elsa", "wrong")).want(http.StatusUnprocessableEntity)
	if phone.device() != "" {
		t.Error("a stranger without the password is given a device")
	}
	held := phone.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("Ask whoever runs this server. Then sign in here again.")
	if strings.Contains(held.Body, "Mara") || !held.leadsTo("/sign-in") {
		t.Error("it names the owner to somebody away, or leads nowhere")
	}
	first := phone.device()
	for range 3 {
		phone.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden)
	}
	if n, err := h.store.DevicesWaiting(t.Context()); err != nil || n != 2 || first == "" || phone.device() != first {
		t.Errorf("%d wait, for two browsers: %v", n, err)
	}
	phone.isOut()

	h.ask(elsa.ID, store.DevicesChosen)
	phone.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("Only chosen devices come in")
	h.ask(elsa.ID, store.DevicesAny)
	phone.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
	phone.isIn("Elsa")

	// One that is refused is out on the next request, whatever it asks for.
	device := h.sessionOf(phone).Device
	_, _, err := h.store.DecideDevice(t.Context(), h.asOwner(), device, store.StandingRefused)
	h.must(err)
	phone.isOut()
	phone.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("This device is not let in")
}

// TestHeldPasswordIsSaved uses a link for a new password on a device that waits.
func TestHeldPasswordIsSaved(t *testing.T) {
	h := newPostalHousehold(t)
	priya := h.addGuest("Priya", "priya@example.org")
	h.ask(priya.ID, store.DevicesAsk)
	b := h.browser(away)
	b.follow("/sign-in/forgot", url.Values{"name": {"Priya"}})
	_, token := h.claim()
	b.post("/reset/"+token, setPassword(otherPassword)).want(http.StatusForbidden).says("Your new password is saved.").says("waits to be allowed")
	b.isOut()
	b.get("/reset/" + token).want(http.StatusNotFound)
	h.ask(priya.ID, store.DevicesAny)
	b.post("/sign-in", signInForm("Priya", otherPassword)).want(http.StatusSeeOther)
}

func TestConnectIsHeld(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	h.ask(elsa.ID, store.DevicesAsk)
	b := h.browser(away)
	if back := h.through(b, h.start(), elsaElsewhere); back.Status != http.StatusForbidden || !strings.Contains(back.Body, "This device waits to be allowed") {
		t.Errorf("it leads to %d\n%s", back.Status, back.Body)
	}
	if b.device() == "" {
		t.Error("the browser is another the next time")
	}
	b.isOut()
}

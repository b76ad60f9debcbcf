package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// ruling is what the rule about devices sends.
func ruling(rule store.DeviceRule, devices ...int64) url.Values {
	form := url.Values{"device_rule": {string(rule)}}
	for _, id := range devices {
		form.Add("device", fmt.Sprint(id))
	}
	return form
}

// standing decides about a device, as its buttons do.
func (b *browser) standing(id int64, standing store.Standing) answer {
	b.house.t.Helper()
	return b.post(fmt.Sprintf("/admin/devices/%d/standing", id), url.Values{"standing": {string(standing)}, "back": {"/admin/devices?filter=waiting"}})
}

func TestAdministratorsDecideAboutDevices(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	phone, laptop := h.signedIn("Elsa", away), h.browser(away)
	mara := h.signedIn("Mara", atHome)
	mara.get(about(elsa, "/sign-in")).says("On which devices").says("Elsa is signed out on all others when this is saved.")
	mara.follow(about(elsa, "/device-rule"), ruling(store.DevicesAsk)).says("New devices of Elsa wait for an administrator from now on.")
	phone.isIn("Elsa")
	laptop.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden)

	mara.get("/admin/devices").says("One device waits for an administrator.")
	waiting := mara.get("/admin/devices?filter=waiting")
	if rows := waiting.doc().Find(".devices .row"); rows.Length() != 1 || !strings.Contains(rows.Text(), "Elsa") {
		t.Fatalf("%d devices wait:\n%s", rows.Length(), rows.Text())
	}
	devices, err := h.store.Devices(t.Context(), store.DeviceQuery{User: elsa.ID, Filter: store.DeviceWaiting})
	h.must(err)
	his := devices.Devices[0].ID
	if sent := mara.standing(his, store.StandingKnown).want(http.StatusSeeOther); sent.Location != "/admin/devices?filter=waiting" {
		t.Errorf("it leads to %s", sent.Location)
	}
	mara.get("/admin/devices").says("Elsa may sign in on Unknown device.")
	laptop.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
	laptop.isIn("Elsa")

	mara.standing(his, store.StandingRefused).want(http.StatusSeeOther)
	laptop.isOut()
	mara.follow(about(elsa, "/device-rule"), ruling(store.DevicesChosen, his)).says("Elsa was signed out on one device.")
	phone.isOut()
	laptop.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
	mara.get(about(elsa, "/activity")).says("Mara allowed a device of Elsa (Unknown device).").says("Mara refused a device of Elsa").
		says("Mara chose a device for Elsa").says("Mara changed how Elsa may sign in (devices: only chosen ones).")
}

// TestWhoSeesWhatAboutDevices holds that views offer what the store allows.
func TestWhoSeesWhatAboutDevices(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	priya := h.addGuest("Priya", "priya@example.org")
	b, mara := h.signedIn("Jonas", atHome), h.signedIn("Mara", atHome)
	own := h.signedIn("Priya", away)
	for _, test := range []struct {
		user    store.User
		by      *browser
		offered bool
	}{{h.owner, b, false}, {h.owner, mara, false}, {jonas, mara, true}, {priya, b, true}} {
		card := test.by.get(about(test.user, "/sign-in")).doc().Find("input[name=device_rule]")
		rows := test.by.get(about(test.user, "/devices")).doc().Find("button[name=standing]")
		if (card.Length() > 0) != test.offered || (rows.Length() > 0) != test.offered {
			t.Errorf("about %s there are %d rules and %d decisions", test.user.Name, card.Length(), rows.Length())
		}
		status := http.StatusForbidden
		if test.offered {
			status = http.StatusSeeOther
		}
		test.by.post(about(test.user, "/device-rule"), ruling(store.DevicesAsk)).want(status)
	}
	own.post(about(priya, "/device-rule"), ruling(store.DevicesAny)).want(http.StatusForbidden)
	b.standing(12345, store.StandingChosen).want(http.StatusNotFound)
}

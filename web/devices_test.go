package web_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// What browsers say of themselves.
const (
	onLinux  = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
	onPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
	onScreen = "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager"
)

// on is a new browser that says what it is, in which name has signed in.
func (h *house) on(agent, name, address string) *browser {
	h.t.Helper()
	b := h.browser(address)
	b.header.Set("User-Agent", agent)
	b.post("/sign-in", url.Values{"name": {name}, "password": {goodPassword}}).want(http.StatusSeeOther)
	return b
}

// deviceOf is the device of a browser that is signed in.
func (h *house) deviceOf(b *browser) int64 {
	h.t.Helper()
	return h.sessionOf(b).Device
}

func ownDevice(device int64, what string) string {
	return fmt.Sprintf("/account/devices/%d/%s", device, what)
}

func endDevice(device int64) string { return fmt.Sprintf("/admin/devices/%d/end", device) }

// gone fails the test unless nobody is signed in in the browser any more.
func (b *browser) gone() {
	b.house.t.Helper()
	if answer := b.get("/account"); answer.Status != http.StatusSeeOther || !strings.HasPrefix(answer.Location, "/sign-in") {
		b.house.t.Errorf("somebody is signed in: %d", answer.Status)
	}
}

func TestOwnDevices(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	h.on(onLinux, "Mara", atHome)
	phone := h.on(onPhone, "Elsa", away)
	h.clock.pass(time.Hour)
	laptop := h.on(onLinux, "Elsa", atHome)
	h.plays(phone)

	shown := laptop.get("/account/devices").want(http.StatusOK)
	if rows := shown.each(".rows .name"); len(rows) != 2 || rows[0] != "Firefox on Linux This device" || rows[1] != "Safari on iOS Signed in" {
		t.Errorf("the devices are %q", rows)
	}
	shown.says("At home · 192.168.1.20").says("Away · 203.0.113.9").says("Just now").says("Plays “The Secret Film”")
	if shown.doc().Find(".tile .computer").Length() != 1 || shown.doc().Find(".tile .phone").Length() != 1 {
		t.Error("they are not drawn as what they are")
	}
	if last := laptop.get("/account/devices?filter=away").each(".rows .name"); len(last) != 1 || last[0] != "Safari on iOS Signed in" {
		t.Errorf("away are %q", last)
	}
	laptop.get("/account/devices?q=nokia").says("No device here has “nokia” in its name, its kind or its address.")
	laptop.get("/account/devices?filter=signed-out").says("Somebody is signed in on all of these.")
	if playing := laptop.get("/account/devices?filter=playing").each(".rows .name"); len(playing) != 1 {
		t.Errorf("there play %q", playing)
	}

	back := "/account/devices?filter=away"
	done := laptop.post(ownDevice(h.deviceOf(phone), "end"), url.Values{"back": {back}}).want(http.StatusSeeOther)
	if done.Location != back {
		t.Errorf("it leads to %s", done.Location)
	}
	laptop.get(done.Location).says("You are signed out on Safari on iOS, and it is removed.").says("All of these were last seen at home.")
	if plays := h.server.Plays.All(); len(plays) != 0 {
		t.Errorf("there still play %+v", plays)
	}
	phone.gone()
	h.signedIn("Mara", away).get("/admin/activity").says("Elsa removed their device “Safari on iOS”.")
	out := laptop.post(ownDevice(h.deviceOf(laptop), "end"), nil).want(http.StatusSeeOther)
	if out.Location != "/sign-in?signed-out=1" || laptop.cookie() != "" {
		t.Errorf("ending the device at hand leads to %s", out.Location)
	}
	laptop.gone()
}

func TestNameADevice(t *testing.T) {
	h := newHousehold(t)
	b := h.on(onScreen, "Mara", atHome)
	name := ownDevice(h.deviceOf(b), "name")
	b.get(name).want(http.StatusOK).says("Without one it is called Chrome on a television.")
	long := strings.Repeat("x", 65)
	again := b.post(name, url.Values{"name": {long}}).want(http.StatusUnprocessableEntity)
	if again.wantError("name", "The longest possible is 64."); again.value("name") != long {
		t.Error("what was typed is lost")
	}
	b.follow(name, url.Values{"name": {" Living  <b>room "}, "back": {"https://evil.example/"}}).says("The name is saved.").says("Living <b>room").says("Chrome on a television")
	if value := b.get(name).value("name"); value != "Living <b>room" {
		t.Errorf("the form holds %q", value)
	}
	b.follow(name, url.Values{"name": {""}})
	if rows := b.get("/account/devices").each(".rows .name"); rows[0] != "Chrome on a television This device" {
		t.Errorf("without a name it is %q", rows[0])
	}
}

// Devices of others do not exist: not for users, not for administrators on the page
// of their own.
func TestDevicesOfOthers(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	elsa := h.on(onPhone, "Elsa", atHome)
	for _, who := range []string{"Mara", "Jonas"} {
		b := h.on(onLinux, who, atHome)
		for _, what := range []string{"end", "name"} {
			b.post(ownDevice(h.deviceOf(elsa), what), url.Values{"name": {"Mine"}}).want(http.StatusNotFound)
			elsa.post(ownDevice(h.deviceOf(b), what), url.Values{"name": {"Mine"}}).want(http.StatusNotFound)
		}
		b.get(ownDevice(h.deviceOf(elsa), "name")).want(http.StatusNotFound)
	}
	elsa.post(endDevice(h.deviceOf(elsa)), nil).want(http.StatusForbidden)
	elsa.get("/admin/devices").want(http.StatusForbidden)
	elsa.get("/account/devices").want(http.StatusOK)
	mara := h.on(onLinux, "Mara", atHome)
	mara.post("/admin/users/"+id(h.named("Elsa").ID)+"/view", nil).want(http.StatusSeeOther)
	mara.get("/account/devices").want(http.StatusForbidden)
	mara.post("/account/devices/end-others", nil).want(http.StatusForbidden)
}

// Visitors share an account, and know nothing of each other's devices.
func TestDevicesOfVisitors(t *testing.T) {
	h := newHousehold(t)
	h.sofa()
	visit := func(agent string) *browser {
		b := h.browser(atHome)
		b.header.Set("User-Agent", agent)
		b.post("/sign-in", url.Values{"name": {"Guest"}}).want(http.StatusSeeOther)
		return b
	}
	one, other := visit(onPhone), visit(onLinux)
	for _, address := range []string{"/account/devices", "/account/devices?filter=signed-out", "/account/devices?q=linux"} {
		shown := one.get(address).want(http.StatusOK).says("You see this device alone.")
		if rows := shown.each(".rows .name"); len(rows) != 1 || rows[0] != "Safari on iOS This device" {
			t.Errorf("%s shows %q", address, rows)
		}
	}
	one.post(ownDevice(h.deviceOf(other), "end"), nil).want(http.StatusNotFound)
	one.post("/account/devices/end-others", nil).want(http.StatusForbidden)
	other.get("/account").want(http.StatusOK)
	mara := h.signedIn("Mara", away)
	mara.follow(userPath(h.named("Guest"), "/devices/end"), nil).says("Guest is signed out everywhere: on two devices.")
	one.gone()
	other.gone()
}

func TestSignOutEverywhereElse(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	here, tv := h.on(onLinux, "Elsa", atHome), h.on(onScreen, "Elsa", atHome)
	h.plays(tv)
	h.plays(here)
	here.follow("/account/devices/end-others", nil).says("You are signed out everywhere else: on one device.").says("Chrome on a television Signed out")
	here.follow("/account/devices/end-others", nil).says("You were signed in nowhere else.")
	tv.gone()
	if plays := h.server.Plays.All(); len(plays) != 1 || plays[0].Device.Session != h.sessionOf(here).ID {
		t.Errorf("there play %+v", plays)
	}
	jonas := h.signedIn("Jonas", away)
	jonas.post(userPath(h.owner, "/devices/end"), nil).want(http.StatusForbidden)
	if jonas.get(userPath(h.owner, "/devices")).want(http.StatusOK).doc().Find(".rows button, .main form[method=post]:not(#device-one)").Length() != 0 {
		t.Error("an administrator is offered to end what the owner has")
	}
	tab := jonas.get(userPath(elsa, "/devices")).says("Sign Elsa out everywhere")
	if current := tab.text(".tabs [aria-current]"); current != "Devices 2" {
		t.Errorf("the tab is %q", current)
	}
	jonas.follow(userPath(elsa, "/devices/end"), nil).says("Elsa is signed out everywhere: on one device.")
	here.gone()
	jonas.follow(userPath(elsa, "/devices/end"), nil).says("Elsa was not signed in everywhere.")
	jonas.follow(userPath(h.named("Jonas"), "/devices/end"), nil).says("Jonas was not signed in everywhere else.")
}

// Administrators see everybody's devices and that something plays, not what.
func TestEverybodysDevices(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	mara := h.on(onLinux, "Mara", atHome)
	h.clock.pass(time.Hour)
	elsa := h.on(onPhone, "Elsa", away)
	h.clock.pass(time.Hour)
	jonas := h.on(onLinux, "Jonas", atHome)
	h.plays(elsa)
	shown := jonas.get("/admin/devices").want(http.StatusOK).says("Three devices").says("Plays something from Films of " + strings.Join(strings.Fields(hostile), " "))
	if strings.Contains(shown.Body, "Secret") {
		t.Error("an administrator sees what it is")
	}
	if rows := shown.each(".rows .name"); fmt.Sprint(rows) != "[Firefox on Linux This device Safari on iOS Signed in Firefox on Linux Signed in]" {
		t.Errorf("the devices are %q", rows)
	}
	if found := jonas.get("/admin/devices?q=elsa").each(".rows .name"); len(found) != 1 || found[0] != "Safari on iOS Signed in" {
		t.Errorf("of Elsa's there are %q", found)
	}
	if current := shown.text(".nav [aria-current]"); current != "Devices" {
		t.Errorf("the side bar is at %q", current)
	}
	owners := endDevice(h.deviceOf(mara))
	if shown.doc().Find(`button[formaction="`+owners+`"]`).Length() != 0 || shown.doc().Find(`[value="`+id(h.deviceOf(mara))+`"][disabled]`).Length() != 1 {
		t.Error("the owner's can be ended by an administrator")
	}
	jonas.follow(owners, nil).says("Mara is the owner, for whom this cannot be done. Nothing was changed.")
	both := url.Values{"action": {"end"}, "id": {id(h.deviceOf(elsa)), id(h.deviceOf(mara))}}
	jonas.follow("/admin/devices", both).says("Nothing was changed.")
	elsa.get("/account").want(http.StatusOK)
	jonas.follow("/admin/devices", url.Values{"action": {"end"}}).says("No device is selected.")
	jonas.follow("/admin/devices", url.Values{"action": {"end"}, "id": {"999", id(h.deviceOf(elsa))}}).says("removed in the meantime")
	jonas.post("/admin/devices", url.Values{"action": {"made up"}, "id": {"1"}}).want(http.StatusBadRequest)
	jonas.follow(endDevice(h.deviceOf(elsa)), nil).says("Safari on iOS is removed, and nobody is signed in there any more.")
	elsa.gone()
	if len(h.server.Plays.All()) != 0 {
		t.Error("it plays on")
	}
	own := mara.post("/admin/devices", url.Values{"action": {"end"}, "id": {id(h.deviceOf(mara)), id(h.deviceOf(jonas))}}).want(http.StatusSeeOther)
	if own.Location != "/sign-in?signed-out=1" {
		t.Errorf("ending the device at hand leads to %s", own.Location)
	}
	mara.gone()
	jonas.gone()
}

// A browser may say anything of itself.
func TestHostileUserAgent(t *testing.T) {
	h := newHousehold(t)
	agent := "Firefox/143.0 (X11; Linux) " + strings.Repeat("<script>alert(1)</script>\u202e\u0007", 300)
	b := h.on(agent, "Mara", atHome)
	for _, address := range []string{"/account/devices", "/admin/devices", "/admin/users/1/devices", "/admin/activity"} {
		shown := b.get(address).want(http.StatusOK)
		if strings.Contains(shown.Body, "alert(1)") || strings.Contains(shown.Body, "\u202e") {
			t.Errorf("%s shows what it says", address)
		}
	}
	b.get("/account/devices").says("Firefox on Linux")
	h.on(strings.Repeat("\x80<b>", 2000), "Mara", atHome).get("/account/devices").says("Unknown device This device")
	devices, err := h.store.Devices(t.Context(), store.DeviceQuery{})
	h.must(err)
	for _, d := range devices.Devices {
		if len(d.UserAgent) > 500 {
			t.Errorf("%d bytes are kept", len(d.UserAgent))
		}
	}
}

// What streams on a device that is ended is cut at once, with the addresses that it
// gave to players.
func TestEndedWhileStreaming(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	alien := th.long("Alien")
	ways := map[string]func(tv *browser){
		"the red X":                func(tv *browser) { th.signedIn("Elsa", atHome).post(ownDevice(th.deviceOf(tv), "end"), nil) },
		"an administrator's red X": func(tv *browser) { th.signedIn("Mara", away).post(endDevice(th.deviceOf(tv)), nil) },
		"signing out elsewhere":    func(*browser) { th.signedIn("Elsa", atHome).post("/account/devices/end-others", nil) },
		"being signed out":         func(*browser) { th.signedIn("Mara", away).post(userPath(elsa, "/devices/end"), nil) },
		"a new password": func(*browser) {
			th.signedIn("Elsa", atHome).post("/account/password", url.Values{"current": {goodPassword}, "password": {goodPassword}, "sign_out_others": {"on"}})
		},
	}
	for name, end := range ways {
		tv := th.signedIn("Elsa", atHome)
		flow := th.begins(tv, alien)
		end(tv)
		if plays := th.house.server.Plays.Of(elsa.ID); len(plays) != 0 {
			t.Errorf("%s: right after there play %+v", name, plays)
		}
		if err := sip(flow); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: it ends with %v", name, err)
		}
		if answer := th.ask(tv, http.MethodGet, streamAddress(alien)); answer.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: the next piece gets %d", name, answer.StatusCode)
		}
		tv.gone()
	}
}

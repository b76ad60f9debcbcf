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

var settingsFields = []string{
	"server_name", "address", "home_networks", "trusted_proxies", "user_limit", "session_idle_days", "session_max_days", "activity_days", "scan_hours", "refresh_hours", "admin_hours",
}

// settings is the form of the settings page as it stands there, with changes in
// pairs of a field and its text.
func (b *browser) settings(changes ...string) url.Values {
	b.house.t.Helper()
	page := b.get("/admin/settings").want(http.StatusOK)
	form := url.Values{}
	for _, field := range settingsFields {
		form.Set(field, page.value(field))
	}
	if page.ticked("watch_folders") {
		form.Set("watch_folders", "on")
	}
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	return form
}

// save changes settings and gets the page again.
func (b *browser) save(changes ...string) answer {
	b.house.t.Helper()
	return b.follow("/admin/settings", b.settings(changes...))
}

func (h *house) settings() store.Settings {
	h.t.Helper()
	settings, err := h.store.Settings(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return settings
}

func TestSettingsSaved(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.save("server_name", " Lindqvist home ", "address", "HTTP://Home.Example:8080/", "user_limit", "15",
		"session_idle_days", "14", "session_max_days", "60", "activity_days", "365").says("The settings are saved.").says("Lindqvist home")
	want := store.Settings{
		Registration: store.RegistrationOff, RegistrationsADay: 10,
		ServerName: "Lindqvist home", Address: "http://home.example:8080", HomeNetworks: store.DefaultHomeNetworks, UserLimit: 15,
		SessionIdle: 14 * store.Day, SessionMax: 60 * store.Day, ActivityKept: 365 * store.Day, ScanEvery: time.Hour, RefreshEvery: 6 * time.Hour, WatchFolders: true, AdminHours: 12 * time.Hour,
	}
	if got := h.settings(); got != want {
		t.Errorf("saved: %+v\nwant:  %+v", got, want)
	}
	b.get("/admin/activity").says("Mara changed the settings (name, address, limit of local users, session times, how long activity is kept).")
	b.save("user_limit", "")
	if got := h.settings().UserLimit; got != 0 {
		t.Errorf("no limit became %d", got)
	}
}

func TestSettingsSavedUnchanged(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	if lines := b.get("/admin/settings").value("home_networks"); !strings.HasPrefix(lines, "127.0.0.0/8\n::1\n10.0.0.0/8\n") {
		t.Errorf("home networks stand as %q", lines)
	}
	b.save()
	if strings.Contains(b.get("/admin/activity").Body, "changed the settings") {
		t.Error("saving what stood there is a change")
	}
}

func TestSettingsRefused(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	before := h.settings()
	for _, test := range []struct{ field, text, words string }{
		{"server_name", "", "Type a name."},
		{"server_name", strings.Repeat("x", 65), "65 characters"},
		{"address", "home.example", "An address looks like https://home.example"},
		{"address", "https://home.example/usher", "with nothing after the name"},
		{"address", "https://me:secret@home.example", "An address looks like"},
		{"address", hostile, "An address looks like"},
		{"home_networks", "192.168.1.0/24\nhome", "“home” is not a network or an address."},
		{"home_networks", hostile, "is not a network or an address."},
		{"home_networks", "10.0.0.0/33", "“10.0.0.0/33” is not a network"},
		{"trusted_proxies", "10.0.0.2, nginx", "“nginx” is not a network or an address."},
		{"trusted_proxies", "0.0.0.0/0", "anyone could claim to be at home"},
		{"trusted_proxies", "10.0.0.2\n::/0", "“::/0” is every address there is"},
		{"user_limit", "-1", "Choose a number up to 1000000, or leave it empty for no limit."},
		{"user_limit", "many", "leave it empty for no limit"},
		{"user_limit", "99999999999999999999", "Choose a number up to"},
		{"session_idle_days", "0", "Choose from 1 to 365 days."},
		{"session_idle_days", "soon", "Choose from 1 to 365 days."},
		{"session_idle_days", "", "Choose from 1 to 365 days."},
		{"session_max_days", "731", "Choose from 1 to 730 days."},
		{"session_max_days", "29", "This cannot be shorter than the days without use."},
		{"activity_days", "9223372036854775807", "Choose from 1 to 3650 days."},
		{"scan_hours", "169", "Choose from 1 to 168 hours, or 0 for never."},
		{"scan_hours", "-1", "Choose from 1 to 168 hours, or 0 for never."},
		{"scan_hours", "often", "Choose from 1 to 168 hours, or 0 for never."},
		{"refresh_hours", "169", "Choose from 1 to 168 hours, or 0 for never."},
		{"admin_hours", "169", "Choose from 1 to 168 hours."},
		{"admin_hours", "0", "Choose from 1 to 168 hours."},
		{"admin_hours", "", "Choose from 1 to 168 hours."},
		{"admin_hours", "often", "Choose from 1 to 168 hours."},
		{"admin_second_factor", "on", "Set up a second factor of your own first"},
	} {
		t.Run(test.field+" "+test.text, func(t *testing.T) {
			form := b.settings("server_name", "Another name", test.field, test.text)
			refused := b.post("/admin/settings", form).want(http.StatusUnprocessableEntity).wantError(test.field, test.words)
			for _, field := range settingsFields {
				if got := refused.value(field); got != form.Get(field) {
					t.Errorf("%s: typed %q, stands %q", field, form.Get(field), got)
				}
			}
			if got := h.settings(); got != before {
				t.Errorf("saved: %+v", got)
			}
		})
	}
	b.post("/admin/settings", b.settings("server_name", "", "home_networks", "x", "session_idle_days", "x")).want(http.StatusUnprocessableEntity).
		wantError("server_name", "Type a name.").wantError("home_networks", "“x”").wantError("session_idle_days", "Choose").says("Three things to look at first")
}

func TestSettingsOfOthers(t *testing.T) {
	h := newHousehold(t)
	h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", atHome)
	page := b.get("/admin/settings").want(http.StatusOK).says("Only the owner, Mara, changes these settings, since").says("Where am I?")
	if fields := page.doc().Find("main input:not([readonly]), main textarea:not([readonly]), main button"); fields.Length() > 0 {
		t.Errorf("offered to Jonas: %d fields and buttons", fields.Length())
	}
	before := h.settings()
	b.post("/admin/settings", b.settings("server_name", "Mine")).want(http.StatusForbidden)
	b.post("/admin/settings", b.settings("server_name", "", "home_networks", "x")).want(http.StatusForbidden)
	if h.settings() != before {
		t.Error("Jonas changed the settings")
	}
}

func TestSettingsFixedAtStart(t *testing.T) {
	address, home, proxies := "https://home.example", "192.168.1.0/24", "10.0.0.2"
	h := newHousehold(t, store.WithFixed(store.Fixed{Address: &address, HomeNetworks: &home, TrustedProxies: &proxies}))
	b := h.browser(atHome)
	b.scheme = "https"
	b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
	page := b.get("/admin/settings").want(http.StatusOK)
	for field, want := range map[string]struct{ value, by string }{
		"address":         {address, "Set by --url or USHER_URL where Usher was started."},
		"home_networks":   {home, "Set by --home-networks or USHER_HOME_NETWORKS where Usher was started."},
		"trusted_proxies": {proxies, "Set by --trusted-proxies or USHER_TRUSTED_PROXIES where Usher was started."},
	} {
		if page.value(field) != want.value || page.doc().Find("#"+field+"[readonly]").Length() != 1 || !strings.HasPrefix(page.text("#"+field+"-help"), want.by) {
			t.Errorf("%s: %q, %q", field, page.value(field), page.text("#"+field+"-help"))
		}
	}
	b.save("server_name", "Home", "address", "http://evil.example", "home_networks", "0.0.0.0/0", "trusted_proxies", "not one").says("The settings are saved.")
	got := h.settings()
	if got.ServerName != "Home" || got.Address != address || got.HomeNetworks != home || got.TrustedProxies != proxies {
		t.Errorf("saved: %+v", got)
	}
}

func TestHTTPSFromPlainHTTP(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", atHome)
	b.header.Set("Origin", "http://usher.example")
	refused := b.post("/admin/settings", b.settings("address", "https://usher.example")).want(http.StatusUnprocessableEntity)
	refused.wantError("address", "You are here over plain http, where nobody could sign in any more. Open https://usher.example first, and save it there.")
	if got := refused.value("address"); got != "https://usher.example" {
		t.Errorf("the address became %q", got)
	}
	b.get("/admin/settings").want(http.StatusOK)
	b.save("address", "http://usher.example").says("The settings are saved.")
}

// Whoever makes the server's address an https one, from https, stays signed in
// although the cookie gets another name.
func TestHTTPSFromHTTPS(t *testing.T) {
	h := newHousehold(t)
	other := h.signedIn("Mara", away)
	b := h.browser(away)
	b.scheme = "https"
	b.header.Set("Origin", "https://usher.example")
	b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
	before := b.cookie()
	b.save("address", "https://usher.example").says("The settings are saved. All other browsers have to sign in once more.")
	var names []string
	for _, cookie := range b.jar.Cookies(&url.URL{Scheme: "https", Host: "usher.example", Path: "/"}) {
		if strings.HasSuffix(cookie.Name, "usher_session") {
			names = append(names, cookie.Name)
		}
	}
	if len(names) != 1 || names[0] != "__Host-usher_session" {
		t.Errorf("cookies: %v", names)
	}
	other.get("/").want(http.StatusSeeOther)
	// What went over plain http may have been read on the way.
	for _, token := range []string{other.cookie(), before} {
		thief := h.browser(away)
		thief.header.Set("Cookie", "__Host-usher_session="+token)
		thief.get("/").want(http.StatusSeeOther)
	}
	// Browsers send such cookies to this very machine over plain http too.
	b.header.Set("Origin", "http://usher.example")
	b.save("server_name", "Home").says("The settings are saved.")
	b.header.Set("Origin", "https://usher.example")
	b.save("address", "").says("All other browsers have to sign in once more.")
	b.get("/admin/settings").want(http.StatusOK)
}

func TestUserLimitCountsAtOnce(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", "")
	b := h.signedIn("Mara", away)
	b.get("/admin/settings").says("There is one person now.")
	b.save("user_limit", "1")
	if _, err := h.store.CreateUser(context.Background(), h.asOwner(), store.NewUser{Name: "Nils"}); err == nil {
		t.Error("Nils came in over the limit")
	}
	b.save("user_limit", "")
	h.add("Nils", "")
}

func TestSessionTimesCountAtOnce(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	idle := h.signedIn(elsa.Name, away)
	h.clock.pass(29 * store.Day)
	idle.get("/").want(http.StatusOK)
	b := h.signedIn("Mara", away)
	h.clock.pass(2 * store.Day)
	b.save("session_idle_days", "1")
	idle.get("/").want(http.StatusSeeOther)
	b.get("/").want(http.StatusOK)

	// Mara's session is two days old by now.
	b.save("session_idle_days", "2", "session_max_days", "3")
	h.clock.pass(23 * time.Hour)
	b.get("/").want(http.StatusOK)
	h.clock.pass(2 * time.Hour)
	b.get("/").want(http.StatusSeeOther)
}

func TestWhenLibrariesAreScanned(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", atHome)
	if got := h.settings(); got.ScanEvery != time.Hour || !got.WatchFolders {
		t.Errorf("at first: every %v, watched: %v", got.ScanEvery, got.WatchFolders)
	}
	form := b.settings("scan_hours", "0")
	form.Del("watch_folders")
	page := b.follow("/admin/settings", form).says("The settings are saved.")
	if got := h.settings(); got.ScanEvery != 0 || got.WatchFolders {
		t.Errorf("switched off: every %v, watched: %v", got.ScanEvery, got.WatchFolders)
	}
	if page.value("scan_hours") != "0" || page.ticked("watch_folders") {
		t.Error("the page does not show what was saved")
	}
	h.addAdministrator("Jonas")
	h.signedIn("Jonas", atHome).get("/admin/settings").says("The folders are not watched.")
}

// ticked says whether the checkbox with this id is.
func (a answer) ticked(id string) bool {
	a.t.Helper()
	return a.doc().Find("#"+id+"[checked]").Length() == 1
}

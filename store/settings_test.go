package store_test

import (
	"strings"
	"testing"
	"time"

	"usher/store"
)

func (h *home) settings() store.Settings {
	h.t.Helper()
	settings, err := h.Settings(h.ctx)
	h.must(err)
	return settings
}

func TestSettingsOfANewServer(t *testing.T) {
	h := newHome(t)
	want := store.Settings{
		Registration: store.RegistrationOff, RegistrationsADay: 10,
		ServerName: "Usher", HomeNetworks: store.DefaultHomeNetworks,
		SessionIdle: 30 * store.Day, SessionMax: 90 * store.Day, ActivityKept: 180 * store.Day,
		ScanEvery: time.Hour, RefreshEvery: 6 * time.Hour, WatchFolders: true, AdminHours: 12 * time.Hour,
	}
	if got := h.settings(); got != want {
		t.Errorf("at first: %+v\nwant: %+v", got, want)
	}
}

func TestSaveSettings(t *testing.T) {
	h := newHome(t)
	in := h.settings()
	in.ServerName, in.Address, in.UserLimit = " Lindqvist  home ", " HTTPS://Home.Example/ ", 15
	in.HomeNetworks, in.TrustedProxies = " 192.168.1.0/24\n", "10.0.0.2 "
	in.SessionIdle, in.SessionMax, in.ActivityKept = store.MaxIdleDays*store.Day, store.MaxSessionDays*store.Day, store.MaxActivityDays*store.Day
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	want := in
	want.ServerName, want.Address, want.HomeNetworks, want.TrustedProxies = "Lindqvist home", "https://home.example", "192.168.1.0/24", "10.0.0.2"
	if got := h.settings(); got != want {
		t.Errorf("saved: %+v\nwant:  %+v", got, want)
	}
	other := h.open()
	if got, err := other.Settings(h.ctx); err != nil || got != want {
		t.Errorf("another process sees %+v, %v", got, err)
	}
	if wrote := h.wrote(func() { h.must(h.SaveSettings(h.ctx, h.mara(), want)) }); len(wrote) != 0 {
		t.Errorf("nothing changed, and yet was written down: %v", wrote)
	}
	page, err := h.Activity(h.ctx, store.ActivityQuery{})
	h.must(err)
	if sentence := page.Records[0].Sentence(); sentence != "Mara changed the settings (name, address, home networks, trusted proxies, limit of local users, session times, how long activity is kept)." {
		t.Errorf("written down: %s", sentence)
	}
}

func TestSettingsRules(t *testing.T) {
	h := newHome(t)
	before := h.settings()
	for _, test := range []struct {
		about  string
		change func(*store.Settings)
		fields []string
	}{
		{"no name", func(s *store.Settings) { s.ServerName = " " }, []string{"server_name"}},
		{"a name with a line break", func(s *store.Settings) { s.ServerName = "a\nb" }, []string{"server_name"}},
		{"an address without a scheme", func(s *store.Settings) { s.Address = "home.example" }, []string{"address"}},
		{"an address with a path", func(s *store.Settings) { s.Address = "https://home.example/usher" }, []string{"address"}},
		{"an address with a name", func(s *store.Settings) { s.Address = "https://me@home.example" }, []string{"address"}},
		{"an address of a script", func(s *store.Settings) { s.Address = "javascript:alert(1)" }, []string{"address"}},
		{"a limit below none", func(s *store.Settings) { s.UserLimit = -1 }, []string{"user_limit"}},
		{"a limit without sense", func(s *store.Settings) { s.UserLimit = store.MaxUserLimit + 1 }, []string{"user_limit"}},
		{"no days without use", func(s *store.Settings) { s.SessionIdle = 0 }, []string{"session_idle_days"}},
		{"half a day", func(s *store.Settings) { s.SessionIdle = store.Day / 2 }, []string{"session_idle_days"}},
		{"too many days without use", func(s *store.Settings) { s.SessionIdle, s.SessionMax = 366*store.Day, 400*store.Day }, []string{"session_idle_days"}},
		{"fewer days than without use", func(s *store.Settings) { s.SessionMax = 29 * store.Day }, []string{"session_max_days"}},
		{"too many days in all", func(s *store.Settings) { s.SessionMax = 731 * store.Day }, []string{"session_max_days"}},
		{"activity kept no day", func(s *store.Settings) { s.ActivityKept = 0 }, []string{"activity_days"}},
		{"activity kept for ever", func(s *store.Settings) { s.ActivityKept = 3651 * store.Day }, []string{"activity_days"}},
		{"two at once", func(s *store.Settings) { s.ServerName, s.UserLimit = strings.Repeat("x", 65), -1 }, []string{"server_name", "user_limit"}},
	} {
		t.Run(test.about, func(t *testing.T) {
			in := before
			test.change(&in)
			wantInvalid(t, h.SaveSettings(h.ctx, h.mara(), in), test.fields...)
		})
	}
	found := store.Problem{Field: "home_networks", Message: "“home” is not a network."}
	wantInvalid(t, h.SaveSettings(h.ctx, h.mara(), before, found), "home_networks")
	if got := h.settings(); got != before {
		t.Errorf("saved: %+v", got)
	}
}

func TestOnlyTheOwnerChangesSettings(t *testing.T) {
	h := newHome(t)
	jonas := h.administrator("Jonas")
	in := h.settings()
	in.ServerName = "Mine"
	wantError(t, h.SaveSettings(h.ctx, actor(jonas), in), store.ErrForbidden)
	forged := actor(jonas)
	forged.Role = store.RoleOwner
	wantError(t, h.SaveSettings(h.ctx, forged, in), store.ErrForbidden)
	in.ServerName = ""
	wantError(t, h.SaveSettings(h.ctx, actor(jonas), in), store.ErrForbidden)
	h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, 0))
	in.ServerName = "Mine"
	h.must(h.SaveSettings(h.ctx, actor(jonas), in))
	wantError(t, h.SaveSettings(h.ctx, h.mara(), in), store.ErrForbidden)
}

// What is fixed where the server was started wins, and what was saved before
// comes back when it is fixed no more.
func TestFixedSettings(t *testing.T) {
	h := newHome(t)
	saved := h.settings()
	saved.Address, saved.TrustedProxies = "http://saved.example", "10.0.0.2"
	h.must(h.SaveSettings(h.ctx, h.mara(), saved))

	address, home := "https://fixed.example", ""
	fixed, err := store.Open(h.ctx, h.folder, store.WithClock(h.clock.now), store.WithFixed(store.Fixed{Address: &address, HomeNetworks: &home}))
	h.must(err)
	t.Cleanup(func() { _ = fixed.Close() })
	in, err := fixed.Settings(h.ctx)
	h.must(err)
	if in.Address != address || in.HomeNetworks != "" || in.TrustedProxies != "10.0.0.2" {
		t.Errorf("in force: %+v", in)
	}
	in.ServerName, in.Address, in.HomeNetworks = "Home", "nonsense", "0.0.0.0/0"
	h.must(fixed.SaveSettings(h.ctx, h.mara(), in))
	h.must(h.Refresh(h.ctx))
	saved.ServerName = "Home"
	if got := h.settings(); got != saved {
		t.Errorf("saved: %+v\nwant:  %+v", got, saved)
	}
	for field, want := range map[string]bool{"address": true, "home_networks": true, "trusted_proxies": false, "server_name": false} {
		if fixed.Fixed().Has(field) != want {
			t.Errorf("%s: fixed is %v", field, !want)
		}
	}
}

func TestSettingsCountAtOnce(t *testing.T) {
	h := newHome(t)
	h.add("Elsa", "")
	in := h.settings()
	in.UserLimit = 1
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Nils"})
	wantInvalid(t, err, "")

	h.signIn(h.owner.ID, "token")
	h.clock.pass(10 * store.Day)
	if !h.signedIn("token") {
		t.Fatal("ten days without use are too many")
	}
	in.SessionIdle = 9 * store.Day
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	if h.signedIn("token") {
		t.Error("a session lives on after the days without use were made fewer")
	}
	in.SessionIdle, in.SessionMax = 5*store.Day, 9*store.Day
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	if h.signedIn("token") {
		t.Error("a session lives on after its longest time was made shorter")
	}
}

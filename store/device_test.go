package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// onDevice signs somebody in on a browser of that name, from an address.
func (h *home) onDevice(u store.User, browser, kind, address string, atHome bool) store.Session {
	h.t.Helper()
	token := fmt.Sprint(u.ID, browser, h.clock.now())
	_, err := h.SignIn(h.ctx, store.NewSession{
		TokenHash: hash(token), UserID: u.ID, Strength: store.StrengthPassword, Browser: hash(browser), Device: kind, Address: address, AtHome: atHome,
	}, store.NewDoor(u.Name, ""), h.credentials(u.ID), "", 0)
	h.must(err)
	session, err := h.Session(h.ctx, hash(token))
	h.must(err)
	return session
}

// devices are the labels of the devices on a page.
func (h *home) devices(q store.DeviceQuery) []string {
	h.t.Helper()
	page, err := h.Devices(h.ctx, q)
	h.must(err)
	labels := make([]string, len(page.Devices))
	for i, d := range page.Devices {
		labels[i] = d.Label()
	}
	return labels
}

// Somebody is found by what their devices are called, what they are, and where
// from, also after that has changed.
func TestDevicesAreFound(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "$nils")
	phone := h.onDevice(elsa, "phone", "Safari on iOS", "192.168.1.30", true)
	h.clock.pass(time.Minute)
	laptop := h.onDevice(elsa, "laptop", "Firefox on Linux", "203.0.113.9", false)
	h.clock.pass(time.Minute)
	h.onDevice(nils, "laptop", "Firefox on Linux", "203.0.113.9", false)
	h.must(h.CloseSession(h.ctx, actor(elsa), laptop.ID))
	h.must(h.RenameDevice(h.ctx, actor(elsa), laptop.Device, laptop.Device, "  Kitchen  Ärmel "))

	for _, test := range []struct {
		about string
		q     store.DeviceQuery
		want  []string
	}{
		{"all", store.DeviceQuery{}, []string{"Firefox on Linux", "Kitchen Ärmel", "Safari on iOS"}},
		{"Elsa's", store.DeviceQuery{User: elsa.ID}, []string{"Kitchen Ärmel", "Safari on iOS"}},
		{"one", store.DeviceQuery{User: elsa.ID, Only: phone.Device}, []string{"Safari on iOS"}},
		{"by name", store.DeviceQuery{Search: "ÄRMEL kit"}, []string{"Kitchen Ärmel"}},
		{"by kind, though it has a name", store.DeviceQuery{User: elsa.ID, Search: "firefox"}, []string{"Kitchen Ärmel"}},
		{"by address", store.DeviceQuery{Search: "203.0"}, []string{"Firefox on Linux", "Kitchen Ärmel"}},
		{"by user", store.DeviceQuery{Search: "nils fire"}, []string{"Firefox on Linux"}},
		{"by another user", store.DeviceQuery{User: elsa.ID, Search: "nils"}, nil},
		{"by nothing that is there", store.DeviceQuery{Search: "%"}, nil},
		{"signed in", store.DeviceQuery{Filter: store.DeviceSignedIn}, []string{"Firefox on Linux", "Safari on iOS"}},
		{"signed out", store.DeviceQuery{Filter: store.DeviceSignedOut}, []string{"Kitchen Ärmel"}},
		{"home", store.DeviceQuery{Filter: store.DeviceHome}, []string{"Safari on iOS"}},
		{"away", store.DeviceQuery{User: elsa.ID, Filter: store.DeviceAway}, []string{"Kitchen Ärmel"}},
		{"playing", store.DeviceQuery{Filter: store.DevicePlaying, Playing: []int64{phone.ID, 999}}, []string{"Safari on iOS"}},
		{"nothing plays", store.DeviceQuery{Filter: store.DevicePlaying}, nil},
		{"waiting", store.DeviceQuery{Filter: store.DeviceWaiting}, nil},
		{"made up", store.DeviceQuery{Filter: "'", User: elsa.ID}, []string{"Kitchen Ärmel", "Safari on iOS"}},
	} {
		if got := h.devices(test.q); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.about, got, test.want)
		}
	}
	h.must(h.Seen(h.ctx, phone, "198.51.100.7", false))
	if got := h.devices(store.DeviceQuery{Search: "198.51"}); len(got) != 1 {
		t.Errorf("at its new address there are %q", got)
	}
	h.onDevice(elsa, "laptop", "Chrome on Linux", "192.0.2.1", false)
	if got := h.devices(store.DeviceQuery{Search: "chrome ärmel 192.0.2.1"}); len(got) != 1 {
		t.Errorf("what signed in anew is %q", got)
	}
	h.clock.pass(31 * store.Day)
	if got := h.devices(store.DeviceQuery{Filter: store.DeviceSignedIn}); len(got) != 0 {
		t.Errorf("after a month %q are signed in", got)
	}
}

func TestEndDevices(t *testing.T) {
	h := newHome(t)
	elsa, nils, jonas := h.add("Elsa", "$elsa"), h.add("Nils", "$nils"), h.administrator("Jonas")
	hers, his := h.onDevice(elsa, "a", "Safari on iOS", "", true), h.onDevice(nils, "a", "Safari on iOS", "", true)
	maras := h.onDevice(h.owner, "a", "Safari on iOS", "", true)

	_, err := h.EndDevices(h.ctx, actor(elsa), hers.Device)
	wantError(t, err, store.ErrForbidden)
	_, err = h.EndDevices(h.ctx, actor(jonas), hers.Device, 999)
	wantError(t, err, store.ErrNotFound)
	_, err = h.EndDevices(h.ctx, actor(jonas), hers.Device, maras.Device)
	wantError(t, err, store.ErrForbidden)
	if !strings.Contains(err.Error(), "Mara is the owner, for whom this cannot be done.") {
		t.Errorf("it does not say why: %v", err)
	}
	if all := h.devices(store.DeviceQuery{Filter: store.DeviceSignedIn}); len(all) != 3 {
		t.Fatalf("only %q are signed in", all)
	}
	wrote := h.wrote(func() {
		ended, err := h.EndDevices(h.ctx, actor(jonas), hers.Device, his.Device, hers.Device)
		if h.must(err); len(ended) != 2 || ended[0].Session != hers.ID {
			t.Errorf("ended %+v", ended)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionDeviceEnded, store.ActionDeviceEnded}) {
		t.Errorf("wrote %v", wrote)
	}
	if said := h.sentences(store.ActivityQuery{})[0]; said != "Jonas removed the device “Safari on iOS” of Nils." {
		t.Errorf("Activity says %q", said)
	}
	if all := h.devices(store.DeviceQuery{}); len(all) != 1 {
		t.Errorf("there are left %q", all)
	}
	var many *store.Invalid
	if _, err := h.EndDevices(h.ctx, actor(jonas), numbers(store.MaxSelected+1)...); !errors.As(err, &many) {
		t.Errorf("too many at once: %v", err)
	}
}

func numbers(n int) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = int64(i + 1)
	}
	return all
}

func TestEndOwnDevice(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "$nils")
	here, there := h.onDevice(elsa, "here", "Safari on iOS", "", true), h.onDevice(elsa, "there", "Firefox on Linux", "", true)
	his := h.onDevice(nils, "here", "Safari on iOS", "", true)
	_, err := h.EndOwnDevice(h.ctx, actor(elsa), here.Device, his.Device)
	wantError(t, err, store.ErrNotFound)
	wantError(t, h.RenameDevice(h.ctx, actor(elsa), here.Device, his.Device, "Mine"), store.ErrNotFound)
	ended, err := h.EndOwnDevice(h.ctx, actor(elsa), here.Device, there.Device)
	if h.must(err); ended.Session != there.ID || h.sentences(store.ActivityQuery{})[0] != "Elsa removed their device “Firefox on Linux”." {
		t.Errorf("ended %+v: %s", ended, h.sentences(store.ActivityQuery{})[0])
	}
	if left := h.devices(store.DeviceQuery{User: elsa.ID}); !slices.Equal(left, []string{"Safari on iOS"}) {
		t.Errorf("Elsa has %q", left)
	}
	if again := h.onDevice(elsa, "there", "Firefox on Linux", "", true); again.Device == there.Device {
		t.Error("who comes back is on the device from before")
	}
}

// What an administrator has decided about a device its user cannot undo.
func TestOwnDeviceThatWasDecidedStays(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	session := h.onDevice(elsa, "here", "Safari on iOS", "", true)
	_, err := h.Writer().Exec(`UPDATE devices SET standing = 'chosen'`)
	h.must(err)
	ended, err := h.EndOwnDevice(h.ctx, actor(elsa), 0, session.Device)
	h.must(err)
	if _, err := h.Session(h.ctx, hash(fmt.Sprint(elsa.ID, "here", h.clock.now()))); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the session goes on: %v", err)
	}
	if left := h.devices(store.DeviceQuery{Filter: store.DeviceChosen}); len(left) != 1 || !ended.Decided() {
		t.Errorf("there are %q, ended %+v", left, ended)
	}
}

// Visitors share an account, and have one device each.
func TestVisitorsDoNotEndEachOther(t *testing.T) {
	h := newHome(t)
	sofa, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	in := func(browser string) store.Session {
		_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(browser), UserID: sofa.ID, Strength: store.StrengthHome, AtHome: true, Browser: hash(browser), Device: browser},
			store.NewDoor("", ""), h.credentials(sofa.ID), "", 0)
		h.must(err)
		session, err := h.Session(h.ctx, hash(browser))
		h.must(err)
		return session
	}
	one, other := in("one"), in("other")
	_, err = h.EndOwnDevice(h.ctx, actor(sofa), one.Device, other.Device)
	wantError(t, err, store.ErrNotFound)
	_, err = h.OwnDevice(h.ctx, sofa.ID, one.Device, other.Device)
	wantError(t, err, store.ErrNotFound)
	wantError(t, h.RenameDevice(h.ctx, actor(sofa), one.Device, other.Device, "Mine"), store.ErrNotFound)
	_, err = h.SignOutEverywhere(h.ctx, actor(sofa), sofa.ID, one.Device)
	wantError(t, err, store.ErrForbidden)
	_, err = h.EndOwnDevice(h.ctx, actor(sofa), one.Device, one.Device)
	h.must(err)
	if n, err := h.SignOutEverywhere(h.ctx, h.mara(), sofa.ID, 0); err != nil || n != 1 {
		t.Errorf("the owner signs visitors out on %d devices: %v", n, err)
	}
}

func TestSignOutEverywhere(t *testing.T) {
	h := newHome(t)
	elsa, jonas := h.add("Elsa", "$elsa"), h.administrator("Jonas")
	here := h.onDevice(elsa, "here", "Safari on iOS", "", true)
	h.onDevice(elsa, "a", "Firefox on Linux", "", true)
	h.onDevice(elsa, "b", "Chrome on a television", "", true)
	h.onDevice(h.owner, "c", "Firefox on Linux", "", true)
	_, err := h.SignOutEverywhere(h.ctx, actor(jonas), h.owner.ID, 0)
	wantError(t, err, store.ErrForbidden)
	_, err = h.SignOutEverywhere(h.ctx, actor(elsa), jonas.ID, 0)
	wantError(t, err, store.ErrForbidden)
	for _, want := range []int{2, 0} {
		if n, err := h.SignOutEverywhere(h.ctx, actor(elsa), elsa.ID, here.Device); err != nil || n != want {
			t.Errorf("signed out on %d devices, want %d: %v", n, want, err)
		}
	}
	if said := h.sentences(store.ActivityQuery{UserID: elsa.ID})[0]; said != "Elsa signed out everywhere else (2 devices)." {
		t.Errorf("Activity says %q", said)
	}
	if in, all := h.devices(store.DeviceQuery{User: elsa.ID, Filter: store.DeviceSignedIn}), h.devices(store.DeviceQuery{User: elsa.ID}); len(in) != 1 || len(all) != 3 {
		t.Errorf("signed in on %q of %q", in, all)
	}
	if n, err := h.SignOutEverywhere(h.ctx, actor(jonas), elsa.ID, 0); err != nil || n != 1 {
		t.Errorf("Jonas signs Elsa out on %d devices: %v", n, err)
	}
	if said := h.sentences(store.ActivityQuery{})[0]; said != "Jonas signed Elsa out everywhere (1 device)." {
		t.Errorf("Activity says %q", said)
	}
	if living, err := h.LivingSessions(h.ctx, elsa.ID); err != nil || len(living) != 0 {
		t.Errorf("there live %v: %v", living, err)
	}
}

func TestRenameDevice(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	device := h.onDevice(elsa, "here", "Safari on iOS", "", true).Device
	for name, want := range map[string]string{
		strings.Repeat("🦆", store.MaxName): "", "<script>": "", "  ": "", "": "",
		strings.Repeat("x", store.MaxName+1): "This name has 65 characters. The longest possible is 64.",
		"a\u202eb":                           "There is an invisible character in this name. Type it again without it.",
		"a\nb":                               "A name cannot hold line breaks or other control characters.",
	} {
		err := h.RenameDevice(h.ctx, actor(elsa), device, device, name)
		if want != "" {
			if wantInvalid(t, err, "name"); !strings.Contains(err.Error(), want) {
				t.Errorf("%q is refused with %v", name, err)
			}
		} else if err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	h.must(h.RenameDevice(h.ctx, actor(elsa), device, device, ""))
	if got := h.devices(store.DeviceQuery{}); !slices.Equal(got, []string{"Safari on iOS"}) {
		t.Errorf("without a name it is %q", got)
	}
}

// The 200th page of one user's 10,000 devices is there like the first, and both are
// found along an index.
func TestTenThousandDevices(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.onDevice(h.add("Nils", "$nils"), "his", "His", "", true)
	_, err := h.Writer().Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO devices (user_id, browser_hash, kind, first_seen_at, last_seen_at, search) SELECT ?, CAST(i AS BLOB), 'Device ' || i, i, i, 'device ' || i FROM n`, elsa.ID)
	h.must(err)
	for page, want := range map[int][2]string{1: {"Device 10000", "Device 9951"}, 200: {"Device 50", "Device 1"}, 9999: {"Device 50", "Device 1"}} {
		got, err := h.Devices(h.ctx, store.DeviceQuery{User: elsa.ID, Page: page})
		if h.must(err); got.Total != 10_000 || got.Pages != 200 || got.Page != min(page, 200) || len(got.Devices) != store.PageSize {
			t.Fatalf("page %d is %d of %d with %d of %d", page, got.Page, got.Pages, len(got.Devices), got.Total)
		}
		if ends := [2]string{got.Devices[0].Kind, got.Devices[store.PageSize-1].Kind}; ends != want {
			t.Errorf("page %d goes from %q", page, ends)
		}
	}
	if found := h.devices(store.DeviceQuery{User: elsa.ID, Search: "9999"}); len(found) != 1 {
		t.Errorf("searching finds %q", found)
	}
	removed, err := h.CleanUp(h.ctx)
	if h.must(err); removed != 10_000 { // they are from 1970
		t.Errorf("the clean-up removes %d", removed)
	}
}

// Devices are forgotten when nobody has used them for long, or there are very
// many, but none that is in use or that an administrator has decided about.
func TestDevicesAreForgotten(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	now := h.clock.now().UnixMilli()
	year := (365 * store.Day).Milliseconds()
	insert := func(first, n int, seen int64, standing string) {
		t.Helper()
		for i := first; i < first+n; i++ {
			_, err := h.Writer().Exec(`INSERT INTO devices (user_id, browser_hash, kind, standing, first_seen_at, last_seen_at) VALUES (?, CAST(? AS BLOB), ?, ?, ?, ?)`, elsa.ID, i, fmt.Sprint(standing, i), standing, seen, seen+int64(i))
			h.must(err)
		}
	}
	insert(0, 1, now-year-1, "known")
	insert(1, 1, now-year-100, "chosen")
	insert(2, 1, now-year-100, "refused")
	insert(3, 1, now-year-100, "waiting")
	insert(1000, 520, now-year/2, "known")
	signedIn := h.onDevice(elsa, "here", "Safari on iOS", "", true)
	_, err := h.Writer().Exec(`UPDATE devices SET last_seen_at = 1 WHERE id = ?`, signedIn.Device)
	h.must(err)
	if removed, err := h.CleanUp(h.ctx); err != nil || removed != 2+23 {
		t.Errorf("the clean-up removes %d: %v", removed, err)
	}
	left, err := h.Devices(h.ctx, store.DeviceQuery{User: elsa.ID, Page: 99})
	h.must(err)
	last := left.Devices[len(left.Devices)-4:]
	var labels []string
	for _, d := range last {
		labels = append(labels, d.Label())
	}
	if left.Total != 500 || !slices.Equal(labels, []string{"known1023", "refused2", "chosen1", "Safari on iOS"}) {
		t.Errorf("%d are left, the last of them %q", left.Total, labels)
	}
}

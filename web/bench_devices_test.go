package web_test

import (
	"fmt"
	"testing"
	"time"

	"usher/store"
)

// addDevices adds somebody who has had so many devices.
func (h *benchHouse) addDevices(b *testing.B, n int) store.User {
	b.Helper()
	now := h.store.Now()
	person := store.Person{NewUser: store.NewUser{Name: "Somebody with devices"}, CreatedAt: now.Add(-365 * store.Day), LastSeenAt: now}
	for i := range n {
		at := now.Add(-time.Duration(i) * time.Minute)
		person.Devices = append(person.Devices, store.Device{
			Kind: "Firefox on Linux", Form: store.FormComputer, UserAgent: onLinux, Address: fmt.Sprintf("203.0.113.%d", i%250), FirstSeenAt: at, LastSeenAt: at, Session: int64(i % 2),
		})
	}
	if _, err := h.store.AddHousehold(b.Context(), store.Household{People: []store.Person{person}}); err != nil {
		b.Fatal(err)
	}
	known, err := h.store.Credentials(b.Context(), person.Name)
	if err != nil {
		b.Fatal(err)
	}
	return known.User
}

// BenchmarkDevicesPage measures the devices of 10,000 users, and the 10,000 of one of
// them, against the Users page in the same rounds: 1 is as fast.
func BenchmarkDevicesPage(b *testing.B) {
	h := newBenchHouse(b, 10_000)
	one := userPath(h.addDevices(b, 10_000), "/devices")
	const users, all = "/admin/users", "/admin/devices"
	paths := map[string]string{
		"users": users, "page1": all, "page200": all + "?page=200", "search": all + "?q=ingrid", "signed-in": all + "?filter=signed-in",
		"one-page1": one, "one-page200": one + "?page=200", "one-search": one + "?q=203.0.113.77",
	}
	const each = 50
	took := make(map[string]time.Duration)
	for _, path := range paths {
		h.get(b, path, each) // warm
	}
	for b.Loop() {
		for name, path := range paths {
			took[name] += h.get(b, path, each)
		}
	}
	b.ReportMetric(0, "ns/op")
	for name := range paths {
		if name != "users" {
			b.ReportMetric(float64(took[name])/float64(took["users"]), name+"/users")
		}
	}
	b.ReportMetric(float64(len(h.fetch(b, all))), "page1-bytes")
}

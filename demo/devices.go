package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"usher/store"
)

// model is a device that people of the demo have, as its browser tells of it.
type model struct {
	kind, agent string
	form        store.DeviceForm
	away        bool   // carried around
	name        string // that some give it
}

var models = []model{
	{"Safari on iOS", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", store.FormPhone, true, ""},
	{"Chrome on Android", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", store.FormPhone, true, ""},
	{"Chrome on a television", "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager", store.FormTelevision, false, "Living room"},
	{"Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", store.FormComputer, false, "Desk upstairs"},
	{"Edge on Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", store.FormComputer, true, ""},
	{"Safari on iOS", "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1", store.FormTablet, false, "Kitchen tablet"},
	{"Safari on macOS", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", store.FormComputer, true, ""},
}

// withDevices gives the people devices: those who live here a few, guests the one
// or other far away, and whoever was never here none. Who has no password is at
// home only.
func withDevices(people []store.Person, now time.Time) []store.Person {
	random := rand.New(rand.NewPCG(13, 17)) //nolint:gosec // browsers, not secrets
	for i := range people {
		p := &people[i]
		if p.LastSeenAt.IsZero() || !p.Kind.Present() {
			continue
		}
		homely := p.Kind != store.KindGuest
		for n, at := range random.Perm(len(models))[:1+random.IntN(3)] {
			p.Devices = append(p.Devices, device(*p, models[at], homely, n, random, now))
		}
	}
	return people
}

// device is a device on which somebody was seen last, or before (n) that.
func device(p store.Person, m model, homely bool, n int, random *rand.Rand, now time.Time) store.Device {
	age := p.LastSeenAt.Sub(p.CreatedAt)
	last := p.LastSeenAt
	if n > 0 {
		last = last.Add(-time.Duration(random.Int64N(int64(age/2) + 1)))
	}
	d := store.Device{
		Kind: m.kind, Form: m.form, UserAgent: m.agent, AtHome: homely && (!m.away || p.PasswordHash == "" || random.IntN(3) > 0),
		FirstSeenAt: p.CreatedAt.Add(time.Duration(random.Int64N(int64(last.Sub(p.CreatedAt)) + 1))), LastSeenAt: last,
	}
	if random.IntN(2) == 0 {
		d.Name = m.name
	}
	if d.AtHome {
		d.Address = fmt.Sprintf("192.168.1.%d", 20+random.IntN(200))
	} else {
		d.Address = fmt.Sprintf("203.0.113.%d", 1+random.IntN(250))
	}
	if !p.Disabled && now.Sub(last) < signedInFor {
		d.Session = 1
	}
	return d
}

// signedInFor is how long ago somebody of the demo was here at the most who is
// signed in still.
const signedInFor = 20 * store.Day

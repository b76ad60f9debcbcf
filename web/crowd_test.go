package web_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"usher/store"
)

// A hundred sign-ins of one user at once, each in a browser of its own, each get
// an answer. Those that work have a session and a device each, and none of the
// others counts as a failure afterwards.
func TestHundredSignInsAtOnce(t *testing.T) {
	h, people := family(t)
	for name, form := range map[string]url.Values{
		"Nils": pick(people["Nils"]), "Elsa": pick(people["Elsa"], "pin", "1234"), "Mara": pick(h.owner, "password", goodPassword), "Hilda": signInForm("Hilda", goodPassword),
	} {
		t.Run(name, func(t *testing.T) {
			var group sync.WaitGroup
			var mu sync.Mutex
			answers := make(map[int]int)
			for range 100 {
				b := h.browser(atHome)
				group.Go(func() {
					status := b.post("/sign-in", form).Status
					mu.Lock()
					defer mu.Unlock()
					answers[status]++
				})
			}
			group.Wait()
			came := answers[http.StatusSeeOther]
			if came == 0 || came+answers[http.StatusTooManyRequests]+answers[http.StatusServiceUnavailable] != 100 {
				t.Errorf("the answers are %v", answers)
			}
			for range 6 { // more than may fail
				h.browser(atHome).post("/sign-in", form).want(http.StatusSeeOther)
				came++
			}
			ctx := context.Background()
			sessions, err := h.store.OtherSessions(ctx, people[name].ID, 0)
			h.must(err)
			devices, err := h.store.Devices(ctx, store.DeviceQuery{User: people[name].ID})
			h.must(err)
			if sessions != came || devices.Total != came {
				t.Errorf("%d came in, with %d sessions on %d devices", came, sessions, devices.Total)
			}
		})
	}
}

package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// where is what the settings page says about where the request came from.
func (b *browser) where() (count, reason, facts string) {
	b.house.t.Helper()
	page := b.get("/admin/settings").want(http.StatusOK)
	var parts []string
	for _, part := range page.doc().Find("#where dt, #where dd").EachIter() {
		parts = append(parts, strings.TrimSpace(part.Text()))
	}
	return page.text("#where .badge"), page.text("#where .body > p"), strings.Join(parts, " ")
}

func TestWhereAmI(t *testing.T) {
	h := newHousehold(t)
	h.signedIn("Mara", away).save("trusted_proxies", "10.0.0.2")
	for _, test := range []struct {
		about, peer   string
		header        map[string]string
		count, reason string
		facts         []string
	}{
		{"at home", "192.168.1.20:5000", nil, "At home", "it comes straight from an address in the home networks",
			[]string{"connection 192.168.1.20", "headers None", "sees it 192.168.1.20"}},
		{"at home over IPv6", "[fd00::7]:5000", nil, "At home", "it comes straight from an address in the home networks",
			[]string{"connection fd00::7", "sees it fd00::7"}},
		{"away", "203.0.113.9:5000", nil, "Away", "it comes straight from an address outside of the home networks",
			[]string{"connection 203.0.113.9"}},
		{"away, with a forged header", "203.0.113.9:5000", map[string]string{"X-Forwarded-For": "192.168.1.20"}, "Away", "does not come from a trusted proxy",
			[]string{"X-Forwarded-For: 192.168.1.20", "sees it 203.0.113.9"}},
		{"at home, with a header", "192.168.1.20:5000", map[string]string{"X-Real-Ip": "192.168.1.21"}, "Away", "does not come from a trusted proxy",
			[]string{"X-Real-Ip: 192.168.1.21"}},
		{"a proxy for somebody at home", "10.0.0.2:5000", map[string]string{"X-Forwarded-For": "192.168.1.20"}, "At home", "a trusted proxy says that it comes from an address in the home networks",
			[]string{"connection 10.0.0.2", "sees it 192.168.1.20"}},
		{"a proxy for somebody away who forges", "10.0.0.2:5000", map[string]string{"X-Forwarded-For": "192.168.1.20, 203.0.113.9"}, "Away", "a trusted proxy says that it comes from an address outside",
			[]string{"X-Forwarded-For: 192.168.1.20, 203.0.113.9", "sees it 203.0.113.9"}},
		{"a proxy that is silent", "10.0.0.2:5000", nil, "Away", "which did not say for whom",
			[]string{"sees it Not known"}},
		{"a proxy with nonsense", "10.0.0.2:5000", map[string]string{"X-Forwarded-For": "<b>me</b>"}, "Away", "names something that is not an address",
			[]string{"X-Forwarded-For: <b>me</b>"}},
	} {
		t.Run(test.about, func(t *testing.T) {
			b := h.signedIn("Mara", "198.51.100.1:5000")
			b.address = test.peer
			for name, value := range test.header {
				b.header.Set(name, value)
			}
			count, reason, facts := b.where()
			if count != test.count || !strings.Contains(reason, test.reason) {
				t.Errorf("%s: %s", count, reason)
			}
			for _, fact := range test.facts {
				if !strings.Contains(facts, fact) {
					t.Errorf("no %q in %q", fact, facts)
				}
			}
		})
	}
}

func TestNetworksCountOnTheNextRequest(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	mara := h.signedIn("Mara", atHome)
	nils := h.browser(atHome)
	nils.post("/sign-in", url.Values{"name": {"Nils"}}).want(http.StatusSeeOther)
	nils.get("/").want(http.StatusOK)

	gone := mara.save("home_networks", "10.9.0.0/16")
	gone.says("You count as away now, with all who come from where you are.")
	if gone.doc().Find("main .note.warn[role=alert]").Length() != 1 {
		t.Error("the warning does not stay on the page")
	}
	nils.get("/").want(http.StatusSeeOther)
	nils.address = "10.9.1.1:5000"
	nils.get("/").want(http.StatusOK)

	mara.save("home_networks", "192.168.0.0/16", "trusted_proxies", "10.9.1.1")
	nils.get("/").want(http.StatusSeeOther)
	nils.header.Set("X-Forwarded-For", "192.168.3.3")
	nils.get("/").want(http.StatusOK)
	mara.save("trusted_proxies", "")
	nils.get("/").want(http.StatusSeeOther)
	mara.save("trusted_proxies", "192.168.1.20").says("You count as away now")
}

func TestEveryoneAtHome(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.save("home_networks", "0.0.0.0/0 ::/0").says("The home networks hold every address there is, so everyone counts as at home")
	if strings.Contains(b.save("home_networks", "192.168.0.0/16").Body, "every address there is") {
		t.Error("the warning stays")
	}
}

// TestNameFromOutside is what DNS rebinding looks like from here: somebody at
// home, asking by a name of the internet.
func TestNameFromOutside(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	comeIn := func() int {
		r := httptest.NewRequest(http.MethodPost, "http://films.lindqvist.se/sign-in", strings.NewReader("name=Nils"))
		r.RemoteAddr = atHome
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.server.ServeHTTP(w, r)
		return w.Code
	}
	if got := comeIn(); got != http.StatusUnprocessableEntity {
		t.Errorf("the name alone is answered with %d", got)
	}
	h.signedIn("Mara", away).save("address", "http://films.lindqvist.se")
	if got := comeIn(); got != http.StatusSeeOther {
		t.Errorf("by the server's own address, the name alone is answered with %d", got)
	}
}

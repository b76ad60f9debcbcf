package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"usher/internal/provider"
	"usher/store"
)

// The people who have accounts at the provider of these tests.
var (
	priyaElsewhere = provider.Person{Subject: "248289761001", Name: "Priya Raman", Username: "priya", Email: "priya@example.net", Verified: true}
	elsaElsewhere  = provider.Person{Subject: "elsa-elsewhere", Name: "Elsa L.", Username: "elsa", Email: "elsa@example.net", Verified: true}
)

// connected is a household with a provider.
type connected struct {
	*house
	provider *provider.Provider
	id       int64
}

func newConnected(t *testing.T, options ...store.Option) *connected {
	t.Helper()
	h := newHousehold(t, options...)
	p := provider.Start(t, "http://usher.example")
	return &connected{house: h, provider: p, id: h.addProvider("Home accounts", p)}
}

func (h *house) addProvider(name string, p *provider.Provider) (id int64) {
	h.t.Helper()
	id, err := h.store.AddProvider(context.Background(), h.asOwner(), store.ProviderInput{
		Name: name, Issuer: p.Issuer, ClientID: provider.ClientID, ClientSecret: provider.ClientSecret,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// start is the address that leads to the provider.
func (h *connected) start() string { return "/connect/" + strconv.FormatInt(h.id, 10) }

// arrive lets the browser sign in as person at the provider, from the address
// that leads there, up to the address that the provider sends it back to.
func (h *connected) arrive(b *browser, from string, person provider.Person) (back string) {
	h.t.Helper()
	h.provider.SignsIn(person)
	return h.provider.Visit(h.t, b.get(from).want(http.StatusSeeOther).Location)
}

// through is the answer after that.
func (h *connected) through(b *browser, from string, person provider.Person) answer {
	h.t.Helper()
	return b.get(h.arrive(b, from, person))
}

// leave sends the form that links an account, and is the address at the
// provider that the answer leads to.
func (h *connected) leave(b *browser) (address string) {
	h.t.Helper()
	a := b.post("/account/connect", h.linking(goodPassword)).want(http.StatusOK)
	address, found := strings.CutPrefix(a.Header.Get("Refresh"), "0; url=")
	if !found || !a.leadsTo(address) {
		h.t.Fatalf("the page leads to %q and has no such link:\n%s", a.Header.Get("Refresh"), a.Body)
	}
	return address
}

func (h *connected) linking(password string) url.Values {
	return url.Values{"provider": {strconv.FormatInt(h.id, 10)}, "password": {password}}
}

// link links person's account for the user, who has goodPassword.
func (h *connected) link(name string, person provider.Person) *browser {
	h.t.Helper()
	b := h.signedIn(name, atHome)
	h.provider.SignsIn(person)
	back := b.get(h.provider.Visit(h.t, h.leave(b)))
	if back.want(http.StatusSeeOther).Location != "/account/connect" {
		h.t.Fatalf("linking leads to %q", back.Location)
	}
	return b
}

// links are the accounts elsewhere of the user.
func (h *house) links(u store.User) []store.Link {
	h.t.Helper()
	links, err := h.store.Links(context.Background(), u.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return links
}

// isIn fails the test unless name is signed in.
func (b *browser) isIn(name string) {
	b.house.t.Helper()
	if a := b.get("/account").want(http.StatusOK); !strings.Contains(a.text(".person"), name) {
		b.house.t.Fatalf("%s is not signed in, but %s", name, a.text(".person"))
	}
}

// leads fails the test unless the page has a link to the address.
func (a answer) leads(address string) answer {
	a.t.Helper()
	if !a.leadsTo(address) {
		a.t.Fatalf("the page does not lead to %q:\n%s", address, a.Body)
	}
	return a
}

// Package provider is an OpenID Connect provider for tests: a real one, of
// zitadel/oidc, in the process, whose answers can be spoilt on their way out.
// Its one client is an Usher.
package provider

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// The client that Usher is at every provider of this package.
const (
	ClientID     = "usher"
	ClientSecret = "the secret of usher & its provider"
)

// Person has an account at the provider.
type Person struct {
	Subject  string
	Name     string
	Username string
	Email    string
	Verified bool // the e-mail address
}

// Provider is a provider that runs until the test ends.
type Provider struct {
	Issuer string

	server  *httptest.Server
	real    *op.Provider
	storage *storage

	mu     sync.Mutex
	person *Person       // who signs in without being asked; nil: the page asks
	people []Person      // whom the page offers
	clock  time.Duration // by how much the provider's clock is ahead
	fault  Fault
	asked  map[string]int // requests, by path
	ended  int            // sessions ended by their holders
}

// Start starts a provider to which an Usher under one of the addresses may
// send people, such as http://usher.example.
func Start(t testing.TB, ushers ...string) *Provider {
	t.Helper()
	p := &Provider{asked: make(map[string]int)}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Stop)
	p.Issuer = p.server.URL
	p.storage = newStorage(p)
	p.Register(ushers...)
	config := &op.Config{CodeMethodS256: true, AuthMethodPost: true}
	rand.Read(config.CryptoKey[:])
	var err error
	if p.real, err = op.NewProvider(config, p.storage, op.StaticIssuer(p.Issuer), op.WithAllowInsecure()); err != nil {
		t.Fatal(err)
	}
	return p
}

// Register adds addresses of the Usher that the provider serves.
func (p *Provider) Register(ushers ...string) {
	p.storage.mu.Lock()
	defer p.storage.mu.Unlock()
	for _, usher := range ushers {
		p.storage.redirects = append(p.storage.redirects, usher+"/connect/callback")
		p.storage.goodbyes = append(p.storage.goodbyes, usher+"/sign-in?signed-out=1")
	}
}

// Stop ends the provider: whoever asks it from now on is refused the
// connection.
func (p *Provider) Stop() {
	p.server.CloseClientConnections()
	p.server.Close()
}

// SignsIn makes person sign in from now on, without being asked.
func (p *Provider) SignsIn(person Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person = &person
}

// Offers makes the provider's page ask which of the people signs in.
func (p *Provider) Offers(people ...Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person, p.people = nil, people
}

// Break spoils the provider's answers from now on.
func (p *Provider) Break(fault Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = fault
}

// SetClock puts the provider's clock ahead by so much, or back where it is
// negative.
func (p *Provider) SetClock(ahead time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clock = ahead
}

// RotateKeys makes the provider sign with a new key, which is the only one it
// publishes from now on.
func (p *Provider) RotateKeys() { p.storage.rotate() }

// Asked is how often the path has been asked for.
func (p *Provider) Asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// Ended is how many sessions at the provider have been ended there.
func (p *Provider) Ended() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

// Visit opens an address at the provider as the person's browser would, lets
// them sign in, and returns the address at Usher that they are sent back to,
// without Usher's own part of it.
func (p *Provider) Visit(t testing.TB, address string) (path string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 10 {
		if !strings.HasPrefix(address, p.Issuer) {
			back, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			return back.RequestURI()
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		next, err := answer.Location()
		if err != nil {
			t.Fatalf("%s answers %s and leads nowhere", address, answer.Status)
		}
		address = next.String()
	}
	t.Fatal("the provider leads in circles")
	return ""
}

// serve counts, spoils and answers a request.
func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked[r.URL.Path]++
	fault := p.fault
	p.mu.Unlock()
	switch r.URL.Path {
	case loginPath:
		p.login(w, r)
	case "/favicon.ico": // of which browsers complain where it is not found
		w.WriteHeader(http.StatusNoContent)
	default:
		fault.spoil(p, w, r)
	}
}

const loginPath = "/login"

// login asks who signs in, if that is not known, and goes on with them.
func (p *Provider) login(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	person, people := p.person, p.people
	p.mu.Unlock()
	id := r.FormValue("id")
	for _, offered := range people {
		if person == nil && offered.Subject == r.FormValue("subject") {
			person = &offered
		}
	}
	if person != nil {
		p.storage.signIn(id, *person)
		ctx := op.ContextWithIssuer(context.WithoutCancel(r.Context()), p.Issuer)
		http.Redirect(w, r, op.AuthCallbackURL(p.real)(ctx, id), http.StatusFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>Who are you?</title><h1>Who are you?</h1>`)
	for _, offered := range people {
		to := url.Values{"id": {id}, "subject": {offered.Subject}}
		fmt.Fprintf(w, `<p><a href="%s?%s">%s</a></p>`, loginPath, to.Encode(), offered.Name)
	}
}

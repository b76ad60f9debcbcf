package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"usher/store"
)

// How long what is known of a provider counts. Its keys are fetched anew with
// it, so that one that was withdrawn is not believed for longer; a new key is
// fetched as soon as it is met.
const (
	discoveryLife = time.Hour
	failureLife   = 10 * time.Second // a provider that is down is asked again after this
	patience      = 5 * time.Second
	maxAnswer     = 1 << 20
)

// directory knows the addresses and keys of providers. They are looked up when
// they are needed, by one request for all who wait.
type directory struct {
	client   *http.Client
	now      func() time.Time
	patience time.Duration
	lookups  singleflight.Group

	mu    sync.Mutex
	known map[string]*discovered // by issuer
}

func newDirectory(now func() time.Time) *directory {
	return &directory{
		now: now, patience: patience, known: make(map[string]*discovered),
		client: &http.Client{
			Transport: bounded{http.DefaultTransport},
			Timeout:   patience,
			// An issuer, and what it names, answers where it says that it is:
			// following would let a provider have the client's secret sent
			// elsewhere, or its keys fetched over plain http.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// discovered is what a provider says of itself.
type discovered struct {
	issuer     string
	provider   *oidc.Provider
	http       *http.Client
	endSession string
	namesIt    bool // the issuer comes along with every answer (RFC 9207)
	inParams   bool // the client's secret goes into the form
	at         time.Time
	err        error
}

// find is what is known of the provider, looked up where that is needed.
func (d *directory) find(ctx context.Context, issuer string) (*discovered, error) {
	if known := d.freshly(issuer); known != nil {
		return known, known.err
	}
	return d.together(ctx, issuer, func(ctx context.Context) *discovered {
		if known := d.freshly(issuer); known != nil {
			return known // by those who looked just before
		}
		return d.discover(ctx, issuer)
	})
}

// lookUp asks the provider now, whatever is known of it.
func (d *directory) lookUp(ctx context.Context, issuer string) (*discovered, error) {
	return d.together(ctx, issuer, func(ctx context.Context) *discovered { return d.discover(ctx, issuer) })
}

// freshly is what is known and still counts, or nil.
func (d *directory) freshly(issuer string) *discovered {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.known[issuer]; known != nil && known.fresh(d.now()) {
		return known
	}
	return nil
}

func (f *discovered) fresh(now time.Time) bool {
	life := discoveryLife
	if f.err != nil {
		life = failureLife
	}
	age := now.Sub(f.at)
	return age >= 0 && age < life
}

// together looks once for all who want to know the same. Someone who waits does
// not wait longer than ctx, and does not end the lookup for the others.
func (d *directory) together(ctx context.Context, issuer string, look func(context.Context) *discovered) (*discovered, error) {
	looking := d.lookups.DoChan(issuer, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.patience)
		defer cancel()
		found := look(ctx)
		d.mu.Lock()
		defer d.mu.Unlock()
		d.known[issuer] = found
		return found, found.err
	})
	select {
	case result := <-looking:
		found, _ := result.Val.(*discovered)
		return found, result.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// metadata is what Usher reads of the discovery document besides what go-oidc
// does (OpenID Connect Discovery 1.0, section 3; RP-Initiated Logout 1.0, section 2.1; RFC
// 9207, section 3).
type metadata struct {
	Keys        string   `json:"jwks_uri"`
	EndSession  string   `json:"end_session_endpoint"`
	NamesIssuer bool     `json:"authorization_response_iss_parameter_supported"`
	Methods     []string `json:"token_endpoint_auth_methods_supported"`
}

// discover reads the discovery document. What is wrong is in its err.
func (d *directory) discover(ctx context.Context, issuer string) *discovered {
	found := &discovered{issuer: issuer, http: d.client, at: d.now()}
	if message := IssuerProblem(issuer); message != "" {
		found.err = &failure{Unsound, message}
		return found
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, d.client), issuer)
	if err != nil {
		found.err = err
		return found
	}
	var said metadata
	if err := provider.Claims(&said); err != nil {
		found.err = fmt.Errorf("read discovery document: %w", err)
		return found
	}
	endpoint := provider.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, said.Keys} {
		if !mayAsk(address) {
			found.err = &failure{Unsound, fmt.Sprintf("the discovery document names the address %q", address)}
			return found
		}
	}
	found.provider, found.namesIt = provider, said.NamesIssuer
	found.inParams = len(said.Methods) > 0 && !slices.Contains(said.Methods, "client_secret_basic")
	if mayAsk(said.EndSession) {
		found.endSession = said.EndSession
	}
	return found
}

// IssuerProblem is why a provider cannot be asked at the address, or "".
//
// Over plain http anybody on the way can sign in as anybody, and reads the
// client's secret. So that is for providers at home only: under a private
// address, or a name that only the home itself can give.
func IssuerProblem(issuer string) string {
	if _, message := store.CleanIssuer(issuer); message != "" {
		return "" // the store says so
	}
	if !mayAsk(issuer) {
		return "Over plain http, anybody on the way could sign in as anybody. That works for providers at home only. Type the address with https."
	}
	return ""
}

// mayAsk says whether an address is one of the web that can be trusted on the
// way: https, or at home.
func mayAsk(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return false
	}
	if u.Scheme != "http" {
		return u.Scheme == "https"
	}
	host := plainHost(u.Host)
	if address, err := netip.ParseAddr(host); err == nil {
		address = plain(address)
		return address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast()
	}
	return ownName(host)
}

// client is this server, as the provider knows it.
func (f *discovered) client(provider store.Provider, trip Trip) *oauth2.Config {
	endpoint := f.provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if f.inParams || provider.ClientSecret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: provider.ClientID, ClientSecret: provider.ClientSecret, Endpoint: endpoint,
		RedirectURL: trip.Callback, Scopes: []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail},
	}
}

// context is ctx in which the provider is asked with the right client.
func (f *discovered) context(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, f.http)
}

// checkAnswer refuses an answer that is an error, or that another provider has
// sent the browser with (RFC 9207, section 2.4).
func (f *discovered) checkAnswer(query url.Values) error {
	issuer := query.Get("iss")
	if issuer != f.issuer && (issuer != "" || f.namesIt) {
		return &failure{Unsound, "the answer is of the issuer " + issuer}
	}
	if code := query.Get("error"); code != "" {
		return &failure{Declined, code + ": " + query.Get("error_description")}
	}
	if query.Get("code") == "" {
		return errors.New("the answer has no code")
	}
	return nil
}

// bounded bounds how much a provider may answer.
type bounded struct{ next http.RoundTripper }

// RoundTrip asks and bounds the answer.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = http.MaxBytesReader(nil, answer.Body, maxAnswer)
	}
	return answer, err
}

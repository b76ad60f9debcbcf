package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"usher/store"
)

// Connect signs people in with accounts at OpenID Connect providers: the
// authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC
// 7636), and with state and nonce bound to the browser by a sealed cookie.
type Connect struct {
	store     *store.Store
	sealer    *sealer
	directory *directory
}

// NewConnect signs in to st.
func NewConnect(st *store.Store) *Connect {
	return &Connect{store: st, sealer: newSealer(st.Now), directory: newDirectory(st.Now)}
}

// Purpose is why a browser goes to a provider.
type Purpose string

// The purposes: to sign in, to accept an invitation, to link the account of
// whoever is signed in.
const (
	PurposeSignIn Purpose = "sign-in"
	PurposeJoin   Purpose = "join"
	PurposeLink   Purpose = "link"
)

// Trip is the way of one browser to a provider and back. The browser carries it
// along in a sealed cookie.
type Trip struct {
	Purpose    Purpose
	Provider   int64
	Invitation string // the token of its link, to join
	Session    int64  // of whoever links
	Next       string // where to go afterwards, to sign in
	Callback   string // the address that the provider sends the browser back to

	State, Nonce, Verifier string
}

// Arrival is a browser that has come back from a provider: who the provider
// says it is, and what a session that begins now keeps of that.
type Arrival struct {
	Trip     Trip
	Identity store.Identity
	Vouched  store.Vouched
}

// SetOff gives the browser the cookie for its trip and answers the address at
// the provider to go to. The error is a *ConnectError or the database's.
func (c *Connect) SetOff(w http.ResponseWriter, r *http.Request, trip Trip) (address string, err error) {
	provider, err := c.store.Provider(r.Context(), trip.Provider)
	if err != nil {
		return "", err
	}
	known, err := c.directory.find(r.Context(), provider.Issuer)
	if err != nil {
		return "", &ConnectError{Provider: provider.Name, Trip: trip, Kind: kindOf(err, Unreachable), cause: err}
	}
	trip.State, _ = NewToken()
	trip.Nonce, _ = NewToken()
	trip.Verifier = oauth2.GenerateVerifier()
	err = c.seal(w, r, tripCookie, trip)
	if errors.Is(err, errTooLong) {
		trip.Next = "/" // only that can be so long
		err = c.seal(w, r, tripCookie, trip)
	}
	if err != nil {
		return "", err
	}
	return known.client(provider, trip).AuthCodeURL(trip.State, oidc.Nonce(trip.Nonce), oauth2.S256ChallengeOption(trip.Verifier)), nil
}

// Arrive checks what the provider has sent the browser back with. The cookie is
// used up. The error is a *ConnectError or the database's.
func (c *Connect) Arrive(w http.ResponseWriter, r *http.Request) (Arrival, error) {
	var trip Trip
	query := r.URL.Query()
	if !c.open(w, r, tripCookie, &trip) || !same(query.Get("state"), trip.State) {
		return Arrival{}, &ConnectError{Kind: Lost, cause: errors.New("the state is not the one of this browser")}
	}
	provider, err := c.store.Provider(r.Context(), trip.Provider)
	if err != nil {
		return Arrival{}, err
	}
	arrival, err := c.arrive(r.Context(), provider, trip, query)
	if err != nil {
		return Arrival{}, &ConnectError{Provider: provider.Name, Trip: trip, Kind: kindOf(err, Unsound), cause: err}
	}
	return arrival, nil
}

func (c *Connect) arrive(ctx context.Context, provider store.Provider, trip Trip, query url.Values) (Arrival, error) {
	known, err := c.directory.find(ctx, provider.Issuer)
	if err != nil {
		return Arrival{}, err
	}
	if err := known.checkAnswer(query); err != nil {
		return Arrival{}, err
	}
	ctx = known.context(ctx)
	tokens, err := known.client(provider, trip).Exchange(ctx, query.Get("code"), oauth2.VerifierOption(trip.Verifier))
	if err != nil {
		return Arrival{}, err
	}
	claims, raw, err := known.verify(ctx, provider, trip, tokens, c.store.Now())
	if err != nil {
		return Arrival{}, err
	}
	claims = known.complete(ctx, claims, tokens)
	arrival := Arrival{Trip: trip, Identity: claims.identity(provider), Vouched: store.Vouched{Provider: provider.ID}}
	if known.endSession != "" {
		arrival.Vouched.IDToken = raw
	}
	return arrival, nil
}

// same compares in a time that tells nothing; two empty texts are not the same.
func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// ConnectFailure is a kind of failure on the way through a provider.
type ConnectFailure int

// The kinds: the provider cannot be reached; what it answers does not pass; its
// clock or this one's is wrong; it did not sign the person in; or the browser
// comes back from a trip that it did not set out on here, or too long ago.
const (
	Unreachable ConnectFailure = iota
	Unsound
	WrongClock
	Declined
	Lost
)

// ConnectError is a trip to a provider that came to nothing. Its Sentence is
// for the screen; Error has what happened, for the log.
type ConnectError struct {
	Provider string // its name; "" where the trip is not known
	Trip     Trip
	Kind     ConnectFailure
	cause    error
}

// Error is what happened. Parts of it come from outside.
func (e *ConnectError) Error() string { return told(e.cause) }

// Unwrap is the cause.
func (e *ConnectError) Unwrap() error { return e.cause }

// Sentence tells what happened and what to do, to the person at the browser.
func (e *ConnectError) Sentence() string {
	switch e.Kind {
	case Unreachable:
		return e.Provider + " cannot be reached just now. Try again in a moment."
	case WrongClock:
		return "The clock of this server and the one of " + e.Provider + " are too far apart. Whoever runs this server can set it right."
	case Declined:
		return e.Provider + " did not sign you in. You can try again, or choose another account there."
	case Lost:
		return "This was begun in another browser, or too long ago. Begin again here."
	case Unsound:
	}
	return "What " + e.Provider + " answered did not pass the checks, so Usher does not take it. Whoever runs this server can find out more in the log."
}

// failure is an error that knows its kind.
type failure struct {
	kind ConnectFailure
	text string
}

func (f *failure) Error() string { return f.text }

// kindOf is the kind of failure that err is, or otherwise where err does not
// say.
func kindOf(err error, otherwise ConnectFailure) ConnectFailure {
	var known *failure
	var network *url.Error
	var expired *oidc.TokenExpiredError
	switch {
	case errors.As(err, &known):
		return known.kind
	case errors.As(err, &expired):
		return WrongClock
	case errors.As(err, &network), errors.Is(err, context.DeadlineExceeded):
		return Unreachable
	}
	return otherwise
}

// clockLeeway is how far apart the clocks may be, as go-oidc has it.
const clockLeeway = 5 * time.Minute

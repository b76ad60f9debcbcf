package provider

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

var errUnknown = errors.New("unknown")

// storage is what the provider remembers. The interface within is nil: what is
// not here belongs to ways of signing in that Usher does not use.
type storage struct {
	op.Storage
	provider *Provider

	mu        sync.Mutex
	key       *key
	redirects []string
	goodbyes  []string
	requests  map[string]*request // by id
	codes     map[string]string   // the id of the request, by code
	tokens    map[string]Person   // by the id of the access token
}

func newStorage(p *Provider) *storage {
	s := &storage{
		provider: p, requests: make(map[string]*request), codes: make(map[string]string), tokens: make(map[string]Person),
	}
	s.rotate()
	return s
}

func (s *storage) rotate() {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // of crypto/rand, which never fails
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = &key{id: rand.Text(), private: private}
}

// key is the signing key: what the provider signs with.
type key struct {
	id      string
	private *ecdsa.PrivateKey
}

func (k *key) ID() string                                  { return k.id }
func (k *key) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k *key) Key() any                                    { return k.private }

// publicKey is the half that the provider publishes.
type publicKey struct{ *key }

func (k publicKey) Algorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k publicKey) Use() string                        { return "sig" }
func (k publicKey) Key() any                           { return k.private.Public() }

func (s *storage) currentKey() *key {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key
}

func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return s.currentKey(), nil }

func (s *storage) KeySet(context.Context) ([]op.Key, error) {
	return []op.Key{publicKey{s.currentKey()}}, nil
}

func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.ES256}, nil
}

func (s *storage) Health(context.Context) error { return nil }

// CreateAuthRequest remembers that somebody wants to sign in.
func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &request{id: rand.Text(), asked: asked, at: time.Now()}
	s.requests[r.id] = r
	return r, nil
}

// signIn answers the request with a person.
func (s *storage) signIn(id string, person Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, known := s.requests[id]; known {
		r.person, r.done = person, true
	}
}

func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, known := s.requests[id]; known {
		return r, nil
	}
	return nil, errUnknown
}

func (s *storage) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id := s.codes[code]
	s.mu.Unlock()
	return s.AuthRequestByID(ctx, id)
}

func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

// DeleteAuthRequest is asked for once the code has been used: a code works
// once.
func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

func (s *storage) CreateAccessToken(_ context.Context, asked op.TokenRequest) (id string, ends time.Time, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = rand.Text()
	if r, ok := asked.(*request); ok {
		s.tokens[id] = r.person
	}
	return id, time.Now().Add(time.Hour), nil
}

func (s *storage) TerminateSession(context.Context, string, string) error {
	s.provider.mu.Lock()
	defer s.provider.mu.Unlock()
	s.provider.ended++
	return nil
}

func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != ClientID {
		return nil, errUnknown
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return client{redirects: slices.Clone(s.redirects), goodbyes: slices.Clone(s.goodbyes)}, nil
}

func (s *storage) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != ClientID || secret != ClientSecret {
		return errUnknown
	}
	return nil
}

// SetUserinfoFromScopes puts nothing but the subject into the ID token, as
// providers do that tell the rest at the address for it.
func (s *storage) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, subject, _ string, _ []string) error {
	info.Subject = subject
	return nil
}

// SetUserinfoFromToken tells about the person whom the access token is for.
func (s *storage) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, id, _, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	person, known := s.tokens[id]
	if !known {
		return errUnknown
	}
	info.Subject, info.Name, info.PreferredUsername = person.Subject, person.Name, person.Username
	info.Email, info.EmailVerified = person.Email, oidc.Bool(person.Verified)
	return nil
}

// request is somebody who wants to sign in.
type request struct {
	id     string
	asked  *oidc.AuthRequest
	at     time.Time
	person Person
	done   bool
}

func (r *request) GetID() string                      { return r.id }
func (r *request) GetACR() string                     { return "" }
func (r *request) GetAMR() []string                   { return nil }
func (r *request) GetAudience() []string              { return []string{ClientID} }
func (r *request) GetAuthTime() time.Time             { return r.at }
func (r *request) GetClientID() string                { return r.asked.ClientID }
func (r *request) GetNonce() string                   { return r.asked.Nonce }
func (r *request) GetRedirectURI() string             { return r.asked.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.asked.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.asked.ResponseMode }
func (r *request) GetScopes() []string                { return r.asked.Scopes }
func (r *request) GetState() string                   { return r.asked.State }
func (r *request) GetSubject() string                 { return r.person.Subject }
func (r *request) Done() bool                         { return r.done }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.asked.CodeChallenge, Method: r.asked.CodeChallengeMethod}
}

// client is Usher, as the provider knows it.
type client struct {
	redirects, goodbyes []string
}

func (c client) GetID() string                       { return ClientID }
func (c client) RedirectURIs() []string              { return c.redirects }
func (c client) PostLogoutRedirectURIs() []string    { return c.goodbyes }
func (c client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (c client) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodBasic }
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c client) GrantTypes() []oidc.GrantType         { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c client) LoginURL(id string) string            { return loginPath + "?id=" + id }
func (c client) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (c client) IDTokenLifetime() time.Duration       { return time.Hour }
func (c client) DevMode() bool                        { return true } // plain http is allowed
func (c client) IsScopeAllowed(string) bool           { return false }
func (c client) IDTokenUserinfoClaimsAssertion() bool { return false }
func (c client) ClockSkew() time.Duration             { return 0 }

func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}

func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}

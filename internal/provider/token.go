package provider

import (
	"encoding/base64"
	"encoding/json"
	"net/http/httptest"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// token makes the ID token in the answer anew, with the provider's clock and
// the fault in it.
func (f Fault) token(p *Provider, answer *httptest.ResponseRecorder) {
	change(answer, func(object map[string]any) {
		raw, ok := object["id_token"].(string)
		if !ok {
			return
		}
		if f == NoToken {
			delete(object, "id_token")
			return
		}
		claims := readClaims(raw)
		p.turnClock(claims)
		f.claims(p, claims)
		object["id_token"] = f.sign(p, claims)
	})
}

// readClaims are the claims of a token that the provider has just signed.
func readClaims(token string) map[string]any {
	parts := strings.Split(token, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		panic(err) // of a token that a real library has just made
	}
	var claims map[string]any
	if err := json.Unmarshal(payload, &claims); err != nil {
		panic(err)
	}
	return claims
}

// turnClock moves the times in the claims by as much as the clock is off.
func (p *Provider) turnClock(claims map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, name := range []string{"iat", "exp", "auth_time", "nbf"} {
		if at, ok := claims[name].(float64); ok {
			claims[name] = at + p.clock.Seconds()
		}
	}
}

// claims spoils what the token says.
func (f Fault) claims(p *Provider, claims map[string]any) {
	switch f {
	case WrongIssuer:
		claims["iss"] = "https://other.example"
	case WrongAudience:
		claims["aud"] = []string{"another client"}
	case WrongNonce:
		claims["nonce"] = "of-another-sign-in"
	case WrongParty:
		claims["aud"], claims["azp"] = []string{ClientID, "another client"}, "another client"
	case WrongAccess:
		claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"
	case NoSubject:
		delete(claims, "sub")
	case TellsAll:
		p.mu.Lock()
		defer p.mu.Unlock()
		if person := p.person; person != nil {
			claims["name"], claims["preferred_username"] = person.Name, person.Username
			claims["email"], claims["email_verified"] = person.Email, person.Verified
		}
	default: // spoils something else
	}
}

// sign signs the claims as the fault has it.
func (f Fault) sign(p *Provider, claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err) // of what has just been JSON
	}
	key := p.storage.currentKey()
	with := jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key.private, KeyID: key.id}}
	switch f {
	case NoSignature:
		header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`))
		return header + "." + base64.RawURLEncoding.EncodeToString(payload) + "."
	case SecretSignature, OnlySecretsOffered:
		with = jose.SigningKey{Algorithm: jose.HS256, Key: []byte(ClientSecret)}
	case WrongKey:
		stranger := newStorage(p).currentKey()
		with.Key = jose.JSONWebKey{Key: stranger.private, KeyID: key.id}
	default: // spoils something else
	}
	signer, err := jose.NewSigner(with, nil)
	if err != nil {
		panic(err) // of a key that was made here
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

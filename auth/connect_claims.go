package auth

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"usher/store"
)

// claims are what a provider tells about somebody (OpenID Connect Core 1.0,
// section 5.1).
type claims struct {
	Subject  string `json:"sub"`
	Party    string `json:"azp"`
	Name     string `json:"name"`
	Username string `json:"preferred_username"`
	Email    string `json:"email"`
	Verified truth  `json:"email_verified"`
}

// truth is a boolean that some providers put into quotation marks.
type truth bool

// UnmarshalJSON takes anything but true for false.
func (t *truth) UnmarshalJSON(text []byte) error {
	value, err := strconv.ParseBool(strings.Trim(string(text), `"`))
	*t = truth(err == nil && value)
	return nil
}

// verify checks the ID token (OpenID Connect Core 1.0, section 3.1.3.7) and
// reads its claims; raw is the token itself.
func (f *discovered) verify(ctx context.Context, provider store.Provider, trip Trip, tokens *oauth2.Token, now time.Time) (c claims, raw string, err error) {
	raw, _ = tokens.Extra("id_token").(string)
	if raw == "" {
		return c, "", errors.New("the answer has no ID token")
	}
	verifier := f.provider.Verifier(&oidc.Config{ClientID: provider.ClientID, Now: func() time.Time { return now }})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return c, "", err
	}
	if err := token.Claims(&c); err != nil {
		return c, "", fmt.Errorf("read claims: %w", err)
	}
	if token.AccessTokenHash != "" {
		if err := token.VerifyAccessToken(tokens.AccessToken); err != nil {
			return c, "", err
		}
	}
	switch {
	case !same(token.Nonce, trip.Nonce):
		return c, "", errors.New("the nonce is of another sign-in")
	case c.Party != "" && c.Party != provider.ClientID:
		return c, "", fmt.Errorf("the ID token was made for %q", c.Party)
	case !isSubject(token.Subject):
		return c, "", errors.New("the ID token is about nobody")
	case token.IssuedAt.Sub(now).Abs() > clockLeeway:
		return c, "", &failure{WrongClock, "the ID token was made at " + token.IssuedAt.String()}
	}
	return c, raw, nil
}

// isSubject says whether a text can be a subject: up to 255 letters of ASCII
// (OpenID Connect Core 1.0, section 2).
func isSubject(text string) bool {
	return text != "" && len(text) <= 255 && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// complete adds what the ID token does not tell, which some providers tell only
// where they are asked for more. That they do not is in nobody's way: the
// subject alone signs in.
func (f *discovered) complete(ctx context.Context, c claims, tokens *oauth2.Token) claims {
	if c.Name != "" && c.Email != "" || !mayAsk(f.provider.UserInfoEndpoint()) {
		return c
	}
	more, err := f.provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil || more.Subject != c.Subject {
		return c
	}
	var added claims
	if more.Claims(&added) != nil {
		return c
	}
	if c.Name == "" && c.Username == "" {
		c.Name, c.Username = added.Name, added.Username
	}
	if c.Email == "" {
		c.Email, c.Verified = added.Email, added.Verified
	}
	return c
}

// identity is who that is here, with everything cleaned as if it were typed.
func (c claims) identity(provider store.Provider) store.Identity {
	email, message := store.CleanEmail(c.Email)
	if message != "" {
		email = ""
	}
	identity := store.Identity{
		Provider: provider.ID, Issuer: provider.Issuer, Subject: c.Subject,
		Name: store.ClaimedName(c.Name, c.Username), Account: store.ClaimedName(email, c.Username, c.Name),
	}
	if c.Verified {
		identity.Email = email
	}
	return identity
}

// maxTold bounds what is told of an error.
const maxTold = 400

// told is what an error says, cut to a bearable length: providers choose some
// of its words.
func told(err error) string {
	text := err.Error()
	if len(text) > maxTold {
		text = strings.ToValidUTF8(text[:maxTold], "") + "…"
	}
	return text
}

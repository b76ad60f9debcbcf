package store

import (
	"errors"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// ErrNotLinked says that nobody on this server signs in with an account
// elsewhere.
var ErrNotLinked = errors.New("not linked")

// Provider is an OpenID Connect provider with which people may sign in.
type Provider struct {
	ID           int64
	Name         string // as the sign-in page shows it
	Issuer       string // its address, and with a subject the key of a link
	ClientID     string // what this server is called there
	ClientSecret string
	Fixed        bool // given where Usher was started, and changed only there
}

// ProviderInput is what adds or changes a provider.
type ProviderInput struct {
	Name         string
	Issuer       string
	ClientID     string
	ClientSecret string // "" keeps the one that is saved
}

// Identity is who somebody is at a provider, as the provider has proven.
type Identity struct {
	Provider int64
	Issuer   string
	Subject  string // with the issuer the key; nothing else is one
	Name     string // cleaned; "" when the provider tells none
	Email    string // cleaned; "" unless the provider has verified it
	Account  string // what the account is called there, for the screen only
}

// Link is an account elsewhere with which a user signs in.
type Link struct {
	Issuer   string
	Subject  string
	Account  string
	LinkedAt time.Time
	Provider string // its name, "" when it is not set up any more
}

// Where is what the account is called on the screen: the provider’s name, or
// its address where it is not set up any more.
func (l Link) Where() string {
	if l.Provider != "" {
		return l.Provider
	}
	return l.Issuer
}

// Limits of what is typed about a provider, in bytes.
const (
	maxIssuer = 300
	maxClient = 500
)

// CleanIssuer is the address of a provider as it is stored. The message says
// what is wrong with it, or is "". An issuer has no query and no fragment
// (OpenID Connect Discovery 1.0, section 2), and is compared to the letter, so
// that a slash at its end stays.
func CleanIssuer(issuer string) (clean, message string) {
	clean = strings.TrimSpace(issuer)
	if clean == "" {
		return "", "Type the address of the provider."
	}
	u, err := url.Parse(clean)
	if err != nil || !utf8.ValidString(clean) || len(clean) > maxIssuer ||
		(u.Scheme != "http" && u.Scheme != "https") || !isHost(u.Hostname()) ||
		u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(clean, "#") || u.User != nil {
		return clean, "The address of a provider looks like https://auth.example or https://auth.example/realms/home."
	}
	return clean, ""
}

// ClaimedName is the first of the names that a provider tells which can be a
// name here, cut to the length that a name may have; "" when none can.
func ClaimedName(candidates ...string) string {
	for _, candidate := range candidates {
		if runes := []rune(candidate); len(runes) > MaxName {
			candidate = string(runes[:MaxName])
		}
		if name, message := CleanName(candidate); message == "" {
			return name
		}
	}
	return ""
}

// MayLink says whether u may link an account elsewhere. The guest account is
// for everyone who visits, and belongs to nobody elsewhere.
func (u User) MayLink() bool { return u.Kind == KindLocal || u.Kind == KindGuest }

// MayUnlink says whether the actor may take from u an account elsewhere with
// which u signs in: everybody their own, and administrators those of local
// users. Nobody decides how a guest signs in but the guest.
func (a Actor) MayUnlink(u User) bool { return a.ID == u.ID && a.ID != 0 || a.MayChangeSignIn(u) }

// EndsUnlinked says whether somebody who has so many links ends with the last
// one: a guest who has no password of their own has no other way in.
func (u User) EndsUnlinked(links int) bool {
	return u.Kind == KindGuest && !u.HasPassword && links <= 1
}

package auth

import (
	"net/http"
	"net/url"

	"usher/store"
)

// maxHint is how long an ID token may be to fit into a cookie, sealed.
const maxHint = 1800

// Farewell is what a browser that has signed out keeps for a while, to sign out
// at the provider as well.
type Farewell struct {
	Provider int64
	IDToken  string
}

// OfferFarewell lets the browser sign out at the provider that has vouched for
// its session, where the provider can do that.
func (c *Connect) OfferFarewell(w http.ResponseWriter, r *http.Request, vouched store.Vouched) error {
	if vouched.Provider == 0 || vouched.IDToken == "" {
		return nil
	}
	farewell := Farewell(vouched)
	if len(farewell.IDToken) > maxHint {
		farewell.IDToken = "" // the provider asks whom it is about instead
	}
	return c.seal(w, r, farewellCookie, farewell)
}

// Farewell is what the browser was offered, ok while that counts.
func (c *Connect) Farewell(r *http.Request) (farewell Farewell, ok bool) {
	ok = c.open(nil, r, farewellCookie, &farewell)
	return farewell, ok
}

// TakeFarewell answers the address at the provider that ends the session there
// and leads back (OpenID Connect RP-Initiated Logout 1.0, section 2). It answers store.ErrNotFound
// when the browser was offered none, or the provider is gone, and a
// *ConnectError.
func (c *Connect) TakeFarewell(w http.ResponseWriter, r *http.Request, back string) (address string, err error) {
	var farewell Farewell
	if !c.open(w, r, farewellCookie, &farewell) {
		return "", store.ErrNotFound
	}
	provider, err := c.store.Provider(r.Context(), farewell.Provider)
	if err != nil {
		return "", err
	}
	known, err := c.directory.find(r.Context(), provider.Issuer)
	if err != nil {
		return "", &ConnectError{Provider: provider.Name, Kind: kindOf(err, Unreachable), cause: err}
	}
	return known.farewell(provider, farewell, back)
}

func (f *discovered) farewell(provider store.Provider, farewell Farewell, back string) (string, error) {
	u, err := url.Parse(f.endSession)
	if err != nil || f.endSession == "" {
		return "", store.ErrNotFound
	}
	query := u.Query()
	query.Set("client_id", provider.ClientID)
	query.Set("post_logout_redirect_uri", back)
	if farewell.IDToken != "" {
		query.Set("id_token_hint", farewell.IDToken)
	}
	u.RawQuery = query.Encode()
	return u.String(), nil
}

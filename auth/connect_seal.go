package auth

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// tripTime is how long a browser may take at a provider.
const tripTime = 10 * time.Minute

// The cookies of Connect.
const (
	tripCookie     = "usher_connect"
	farewellCookie = "usher_farewell"
)

// maxSealed leaves room for the cookie's name in the 4096 bytes that browsers
// keep of a cookie (RFC 6265bis, section 5.6).
const maxSealed = 3900

// errTooLong says that a value does not fit into a cookie.
var errTooLong = errors.New("too long for a cookie")

// sealer keeps what a browser carries along from being read or changed by it.
// Its keys live as long as the program: what was sealed before a restart is
// lost, and begun again.
type sealer struct {
	cookie *securecookie.SecureCookie
	now    func() time.Time
}

func newSealer(now func() time.Time) *sealer {
	cookie := securecookie.New(securecookie.GenerateRandomKey(64), securecookie.GenerateRandomKey(32))
	cookie.SetSerializer(securecookie.JSONEncoder{})
	cookie.MaxLength(0) // judged below
	cookie.MaxAge(0)    // as well, by the clock that everything else goes by
	return &sealer{cookie: cookie, now: now}
}

// sealed is a value with the time at which it stops counting.
type sealed struct {
	Ends  time.Time
	Value any
}

// cookie is the cookie of this name with the value; a negative life takes it
// away.
func (c *Connect) cookie(r *http.Request, name, value string, life time.Duration) (*http.Cookie, error) {
	settings, err := c.store.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	return sessions.NewCookie(hostCookie(name, Secure(settings)), value, cookieOptions(settings, life)), nil
}

// seal gives the browser the value in a cookie.
func (c *Connect) seal(w http.ResponseWriter, r *http.Request, name string, value any) error {
	text, err := c.sealer.cookie.Encode(name, sealed{Ends: c.sealer.now().Add(tripTime), Value: value})
	if err != nil {
		return fmt.Errorf("seal %s: %w", name, err)
	}
	if len(text) > maxSealed {
		return fmt.Errorf("seal %s: %w", name, errTooLong)
	}
	cookie, err := c.cookie(r, name, text, tripTime)
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie)
	return nil
}

// open reads the value that the browser carries, and takes the cookie away
// where w is not nil. It answers false when there is none that counts.
func (c *Connect) open(w http.ResponseWriter, r *http.Request, name string, value any) bool {
	gone, err := c.cookie(r, name, "", -time.Second)
	if err != nil {
		return false
	}
	carried, err := r.Cookie(gone.Name)
	if err != nil {
		return false
	}
	if w != nil {
		http.SetCookie(w, gone)
	}
	found := sealed{Value: value}
	return c.sealer.cookie.Decode(name, carried.Value, &found) == nil && c.sealer.now().Before(found.Ends)
}

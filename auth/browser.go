package auth

import (
	"net/http"
	"time"
)

// browserCookie is the cookie by which a browser is known again, whoever signs in
// there.
const browserCookie = "usher_device"

// browserLife is as long as browsers keep a cookie (RFC 6265bis, section 5.5).
const browserLife = 400 * 24 * time.Hour

// Browser is by what the database knows the browser of the request: the SHA-256 of
// the token in a cookie of its own, which outlives sessions and proves nothing. A
// browser that has none gets one when somebody signs in there (Begin).
func (s *Sessions) Browser(r *http.Request) ([]byte, error) {
	session, err := s.ofRequest(r)
	if err != nil {
		return nil, err
	}
	token, known := session.Values[valueBrowser].(string)
	if !known {
		cookie, err := r.Cookie(hostCookie(browserCookie, session.Options.Secure))
		if err == nil && len(cookie.Value) == tokenLength {
			token = cookie.Value
		} else {
			token, _ = NewToken()
		}
		session.Values[valueBrowser] = token
	}
	return HashToken(token), nil
}

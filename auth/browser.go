package auth

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"
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

// Keep gives the browser the cookie by which it is known again although nobody is
// signed in there, as for one that waits until it may be.
func (s *Sessions) Keep(r *http.Request, w http.ResponseWriter) error {
	if _, err := s.Browser(r); err != nil {
		return err
	}
	session, err := s.ofRequest(r)
	if err != nil {
		return err
	}
	setBrowser(w, session)
	return nil
}

// setBrowser sets the browser's own cookie where it is known which.
func setBrowser(w http.ResponseWriter, session *sessions.Session) {
	if browser, known := session.Values[valueBrowser].(string); known {
		options := *session.Options
		options.MaxAge = int(browserLife.Seconds())
		http.SetCookie(w, sessions.NewCookie(hostCookie(browserCookie, options.Secure), browser, &options))
	}
}

package auth

import (
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"usher/store"
)

// challengeCookie is the cookie by which the database knows what a browser has
// begun and has yet to finish.
const challengeCookie = "usher_challenge"

// Challenge is by what the database knows what the browser of the request has
// begun: the SHA-256 of the token in its cookie, ok when it has one.
func (s *Sessions) Challenge(r *http.Request) (tokenHash []byte, ok bool, err error) {
	settings, err := s.store.Settings(r.Context())
	if err != nil {
		return nil, false, err
	}
	if cookie, err := r.Cookie(hostCookie(challengeCookie, Secure(settings))); err == nil && len(cookie.Value) == tokenLength {
		return HashToken(cookie.Value), true, nil
	}
	return nil, false, nil
}

// BeginChallenge gives the browser the token of what the database has just kept
// as begun, in place of whatever it had begun before.
func (s *Sessions) BeginChallenge(r *http.Request, w http.ResponseWriter, token string) error {
	return s.setChallenge(r, w, token, store.ChallengeLife)
}

// EndChallenge takes that token away from the browser.
func (s *Sessions) EndChallenge(r *http.Request, w http.ResponseWriter) error {
	return s.setChallenge(r, w, "", -time.Second)
}

func (s *Sessions) setChallenge(r *http.Request, w http.ResponseWriter, token string, life time.Duration) error {
	settings, err := s.store.Settings(r.Context())
	if err != nil {
		return err
	}
	http.SetCookie(w, sessions.NewCookie(hostCookie(challengeCookie, Secure(settings)), token, cookieOptions(settings, life)))
	return nil
}

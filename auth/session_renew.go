package auth

import (
	"errors"
	"net/http"

	"usher/store"
)

// Renew has the session of the request go on under another token, which change
// writes down: it gets the SHA-256 of the token at hand and of the one to take its
// place, and answers whether it took it. Where it did not, the browser has got
// another from elsewhere, and this answer leaves its cookie alone. Renew answers
// store.ErrNotFound where nobody is signed in, and what change answers.
func (s *Sessions) Renew(r *http.Request, w http.ResponseWriter, change func(before, after []byte) (renewed bool, err error)) error {
	session, err := s.ofRequest(r)
	if err != nil {
		return err
	}
	cookie, err := r.Cookie(session.Name())
	if err != nil {
		return errors.Join(store.ErrNotFound, err)
	}
	token, hash := NewToken()
	renewed, err := change(HashToken(cookie.Value), hash)
	if err != nil || !renewed {
		return err
	}
	return s.Begin(r, w, token)
}

package page

import (
	"context"
	"errors"

	"usher/auth"
	"usher/store"
)

// NewPassword checks and hashes a new password. What is about its owner (name,
// e-mail, the server's name) counts as known to a guesser. It answers
// store.Invalid with the given field for a password that is not taken, or
// auth.ErrBusy.
func (p *Core) NewPassword(ctx context.Context, password, field string, about ...string) (hash string, err error) {
	var weak *auth.WeakPassword
	if err := auth.CheckPassword(password, about...); errors.As(err, &weak) {
		return "", &store.Invalid{Problems: []store.Problem{{Field: field, Message: weak.Reason}}}
	} else if err != nil {
		return "", err
	}
	return p.Hasher.Hash(ctx, password)
}

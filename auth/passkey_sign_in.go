package auth

import (
	"context"
	"errors"

	"usher/store"
)

// SignInByPasskey opens the session for whoever has shown the passkey, in the
// place of another (0: none). It answers ErrPasskey when the passkey is gone by
// now, *Refused with why its user may not come in, and *store.Held.
func (p *Porter) SignInByPasskey(ctx context.Context, shown store.Passkey, l Location, session store.NewSession, replaces int64) error {
	u, err := p.store.User(ctx, shown.UserID)
	if err == nil {
		if refused := p.refusal(u, l, "passkey"); refused != nil {
			return errors.Join(refused, p.store.RecordRefusal(ctx, &u, "with a passkey: "+refused.record, l.Text(), l.Home))
		}
		err = p.store.PasskeySignIn(ctx, shown, session, replaces)
	}
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrForbidden) {
		return errors.Join(ErrPasskey, err)
	}
	return err
}

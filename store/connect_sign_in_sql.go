package store

import (
	"context"
	"errors"
	"fmt"
)

// Vouched is what a session that begins with Connect keeps of its provider, to
// end the session there as well.
type Vouched struct {
	Provider int64
	IDToken  string // "" where the provider needs none
}

// ConnectSignIn opens a session for whoever signs in with the identity, in the
// place of another session (0: none). It answers ErrNotLinked when nobody does,
// and ErrForbidden, with the user, when that user is disabled or the end date
// has come; both are written down.
func (s *Store) ConnectSignIn(ctx context.Context, identity Identity, session NewSession, replaces int64) (u User, err error) {
	var refusal error
	err = s.change(ctx, func(t *tx) error {
		if u, refusal, err = t.connectUser(ctx, identity); err != nil {
			return err
		}
		actor := Actor{ID: u.ID, Name: u.Name, Role: u.Role, Address: session.Address, AtHome: session.AtHome}
		where, err := t.providerName(ctx, identity.Issuer)
		if err != nil {
			return err
		}
		if refusal != nil {
			detail := "with " + where
			switch {
			case u.Disabled:
				detail += ": disabled"
			case u.ID != 0:
				detail += ": the end date has come"
			default:
				detail += ": linked to nobody"
			}
			return t.recordRefusal(ctx, Actor{Address: session.Address, AtHome: session.AtHome}, aboutUser(ActionSignInRefused, u.ID, u.Name, detail))
		}
		if replaces != 0 {
			if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE id = ?`, replaces); err != nil {
				return fmt.Errorf("replace session: %w", err)
			}
		}
		session.UserID, session.Strength = u.ID, StrengthConnect
		if _, err := t.insertSession(ctx, session); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionSignIn, u.ID, u.Name, "with "+where))
	})
	return u, errors.Join(err, refusal)
}

// connectUser is who signs in with the identity. The refusal is ErrNotLinked,
// or ErrForbidden for a user who may not sign in.
func (t *tx) connectUser(ctx context.Context, identity Identity) (u User, refusal, err error) {
	id, err := t.linkHolder(ctx, identity.Issuer, identity.Subject)
	if errors.Is(err, ErrNotLinked) {
		return u, err, nil
	}
	if err != nil {
		return u, nil, err
	}
	if u, err = readPresent(ctx, t, id); err != nil {
		return u, nil, err
	}
	if u.Disabled || u.Expired(t.now) {
		refusal = fmt.Errorf("sign in user %d with Connect: %w", u.ID, ErrForbidden)
	}
	return u, refusal, nil
}

// Vouched is what the session keeps of the provider that it began with; the
// zero Vouched for one that began otherwise.
func (s *Store) Vouched(ctx context.Context, sessionID int64) (v Vouched, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT coalesce(max(provider_id), 0), coalesce(max(id_token), '') FROM sessions WHERE id = ?`, sessionID).
		Scan(&v.Provider, &v.IDToken)
	if err != nil {
		return v, fmt.Errorf("read provider of session %d: %w", sessionID, err)
	}
	return v, nil
}

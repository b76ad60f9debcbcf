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
// and ErrForbidden, with the user, when that user is disabled, the end date has
// come, or the user may not come in from there; all are written down. It
// answers *Held as SignIn does.
func (s *Store) ConnectSignIn(ctx context.Context, identity Identity, session NewSession, replaces int64) (u User, err error) {
	var refusal error
	err = s.change(ctx, func(t *tx) error {
		if u, refusal, err = t.connectUser(ctx, identity, session.AtHome); err != nil {
			return err
		}
		where, err := t.providerName(ctx, identity.Issuer)
		if err != nil {
			return err
		}
		if refusal != nil {
			detail := "with " + where
			switch {
			case u.Disabled:
				detail += ": disabled"
			case u.Expired(t.now):
				detail += ": the end date has come"
			case u.ID != 0:
				detail += ": away from home"
			default:
				detail += ": linked to nobody"
			}
			return t.recordRefusal(ctx, session.actor(User{}), aboutUser(ActionSignInRefused, u.ID, u.Name, detail))
		}
		session.UserID, session.Strength = u.ID, StrengthConnect
		_, err = t.enter(ctx, u, session, replaces, "with "+where)
		return err
	})
	return u, errors.Join(err, refusal)
}

// connectUser is who signs in with the identity. The refusal is ErrNotLinked,
// or ErrForbidden for a user who may not sign in.
func (t *tx) connectUser(ctx context.Context, identity Identity, atHome bool) (u User, refusal, err error) {
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
	if u.Disabled || u.Expired(t.now) || u.BarredFrom(atHome) {
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

// JoinWithConnect accepts the invitation for whoever the identity is, once: the
// guest is linked, gets the name that the provider tells, with a number where
// somebody has it already, and the e-mail where the provider has verified it
// and nobody has it. It answers ErrBadLink as Join does, and Invalid for an
// account that somebody signs in with already.
func (s *Store) JoinWithConnect(ctx context.Context, tokenHash []byte, identity Identity, session NewSession) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		i, err := invitationByLink(ctx, t, tokenHash, t.now)
		if err != nil {
			return err
		}
		guest, err := t.claimedGuest(ctx, i.User.ID, identity)
		if err != nil {
			return err
		}
		where, err := t.providerName(ctx, identity.Issuer)
		if err != nil {
			return err
		}
		session.Strength = StrengthConnect
		if u, err = t.accept(ctx, i, guest, session, "with "+where); err != nil {
			return err
		}
		u.Linked = true
		return t.insertLink(ctx, u.ID, identity)
	})
	return u, err
}

// claimedGuest is the guest that the identity makes of the invited user self.
func (t *tx) claimedGuest(ctx context.Context, self int64, identity Identity) (NewGuest, error) {
	isTaken := func(text string) (bool, error) {
		other, err := t.identityTaken(ctx, self, text)
		return other.ID != 0, err
	}
	name, err := freeName(ClaimedName(identity.Name, "Guest"), isTaken)
	if err != nil {
		return NewGuest{}, err
	}
	guest := NewGuest{Name: name, Email: identity.Email}
	if guest.Email != "" {
		taken, err := isTaken(guest.Email)
		if err != nil {
			return guest, err
		}
		if taken {
			guest.Email = ""
		}
	}
	return guest, nil
}

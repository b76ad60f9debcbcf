package store

import (
	"context"
	"fmt"
	"time"
)

// ConfirmLife is how long a password that was typed is good for what is
// dangerous. Afterwards it is asked for again.
const ConfirmLife = 10 * time.Minute

// ProvenWithin says whether the password, or what is worth as much, was given in
// the session within this time before now. A proof from the future, before the
// clock was set back, is none: nobody knows how old it is.
func (s Session) ProvenWithin(life time.Duration, now time.Time) bool {
	return !s.ProvenAt.IsZero() && !now.Before(s.ProvenAt) && now.Sub(s.ProvenAt) < life
}

// Confirmed answers ErrConfirm for an actor who has to give the password again
// before something dangerous.
func (a Actor) Confirmed() error {
	if a.Unconfirmed {
		return fmt.Errorf("actor %d: %w", a.ID, ErrConfirm)
	}
	return nil
}

// confirmed is what a dangerous change asks last, when all else is in order.
func (t *tx) confirmed(actor Actor) error { return actor.Confirmed() }

// confirmedFor is confirmed where u is an administrator: whoever decides how
// administrators come in decides about the server.
func (t *tx) confirmedFor(actor Actor, u User) error {
	if u.Role == RoleUser {
		return nil
	}
	return t.confirmed(actor)
}

// dangerous says whether the profile makes an administrator or ends one, or
// changes where links go with which an administrator comes in.
func (in Profile) dangerous(before User) bool {
	is, was := in.Administrator, before.Role != RoleUser
	return is != was || was && (in.Disabled != before.Disabled || in.Email != before.Email || !in.EndsAt.Equal(before.EndsAt))
}

// alone says in words with what a session was confirmed: a passkey proves enough
// alone.
func (p Proof) alone() string {
	switch p.Factor {
	case FactorNone:
		return "with the password"
	case FactorPasskey:
		return "with a passkey"
	case FactorCode, FactorRecovery:
	}
	return p.words()
}

// Confirmation is that somebody who is signed in has shown once more to be
// themself.
type Confirmation struct {
	Session  int64
	Checked  Credentials // what the password was checked against, or what it was when a passkey was shown
	Proof    Proof       // besides the password; with FactorNone the session keeps the factor that it has
	OldToken []byte      // SHA-256 of the token that the request came with
	NewToken []byte      // SHA-256 of the one that takes its place
	Entering bool        // the admin area, which was not open to this session
}

// Confirm notes that the actor has given the password just now, or what is worth
// as much, and gives the session another token: whoever has seen the old one
// gains nothing by it. Where somebody has been quicker, such as another tab of the
// same browser, the token stays as that one has made it, and renewed is false. How
// the session began, and how long it lasts, stays as it is.
//
// It answers ErrNotFound where the session has ended, ErrUsed for a code that
// somebody was faster with, and ErrForbidden where the user may not act any more
// or the password is another by now.
func (s *Store) Confirm(ctx context.Context, actor Actor, in Confirmation) (renewed bool, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if err := t.unchangedPassword(ctx, in.Checked); err != nil {
			return err
		}
		if in.Proof.Factor != FactorNone {
			if err := t.use(ctx, actor, in.Checked.User, in.Proof); err != nil {
				return err
			}
		}
		// Whoever enters the admin area anew looks as themself at first.
		result, err := t.ExecContext(ctx, `UPDATE sessions SET proven_at = ?, second_factor = iif(? = '', second_factor, ?), view_as = iif(?, NULL, view_as)
			WHERE id = ? AND user_id = ?`, millis(t.now), in.Proof.Factor, in.Proof.Factor, in.Entering, in.Session, actor.ID)
		if err != nil {
			return fmt.Errorf("confirm session %d: %w", in.Session, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("confirm session %d: %w", in.Session, ErrNotFound)
		}
		result, err = t.ExecContext(ctx, `UPDATE sessions SET token_hash = ? WHERE id = ? AND token_hash = ?`, in.NewToken, in.Session, in.OldToken)
		if err != nil {
			return fmt.Errorf("renew session %d: %w", in.Session, err)
		}
		n, err := result.RowsAffected()
		if renewed = n > 0; err != nil || !in.Entering {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionAreaEntered, actor.ID, actor.Name, in.Proof.alone()))
	})
	return renewed, err
}

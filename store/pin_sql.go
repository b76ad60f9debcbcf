package store

import (
	"context"
	"fmt"
)

// SetOwnPIN sets the actor's own PIN. checked are the credentials that the actor
// has just proven: the password where there is one, or else the PIN where there is
// one; both must still be the same. Sessions of theirs that count at home only
// end, but for the one at hand. It answers ErrForbidden where
// Strength.MaySetPIN says no for that session.
func (s *Store) SetOwnPIN(ctx context.Context, actor Actor, checked Credentials, hash string, sessionID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.ownPIN(ctx, actor, checked, sessionID)
		if err != nil {
			return err
		}
		return t.setPIN(ctx, actor, u, hash, sessionID)
	})
}

// RemoveOwnPIN takes the actor's own PIN away, as SetOwnPIN sets one.
func (s *Store) RemoveOwnPIN(ctx context.Context, actor Actor, checked Credentials, sessionID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.ownPIN(ctx, actor, checked, sessionID)
		if err != nil {
			return err
		}
		return t.removePIN(ctx, actor, u, sessionID)
	})
}

// ownPIN is the actor as they are now, who has proven to be the user they are.
func (t *tx) ownPIN(ctx context.Context, actor Actor, checked Credentials, sessionID int64) (Actor, User, error) {
	actor, u, err := t.target(ctx, actor, actor.ID, func(Actor, User) bool { return true })
	if err != nil {
		return actor, u, err
	}
	strength, err := t.strength(ctx, u.ID, sessionID)
	if err != nil {
		return actor, u, err
	}
	if !strength.MaySetPIN(u) || checked.ID != u.ID {
		return actor, u, fmt.Errorf("user %d may not change the PIN: %w", u.ID, ErrForbidden)
	}
	if err := t.unchangedPassword(ctx, checked); err != nil {
		return actor, u, err
	}
	return actor, u, t.unchangedPIN(ctx, checked)
}

// SetPIN sets another user's PIN, and ends those of their sessions that count at
// home only. It answers ErrNotFound, ErrForbidden where Actor.MaySetPIN says no,
// or ErrConfirm for an administrator.
func (s *Store) SetPIN(ctx context.Context, actor Actor, id int64, hash string) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MaySetPIN)
		if err != nil {
			return err
		}
		if err := t.confirmedFor(actor, u); err != nil {
			return err
		}
		return t.setPIN(ctx, actor, u, hash, 0)
	})
}

// RemovePIN takes another user's PIN away, as SetPIN sets one.
func (s *Store) RemovePIN(ctx context.Context, actor Actor, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MaySetPIN)
		if err != nil {
			return err
		}
		if err := t.confirmedFor(actor, u); err != nil {
			return err
		}
		return t.removePIN(ctx, actor, u, 0)
	})
}

func (t *tx) setPIN(ctx context.Context, actor Actor, u User, hash string, keep int64) error {
	if err := t.keepPIN(ctx, u.ID, hash); err != nil {
		return err
	}
	action := ActionPINSet
	if u.HasPIN {
		action = ActionPINChanged
	}
	return t.afterPIN(ctx, actor, u, action, keep)
}

func (t *tx) keepPIN(ctx context.Context, id int64, hash string) error {
	if _, err := t.ExecContext(ctx, `UPDATE users SET pin_hash = ?, pin_at = ? WHERE id = ?`, hash, millis(t.now), id); err != nil {
		return fmt.Errorf("set PIN of user %d: %w", id, err)
	}
	return nil
}

// removePIN does nothing where there is none.
func (t *tx) removePIN(ctx context.Context, actor Actor, u User, keep int64) error {
	if !u.HasPIN {
		return nil
	}
	if _, err := t.ExecContext(ctx, `UPDATE users SET pin_hash = NULL, pin_at = NULL WHERE id = ?`, u.ID); err != nil {
		return fmt.Errorf("remove PIN of user %d: %w", u.ID, err)
	}
	return t.afterPIN(ctx, actor, u, ActionPINRemoved, keep)
}

// afterPIN ends the sessions that began with the PIN there was, or with none, but
// for the one to keep; forgets who guessed at it; and records the change.
func (t *tx) afterPIN(ctx context.Context, actor Actor, u User, action Action, keep int64) error {
	_, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE user_id = ? AND id <> ? AND strength IN ('home', 'pin')`, u.ID, keep)
	if err != nil {
		return fmt.Errorf("end sessions at home of user %d: %w", u.ID, err)
	}
	door := pinDoor(u.ID, "")
	if _, err := t.ExecContext(ctx, `DELETE FROM throttles WHERE name_hash = ?`, door.name[:]); err != nil {
		return fmt.Errorf("forget guesses: %w", err)
	}
	if err := t.forgetFailures(ctx, crowdDoor(u.ID)); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(action, u.ID, u.Name, ""))
}

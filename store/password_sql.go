package store

import (
	"context"
	"fmt"
)

// ChangeOwnPassword sets the actor's own password. checked are the
// credentials whose password the actor has just proven (or which have none);
// if the password is another by now, or the actor may not change it,
// ErrForbidden comes back, and ErrConfirm as shownToBe says. The session at hand gets a new token and the
// strength of a password, and keeps its factor; the others end unless keepOthers is set.
func (s *Store) ChangeOwnPassword(ctx context.Context, actor Actor, checked Credentials, hash string, session NewSession, sessionID int64, keepOthers bool) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		u, err := readUser(ctx, t, actor.ID)
		if err != nil {
			return err
		}
		strength, err := t.strength(ctx, u.ID, sessionID)
		if err != nil {
			return err
		}
		if !strength.MaySetPassword(u) || checked.ID != actor.ID {
			return fmt.Errorf("user %d may not change the password: %w", u.ID, ErrForbidden)
		}
		if err := t.unchangedPassword(ctx, checked); err != nil {
			return err
		}
		if err := t.shownToBe(ctx, actor, u, sessionID); err != nil {
			return err
		}
		if err := t.setPassword(ctx, u.ID, hash); err != nil {
			return err
		}
		if session.at, err = t.deviceAt(ctx, u.ID, sessionID); err != nil {
			return err
		}
		if session.Factor, err = t.factor(ctx, u.ID, sessionID); err != nil {
			return err
		}
		detail := "signed out elsewhere"
		if keepOthers {
			detail = "other devices stay signed in"
			if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE id = ?`, sessionID); err != nil {
				return fmt.Errorf("replace session: %w", err)
			}
		} else if err := t.endSessions(ctx, u.ID); err != nil {
			return err
		}
		session.UserID, session.Strength = u.ID, StrengthPassword
		if _, err := t.insertSession(ctx, session); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasswordChanged, u.ID, u.Name, detail))
	})
}

// strength is how the user's session was signed in, "" for a session that is not
// theirs.
func (t *tx) strength(ctx context.Context, userID, sessionID int64) (strength Strength, err error) {
	err = t.QueryRowContext(ctx, `SELECT coalesce(max(strength), '') FROM sessions WHERE id = ? AND user_id = ?`, sessionID, userID).Scan(&strength)
	if err != nil {
		return "", fmt.Errorf("read strength of session %d: %w", sessionID, err)
	}
	return strength, nil
}

// RemoveOwnPassword takes the actor's own password away, after it has been
// proven (checked). The session at hand becomes one without a password; the
// others end. It answers ErrForbidden where Actor.MayRemovePassword says no.
func (s *Store) RemoveOwnPassword(ctx context.Context, actor Actor, checked Credentials, session NewSession, sessionID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(a Actor, u User) bool {
			return u.MayChangePassword && a.MayRemovePassword(u)
		})
		if err != nil {
			return err
		}
		if checked.ID != u.ID {
			return fmt.Errorf("remove password of user %d: %w", u.ID, ErrForbidden)
		}
		if err := t.unchangedPassword(ctx, checked); err != nil {
			return err
		}
		if session.at, err = t.deviceAt(ctx, u.ID, sessionID); err != nil {
			return err
		}
		if err := t.removePassword(ctx, u.ID); err != nil {
			return err
		}
		session.UserID, session.Strength = u.ID, StrengthHome
		if _, err := t.insertSession(ctx, session); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasswordRemoved, u.ID, u.Name, ""))
	})
}

// ResetPassword sets another user's password and signs them out everywhere.
// It answers ErrNotFound, ErrForbidden where Actor.MayResetPassword says no, or
// ErrConfirm for an administrator.
func (s *Store) ResetPassword(ctx context.Context, actor Actor, id int64, hash string) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayResetPassword)
		if err != nil {
			return err
		}
		if err := t.confirmedFor(actor, u); err != nil {
			return err
		}
		if err := t.setPassword(ctx, id, hash); err != nil {
			return err
		}
		if err := t.endSessions(ctx, id); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasswordReset, id, u.Name, ""))
	})
}

// RemovePassword takes another user's password away and signs them out
// everywhere. It answers ErrNotFound, or ErrForbidden where
// Actor.MayRemovePassword says no.
func (s *Store) RemovePassword(ctx context.Context, actor Actor, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, func(a Actor, u User) bool { return a.MayResetPassword(u) && a.MayRemovePassword(u) })
		if err != nil {
			return err
		}
		if err := t.removePassword(ctx, id); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasswordRemoved, id, u.Name, ""))
	})
}

// setPassword also voids a reset link that is still out.
func (t *tx) setPassword(ctx context.Context, id int64, hash string) error {
	if _, err := t.ExecContext(ctx, `UPDATE users SET password_hash = ?, password_at = ? WHERE id = ?`, hash, millis(t.now), id); err != nil {
		return fmt.Errorf("set password of user %d: %w", id, err)
	}
	return t.voidResetLink(ctx, id)
}

func (t *tx) removePassword(ctx context.Context, id int64) error {
	if _, err := t.ExecContext(ctx, `UPDATE users SET password_hash = NULL, password_at = NULL WHERE id = ?`, id); err != nil {
		return fmt.Errorf("remove password of user %d: %w", id, err)
	}
	if err := t.voidResetLink(ctx, id); err != nil {
		return err
	}
	return t.endSessions(ctx, id)
}

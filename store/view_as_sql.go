package store

import (
	"context"
	"fmt"
)

// ViewAs shows the user-facing side in this session of the actor's as the user
// sees it, until StopViewing. It answers ErrNotFound, or ErrForbidden where
// MayViewAs does not hold or the password was never given in the session.
func (s *Store) ViewAs(ctx context.Context, actor Actor, session, userID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, userID, Actor.MayViewAs)
		if err != nil {
			return err
		}
		if u.Expired(t.now) {
			return Refuse("The end date of " + u.Name + " has come, so there is nothing to see. Give " + u.Name + " a later one first.")
		}
		before, proven, err := t.viewing(ctx, actor, session)
		if err != nil {
			return err
		}
		if !proven {
			return fmt.Errorf("session %d was never proven: %w", session, ErrForbidden)
		}
		if before == userID {
			return nil
		}
		if _, err := t.ExecContext(ctx, `UPDATE sessions SET view_as = ? WHERE id = ?`, userID, session); err != nil {
			return fmt.Errorf("view as user %d: %w", userID, err)
		}
		return t.record(ctx, actor, aboutUser(ActionViewStarted, userID, u.Name, ""))
	})
}

// StopViewing ends what ViewAs began, and answers as whom the session was
// viewing; 0 where it was not, any more.
func (s *Store) StopViewing(ctx context.Context, actor Actor, session int64) (userID int64, err error) {
	err = s.change(ctx, func(t *tx) error {
		if userID, _, err = t.viewing(ctx, actor, session); err != nil || userID == 0 {
			return err
		}
		u, err := readUser(ctx, t, userID)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE sessions SET view_as = NULL WHERE id = ?`, session); err != nil {
			return fmt.Errorf("stop viewing: %w", err)
		}
		return t.record(ctx, actor, aboutUser(ActionViewStopped, userID, u.Name, ""))
	})
	return userID, err
}

// viewing is as whom a session of the actor's views, and whether the password, or
// what is worth as much, was ever given in it.
func (t *tx) viewing(ctx context.Context, actor Actor, session int64) (userID int64, proven bool, err error) {
	err = t.QueryRowContext(ctx, `SELECT coalesce(view_as, 0), proven_at > 0 FROM sessions WHERE id = ? AND user_id = ?`, session, actor.ID).Scan(&userID, &proven)
	if err != nil {
		return 0, false, fmt.Errorf("read session %d: %w", session, err)
	}
	return userID, proven, nil
}

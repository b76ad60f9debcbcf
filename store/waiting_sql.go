package store

import (
	"context"
	"fmt"
)

// Waiting is somebody who has registered and waits for approval, or
// ErrNotFound.
func (s *Store) Waiting(ctx context.Context, id int64) (User, error) {
	return readWaiting(ctx, s.reader, id)
}

func readWaiting(ctx context.Context, q querier, id int64) (User, error) {
	u, err := readUser(ctx, q, id)
	if err == nil && u.Kind != KindWaiting {
		return User{}, fmt.Errorf("user %d does not wait: %w", id, ErrNotFound)
	}
	return u, err
}

// Approve makes those who wait local users, all or none, with the access that
// the settings give now, and tells them by e-mail where that can be. It
// answers ErrNotFound when somebody does not wait any more, ErrForbidden, or
// Invalid when the server has no room for them all.
func (s *Store) Approve(ctx context.Context, actor Actor, ids ...int64) error {
	return s.eachOf(ctx, actor, ids, readWaiting, Actor.MayDecide, func(t *tx, actor Actor, u User) error {
		if err := t.checkLimit(ctx); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET kind = ?, created_at = ? WHERE id = ?`, KindLocal, millis(t.now), u.ID); err != nil {
			return fmt.Errorf("approve user %d: %w", u.ID, err)
		}
		if err := t.setWords(ctx, u.ID, KindLocal, u.Name, u.Email); err != nil {
			return err
		}
		access, err := readRegistrationAccess(ctx, t)
		if err != nil {
			return err
		}
		if err := t.setAccess(ctx, u.ID, access); err != nil {
			return err
		}
		if err := t.record(ctx, actor, aboutUser(ActionApproved, u.ID, u.Name, "")); err != nil {
			return err
		}
		return t.notify(ctx, actor, letter{kind: LetterApproved, userID: u.ID})
	})
}

// RefuseWaiting deletes those who wait, all or none: they may register again.
// It answers ErrNotFound when somebody does not wait any more, or ErrForbidden.
func (s *Store) RefuseWaiting(ctx context.Context, actor Actor, ids ...int64) error {
	return s.eachOf(ctx, actor, ids, readWaiting, Actor.MayDecide, func(t *tx, actor Actor, u User) error {
		if err := t.deleteUser(ctx, u.ID); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionRefused, u.ID, u.Name, ""))
	})
}

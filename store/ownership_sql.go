package store

import (
	"context"
	"fmt"
)

// HandOver makes the administrator with this id the owner, and the owner an
// administrator, who stays signed in with the session at hand only. The new
// owner's limits go, since an owner has none, and so do the rule about devices and
// a reset link that is still out. It answers ErrNotFound, ErrForbidden where
// Actor.MayHandOver says no, Invalid when the administrator's end date has come,
// or ErrConfirm.
func (s *Store) HandOver(ctx context.Context, actor Actor, id, sessionID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, heir, err := t.target(ctx, actor, id, Actor.MayHandOver)
		if err != nil {
			return err
		}
		if heir.Expired(t.now) {
			return Refuse(heir.Name + " cannot sign in any more, since the end date has come. Choose a later one first, or none.")
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET role = 'administrator' WHERE role = 'owner'`); err != nil {
			return fmt.Errorf("step down: %w", err)
		}
		if err := t.setAccess(ctx, id, FullAccess()); err != nil {
			return err
		}
		if err := t.setRestrictions(ctx, id, Restrictions{}); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET role = 'owner', ends_at = NULL, device_rule = 'any' WHERE id = ?`, id); err != nil {
			return fmt.Errorf("hand over: %w", err)
		}
		heir.Role = RoleOwner
		if err := t.freeWaiting(ctx, heir); err != nil {
			return err
		}
		// Another administrator may have made it, who may do nothing to an owner.
		if err := t.voidResetLink(ctx, id); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE user_id = ? AND id <> ?`, actor.ID, sessionID); err != nil {
			return fmt.Errorf("end the former owner's other sessions: %w", err)
		}
		return t.record(ctx, actor, aboutUser(ActionOwnership, id, heir.Name, ""))
	})
}

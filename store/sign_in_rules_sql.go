package store

import (
	"context"
	"fmt"
	"strings"
)

// UpdateSignInRules changes how the user may sign in. It answers ErrNotFound,
// ErrForbidden, or ErrConfirm for an administrator.
func (s *Store) UpdateSignInRules(ctx context.Context, actor Actor, id int64, in SignInRules) error {
	return s.change(ctx, func(t *tx) error {
		actor, before, err := t.target(ctx, actor, id, Actor.MayChangeSignIn)
		if err != nil {
			return err
		}
		return t.saveSignInRules(ctx, actor, before, in)
	})
}

// SetHidden decides whether the user is among the faces of the sign-in page, also
// for the guest account, which has no other rules. It answers ErrNotFound, or
// ErrForbidden where Actor.MayHide says no, and ErrConfirm for an administrator.
func (s *Store) SetHidden(ctx context.Context, actor Actor, id int64, hidden bool) error {
	return s.change(ctx, func(t *tx) error {
		actor, before, err := t.target(ctx, actor, id, Actor.MayHide)
		if err != nil {
			return err
		}
		return t.saveSignInRules(ctx, actor, before, SignInRules{MayChangePassword: before.MayChangePassword, LocalAccess: before.LocalAccess, Hidden: hidden})
	})
}

func (t *tx) saveSignInRules(ctx context.Context, actor Actor, before User, in SignInRules) error {
	var changed []string
	if in.MayChangePassword != before.MayChangePassword {
		changed = append(changed, "may change own password: "+yesNo(in.MayChangePassword))
	}
	if in.LocalAccess != before.LocalAccess {
		changed = append(changed, "local access: "+yesNo(in.LocalAccess))
	}
	if in.Hidden != before.Hidden {
		changed = append(changed, "hidden on the sign-in page: "+yesNo(in.Hidden))
	}
	if len(changed) == 0 {
		return nil
	}
	if err := t.confirmedFor(actor, before); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, `UPDATE users SET may_change_password = ?, local_access = ?, hidden = ? WHERE id = ?`,
		in.MayChangePassword, in.LocalAccess, in.Hidden, before.ID)
	if err != nil {
		return fmt.Errorf("save sign-in rules: %w", err)
	}
	if !in.MayChangePassword {
		if err := t.voidAskedLink(ctx, before.ID); err != nil {
			return err
		}
	}
	if before.LocalAccess && !in.LocalAccess && before.HasPassword {
		if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE user_id = ? AND strength = 'home'`, before.ID); err != nil {
			return fmt.Errorf("end sessions without password: %w", err)
		}
	}
	return t.record(ctx, actor, aboutUser(ActionSignInRules, before.ID, before.Name, strings.Join(changed, ", ")))
}

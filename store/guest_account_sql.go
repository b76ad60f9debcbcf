package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// guestAccountName is what the guest account is called at first.
const guestAccountName = "Guest"

// EnableGuestAccount lets visitors in by the guest account. The first time it
// makes the account, under the next free name and with nothing open to it; after
// that it enables the one there is, whose settings were kept. There is never a
// second. It returns the account as it is then, and ErrForbidden for somebody
// who is no administrator.
func (s *Store) EnableGuestAccount(ctx context.Context, actor Actor) (u User, made bool, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if !actor.IsAdministrator() {
			return fmt.Errorf("enable the guest account: %w", ErrForbidden)
		}
		var id int64
		err = t.QueryRowContext(ctx, `SELECT id FROM users WHERE kind = 'guest-account'`).Scan(&id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			made = true
			if id, err = t.makeGuestAccount(ctx, actor); err != nil {
				return err
			}
		case err != nil:
			return fmt.Errorf("look for the guest account: %w", err)
		default:
			if u, err = readUser(ctx, t, id); err != nil {
				return err
			}
			if err := t.setDisabled(ctx, actor, u, false); err != nil {
				return err
			}
		}
		u, err = readUser(ctx, t, id)
		return err
	})
	return u, made, err
}

func (t *tx) makeGuestAccount(ctx context.Context, actor Actor) (id int64, err error) {
	name, err := freeName(guestAccountName, func(name string) (bool, error) {
		other, err := t.identityTaken(ctx, 0, name)
		return other.ID != 0, err
	})
	if err != nil {
		return 0, err
	}
	if id, err = t.insertUser(ctx, NewUser{Kind: KindGuestAccount, Name: name}, RoleUser); err != nil {
		return 0, err
	}
	return id, t.record(ctx, actor, aboutUser(ActionUserCreated, id, name, "the guest account"))
}

// GuestAccountOpen says whether visitors can come in by the guest account:
// there is one, and it is not disabled.
func (s *Store) GuestAccountOpen(ctx context.Context) (open bool, err error) {
	err = s.withDirectory(func(d *directory) error {
		if d.guestAccountOpen == nil {
			var is bool
			err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM users WHERE kind = 'guest-account' AND disabled = 0)`).Scan(&is)
			if err != nil {
				return fmt.Errorf("look for the guest account: %w", err)
			}
			d.guestAccountOpen = &is
		}
		open = *d.guestAccountOpen
		return nil
	})
	return open, err
}

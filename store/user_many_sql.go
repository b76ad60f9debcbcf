package store

import (
	"context"
	"fmt"
	"slices"
)

// MaxSelected bounds how many users one bulk change takes.
const MaxSelected = 1000

// each runs fn for every one of the users, all or none, if the actor may do so
// to every one (Actor.Refusal).
func (s *Store) each(ctx context.Context, actor Actor, ids []int64, may func(Actor, User) bool, fn func(*tx, Actor, User) error) error {
	return s.eachOf(ctx, actor, ids, readPresent, may, fn)
}

// eachOf is each for those whom read finds.
func (s *Store) eachOf(ctx context.Context, actor Actor, ids []int64, read func(context.Context, querier, int64) (User, error),
	may func(Actor, User) bool, fn func(*tx, Actor, User) error,
) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > MaxSelected {
		return Refuse(fmt.Sprintf("That is more than %d users at once. Choose fewer.", MaxSelected))
	}
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		users := make([]User, 0, len(ids))
		for _, id := range ids {
			u, err := read(ctx, t, id)
			if err != nil {
				return err
			}
			users = append(users, u)
		}
		if err := actor.Refusal(users, may); err != nil {
			return err
		}
		for _, u := range users {
			if err := fn(t, actor, u); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetDisabled disables or enables the users, all or none, and signs out whom
// it disables. It answers ErrNotFound, what Actor.Refusal says, or ErrConfirm for
// administrators.
func (s *Store) SetDisabled(ctx context.Context, actor Actor, disabled bool, ids ...int64) error {
	return s.each(ctx, actor, ids, Actor.MayDisable, func(t *tx, actor Actor, u User) error {
		return t.setDisabled(ctx, actor, u, disabled)
	})
}

// setDisabled disables or enables u, who may be so already.
func (t *tx) setDisabled(ctx context.Context, actor Actor, u User, disabled bool) error {
	if u.Disabled == disabled {
		return nil
	}
	if err := t.confirmedFor(actor, u); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `UPDATE users SET disabled = ? WHERE id = ?`, disabled, u.ID); err != nil {
		return fmt.Errorf("disable user %d: %w", u.ID, err)
	}
	if !disabled {
		return t.record(ctx, actor, aboutUser(ActionUserEnabled, u.ID, u.Name, ""))
	}
	if err := t.disarm(ctx, u.ID); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(ActionUserDisabled, u.ID, u.Name, ""))
}

// DeleteUsers deletes the users with all that is theirs, all or none. It
// answers as SetDisabled.
func (s *Store) DeleteUsers(ctx context.Context, actor Actor, ids ...int64) error {
	return s.each(ctx, actor, ids, Actor.MayDelete, func(t *tx, actor Actor, u User) error {
		if err := t.confirmedFor(actor, u); err != nil {
			return err
		}
		if err := t.deleteUser(ctx, u.ID); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionUserDeleted, u.ID, u.Name, ""))
	})
}

// SetAccess decides what the users may watch, all or none. It answers
// ErrNotFound or what Actor.Refusal says.
func (s *Store) SetAccess(ctx context.Context, actor Actor, access Access, ids ...int64) error {
	return s.each(ctx, actor, ids, Actor.MayRestrict, func(t *tx, actor Actor, u User) error {
		if err := t.setAccess(ctx, u.ID, access); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionAccess, u.ID, u.Name, access.summary()))
	})
}

// summary is the access in a few words for the record.
func (a Access) summary() string {
	part := func(all bool, n int, one, many string) string {
		switch {
		case all:
			return "all " + many
		case n == 0:
			return "no " + many
		case n == 1:
			return "1 " + one
		}
		return fmt.Sprintf("%d %s", n, many)
	}
	return part(a.AllLibraries, len(a.Libraries), "library", "libraries") + ", " + part(a.AllChannels, len(a.Channels), "channel", "channels")
}

// deleteUser deletes the user, of whatever kind, with all that is theirs.
func (t *tx) deleteUser(ctx context.Context, id int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM users WHERE id = ?`, id); err != nil {
		return fmt.Errorf("delete user %d: %w", id, err)
	}
	return nil
}

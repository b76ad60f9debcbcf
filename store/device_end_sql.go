package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// EndDevices signs users out on these devices and removes them, all or none: who
// signs in there again is on a new device. It answers the devices, ErrNotFound
// when one is not there any more, or what Actor.Refusal says.
func (s *Store) EndDevices(ctx context.Context, actor Actor, ids ...int64) (ended []Device, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > MaxSelected {
		return nil, Refuse(fmt.Sprintf("That is more than %d devices at once. Choose fewer.", MaxSelected))
	}
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		users := make(map[int64]User)
		for _, id := range ids {
			d, err := readDevice(ctx, t, id)
			if err != nil {
				return err
			}
			if users[d.UserID], err = readPresent(ctx, t, d.UserID); err != nil {
				return err
			}
			ended = append(ended, d)
		}
		whose := slices.SortedFunc(maps.Values(users), func(a, b User) int { return cmp.Compare(a.ID, b.ID) })
		if err := actor.Refusal(whose, Actor.MayEndDevices); err != nil {
			return err
		}
		for _, d := range ended {
			if err := t.endDevice(ctx, actor, users[d.UserID], d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ended, nil
}

// EndOwnDevice signs the actor out on a device of theirs, here being the one at
// hand, and removes it. One that an administrator has decided about stays, with
// the decision. It answers the device, or ErrNotFound where OwnDevice does.
func (s *Store) EndOwnDevice(ctx context.Context, actor Actor, here, id int64) (d Device, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(Actor, User) bool { return true })
		if err != nil {
			return err
		}
		if d, err = readOwnDevice(ctx, t, actor.ID, here, id); err != nil {
			return err
		}
		if !d.Decided() {
			return t.endDevice(ctx, actor, u, d)
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE device_id = ?`, d.ID); err != nil {
			return fmt.Errorf("end session on device %d: %w", d.ID, err)
		}
		return t.record(ctx, actor, aboutUser(ActionDeviceSignedOut, u.ID, u.Name, d.Label()))
	})
	return d, err
}

// endDevice removes a device of u, with its session and the addresses for players
// that were made there.
func (t *tx) endDevice(ctx context.Context, actor Actor, u User, d Device) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM devices WHERE id = ?`, d.ID); err != nil {
		return fmt.Errorf("end device %d: %w", d.ID, err)
	}
	return t.record(ctx, actor, aboutUser(ActionDeviceEnded, u.ID, u.Name, d.Label()))
}

// SignOutEverywhere signs a user out on every device but the one that stays (0:
// none). The devices stay on the list. It answers on how many the user was signed
// in, ErrNotFound, or ErrForbidden where Actor.MayEndDevices says no.
func (s *Store) SignOutEverywhere(ctx context.Context, actor Actor, id, stays int64) (ended int, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayEndDevices)
		if err != nil {
			return err
		}
		n, err := t.remove(ctx, `DELETE FROM sessions WHERE user_id = ? AND device_id <> ?`, id, stays)
		if ended = int(n); err != nil || ended == 0 {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionSignedOutEverywhere, u.ID, u.Name, deviceCount(ended)))
	})
	return ended, err
}

// RenameDevice gives a device of the actor's a name, here being the one at hand; ""
// takes its name away. It answers ErrNotFound where OwnDevice does, and Invalid
// with the field name.
func (s *Store) RenameDevice(ctx context.Context, actor Actor, here, id int64, name string) error {
	var bad Invalid
	clean := ""
	if strings.TrimSpace(name) != "" {
		var message string
		clean, message = CleanName(name)
		bad.Add("name", message)
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		d, err := readOwnDevice(ctx, t, actor.ID, here, id)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE devices SET name = ?, search = ? WHERE id = ?`, clean, deviceSearch(clean, d.Kind, d.Address), d.ID); err != nil {
			return fmt.Errorf("name device %d: %w", d.ID, err)
		}
		return nil
	})
}

// OwnDevice is a device of the user's, or ErrNotFound. The guest account has none
// but the one at hand (here), since all visitors share it.
func (s *Store) OwnDevice(ctx context.Context, user, here, id int64) (Device, error) {
	return readOwnDevice(ctx, s.reader, user, here, id)
}

func readOwnDevice(ctx context.Context, q querier, user, here, id int64) (Device, error) {
	return oneDevice(ctx, q, `d.id = ? AND d.user_id = ? AND (d.id = ? OR EXISTS (SELECT 1 FROM users u WHERE u.id = d.user_id AND u.kind <> 'guest-account'))`, id, user, here)
}

func readDevice(ctx context.Context, q querier, id int64) (Device, error) {
	return oneDevice(ctx, q, `d.id = ?`, id)
}

// oneDevice is the device for which where holds, whose first argument is its id.
func oneDevice(ctx context.Context, q querier, where string, args ...any) (Device, error) {
	d, err := scanDevice(q.QueryRowContext(ctx, `SELECT `+deviceColumns+` FROM devices d LEFT JOIN sessions s ON s.device_id = d.id WHERE `+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Device{}, fmt.Errorf("read device %d: %w", args[0], err)
	}
	return d, nil
}

// How long a device is kept on which nobody is signed in any more, and how many of
// them a user has at the most.
const (
	deviceKept  = 365 * Day
	devicesKept = 500
)

// undecided is the SQL of the devices d that nobody is signed in on and no
// administrator has decided about.
const undecided = `d.standing NOT IN ('chosen', 'refused') AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = d.id)`

// removeDevices forgets devices that nobody has used for long, and of a user who
// has very many the oldest.
func (t *tx) removeDevices(ctx context.Context) (removed int64, err error) {
	removed, err = t.remove(ctx, `DELETE FROM devices AS d WHERE d.last_seen_at < ? AND `+undecided, millis(t.now.Add(-deviceKept)))
	if err != nil {
		return 0, err
	}
	many, err := readEach(ctx, t, scanID, `SELECT user_id FROM devices GROUP BY user_id HAVING count(*) > ?`, devicesKept)
	if err != nil {
		return 0, fmt.Errorf("find users with many devices: %w", err)
	}
	for _, user := range many {
		n, err := t.remove(ctx, `DELETE FROM devices WHERE id IN (SELECT d.id FROM devices d WHERE d.user_id = ? AND `+undecided+`
			ORDER BY d.last_seen_at, d.id LIMIT (SELECT count(*) - ? FROM devices WHERE user_id = ?))`, user, devicesKept, user)
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

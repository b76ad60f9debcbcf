package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// SetDeviceRule says on which devices the user may sign in, and chooses some of
// those that are there. The sessions that the rule has no place for end; ended is
// how many. It answers ErrNotFound, ErrForbidden where Actor.MayDecideDevices says
// no, Invalid with the field device_rule, and ErrConfirm for an administrator.
func (s *Store) SetDeviceRule(ctx context.Context, actor Actor, id int64, rule DeviceRule, choose []int64) (ended int, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayDecideDevices)
		if err != nil {
			return err
		}
		if !slices.Contains([]DeviceRule{DevicesAny, DevicesAsk, DevicesChosen}, rule) {
			return &Invalid{Problems: []Problem{{Field: "device_rule", Message: "Choose one of these."}}}
		}
		if err := t.chooseDevices(ctx, actor, u, choose); err != nil {
			return err
		}
		if rule != u.DeviceRule {
			if err := t.confirmedFor(actor, u); err != nil {
				return err
			}
			if _, err := t.ExecContext(ctx, `UPDATE users SET device_rule = ? WHERE id = ?`, rule, id); err != nil {
				return fmt.Errorf("save device rule of user %d: %w", id, err)
			}
			if err := t.record(ctx, actor, aboutUser(ActionSignInRules, id, u.Name, "devices: "+rule.words())); err != nil {
				return err
			}
		}
		u.DeviceRule = rule
		if err := t.freeWaiting(ctx, u); err != nil {
			return err
		}
		ended, err = t.endUnadmitted(ctx, u)
		return err
	})
	return ended, err
}

// freeWaiting lets nothing of the user's wait any more that need not.
func (t *tx) freeWaiting(ctx context.Context, u User) error {
	if !u.MayUse(StandingWaiting) {
		return nil
	}
	if _, err := t.ExecContext(ctx, `UPDATE devices SET standing = 'known' WHERE user_id = ? AND standing = 'waiting'`, u.ID); err != nil {
		return fmt.Errorf("let devices of user %d wait no more: %w", u.ID, err)
	}
	return nil
}

// words is the rule for the record.
func (r DeviceRule) words() string {
	switch r {
	case DevicesAsk:
		return "new ones wait for an administrator"
	case DevicesChosen:
		return "only chosen ones"
	case DevicesAny:
	}
	return "any"
}

// chooseDevices chooses devices of the user's. Those that are gone by now, or
// somebody else's, are passed over.
func (t *tx) chooseDevices(ctx context.Context, actor Actor, u User, ids []int64) error {
	for _, id := range ids {
		d, err := readDevice(ctx, t, id)
		if errors.Is(err, ErrNotFound) || err == nil && (d.UserID != u.ID || d.Standing == StandingChosen) {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.decideDevice(ctx, actor, u, d, StandingChosen); err != nil {
			return err
		}
	}
	return nil
}

// DecideDevice says whether a device's user may sign in on it: StandingKnown where
// nothing is decided any more, which lets in all but those who need a chosen one,
// StandingChosen or StandingRefused. A session that has no place there any more
// ends. It answers the device and its user as they are then, ErrNotFound, ErrForbidden
// where Actor.MayDecideDevices says no, and ErrConfirm for an administrator.
func (s *Store) DecideDevice(ctx context.Context, actor Actor, id int64, standing Standing) (d Device, u User, err error) {
	err = s.change(ctx, func(t *tx) (err error) {
		if d, err = readDevice(ctx, t, id); err != nil {
			return err
		}
		if actor, u, err = t.target(ctx, actor, d.UserID, Actor.MayDecideDevices); err != nil {
			return err
		}
		if standing != StandingKnown && standing != StandingChosen && standing != StandingRefused {
			return Refuse("Choose what is to become of this device.")
		}
		if standing == d.Standing {
			return nil
		}
		if err := t.decideDevice(ctx, actor, u, d, standing); err != nil {
			return err
		}
		d.Standing = standing
		_, err = t.endUnadmitted(ctx, u)
		return err
	})
	return d, u, err
}

// decideDevice writes down what is decided about a device, and that it was.
func (t *tx) decideDevice(ctx context.Context, actor Actor, u User, d Device, standing Standing) error {
	if err := t.confirmedFor(actor, u); err != nil {
		return err
	}
	action := ActionDeviceAllowed
	switch standing {
	case StandingChosen:
		action = ActionDeviceChosen
	case StandingRefused:
		action = ActionDeviceRefused
	case StandingKnown, StandingWaiting:
		if d.Standing == StandingChosen {
			action = ActionDeviceUnchosen
		}
	}
	if err := t.setStanding(ctx, d.ID, standing); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(action, u.ID, u.Name, d.Label()))
}

// endUnadmitted signs the user out where they may not be any more, and answers
// on how many devices.
func (t *tx) endUnadmitted(ctx context.Context, u User) (ended int, err error) {
	for _, standing := range []Standing{StandingKnown, StandingWaiting, StandingChosen, StandingRefused} {
		if u.MayUse(standing) {
			continue
		}
		n, err := t.remove(ctx, `DELETE FROM sessions WHERE user_id = ? AND device_id IN (SELECT id FROM devices WHERE user_id = ? AND standing = ?)`, u.ID, u.ID, standing)
		if err != nil {
			return 0, err
		}
		ended += int(n)
	}
	return ended, nil
}

// DevicesWaiting is how many devices wait for an administrator to decide, on
// which somebody could come in then. Those of people who need a chosen one wait
// as well: whoever they are of has shown the right password.
func (s *Store) DevicesWaiting(ctx context.Context) (n int, err error) {
	if err := s.reader.QueryRowContext(brief(ctx), `SELECT count(*) FROM devices WHERE standing = 'waiting'`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count devices that wait: %w", err)
	}
	return n, nil
}

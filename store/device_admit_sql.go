package store

import (
	"context"
	"fmt"
)

// waitingDevices is how many devices of one user wait at the most, so that
// somebody who knows a password cannot fill the disk with them.
const waitingDevices = 20

// admit is the id of the device on which a session begins, or 0 where its user
// may not come in on it; then *Held is what the transaction answers. A device
// that is new is written down, and told of.
func (t *tx) admit(ctx context.Context, in NewSession) (id int64, err error) {
	u, err := readUser(ctx, t, in.UserID)
	if err != nil {
		return 0, err
	}
	d, fresh, err := t.device(ctx, in, u.newcomer())
	if err != nil {
		return 0, err
	}
	may := u.MayUse(d.Standing)
	switch {
	case fresh && !may:
		err = t.boundWaiting(ctx, u.ID)
	case may && d.Standing == StandingWaiting:
		err = t.setStanding(ctx, d.ID, StandingKnown)
	}
	if err != nil {
		return 0, err
	}
	held := &Held{Standing: d.Standing, Rule: u.DeviceRule}
	from := in.actor(u)
	if fresh && !in.first {
		if err := t.tellNewDevice(ctx, from, u, d, held, may); err != nil {
			return 0, err
		}
	}
	if may {
		return d.ID, nil
	}
	t.answer = held
	if fresh {
		return 0, nil
	}
	return 0, t.recordRefusal(ctx, in.actor(User{}), aboutUser(ActionSignInRefused, u.ID, u.Name, held.reason()))
}

// tellNewDevice writes down that the user has come on a new device, or wants to,
// and tells them.
func (t *tx) tellNewDevice(ctx context.Context, actor Actor, u User, d Device, held *Held, may bool) error {
	action, detail := ActionDeviceNew, d.Kind
	if !may {
		action, detail = ActionDeviceHeld, d.Kind+": "+held.reason()
	}
	if err := t.record(ctx, actor, aboutUser(action, u.ID, u.Name, detail)); err != nil {
		return err
	}
	return t.mailNewDevice(ctx, u.ID, d.ID)
}

// boundWaiting deletes the user's devices that have waited longest where too
// many wait.
func (t *tx) boundWaiting(ctx context.Context, userID int64) error {
	_, err := t.ExecContext(ctx, `DELETE FROM devices WHERE id IN (
			SELECT id FROM devices WHERE user_id = ? AND standing = 'waiting' ORDER BY first_seen_at DESC, id DESC LIMIT -1 OFFSET ?)`, userID, waitingDevices)
	if err != nil {
		return fmt.Errorf("bound the devices of user %d that wait: %w", userID, err)
	}
	return nil
}

// setStanding writes down what is decided about a device.
func (t *tx) setStanding(ctx context.Context, id int64, standing Standing) error {
	if _, err := t.ExecContext(ctx, `UPDATE devices SET standing = ? WHERE id = ?`, standing, id); err != nil {
		return fmt.Errorf("save standing of device %d: %w", id, err)
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DeviceLinkLife is how long the link of a letter about a new device works.
const DeviceLinkLife = 7 * 24 * time.Hour

// deviceLetters is how many letters about new devices a user gets within a day. A
// program that keeps no cookies comes on a new one each time; Activity tells of all.
const deviceLetters = 10

// mailNewDevice tells the user of a new device, where they want that. The letter
// leads to the address of the settings alone: whoever signs in names the host of
// the request, and is not always who they say.
func (t *tx) mailNewDevice(ctx context.Context, userID, deviceID int64) error {
	var sent int
	err := t.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE user_id = ? AND letter = 'device' AND created_at > ?`, userID, millis(t.now.Add(-Day))).Scan(&sent)
	if err != nil {
		return fmt.Errorf("count letters to user %d: %w", userID, err)
	}
	if sent >= deviceLetters {
		return nil
	}
	return t.notify(ctx, Actor{}, letter{kind: LetterDevice, userID: userID, deviceID: deviceID})
}

// prepareDevice tells of the device as it is now, and makes the link that ends it.
func (t *tx) prepareDevice(ctx context.Context, l *Letter, u User, tokenHash func() []byte) error {
	l.Name, l.Ends = u.Name, t.now.Add(DeviceLinkLife)
	var id int64
	err := t.QueryRowContext(ctx, `UPDATE devices SET link_hash = ?, link_until = ? WHERE id = (SELECT device_id FROM outbox WHERE id = ?) RETURNING id`,
		tokenHash(), millis(l.Ends), l.ID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return undeliverable("The device was removed before this e-mail was due.")
	}
	if err != nil {
		return fmt.Errorf("make link of letter %d: %w", l.ID, err)
	}
	l.Device, err = readDevice(ctx, t, id)
	l.Held = !u.MayUse(l.Device.Standing)
	return err
}

// DeviceByLink is the device that the link of a letter with this SHA-256 ends, and
// whose it is, or ErrBadLink when it is made up, used or expired.
func (s *Store) DeviceByLink(ctx context.Context, linkHash []byte) (Device, User, error) {
	return deviceByLink(ctx, s.reader, linkHash, s.now())
}

func deviceByLink(ctx context.Context, q querier, linkHash []byte, now time.Time) (d Device, u User, err error) {
	var id int64
	// One that ends later than any can is from before the clock was set back.
	err = q.QueryRowContext(ctx, `SELECT id FROM devices WHERE link_hash = ? AND link_until > ? AND link_until <= ?`,
		linkHash, millis(now), millis(now.Add(DeviceLinkLife))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return d, u, fmt.Errorf("link to a device: %w", ErrBadLink)
	}
	if err != nil {
		return d, u, fmt.Errorf("read link to a device: %w", err)
	}
	if d, err = readDevice(ctx, q, id); err == nil {
		u, err = readPresent(ctx, q, d.UserID)
	}
	if errors.Is(err, ErrNotFound) { // gone between the two queries
		err = fmt.Errorf("link to device %d: %w", id, ErrBadLink)
	}
	return d, u, err
}

// EndDeviceByLink signs the user out on the device of the link, once, and removes
// it. One that an administrator has decided about stays, with the decision. It
// answers the device and its user, or ErrBadLink. The actor may be nobody: the link
// is what counts.
func (s *Store) EndDeviceByLink(ctx context.Context, linkHash []byte, from Actor) (d Device, u User, err error) {
	err = s.change(ctx, func(t *tx) (err error) {
		if d, u, err = deviceByLink(ctx, t, linkHash, t.now); err != nil {
			return err
		}
		for _, query := range []string{
			`DELETE FROM sessions WHERE device_id = ?`, `UPDATE devices SET link_hash = NULL, link_until = NULL WHERE id = ?`,
			`DELETE FROM devices WHERE id = ? AND standing NOT IN ('chosen', 'refused')`,
		} {
			if _, err := t.ExecContext(ctx, query, d.ID); err != nil {
				return fmt.Errorf("end device %d: %w", d.ID, err)
			}
		}
		return t.record(ctx, Actor{Address: from.Address, AtHome: from.AtHome}, aboutUser(ActionDeviceDisowned, u.ID, u.Name, d.Label()))
	})
	return d, u, err
}

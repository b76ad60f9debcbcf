package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// device is the device on which a session begins, with its id, kind and standing:
// the one that the user has used this browser as before, or that of the session
// which the new one follows, or else a fresh one, which gets the standing.
func (t *tx) device(ctx context.Context, in NewSession, newcomer Standing) (d Device, fresh bool, err error) {
	now, browser, agent := millis(t.now), in.Browser, clip(in.UserAgent, maxUserAgent)
	if len(browser) == 0 { // a browser that keeps no cookies is another each time
		browser = in.TokenHash
	}
	d = Device{Kind: in.Device, Standing: newcomer}
	err = t.QueryRowContext(ctx, `UPDATE devices SET browser_hash = ?, kind = ?, form = ?, user_agent = ?, address = ?, at_home = ?, last_seen_at = ?
		WHERE id = coalesce((SELECT id FROM devices WHERE user_id = ? AND browser_hash = ?), ?) AND user_id = ? RETURNING id, name, standing`,
		browser, in.Device, in.Form, agent, in.Address, in.AtHome, now, in.UserID, browser, in.at, in.UserID).Scan(&d.ID, &d.Name, &d.Standing)
	if errors.Is(err, sql.ErrNoRows) {
		fresh = true
		err = t.QueryRowContext(ctx, `INSERT INTO devices (user_id, browser_hash, kind, form, standing, user_agent, address, at_home, first_seen_at, last_seen_at, search)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			in.UserID, browser, in.Device, in.Form, newcomer, agent, in.Address, in.AtHome, now, now, deviceSearch("", in.Device, in.Address)).Scan(&d.ID)
	}
	if err != nil {
		return d, fresh, fmt.Errorf("note device of user %d: %w", in.UserID, err)
	}
	return d, fresh, t.findDeviceBy(ctx, d.ID, d.Name, in.Device, in.Address)
}

// deviceSeen notes that a device is in use now, from this address. One that has
// just been ended is not there any more.
func (t *tx) deviceSeen(ctx context.Context, id int64, address string, atHome bool) error {
	var name, kind string
	err := t.QueryRowContext(ctx, `UPDATE devices SET last_seen_at = ?, address = ?, at_home = ? WHERE id = ? RETURNING name, kind`, millis(t.now), address, atHome, id).Scan(&name, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("note device %d: %w", id, err)
	}
	return t.findDeviceBy(ctx, id, name, kind, address)
}

// findDeviceBy has a device found by what it is called, what it is and where.
func (t *tx) findDeviceBy(ctx context.Context, id int64, name, kind, address string) error {
	search := deviceSearch(name, kind, address)
	if _, err := t.ExecContext(ctx, `UPDATE devices SET search = ? WHERE id = ? AND search <> ?`, search, id, search); err != nil {
		return fmt.Errorf("note what device %d is found by: %w", id, err)
	}
	return nil
}

// deviceSearch is what a device is found by.
func deviceSearch(parts ...string) string { return nameKey(strings.Join(parts, " ")) }

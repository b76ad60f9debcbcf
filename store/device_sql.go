package store

import (
	"context"
	"fmt"
	"strings"
)

// device is the id of the device on which a session begins: the one that the
// user has used this browser as before, or a new one.
func (t *tx) device(ctx context.Context, in NewSession) (id int64, err error) {
	now, browser := millis(t.now), in.Browser
	if len(browser) == 0 { // a browser that keeps no cookies is another each time
		browser = in.TokenHash
	}
	err = t.QueryRowContext(ctx, `INSERT INTO devices (user_id, browser_hash, kind, user_agent, address, at_home, first_seen_at, last_seen_at, search)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (user_id, browser_hash) DO UPDATE SET kind = excluded.kind, user_agent = excluded.user_agent, address = excluded.address,
			at_home = excluded.at_home, last_seen_at = excluded.last_seen_at
		RETURNING id`, in.UserID, browser, in.Device, clip(in.UserAgent, maxUserAgent), in.Address, in.AtHome, now, now, deviceSearch("", in.Device, in.Address)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("note device of user %d: %w", in.UserID, err)
	}
	return id, nil
}

// deviceSeen notes that a device is in use now, from this address.
func (t *tx) deviceSeen(ctx context.Context, id int64, address string, atHome bool) error {
	_, err := t.ExecContext(ctx, `UPDATE devices SET last_seen_at = ?, address = ?, at_home = ? WHERE id = ?`, millis(t.now), address, atHome, id)
	if err != nil {
		return fmt.Errorf("note device %d: %w", id, err)
	}
	return nil
}

// deviceSearch is what a device is found by.
func deviceSearch(parts ...string) string { return nameKey(strings.Join(parts, " ")) }

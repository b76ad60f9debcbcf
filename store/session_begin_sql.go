package store

import (
	"context"
	"fmt"
)

// insertSession signs somebody in on a device, in place of whatever session of
// theirs was there, and notes that they are here. Where they may not come in on
// the device, the id is 0: the transaction does what else it has to do, and its
// method answers *Held.
func (t *tx) insertSession(ctx context.Context, in NewSession) (id int64, err error) {
	now := millis(t.now)
	device, err := t.admit(ctx, in)
	if err != nil || device == 0 {
		return 0, err
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE device_id = ?`, device); err != nil {
		return 0, fmt.Errorf("replace session: %w", err)
	}
	proven := int64(0)
	if in.Strength.Proven() {
		proven = now
	}
	result, err := t.ExecContext(ctx, `INSERT INTO sessions (token_hash, user_id, device_id, strength, proven_at, second_factor, created_at, last_seen_at, provider_id, id_token)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, in.TokenHash, in.UserID, device, in.Strength, proven, in.Factor, now, now, nullID(in.Vouched.Provider), in.Vouched.IDToken)
	if err != nil {
		return 0, fmt.Errorf("open session: %w", err)
	}
	if _, err := t.ExecContext(ctx, `UPDATE users SET last_seen_at = ? WHERE id = ?`, now, in.UserID); err != nil {
		return 0, fmt.Errorf("note last seen: %w", err)
	}
	return result.LastInsertId()
}

// replaceSession is insertSession in the place of another session (0: none),
// whoever's that is. That one stays where nobody comes in.
func (t *tx) replaceSession(ctx context.Context, in NewSession, replaces int64) (id int64, err error) {
	if in.at, err = t.deviceAt(ctx, in.UserID, replaces); err != nil {
		return 0, err
	}
	if id, err = t.insertSession(ctx, in); err != nil || id == 0 {
		return id, err
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE id = ?`, replaces); err != nil {
		return 0, fmt.Errorf("replace session: %w", err)
	}
	return id, nil
}

// deviceAt is the device of the user's session, 0 for one that is not theirs.
func (t *tx) deviceAt(ctx context.Context, userID, sessionID int64) (device int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT coalesce(max(device_id), 0) FROM sessions WHERE id = ? AND user_id = ?`, sessionID, userID).Scan(&device)
	if err != nil {
		return 0, fmt.Errorf("read device of session %d: %w", sessionID, err)
	}
	return device, nil
}

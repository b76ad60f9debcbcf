package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// How a guesser is slowed: after freeFailures in a row, each further failure
// doubles the pause from a second to a quarter of an hour. A day without a
// failure is a new beginning.
const (
	freeFailures   = 5
	firstPause     = time.Second
	longestPause   = 15 * time.Minute
	throttleMemory = 24 * time.Hour
	mostNames      = 1000 // kept for one address
)

// Door is where somebody tries to sign in: the name they typed, which is kept
// hashed only, and the address they come from, together.
type Door struct {
	name    [sha256.Size]byte
	Address string
}

// NewDoor is the door for what was typed as the name, at this address.
func NewDoor(name, address string) Door {
	return Door{name: sha256.Sum256([]byte(typedKey(name))), Address: address}
}

// pauseAfter is how long the door stays shut after so many failures.
func pauseAfter(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	doublings := failures - freeFailures
	if doublings > 10 {
		return longestPause
	}
	return min(firstPause<<doublings, longestPause)
}

// Knock counts a try at the door as a failure before anything is checked, so
// that tries side by side gain nothing; a sign-in that works forgets it. When
// the door is shut the try does not count, and wait says for how long.
func (s *Store) Knock(ctx context.Context, door Door) (wait time.Duration, err error) {
	err = s.change(ctx, func(t *tx) error {
		wait, err = t.knock(ctx, door)
		return err
	})
	return wait, err
}

func (t *tx) knock(ctx context.Context, door Door) (wait time.Duration, err error) {
	var failures int
	var failedAt, blockedUntil int64
	err = t.QueryRowContext(ctx, `SELECT failures, failed_at, blocked_until FROM throttles WHERE name_hash = ? AND address = ?`,
		door.name[:], door.Address).Scan(&failures, &failedAt, &blockedUntil)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read throttle: %w", err)
	}
	// A clock that was set back must not keep the door shut for longer than
	// the longest pause.
	if until := fromMillis(blockedUntil); t.now.Before(until) && until.Sub(t.now) <= longestPause {
		return until.Sub(t.now), nil
	}
	if t.now.Sub(fromMillis(failedAt)) > throttleMemory {
		failures = 0
	}
	failures++
	_, err = t.ExecContext(ctx, `INSERT INTO throttles (name_hash, address, failures, failed_at, blocked_until) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (name_hash, address) DO UPDATE SET failures = excluded.failures, failed_at = excluded.failed_at, blocked_until = excluded.blocked_until`,
		door.name[:], door.Address, failures, millis(t.now), millis(t.now.Add(pauseAfter(failures))))
	if err != nil {
		return 0, fmt.Errorf("write throttle: %w", err)
	}
	return 0, t.trimThrottles(ctx, door.Address)
}

// trimThrottles forgets the oldest names tried from an address, where they are
// more than anyone mistypes.
func (t *tx) trimThrottles(ctx context.Context, address string) error {
	_, err := t.ExecContext(ctx, `DELETE FROM throttles WHERE address = ? AND failed_at <
		(SELECT failed_at FROM throttles WHERE address = ? ORDER BY failed_at DESC LIMIT 1 OFFSET ?)`, address, address, mostNames)
	if err != nil {
		return fmt.Errorf("trim throttles: %w", err)
	}
	return nil
}

// TakeBack takes back the one failure that Knock has counted, for a try that
// the server was too busy to check.
func (s *Store) TakeBack(ctx context.Context, door Door) error {
	return s.change(ctx, func(t *tx) error { return t.takeBack(ctx, door) })
}

func (t *tx) takeBack(ctx context.Context, door Door) error {
	var failures int
	err := t.QueryRowContext(ctx, `UPDATE throttles SET failures = max(failures - 1, 0) WHERE name_hash = ? AND address = ? RETURNING failures`,
		door.name[:], door.Address).Scan(&failures)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("take back failure: %w", err)
	}
	_, err = t.ExecContext(ctx, `UPDATE throttles SET blocked_until = failed_at + ? WHERE name_hash = ? AND address = ?`,
		pauseAfter(failures).Milliseconds(), door.name[:], door.Address)
	if err != nil {
		return fmt.Errorf("take back failure: %w", err)
	}
	return nil
}

// Forget forgets the failures at the door, after a password that was right.
func (s *Store) Forget(ctx context.Context, door Door) error {
	return s.change(ctx, func(t *tx) error { return t.forgetFailures(ctx, door) })
}

func (t *tx) forgetFailures(ctx context.Context, door Door) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM throttles WHERE name_hash = ? AND address = ?`, door.name[:], door.Address); err != nil {
		return fmt.Errorf("forget failures: %w", err)
	}
	return nil
}

// RecordRefusal writes down a sign-in that did not work. A user of nil is a
// name that nobody has; it is not kept, since people type passwords there.
// The reason says why a right password was refused; "" is a wrong one.
func (s *Store) RecordRefusal(ctx context.Context, user *User, reason, address string, atHome bool) error {
	entry := Entry{Action: ActionSignInFailed, Detail: reason, SubjectKind: SubjectUser}
	if reason != "" {
		entry.Action = ActionSignInRefused
	}
	if user != nil {
		entry.SubjectID, entry.SubjectName = user.ID, user.Name
	}
	return s.change(ctx, func(t *tx) error {
		return t.recordRefusal(ctx, Actor{Address: address, AtHome: atHome}, entry)
	})
}

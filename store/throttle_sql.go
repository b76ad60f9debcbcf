package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	throttleMemory = 24 * time.Hour // without a failure is a new beginning
	mostNames      = 1000           // kept for one address
)

// pace is how a guesser is slowed: after free failures in a row, each further
// failure doubles the pause from the first to the longest.
type pace struct {
	free           int
	first, longest time.Duration
}

// after is how long the door stays shut after so many failures.
func (p pace) after(failures int) time.Duration {
	pause := p.first
	if failures < p.free {
		return 0
	}
	for ; failures > p.free && pause < p.longest; failures-- {
		pause *= 2
	}
	return min(pause, p.longest)
}

// Door is where somebody tries to sign in: what they typed as the name, which is
// kept hashed only, and the address they come from, together.
type Door struct {
	name    [sha256.Size]byte
	Address string
	pace    pace
	crowd   int64 // the user for whom failures here count among those of all unknown devices as well; 0 for none
}

// NewDoor is the door for what was typed as the name, at this address.
func NewDoor(name, address string) Door {
	return Door{name: sha256.Sum256([]byte(typedKey(name))), Address: address, pace: pace{free: 5, first: time.Second, longest: 15 * time.Minute}}
}

// counts are all doors at which a failure at this one counts.
func (d Door) counts() []Door {
	if d.crowd == 0 {
		return []Door{d}
	}
	return []Door{d, crowdDoor(d.crowd)}
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
	doors := door.counts()
	failures := make([]int, len(doors))
	for i, d := range doors {
		var shut time.Duration
		if failures[i], shut, err = failuresAt(ctx, t, d, t.now); err != nil {
			return 0, err
		}
		wait = max(wait, shut)
	}
	if wait > 0 {
		return wait, nil
	}
	for i, d := range doors {
		_, err = t.ExecContext(ctx, `INSERT INTO throttles (name_hash, address, failures, failed_at, blocked_until) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (name_hash, address) DO UPDATE SET failures = excluded.failures, failed_at = excluded.failed_at, blocked_until = excluded.blocked_until`,
			d.name[:], d.Address, failures[i]+1, millis(t.now), millis(t.now.Add(d.pace.after(failures[i]+1))))
		if err != nil {
			return 0, fmt.Errorf("write throttle: %w", err)
		}
	}
	return 0, t.trimThrottles(ctx, door.Address)
}

// failuresAt is how many failures count at the door now, and how long it stays
// shut.
func failuresAt(ctx context.Context, q querier, door Door, now time.Time) (failures int, wait time.Duration, err error) {
	var failedAt, blockedUntil int64
	err = q.QueryRowContext(ctx, `SELECT failures, failed_at, blocked_until FROM throttles WHERE name_hash = ? AND address = ?`,
		door.name[:], door.Address).Scan(&failures, &failedAt, &blockedUntil)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("read throttle: %w", err)
	}
	// A clock that was set back must not keep the door shut for longer than
	// the longest pause.
	if until := fromMillis(blockedUntil); now.Before(until) && until.Sub(now) <= door.pace.longest {
		wait = until.Sub(now)
	}
	if wait == 0 && now.Sub(fromMillis(failedAt)) > throttleMemory {
		failures = 0
	}
	return failures, wait, nil
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
	for _, d := range door.counts() {
		if err := t.takeBackAt(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) takeBackAt(ctx context.Context, door Door) error {
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
		door.pace.after(failures).Milliseconds(), door.name[:], door.Address)
	if err != nil {
		return fmt.Errorf("take back failure: %w", err)
	}
	return nil
}

// Forget forgets the failures at the door, after a password that was right. Of
// those at other devices only this try is forgotten.
func (s *Store) Forget(ctx context.Context, door Door) error {
	return s.change(ctx, func(t *tx) error { return t.forgetFailures(ctx, door) })
}

func (t *tx) forgetFailures(ctx context.Context, door Door) error {
	if err := t.takeBack(ctx, door); err != nil {
		return err
	}
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

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// challengesEach is how many things of one kind a user can have begun at once. One
// more ends the oldest, so that nobody fills the disk with them.
const challengesEach = 100

// BeginChallenge keeps what a browser has begun.
func (s *Store) BeginChallenge(ctx context.Context, c Challenge) error {
	return s.change(ctx, func(t *tx) error { return t.beginChallenge(ctx, c) })
}

func (t *tx) beginChallenge(ctx context.Context, c Challenge) error {
	_, err := t.ExecContext(ctx, `INSERT INTO challenges (token_hash, kind, user_id, data, expires_at) VALUES (?, ?, ?, ?, ?)`,
		c.TokenHash, c.Kind, nullID(c.UserID), string(c.Data), millis(t.now.Add(ChallengeLife)))
	if err != nil {
		return fmt.Errorf("begin %s: %w", c.Kind, err)
	}
	_, err = t.remove(ctx, `DELETE FROM challenges WHERE token_hash IN (
			SELECT token_hash FROM challenges WHERE user_id = ? AND kind = ? AND token_hash <> ? ORDER BY expires_at DESC LIMIT -1 OFFSET ?)`,
		nullID(c.UserID), c.Kind, c.TokenHash, challengesEach-1)
	return err
}

// Challenge is what the browser with this token has begun. It answers ErrBadLink
// when that is of another kind, finished, or too long ago.
func (s *Store) Challenge(ctx context.Context, kind ChallengeKind, tokenHash []byte) (Challenge, error) {
	return readChallenge(ctx, s.reader, s.now().UnixMilli(), kind, tokenHash)
}

// TakeChallenge is Challenge, once: whoever comes second gets ErrBadLink.
func (s *Store) TakeChallenge(ctx context.Context, kind ChallengeKind, tokenHash []byte) (c Challenge, err error) {
	err = s.change(ctx, func(t *tx) error {
		c, err = t.takeChallenge(ctx, kind, tokenHash)
		return err
	})
	return c, err
}

func (t *tx) takeChallenge(ctx context.Context, kind ChallengeKind, tokenHash []byte) (Challenge, error) {
	c, err := readChallenge(ctx, t, millis(t.now), kind, tokenHash)
	if err != nil {
		return c, err
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM challenges WHERE token_hash = ?`, tokenHash); err != nil {
		return c, fmt.Errorf("finish %s: %w", kind, err)
	}
	return c, nil
}

// readChallenge takes one that ends later than any can for over: the clock was
// set back.
func readChallenge(ctx context.Context, q querier, now int64, kind ChallengeKind, tokenHash []byte) (Challenge, error) {
	c := Challenge{TokenHash: tokenHash, Kind: kind}
	err := q.QueryRowContext(ctx, `SELECT coalesce(user_id, 0), data FROM challenges WHERE token_hash = ? AND kind = ? AND expires_at > ? AND expires_at <= ?`,
		tokenHash, kind, now, now+ChallengeLife.Milliseconds()).Scan(&c.UserID, &c.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("%s: %w", kind, ErrBadLink)
	}
	if err != nil {
		return c, fmt.Errorf("read %s: %w", kind, err)
	}
	return c, nil
}

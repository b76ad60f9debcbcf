package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// SetPicture gives the user a picture: a small square JPEG made by us. It
// answers ErrNotFound, or ErrForbidden where Actor.MayChangePicture
// says no.
func (s *Store) SetPicture(ctx context.Context, actor Actor, id int64, jpeg []byte) error {
	sum := sha256.Sum256(jpeg)
	hash := hex.EncodeToString(sum[:8])
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayChangePicture)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `INSERT OR REPLACE INTO pictures (user_id, hash, jpeg) VALUES (?, ?, ?)`, id, hash, jpeg); err != nil {
			return fmt.Errorf("set picture of user %d: %w", id, err)
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET picture = ? WHERE id = ?`, hash, id); err != nil {
			return fmt.Errorf("set picture of user %d: %w", id, err)
		}
		return t.record(ctx, actor, aboutUser(ActionPictureChanged, id, u.Name, ""))
	})
}

// RemovePicture takes the user's picture away. It answers as SetPicture.
func (s *Store) RemovePicture(ctx context.Context, actor Actor, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayChangePicture)
		if err != nil {
			return err
		}
		if u.Picture == "" {
			return nil
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM pictures WHERE user_id = ?`, id); err != nil {
			return fmt.Errorf("remove picture of user %d: %w", id, err)
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET picture = '' WHERE id = ?`, id); err != nil {
			return fmt.Errorf("remove picture of user %d: %w", id, err)
		}
		return t.record(ctx, actor, aboutUser(ActionPictureRemoved, id, u.Name, ""))
	})
}

// Picture is the user's picture as JPEG, or ErrNotFound when there is none
// with this hash.
func (s *Store) Picture(ctx context.Context, id int64, hash string) (jpeg []byte, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT jpeg FROM pictures WHERE user_id = ? AND hash = ?`, id, hash).Scan(&jpeg)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("picture of user %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read picture of user %d: %w", id, err)
	}
	return jpeg, nil
}

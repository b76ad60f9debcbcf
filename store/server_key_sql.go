package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// MarkKey remembers the mark of the server's key, and says whether it is another
// than the one before.
func (s *Store) MarkKey(ctx context.Context, mark []byte) (changed bool, err error) {
	var before []byte
	err = s.reader.QueryRowContext(ctx, `SELECT mark FROM server_key`).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("read the mark of the key: %w", err)
	}
	if bytes.Equal(before, mark) {
		return false, nil
	}
	err = s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `INSERT INTO server_key (id, mark) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark`, mark); err != nil {
			return fmt.Errorf("keep the mark of the key: %w", err)
		}
		return nil
	})
	return before != nil, err
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// changeMedia is change for administrators.
func (s *Store) changeMedia(ctx context.Context, actor Actor, fn func(*tx, Actor) error) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if !actor.IsAdministrator() {
			return fmt.Errorf("change libraries or channels: %w", ErrForbidden)
		}
		return fn(t, actor)
	})
}

// mediaName is the name of a library or channel, or ErrNotFound. The table is
// one of our own two names.
func (t *tx) mediaName(ctx context.Context, table string, id int64) (name string, err error) {
	err = t.QueryRowContext(ctx, `SELECT name FROM `+table+` WHERE id = ?`, id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("%s %d: %w", table, id, ErrNotFound)
	}
	if err != nil {
		return "", fmt.Errorf("read %s %d: %w", table, id, err)
	}
	return name, nil
}

// checkMediaName cleans the name of a library or channel and finds its double.
func (t *tx) checkMediaName(ctx context.Context, table, what string, id int64, name string) (clean, message string, err error) {
	clean, message = CleanName(name)
	if message != "" {
		return clean, message, nil
	}
	var other string
	err = t.QueryRowContext(ctx, `SELECT name FROM `+table+` WHERE name_key = ? AND id <> ?`, nameKey(clean), id).Scan(&other)
	if errors.Is(err, sql.ErrNoRows) {
		return clean, "", nil
	}
	if err != nil {
		return clean, "", fmt.Errorf("look for a double in %s: %w", table, err)
	}
	return clean, "There is already a " + what + " called " + other + ".", nil
}

// moveMedia swaps a library or channel with its neighbour among those that the
// condition leaves.
func (s *Store) moveMedia(ctx context.Context, actor Actor, table, among string, id int64, up bool, entry Entry) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) (err error) {
		if entry.SubjectName, err = t.mediaName(ctx, table, id); err != nil {
			return err
		}
		entry.Detail = "down"
		step := `SELECT id, position FROM ` + table + ` WHERE ` + among + ` AND position > ? ORDER BY position LIMIT 1`
		if up {
			entry.Detail = "up"
			step = strings.NewReplacer("> ?", "< ?", "ORDER BY position", "ORDER BY position DESC").Replace(step)
		}
		var here, there, neighbour int64
		if err := t.QueryRowContext(ctx, `SELECT position FROM `+table+` WHERE id = ?`, id).Scan(&here); err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		err = t.QueryRowContext(ctx, step, here).Scan(&neighbour, &there)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		if _, err := t.ExecContext(ctx, `UPDATE `+table+` SET position = CASE id WHEN ? THEN ? ELSE ? END WHERE id IN (?, ?)`, id, there, here, id, neighbour); err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		return t.record(ctx, actor, entry)
	})
}

// given counts users by what they were given: the query answers pairs of an id
// and a number.
func (s *Store) given(ctx context.Context, query string) (map[int64]int, error) {
	rows, err := s.reader.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("count who was given what: %w", err)
	}
	defer func() { _ = rows.Close() }()
	users := make(map[int64]int)
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("count who was given what: %w", err)
		}
		users[id] = n
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("count who was given what: %w", err)
	}
	return users, nil
}

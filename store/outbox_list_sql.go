package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const outboxColumns = `id, letter, recipient, state, error, attempts, created_at, due_at, coalesce(ended_at, 0)`

func scanOutbox(row interface{ Scan(...any) error }) (e OutboxEntry, err error) {
	var created, due, ended int64
	err = row.Scan(&e.ID, &e.Kind, &e.Recipient, &e.State, &e.Error, &e.Attempts, &created, &due, &ended)
	e.CreatedAt, e.DueAt, e.EndedAt = fromMillis(created), fromMillis(due), fromMillis(ended)
	return e, err
}

// LatestLetter is the letter of a kind that was queued for a user last, or
// ErrNotFound.
func (s *Store) LatestLetter(ctx context.Context, userID int64, kind LetterKind) (OutboxEntry, error) {
	e, err := scanOutbox(s.reader.QueryRowContext(ctx, `SELECT `+outboxColumns+` FROM outbox WHERE user_id = ? AND letter = ? ORDER BY id DESC LIMIT 1`, userID, kind))
	if errors.Is(err, sql.ErrNoRows) {
		return OutboxEntry{}, fmt.Errorf("%s to user %d: %w", kind, userID, ErrNotFound)
	}
	if err != nil {
		return OutboxEntry{}, fmt.Errorf("read outbox: %w", err)
	}
	return e, nil
}

// LatestLetters are the letters that were queued last, newest first, at most
// so many.
func (s *Store) LatestLetters(ctx context.Context, most int) ([]OutboxEntry, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+outboxColumns+` FROM outbox ORDER BY id DESC LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var entries []OutboxEntry
	for rows.Next() {
		e, err := scanOutbox(rows)
		if err != nil {
			return nil, fmt.Errorf("read outbox: %w", err)
		}
		entries = append(entries, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return entries, nil
}

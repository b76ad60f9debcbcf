package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const selectOutbox = `SELECT o.id, o.letter, o.recipient, coalesce(o.user_id, 0), coalesce(u.role, ''), coalesce(u.kind, ''), o.state, o.error,
	o.attempts, o.created_at, o.due_at, coalesce(o.ended_at, 0) FROM outbox o LEFT JOIN users u ON u.id = o.user_id `

func scanOutbox(row scanner) (e OutboxEntry, err error) {
	var created, due, ended int64
	err = row.Scan(&e.ID, &e.Kind, &e.Recipient, &e.User.ID, &e.User.Role, &e.User.Kind, &e.State, &e.Error, &e.Attempts, &created, &due, &ended)
	e.CreatedAt, e.DueAt, e.EndedAt = fromMillis(created), fromMillis(due), fromMillis(ended)
	return e, err
}

func readLetter(ctx context.Context, q querier, id int64) (OutboxEntry, error) {
	e, err := scanOutbox(q.QueryRowContext(ctx, selectOutbox+`WHERE o.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return OutboxEntry{}, fmt.Errorf("letter %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return OutboxEntry{}, fmt.Errorf("read letter %d: %w", id, err)
	}
	return e, nil
}

// LatestLetter is the letter of a kind that was queued for a user last, or
// ErrNotFound.
func (s *Store) LatestLetter(ctx context.Context, userID int64, kind LetterKind) (OutboxEntry, error) {
	e, err := scanOutbox(s.reader.QueryRowContext(ctx, selectOutbox+`WHERE o.user_id = ? AND o.letter = ? ORDER BY o.id DESC LIMIT 1`, userID, kind))
	if errors.Is(err, sql.ErrNoRows) {
		return OutboxEntry{}, fmt.Errorf("%s to user %d: %w", kind, userID, ErrNotFound)
	}
	if err != nil {
		return OutboxEntry{}, fmt.Errorf("read outbox: %w", err)
	}
	return e, nil
}

// WaitingLetters is how many letters have not been sent yet and still may be.
func (s *Store) WaitingLetters(ctx context.Context) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE state = 'waiting'`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count letters: %w", err)
	}
	return n, nil
}

// LatestLetters are the letters that were queued last, newest first, at most
// so many.
func (s *Store) LatestLetters(ctx context.Context, most int) ([]OutboxEntry, error) {
	entries, err := readEach(ctx, s.reader, scanOutbox, selectOutbox+`ORDER BY o.id DESC LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return entries, nil
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ClaimLetter takes the letter that has been due for longest, for the one
// worker that sends them. Where the letter has a link, tokenHash is asked for
// the SHA-256 of its token, which is written down in the same transaction:
// whatever is sent works. Letters that have lost their sense meanwhile fail on
// the way. It answers ErrNotFound when none is due.
func (s *Store) ClaimLetter(ctx context.Context, tokenHash func(letterID int64) []byte) (l Letter, err error) {
	found := false
	err = s.change(ctx, func(t *tx) error {
		for !found {
			var user, actor sql.NullInt64
			l, user, actor, err = t.nextLetter(ctx)
			if errors.Is(err, sql.ErrNoRows) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("read outbox: %w", err)
			}
			err := t.prepare(ctx, &l, user.Int64, actor.Int64, func() []byte { return tokenHash(l.ID) })
			var lost undeliverable
			if errors.As(err, &lost) {
				if err := t.endLetter(ctx, l.ID, LetterFailed, string(lost)); err != nil {
					return err
				}
				continue
			}
			if err != nil {
				return err
			}
			found = true
		}
		_, err := t.ExecContext(ctx, `UPDATE outbox SET state = 'sending', attempts = ?, recipient = ? WHERE id = ?`, l.Attempt, l.Recipient, l.ID)
		if err != nil {
			return fmt.Errorf("claim letter %d: %w", l.ID, err)
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("letter that is due: %w", ErrNotFound)
	}
	return l, err
}

// nextLetter is the letter that has been due for longest, as it was queued.
func (t *tx) nextLetter(ctx context.Context) (l Letter, user, actor sql.NullInt64, err error) {
	var created int64
	err = t.QueryRowContext(ctx, `SELECT id, letter, recipient, user_id, subject, actor_id, actor, base_url, message_id, attempts, created_at,
			(SELECT server_name FROM settings)
		FROM outbox WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT 1`, millis(t.now)).
		Scan(&l.ID, &l.Kind, &l.Recipient, &user, &l.Subject, &actor, &l.Actor, &l.BaseURL, &l.MessageID, &l.Attempt, &created, &l.Server)
	l.Attempt++
	l.CreatedAt = fromMillis(created)
	return l, user, actor, err
}

// HandingOver notes that the letter's text is about to go to the mail server.
// It answers ErrNotFound when the letter has been taken back meanwhile: then
// it must not be sent.
func (s *Store) HandingOver(ctx context.Context, id int64) error {
	return s.change(ctx, func(t *tx) error {
		return t.moveLetter(ctx, id, `UPDATE outbox SET state = 'handing-over' WHERE id = ? AND state = 'sending'`, id)
	})
}

// LetterSent notes that the mail server has taken the letter.
func (s *Store) LetterSent(ctx context.Context, id int64) error {
	return s.change(ctx, func(t *tx) error { return t.endLetter(ctx, id, LetterSent, "") })
}

// LetterFailed notes why an attempt has failed, as a sentence for the screen.
// Unless that is permanent, a day of attempts is over, or the letter was
// withdrawn meanwhile, it waits for the next one.
func (s *Store) LetterFailed(ctx context.Context, id int64, why string, permanent bool) error {
	return s.change(ctx, func(t *tx) error {
		var created int64
		var attempts int
		var withdrawn bool
		err := t.QueryRowContext(ctx, `SELECT created_at, attempts, withdrawn FROM outbox WHERE id = ? AND state IN ('sending', 'handing-over')`, id).
			Scan(&created, &attempts, &withdrawn)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // taken back meanwhile
		}
		if err != nil {
			return fmt.Errorf("read letter %d: %w", id, err)
		}
		due := t.now.Add(letterPause(attempts))
		if permanent || withdrawn || due.After(fromMillis(created).Add(letterTries)) {
			return t.endLetter(ctx, id, LetterFailed, why)
		}
		if err := t.moveLetter(ctx, id, `UPDATE outbox SET state = 'waiting', error = ?, due_at = ? WHERE id = ?`, why, millis(due), id); err != nil {
			return err
		}
		return t.summarizeLatest(ctx, id, LetterWaiting, why)
	})
}

// ReleaseLetter puts a letter back that was claimed and not sent, since Usher
// stops: the attempt does not count.
func (s *Store) ReleaseLetter(ctx context.Context, id int64) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `UPDATE outbox SET state = 'waiting', attempts = attempts - 1 WHERE id = ? AND state = 'sending'`, id); err != nil {
			return fmt.Errorf("release letter %d: %w", id, err)
		}
		return nil
	})
}

// RecoverOutbox brings the outbox in order after whatever ended the worker
// before. A letter that was on its way is sent again, since no mail server has
// it; one that was being handed over fails, since nobody can know, and an
// administrator decides. Without a mail server nothing waits.
func (s *Store) RecoverOutbox(ctx context.Context) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `UPDATE outbox SET state = 'waiting' WHERE state = 'sending'`); err != nil {
			return fmt.Errorf("recover outbox: %w", err)
		}
		if err := t.failAll(ctx, LetterHandingOver, stoppedHandingOver); err != nil {
			return err
		}
		settings, err := t.settings(ctx)
		if err != nil || settings.SendsMail() {
			return err
		}
		return t.failAll(ctx, LetterWaiting, noMailServer)
	})
}

// failAll ends all letters that are in a state.
func (t *tx) failAll(ctx context.Context, state LetterState, why string) error {
	var ids string
	err := t.QueryRowContext(ctx, `SELECT coalesce(group_concat(id), '') FROM outbox WHERE state = ?`, state).Scan(&ids)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	for _, id := range idList(ids) {
		if err := t.endLetter(ctx, id, LetterFailed, why); err != nil {
			return err
		}
	}
	return nil
}

// NextLetterDue is when the next letter that waits is due; zero when none is.
func (s *Store) NextLetterDue(ctx context.Context) (time.Time, error) {
	var due int64
	err := s.reader.QueryRowContext(ctx, `SELECT coalesce(min(due_at), 0) FROM outbox WHERE state = 'waiting'`).Scan(&due)
	if err != nil {
		return time.Time{}, fmt.Errorf("read outbox: %w", err)
	}
	return fromMillis(due), nil
}

// endLetter writes down how a letter ended, with the invitation too where it
// is its latest.
func (t *tx) endLetter(ctx context.Context, id int64, state LetterState, why string) error {
	if err := t.moveLetter(ctx, id, `UPDATE outbox SET state = ?, error = ?, ended_at = ? WHERE id = ?`, state, why, millis(t.now), id); err != nil {
		return err
	}
	return t.summarizeLatest(ctx, id, state, why)
}

// summarizeLatest is summarize for the invitation that the letter is of, unless
// a newer letter has been queued for it, or this one was withdrawn.
func (t *tx) summarizeLatest(ctx context.Context, id int64, state LetterState, why string) error {
	var user int64
	err := t.QueryRowContext(ctx, `SELECT user_id FROM outbox o WHERE id = ? AND letter = 'invitation' AND user_id IS NOT NULL AND NOT withdrawn
		AND NOT EXISTS (SELECT 1 FROM outbox WHERE user_id = o.user_id AND letter = 'invitation' AND id > o.id)`, id).Scan(&user)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read letter %d: %w", id, err)
	}
	return t.summarize(ctx, user, state, why)
}

// moveLetter runs an update of one letter, or answers ErrNotFound when there is
// none such any more.
func (t *tx) moveLetter(ctx context.Context, id int64, query string, args ...any) error {
	result, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("update letter %d: %w", id, err)
	}
	if moved, err := result.RowsAffected(); err != nil {
		return fmt.Errorf("update letter %d: %w", id, err)
	} else if moved == 0 {
		return fmt.Errorf("letter %d: %w", id, ErrNotFound)
	}
	return nil
}

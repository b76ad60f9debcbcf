package store

import (
	"context"
	"fmt"
)

// SaveMail sets the mail server, "" for none. Letters that wait are due at
// once; without a mail server they fail. The problems are those found by
// whoever can read the address. It answers ErrForbidden for anyone but the
// owner, Invalid, or ErrConfirm.
func (s *Store) SaveMail(ctx context.Context, actor Actor, smtpURL string, found ...Problem) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.settingsActor(ctx, actor)
		if err != nil {
			return err
		}
		if t.fixed.SMTPURL != nil {
			return Refuse("The mail server was set where Usher was started, and can be changed only there.")
		}
		if err := (&Invalid{Problems: found}).Err(); err != nil {
			return err
		}
		before, err := readSettings(ctx, t)
		if err != nil {
			return err
		}
		if smtpURL != before.SMTPURL {
			if err := t.confirmed(actor); err != nil {
				return err
			}
		}
		if err := t.setMail(ctx, smtpURL); err != nil || before.SMTPURL == smtpURL {
			return err
		}
		return t.record(ctx, actor, Entry{Action: ActionSettings, SubjectKind: SubjectServer, SubjectName: before.ServerName, Detail: "e-mail"})
	})
}

func (t *tx) setMail(ctx context.Context, smtpURL string) error {
	if _, err := t.ExecContext(ctx, `UPDATE settings SET smtp_url = ?`, smtpURL); err != nil {
		return fmt.Errorf("save the mail server: %w", err)
	}
	if smtpURL == "" {
		return t.failAll(ctx, LetterWaiting, noMailServer)
	}
	if _, err := t.ExecContext(ctx, `UPDATE outbox SET due_at = ? WHERE state = 'waiting'`, millis(t.now)); err != nil {
		return fmt.Errorf("make letters due: %w", err)
	}
	t.posted = true
	return nil
}

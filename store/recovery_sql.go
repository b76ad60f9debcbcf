package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// AskForResetLink e-mails a link to choose a new password to whoever signs in
// with this name or e-mail, if User.MayRecover. Whoever asks does not learn
// whether it does: it answers nil either way, after one transaction. Each try
// counts at the door, and wait says how long that is shut after too many. It
// answers ErrForbidden where Settings.MailsStrangers says no.
//
// Nobody gets another e-mail sooner than askAgain after the last: whoever asks
// may only want to fill an inbox. The link does not take the place of one that
// an administrator has made: otherwise a stranger could void that by asking.
func (s *Store) AskForResetLink(ctx context.Context, nameOrEmail string, door Door, from Actor) (wait time.Duration, err error) {
	err = s.change(ctx, func(t *tx) error {
		settings, err := t.settings(ctx)
		if err != nil {
			return err
		}
		if !settings.MailsStrangers() {
			return fmt.Errorf("ask for a password link: %w", ErrForbidden)
		}
		if wait, err = t.knock(ctx, door); err != nil || wait > 0 {
			return err
		}
		u, err := t.recoverable(ctx, nameOrEmail)
		if err != nil || u.ID == 0 {
			return err
		}
		if err := t.enqueue(ctx, Actor{ID: u.ID}, letter{kind: LetterReset, userID: u.ID}); err != nil {
			return err
		}
		return t.record(ctx, from, aboutUser(ActionResetAsked, u.ID, u.Name, ""))
	})
	return wait, err
}

// recoverable is who gets a link when asked for under this name or e-mail; the
// zero User for nobody, or when one is on its way or has just been sent.
func (t *tx) recoverable(ctx context.Context, nameOrEmail string) (User, error) {
	key := typedKey(nameOrEmail)
	var id int64
	var recent bool
	err := t.QueryRowContext(ctx, `SELECT u.id, EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = u.id AND o.letter = 'reset'
			AND (o.state IN ('waiting', 'sending', 'handing-over') OR o.state = 'sent' AND o.created_at > ?))
		FROM users u WHERE u.name_key = ? OR u.email_key = ?`, millis(t.now.Add(-askAgain)), key, key).Scan(&id, &recent)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, nil
	}
	if err != nil {
		return User{}, fmt.Errorf("look for who asks for a password link: %w", err)
	}
	u, err := readUser(ctx, t, id)
	if err != nil || recent || !u.MayRecover(t.now) {
		return User{}, err
	}
	return u, nil
}

// voidAskedLink voids the password link that the user has asked for.
func (t *tx) voidAskedLink(ctx context.Context, id int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM reset_links WHERE user_id = ? AND created_by IS user_id`, id); err != nil {
		return fmt.Errorf("void the link that user %d asked for: %w", id, err)
	}
	return nil
}

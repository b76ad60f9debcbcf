package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// codeDoor is where codes of this user are tried, from wherever: whoever comes
// that far has the password.
func codeDoor(userID int64) Door { return NewDoor(fmt.Sprintf("\x00code %d", userID), "") }

// KnockCode is Knock for a code of the user. A code that is used, forgets the failures.
func (s *Store) KnockCode(ctx context.Context, userID int64) (wait time.Duration, err error) {
	return s.Knock(ctx, codeDoor(userID))
}

// Authenticator is what makes the user's codes, or ErrNotFound.
func (s *Store) Authenticator(ctx context.Context, userID int64) (Authenticator, error) {
	return readAuthenticator(ctx, s.reader, userID)
}

func readAuthenticator(ctx context.Context, q querier, userID int64) (a Authenticator, err error) {
	var at int64
	err = q.QueryRowContext(ctx, `SELECT secret, made_at, last_step FROM authenticators WHERE user_id = ?`, userID).Scan(&a.Sealed, &at, &a.LastStep)
	if errors.Is(err, sql.ErrNoRows) {
		return a, fmt.Errorf("authenticator of user %d: %w", userID, ErrNotFound)
	}
	if err != nil {
		return a, fmt.Errorf("read authenticator of user %d: %w", userID, err)
	}
	a.MadeAt = fromMillis(at)
	return a, nil
}

// use uses up what the user has shown, and forgets the failures before it. It
// answers ErrUsed for what was used by somebody who came first, and ErrForbidden
// for what proves nothing any more.
func (t *tx) use(ctx context.Context, actor Actor, u User, p Proof) (err error) {
	switch p.Factor {
	case FactorCode:
		err = t.useCode(ctx, u.ID, p)
	case FactorRecovery:
		err = t.useRecoveryCode(ctx, actor, u, p.Recovery)
	case FactorPasskey:
	case FactorNone:
		err = fmt.Errorf("user %d has shown nothing: %w", u.ID, ErrForbidden)
	}
	if err != nil {
		return err
	}
	return t.forgetFailures(ctx, codeDoor(u.ID))
}

func (t *tx) useCode(ctx context.Context, userID int64, p Proof) error {
	a, err := readAuthenticator(ctx, t, userID)
	if errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(a.Sealed, p.Sealed) {
		return fmt.Errorf("authenticator of user %d is another by now: %w", userID, ErrForbidden)
	}
	if err != nil {
		return err
	}
	if !a.Fresh(p.Step, t.now) {
		return fmt.Errorf("code of user %d: %w", userID, ErrUsed)
	}
	if _, err := t.ExecContext(ctx, `UPDATE authenticators SET last_step = ? WHERE user_id = ?`, p.Step, userID); err != nil {
		return fmt.Errorf("use code of user %d: %w", userID, err)
	}
	return nil
}

func (t *tx) useRecoveryCode(ctx context.Context, actor Actor, u User, hash []byte) error {
	gone, err := t.remove(ctx, `DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?`, u.ID, hash)
	if err != nil {
		return err
	}
	if gone == 0 {
		return fmt.Errorf("recovery code of user %d: %w", u.ID, ErrUsed)
	}
	left, err := recoveryCodesLeft(ctx, t, u.ID)
	if err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(ActionRecoveryCodeUsed, u.ID, u.Name, fmt.Sprintf("%d left", left)))
}

// RecoveryCodesLeft is how many of the user's recovery codes are not used yet.
func (s *Store) RecoveryCodesLeft(ctx context.Context, userID int64) (int, error) {
	return recoveryCodesLeft(ctx, s.reader, userID)
}

func recoveryCodesLeft(ctx context.Context, q querier, userID int64) (n int, err error) {
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM recovery_codes WHERE user_id = ?`, userID).Scan(&n); err != nil {
		return 0, fmt.Errorf("count recovery codes of user %d: %w", userID, err)
	}
	return n, nil
}

// HasRecoveryCode says whether a code with this hash is one of the user's, not used yet.
func (s *Store) HasRecoveryCode(ctx context.Context, userID int64, hash []byte) (has bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recovery_codes WHERE user_id = ? AND code_hash = ?)`, userID, hash).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("look for recovery code of user %d: %w", userID, err)
	}
	return has, nil
}

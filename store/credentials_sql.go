package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Credentials is what signing in needs to know about a user.
type Credentials struct {
	User
	PasswordHash string // PHC string, "" when none
	PINHash      string // as its porter keeps it, "" when none
}

// Credentials finds who signs in with this name or e-mail. It answers
// ErrNotFound for a name that nobody has, or only somebody who is invited.
func (s *Store) Credentials(ctx context.Context, nameOrEmail string) (Credentials, error) {
	key := typedKey(nameOrEmail)
	return s.credentials(ctx, `(u.name_key = ? OR u.email_key = ?) AND u.kind <> 'invited'`, key, key)
}

// CredentialsByID finds a user's credentials, or ErrNotFound.
func (s *Store) CredentialsByID(ctx context.Context, id int64) (Credentials, error) {
	return s.credentials(ctx, `u.id = ?`, id)
}

func (s *Store) credentials(ctx context.Context, where string, args ...any) (Credentials, error) {
	var c Credentials
	var hash, pin sql.NullString
	row := s.reader.QueryRowContext(ctx, `SELECT `+userColumns+`, u.password_hash, u.pin_hash FROM users u WHERE `+where+` LIMIT 1`, args...)
	u, err := newUserScan().read(row, &hash, &pin)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("credentials: %w", ErrNotFound)
	}
	if err != nil {
		return c, fmt.Errorf("read credentials: %w", err)
	}
	return Credentials{User: u, PasswordHash: hash.String, PINHash: pin.String}, nil
}

// unchanged refuses when what was checked to sign in with this strength is
// another by now: the PIN, or else the password.
func (t *tx) unchanged(ctx context.Context, strength Strength, checked Credentials) error {
	if strength == StrengthPIN {
		return t.unchangedPIN(ctx, checked)
	}
	return t.unchangedPassword(ctx, checked)
}

// unchangedPassword refuses when the password is not the one that was checked.
func (t *tx) unchangedPassword(ctx context.Context, checked Credentials) error {
	now, err := t.hashes(ctx, checked.ID)
	if err == nil && now.PasswordHash != checked.PasswordHash {
		return fmt.Errorf("password of user %d changed meanwhile: %w", checked.ID, ErrForbidden)
	}
	return err
}

// unchangedPIN refuses when the PIN is not the one that was checked.
func (t *tx) unchangedPIN(ctx context.Context, checked Credentials) error {
	now, err := t.hashes(ctx, checked.ID)
	if err == nil && now.PINHash != checked.PINHash {
		return fmt.Errorf("PIN of user %d changed meanwhile: %w", checked.ID, ErrForbidden)
	}
	return err
}

// hashes are those of the user as they are now, and nothing else; or ErrNotFound.
func (t *tx) hashes(ctx context.Context, id int64) (Credentials, error) {
	var c Credentials
	err := t.QueryRowContext(ctx, `SELECT coalesce(password_hash, ''), coalesce(pin_hash, '') FROM users WHERE id = ?`, id).Scan(&c.PasswordHash, &c.PINHash)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("user %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return c, fmt.Errorf("read hashes of user %d: %w", id, err)
	}
	return c, nil
}

// rehash replaces the hash of what was checked to sign in with this strength.
func (t *tx) rehash(ctx context.Context, strength Strength, id int64, hash string) error {
	set := `UPDATE users SET password_hash = ? WHERE id = ?`
	if strength == StrengthPIN {
		set = `UPDATE users SET pin_hash = ? WHERE id = ?`
	}
	if _, err := t.ExecContext(ctx, set, hash, id); err != nil {
		return fmt.Errorf("rehash: %w", err)
	}
	return nil
}

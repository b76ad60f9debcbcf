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
	var hash sql.NullString
	row := s.reader.QueryRowContext(ctx, `SELECT `+userColumns+`, u.password_hash FROM users u WHERE `+where+` LIMIT 1`, args...)
	u, err := newUserScan().read(row, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("credentials: %w", ErrNotFound)
	}
	if err != nil {
		return c, fmt.Errorf("read credentials: %w", err)
	}
	return Credentials{User: u, PasswordHash: hash.String}, nil
}

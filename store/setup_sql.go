package store

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// NeedsSetUp says whether there is no owner yet.
func (s *Store) NeedsSetUp(ctx context.Context) (bool, error) {
	if s.hasOwn.Load() {
		return false, nil
	}
	_, err := s.Owner(ctx)
	if errors.Is(err, ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	s.hasOwn.Store(true)
	return false, nil
}

// Owner is the owner, or ErrNotFound before the set-up.
func (s *Store) Owner(ctx context.Context) (User, error) {
	return readOwner(ctx, s.reader)
}

func readOwner(ctx context.Context, q querier) (User, error) {
	u, err := newUserScan().read(q.QueryRowContext(ctx, `SELECT `+userColumns+` FROM users u WHERE u.role = 'owner'`))
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, fmt.Errorf("owner: %w", ErrNotFound)
	}
	if err != nil {
		return User{}, fmt.Errorf("read owner: %w", err)
	}
	return u, nil
}

// noOwnerYet answers ErrSetUp when there is an owner.
func noOwnerYet(ctx context.Context, q querier) error {
	_, err := readOwner(ctx, q)
	switch {
	case err == nil:
		return ErrSetUp
	case errors.Is(err, ErrNotFound):
		return nil
	}
	return err
}

// OpenSetUp lets whoever has the code with this SHA-256 make the owner; the
// code before is void. It answers ErrSetUp when there is an owner.
func (s *Store) OpenSetUp(ctx context.Context, codeHash []byte) error {
	return s.change(ctx, func(t *tx) error {
		if err := noOwnerYet(ctx, t); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `INSERT OR REPLACE INTO setup (id, code_hash) VALUES (1, ?)`, codeHash); err != nil {
			return fmt.Errorf("open set-up: %w", err)
		}
		return nil
	})
}

// CheckSetUp says whether the code with this SHA-256 may make the owner:
// ErrBadLink when it is wrong, ErrSetUp when there is an owner.
func (s *Store) CheckSetUp(ctx context.Context, codeHash []byte) error {
	return checkSetUp(ctx, s.reader, codeHash)
}

func checkSetUp(ctx context.Context, q querier, codeHash []byte) error {
	if err := noOwnerYet(ctx, q); err != nil {
		return err
	}
	var known []byte
	err := q.QueryRowContext(ctx, `SELECT code_hash FROM setup`).Scan(&known)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read set-up code: %w", err)
	}
	if err != nil || subtle.ConstantTimeCompare(known, codeHash) != 1 {
		return fmt.Errorf("set-up code: %w", ErrBadLink)
	}
	return nil
}

// SetUp makes the owner, names the server and signs the owner in. The code is
// used up. It answers as CheckSetUp, or Invalid with the fields name, email
// and server_name, together with the problems that were found before by whoever
// has seen the password.
func (s *Store) SetUp(ctx context.Context, codeHash []byte, in NewUser, serverName string, session NewSession, found ...Problem) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		if err := checkSetUp(ctx, t, codeHash); err != nil {
			return err
		}
		problems := Invalid{Problems: slices.Clone(found)}
		serverName, message := CleanName(serverName)
		problems.Add("server_name", message)
		if u, err = t.makeOwner(ctx, in, problems.Problems...); err != nil {
			return err
		}
		if err := t.nameServer(ctx, serverName); err != nil {
			return err
		}
		session.UserID, session.Strength, session.first = u.ID, StrengthPassword, true
		if _, err := t.insertSession(ctx, session); err != nil {
			return err
		}
		return t.record(ctx, session.actor(u), aboutUser(ActionSetUp, u.ID, u.Name, ""))
	})
	return u, err
}

func (t *tx) nameServer(ctx context.Context, name string) error {
	if _, err := t.ExecContext(ctx, `UPDATE settings SET server_name = ?`, name); err != nil {
		return fmt.Errorf("name the server: %w", err)
	}
	return nil
}

func (t *tx) makeOwner(ctx context.Context, in NewUser, found ...Problem) (User, error) {
	in.Access = FullAccess()
	id, err := t.insertUser(ctx, in, RoleOwner, found...)
	if err != nil {
		return User{}, err
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM setup`); err != nil {
		return User{}, fmt.Errorf("close set-up: %w", err)
	}
	return readUser(ctx, t, id)
}

// MakeOwner makes the owner from the server's own console or environment. It
// answers ErrSetUp when there is one, or Invalid.
func (s *Store) MakeOwner(ctx context.Context, name, passwordHash string) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		if err := noOwnerYet(ctx, t); err != nil {
			return err
		}
		u, err = t.appointOwner(ctx, NewUser{Name: name, PasswordHash: passwordHash})
		return err
	})
	return u, err
}

// appointOwner makes the owner in the name of the server's own console.
func (t *tx) appointOwner(ctx context.Context, in NewUser) (User, error) {
	u, err := t.makeOwner(ctx, in)
	if err != nil {
		return User{}, err
	}
	return u, t.record(ctx, Console(), aboutUser(ActionSetUp, u.ID, u.Name, ""))
}

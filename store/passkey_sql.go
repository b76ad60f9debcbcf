package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const passkeyColumns = `id, user_id, site, handle, credential_id, credential, name, made_at, coalesce(used_at, 0)`

func scanPasskey(row scanner) (p Passkey, err error) {
	var made, used int64
	err = row.Scan(&p.ID, &p.UserID, &p.Site, &p.Handle, &p.CredentialID, &p.Credential, &p.Name, &made, &used)
	p.MadeAt, p.UsedAt = fromMillis(made), fromMillis(used)
	return p, err
}

// Passkeys are the user's passkeys, in the order in which they were made.
func (s *Store) Passkeys(ctx context.Context, userID int64) ([]Passkey, error) {
	found, err := readEach(ctx, s.reader, scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE user_id = ? ORDER BY id`, userID)
	if err != nil {
		return nil, fmt.Errorf("read passkeys of user %d: %w", userID, err)
	}
	return found, nil
}

// PasskeyByCredential is the passkey with this credential id, or ErrNotFound.
func (s *Store) PasskeyByCredential(ctx context.Context, credentialID []byte) (Passkey, error) {
	return readPasskey(ctx, s.reader, `credential_id = ?`, credentialID)
}

func readPasskey(ctx context.Context, q querier, where string, args ...any) (Passkey, error) {
	p, err := scanPasskey(q.QueryRowContext(ctx, `SELECT `+passkeyColumns+` FROM passkeys WHERE `+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("passkey: %w", ErrNotFound)
	}
	if err != nil {
		return p, fmt.Errorf("read passkey: %w", err)
	}
	return p, nil
}

// OwnPasskey is the passkey with this id, where it is the user's; else ErrNotFound.
func (s *Store) OwnPasskey(ctx context.Context, userID, id int64) (Passkey, error) {
	return readPasskey(ctx, s.reader, `id = ? AND user_id = ?`, id, userID)
}

// AddPasskey gives the actor a passkey. It is a second factor as well: with the
// first come recovery codes, and made says that they did. It answers ErrForbidden
// where Strength.MayChangePasskeys says no, ErrConfirm, or Invalid when there are
// too many or this one is there already.
func (s *Store) AddPasskey(ctx context.Context, actor Actor, in NewPasskey) (made bool, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.passkeyHolder(ctx, actor, in.By)
		if err != nil {
			return err
		}
		if err := t.roomForPasskey(ctx, u.ID, in.CredentialID); err != nil {
			return err
		}
		if made, err = t.firstFactor(ctx, u, in.Recovery); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO passkeys (user_id, site, handle, credential_id, credential, name, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			u.ID, in.Site, in.Handle, in.CredentialID, in.Credential, in.Name, millis(t.now))
		if err != nil {
			return fmt.Errorf("add passkey of user %d: %w", u.ID, err)
		}
		if err := t.showFactor(ctx, u.ID, in.Session, FactorPasskey); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasskeyAdded, u.ID, u.Name, in.Name))
	})
	return made, err
}

// roomForPasskey answers Invalid where the user has too many passkeys, or somebody
// has this one.
func (t *tx) roomForPasskey(ctx context.Context, userID int64, credentialID []byte) error {
	var has int
	var known bool
	err := t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM passkeys WHERE user_id = ?), EXISTS (SELECT 1 FROM passkeys WHERE credential_id = ?)`,
		userID, credentialID).Scan(&has, &known)
	switch {
	case err != nil:
		return fmt.Errorf("count passkeys of user %d: %w", userID, err)
	case known:
		return Refuse("This passkey is here already.")
	case has >= MaxPasskeys:
		return Refuse(fmt.Sprintf("You have %d passkeys, and there can be no more. Remove one that you do not need first.", has))
	}
	return nil
}

// passkeyHolder is the actor as somebody who changes their own passkeys in a
// session of this strength.
func (t *tx) passkeyHolder(ctx context.Context, actor Actor, by Strength) (Actor, User, error) {
	actor, u, err := t.target(ctx, actor, actor.ID, func(_ Actor, u User) bool { return by.MayChangePasskeys(u) })
	if err == nil {
		err = t.confirmed(actor)
	}
	return actor, u, err
}

// RenamePasskey gives one of the actor's passkeys another name. It answers
// ErrNotFound, or Invalid at the field "name".
func (s *Store) RenamePasskey(ctx context.Context, actor Actor, id int64, name string) error {
	clean, message := cleanName(name, maxPasskeyName)
	var bad Invalid
	bad.Add("name", message)
	if err := bad.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(t *tx) error {
		return t.changePasskey(ctx, `UPDATE passkeys SET name = ? WHERE id = ? AND user_id = ? RETURNING id`, clean, id, actor.ID)
	})
}

// RemovePasskey makes one of the actor's passkeys good for nothing, in a session
// of this strength. What is signed in stays so. It answers ErrNotFound,
// ErrConfirm, and ErrForbidden where Strength.MayChangePasskeys says no.
func (s *Store) RemovePasskey(ctx context.Context, actor Actor, by Strength, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.passkeyHolder(ctx, actor, by)
		if err != nil {
			return err
		}
		p, err := readPasskey(ctx, t, `id = ? AND user_id = ?`, id, u.ID)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM passkeys WHERE id = ?`, id); err != nil {
			return fmt.Errorf("remove passkey %d: %w", id, err)
		}
		if err := t.afterFactor(ctx, u.ID); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionPasskeyRemoved, u.ID, u.Name, p.Name))
	})
}

// UsePasskey notes that the passkey has just been shown, and what it is like
// since: its counter goes up. It answers ErrNotFound when the passkey is gone or
// has been used otherwise since it was read, so that of two that show the same
// counter one wins.
func (s *Store) UsePasskey(ctx context.Context, p Passkey, credential string) error {
	return s.change(ctx, func(t *tx) error {
		return t.changePasskey(ctx, `UPDATE passkeys SET credential = ?, used_at = ? WHERE id = ? AND credential = ? RETURNING id`,
			credential, millis(t.now), p.ID, p.Credential)
	})
}

// changePasskey runs a statement that answers the id of the passkey that it has
// changed. It answers ErrNotFound when there was none.
func (t *tx) changePasskey(ctx context.Context, query string, args ...any) error {
	var id int64
	err := t.QueryRowContext(ctx, query, args...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("change passkey: %w", err)
	}
	return nil
}

package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
)

// BeginAuthenticator keeps the secret of an authenticator that the actor is about
// to set up, sealed, until a code has shown that it works. It answers ErrForbidden
// where User.MayHaveCodes says no, or
// ErrConfirm.
func (s *Store) BeginAuthenticator(ctx context.Context, actor Actor, tokenHash, sealed []byte) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.ownFactor(ctx, actor)
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		return t.beginChallenge(ctx, Challenge{
			TokenHash: tokenHash, Kind: ChallengeNewAuthenticator, UserID: u.ID, Data: []byte(base64.StdEncoding.EncodeToString(sealed)),
		})
	})
}

// ownFactor is the actor as somebody who decides about their own second factor.
func (t *tx) ownFactor(ctx context.Context, actor Actor) (Actor, User, error) {
	return t.target(ctx, actor, actor.ID, func(_ Actor, u User) bool { return u.MayHaveCodes() })
}

// AuthenticatorToBe is the sealed secret that the user is setting up in this
// browser, or ErrBadLink.
func (s *Store) AuthenticatorToBe(ctx context.Context, userID int64, tokenHash []byte) (sealed []byte, err error) {
	c, err := s.Challenge(ctx, ChallengeNewAuthenticator, tokenHash)
	if err != nil {
		return nil, err
	}
	return sealedOf(c, userID)
}

func sealedOf(c Challenge, userID int64) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(string(c.Data))
	if err != nil || c.UserID != userID {
		return nil, errors.Join(ErrBadLink, err)
	}
	return sealed, nil
}

// SetAuthenticator has the actor asked for codes of the new authenticator from
// now on, in place of the one before. With the first factor come recovery codes;
// made says that they did. It answers ErrBadLink when the authenticator is set up already, and
// ErrForbidden as BeginAuthenticator.
func (s *Store) SetAuthenticator(ctx context.Context, actor Actor, in NewAuthenticator) (made bool, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.ownFactor(ctx, actor)
		if err != nil {
			return err
		}
		c, err := t.takeChallenge(ctx, ChallengeNewAuthenticator, in.Challenge)
		if err != nil {
			return err
		}
		sealed, err := sealedOf(c, u.ID)
		if err != nil {
			return err
		}
		if made, err = t.firstFactor(ctx, u, in.Recovery); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO authenticators (user_id, secret, made_at, last_step) VALUES (?, ?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at, last_step = excluded.last_step`,
			u.ID, sealed, millis(t.now), in.Step)
		if err != nil {
			return fmt.Errorf("set authenticator of user %d: %w", u.ID, err)
		}
		if err := t.showFactor(ctx, u.ID, in.Session, FactorCode); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionSecondFactorSet, u.ID, u.Name, ""))
	})
	return made, err
}

// showFactor notes that the user has shown the factor in a session of theirs that
// was proven by none.
func (t *tx) showFactor(ctx context.Context, userID, sessionID int64, factor Factor) error {
	_, err := t.ExecContext(ctx, `UPDATE sessions SET second_factor = ? WHERE id = ? AND user_id = ? AND second_factor = ''`, factor, sessionID, userID)
	if err != nil {
		return fmt.Errorf("note factor of session %d: %w", sessionID, err)
	}
	return nil
}

// factor is what was shown besides the password in the user's session, FactorNone
// also for a session that is not theirs.
func (t *tx) factor(ctx context.Context, userID, sessionID int64) (factor Factor, err error) {
	err = t.QueryRowContext(ctx, `SELECT coalesce(max(second_factor), '') FROM sessions WHERE id = ? AND user_id = ?`, sessionID, userID).Scan(&factor)
	if err != nil {
		return FactorNone, fmt.Errorf("read factor of session %d: %w", sessionID, err)
	}
	return factor, nil
}

// shownToBe is what an actor is asked for who decides about how they come in
// themself, besides the password that they have typed. It answers ErrConfirm for one
// who has none and has not come in lately, and where a second factor was not shown
// in this session: whoever knows the password alone would do without it from then on.
func (t *tx) shownToBe(ctx context.Context, actor Actor, u User, sessionID int64) error {
	if !u.HasPassword {
		return t.confirmed(actor)
	}
	if !u.SecondFactor() {
		return nil
	}
	factor, err := t.factor(ctx, u.ID, sessionID)
	if err == nil && factor == FactorNone {
		err = fmt.Errorf("no second factor was shown in session %d: %w", sessionID, ErrConfirm)
	}
	return err
}

// firstFactor keeps the recovery codes that come with a user's first factor; made
// says that this is it.
func (t *tx) firstFactor(ctx context.Context, u User, recovery [][]byte) (made bool, err error) {
	if u.SecondFactor() {
		return false, nil
	}
	return true, t.setRecoveryCodes(ctx, u.ID, recovery)
}

func (t *tx) setRecoveryCodes(ctx context.Context, userID int64, hashes [][]byte) error {
	if err := t.removeRecoveryCodes(ctx, userID); err != nil {
		return err
	}
	for _, hash := range hashes {
		if _, err := t.ExecContext(ctx, `INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)`, userID, hash); err != nil {
			return fmt.Errorf("keep recovery code of user %d: %w", userID, err)
		}
	}
	return nil
}

func (t *tx) removeRecoveryCodes(ctx context.Context, userID int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM recovery_codes WHERE user_id = ?`, userID); err != nil {
		return fmt.Errorf("remove recovery codes of user %d: %w", userID, err)
	}
	return nil
}

// MakeRecoveryCodes gives the actor these recovery codes in place of all before.
// It answers ErrForbidden for somebody without a second factor, or ErrConfirm.
func (s *Store) MakeRecoveryCodes(ctx context.Context, actor Actor, recovery [][]byte) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(_ Actor, u User) bool { return u.SecondFactor() })
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		if err := t.setRecoveryCodes(ctx, u.ID, recovery); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionRecoveryCodesMade, u.ID, u.Name, ""))
	})
}

// RemoveAuthenticator asks the actor for no more codes of an authenticator. It
// answers ErrForbidden where there is none, or ErrConfirm.
func (s *Store) RemoveAuthenticator(ctx context.Context, actor Actor) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(_ Actor, u User) bool { return u.Codes })
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM authenticators WHERE user_id = ?`, u.ID); err != nil {
			return fmt.Errorf("remove authenticator of user %d: %w", u.ID, err)
		}
		if err := t.afterFactor(ctx, u.ID); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionSecondFactorRemoved, u.ID, u.Name, ""))
	})
}

// afterFactor takes away what hangs on second factors, where the user has none any
// more: recovery codes, and that sessions were proven by one.
func (t *tx) afterFactor(ctx context.Context, userID int64) error {
	u, err := readUser(ctx, t, userID)
	if err != nil || u.SecondFactor() {
		return err
	}
	if _, err := t.ExecContext(ctx, `UPDATE sessions SET second_factor = '' WHERE user_id = ?`, userID); err != nil {
		return fmt.Errorf("forget factors of sessions of user %d: %w", userID, err)
	}
	return t.removeRecoveryCodes(ctx, userID)
}

// RemoveSecondFactor takes the second factor of another user away, with passkeys
// and recovery codes, and what was begun with it. It answers ErrNotFound,
// ErrForbidden where Actor.MayResetPassword says no, or ErrConfirm.
func (s *Store) RemoveSecondFactor(ctx context.Context, actor Actor, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayResetPassword)
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil || !u.SecondFactor() {
			return err
		}
		for _, table := range []string{"authenticators", "passkeys", "challenges"} {
			if _, err := t.ExecContext(ctx, `DELETE FROM `+table+` WHERE user_id = ?`, id); err != nil {
				return fmt.Errorf("remove %s of user %d: %w", table, id, err)
			}
		}
		if err := t.afterFactor(ctx, id); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionSecondFactorRemoved, id, u.Name, ""))
	})
}

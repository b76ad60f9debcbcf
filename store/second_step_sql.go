package store

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
)

// HoldSignIn keeps a sign-in whose password was right (checked) until its second
// step: no session begins yet. It forgets the failures at this door, and a rehash
// that is not "" replaces the stored password hash. It answers as SignIn.
func (s *Store) HoldSignIn(ctx context.Context, tokenHash []byte, door Door, checked Credentials, rehash string) error {
	return s.change(ctx, func(t *tx) error {
		u, err := readPresent(ctx, t, checked.ID)
		if err != nil {
			return err
		}
		if u.Disabled || u.Expired(t.now) {
			return fmt.Errorf("hold sign-in of user %d: %w", u.ID, ErrForbidden)
		}
		if err := t.unchangedPassword(ctx, checked); err != nil {
			return err
		}
		if err := t.forgetFailures(ctx, door); err != nil {
			return err
		}
		hash := checked.PasswordHash
		if rehash != "" {
			hash = rehash
			if err := t.rehash(ctx, StrengthPassword, u.ID, rehash); err != nil {
				return err
			}
		}
		return t.holdSignIn(ctx, tokenHash, u.ID, hash)
	})
}

// holdSignIn keeps a sign-in with the password that has this hash until its
// second step.
func (t *tx) holdSignIn(ctx context.Context, tokenHash []byte, userID int64, passwordHash string) error {
	digest := sha256.Sum256([]byte(passwordHash))
	return t.beginChallenge(ctx, Challenge{TokenHash: tokenHash, Kind: ChallengeSignIn, UserID: userID, Data: fmt.Appendf(nil, "%x", digest)})
}

// FinishSignIn opens the session for a sign-in that was held, once, with what was
// shown in its second step. It answers ErrBadLink when that was too long ago or
// is finished, ErrUsed as use does, and ErrForbidden when the user may not sign
// in any more or has another password by now; the sign-in is held still where
// another proof may do.
func (s *Store) FinishSignIn(ctx context.Context, tokenHash []byte, proof Proof, session NewSession, replaces int64) error {
	return s.change(ctx, func(t *tx) error {
		held, err := t.takeChallenge(ctx, ChallengeSignIn, tokenHash)
		if err != nil {
			return err
		}
		u, err := readPresent(ctx, t, held.UserID)
		if err != nil {
			return err
		}
		known, err := t.passwordIs(ctx, u.ID, held.Data)
		if err != nil {
			return err
		}
		if !known || u.Disabled || u.Expired(t.now) || u.BarredFrom(session.AtHome) {
			return errors.Join(ErrBadLink, fmt.Errorf("finish sign-in of user %d: %w", u.ID, ErrForbidden))
		}
		actor := session.actor(u)
		if err := t.use(ctx, actor, u, proof); err != nil {
			return err
		}
		session.UserID, session.Strength, session.Factor = u.ID, StrengthPassword, proof.Factor
		_, err = t.enter(ctx, u, session, replaces, proof.words())
		return err
	})
}

// passwordIs says whether the user still has the password for which a sign-in
// was held.
func (t *tx) passwordIs(ctx context.Context, userID int64, digest []byte) (bool, error) {
	var hash string
	if err := t.QueryRowContext(ctx, `SELECT coalesce(password_hash, '') FROM users WHERE id = ?`, userID).Scan(&hash); err != nil {
		return false, fmt.Errorf("read password of user %d: %w", userID, err)
	}
	return hash != "" && subtle.ConstantTimeCompare(fmt.Appendf(nil, "%x", sha256.Sum256([]byte(hash))), digest) == 1, nil
}

// enter opens a session in the place of another (0: none), and writes the sign-in
// down with how it was made. Where the user may not come in on the device, id is
// 0 and nothing is written.
func (t *tx) enter(ctx context.Context, u User, in NewSession, replaces int64, how string) (id int64, err error) {
	if id, err = t.replaceSession(ctx, in, replaces); err != nil || id == 0 {
		return 0, err
	}
	actor := in.actor(u)
	return id, t.record(ctx, actor, aboutUser(ActionSignIn, u.ID, u.Name, how))
}

// lacksFactor says whether the session would begin with the password alone,
// although the user is asked for more.
func (in NewSession) lacksFactor(u User) bool {
	return in.Strength == StrengthPassword && in.Factor == FactorNone && u.SecondFactor()
}

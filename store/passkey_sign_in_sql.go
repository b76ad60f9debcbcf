package store

import (
	"context"
	"fmt"
)

// mostStrangers is how many sign-ins with a passkey are kept that strangers have
// begun: a flood of them ends the oldest, and fills no disk.
const mostStrangers = 10000

// BeginPasskeySignIn is BeginChallenge for somebody who is not known yet.
func (s *Store) BeginPasskeySignIn(ctx context.Context, tokenHash, data []byte) error {
	return s.change(ctx, func(t *tx) error {
		_, err := t.remove(ctx, `DELETE FROM challenges WHERE user_id IS NULL AND (expires_at < ? OR expires_at <=
			(SELECT expires_at FROM challenges WHERE user_id IS NULL ORDER BY expires_at DESC LIMIT 1 OFFSET ?))`, millis(t.now), mostStrangers-1)
		if err != nil {
			return err
		}
		return t.beginChallenge(ctx, Challenge{TokenHash: tokenHash, Kind: ChallengePasskeySignIn, Data: data})
	})
}

// PasskeySignIn opens a session for whoever has shown the passkey, in the place of
// another session (0: none). It answers ErrNotFound when the passkey or its user
// is gone, ErrForbidden when the user may not sign in any more, and *Held as
// SignIn does.
func (s *Store) PasskeySignIn(ctx context.Context, p Passkey, session NewSession, replaces int64) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := readPasskey(ctx, t, `id = ? AND user_id = ?`, p.ID, p.UserID); err != nil {
			return err
		}
		u, err := readPresent(ctx, t, p.UserID)
		if err != nil {
			return err
		}
		if u.Disabled || u.Expired(t.now) || u.BarredFrom(session.AtHome) || !u.MayHavePasskeys() {
			return fmt.Errorf("sign in user %d with a passkey: %w", u.ID, ErrForbidden)
		}
		session.UserID, session.Strength, session.Factor = u.ID, StrengthPasskey, FactorPasskey
		_, err = t.enter(ctx, u, session, replaces, session.Strength.detail())
		return err
	})
}

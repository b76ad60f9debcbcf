package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ResetLinkLife is how long a reset link works.
const ResetLinkLife = 24 * time.Hour

// voidResetLink voids the link that is out, and takes back the letter that
// would bring one.
func (t *tx) voidResetLink(ctx context.Context, id int64) error {
	if err := t.withdraw(ctx, LetterReset, id, ""); err != nil {
		return err
	}
	return t.voidResetLinksOut(ctx, id)
}

// voidResetLinksOut voids the links that are out. A letter that is not sent yet
// brings another.
func (t *tx) voidResetLinksOut(ctx context.Context, id int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM reset_links WHERE user_id = ?`, id); err != nil {
		return fmt.Errorf("void reset link of user %d: %w", id, err)
	}
	return nil
}

// MakeResetLink makes a link that sets the user's password once, within
// ResetLinkLife; the one before is void. It answers when the link ends,
// ErrNotFound, ErrForbidden where Actor.MayResetPassword says no, or ErrConfirm for
// an administrator.
func (s *Store) MakeResetLink(ctx context.Context, actor Actor, id int64, tokenHash []byte) (ends time.Time, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayResetPassword)
		if err != nil {
			return err
		}
		ends, err = t.makeResetLink(ctx, actor, u, tokenHash)
		return err
	})
	return ends, err
}

func (t *tx) makeResetLink(ctx context.Context, actor Actor, u User, tokenHash []byte) (ends time.Time, err error) {
	if err := t.confirmedFor(actor, u); err != nil {
		return time.Time{}, err
	}
	if err := t.withdraw(ctx, LetterReset, u.ID, ""); err != nil {
		return time.Time{}, err
	}
	if ends, err = t.putResetLink(ctx, actor.ID, u.ID, tokenHash); err != nil {
		return time.Time{}, err
	}
	return ends, t.record(ctx, actor, aboutUser(ActionResetLink, u.ID, u.Name, ""))
}

func (t *tx) putResetLink(ctx context.Context, actorID, userID int64, tokenHash []byte) (ends time.Time, err error) {
	ends = t.now.Add(ResetLinkLife)
	_, err = t.ExecContext(ctx, `INSERT OR REPLACE INTO reset_links (user_id, token_hash, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
		userID, tokenHash, nullID(actorID), millis(t.now), millis(ends))
	if err != nil {
		return time.Time{}, fmt.Errorf("make reset link: %w", err)
	}
	return ends, nil
}

// MailResetLink e-mails the user a link that sets the password once, within
// ResetLinkLife of the sending; the one before is void. The link begins with
// baseURL where the server has no address set. It answers as MakeResetLink, or
// Invalid where the user has no e-mail address or no mail server is set up.
func (s *Store) MailResetLink(ctx context.Context, actor Actor, id int64, baseURL string) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayResetPassword)
		if err != nil {
			return err
		}
		return t.mailResetLink(ctx, actor, u, baseURL)
	})
}

func (t *tx) mailResetLink(ctx context.Context, actor Actor, u User, baseURL string) error {
	if err := t.checkMailServer(ctx); err != nil {
		return err
	}
	if err := t.confirmedFor(actor, u); err != nil {
		return err
	}
	if err := t.voidResetLink(ctx, u.ID); err != nil {
		return err
	}
	if err := t.enqueue(ctx, actor, letter{kind: LetterReset, userID: u.ID, baseURL: baseURL}); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(ActionResetLink, u.ID, u.Name, "to be sent by e-mail"))
}

// ResetLinkUser is whose password the link sets, or ErrBadLink when it is made
// up, used, voided or expired, or its user may not sign in, or the end date of
// whoever has made it has come.
func (s *Store) ResetLinkUser(ctx context.Context, tokenHash []byte) (User, error) {
	return resetLinkUser(ctx, s.reader, tokenHash, s.now())
}

func resetLinkUser(ctx context.Context, q querier, tokenHash []byte, now time.Time) (User, error) {
	var id, expires int64
	err := q.QueryRowContext(ctx, `SELECT user_id, expires_at FROM reset_links WHERE token_hash = ?
		AND NOT EXISTS (SELECT 1 FROM users WHERE id = created_by AND ends_at <= ?)`, tokenHash, millis(now)).Scan(&id, &expires)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !now.Before(fromMillis(expires)) {
		return User{}, fmt.Errorf("reset link: %w", ErrBadLink)
	}
	if err != nil {
		return User{}, fmt.Errorf("read reset link: %w", err)
	}
	u, err := readUser(ctx, q, id)
	if err != nil {
		return User{}, err
	}
	if u.Disabled || u.Expired(now) {
		return User{}, fmt.Errorf("reset link of user %d, who may not sign in: %w", id, ErrBadLink)
	}
	return u, nil
}

// ResetPendingUntil is when the unused reset link ends that an administrator
// has made for the user; zero when none is out.
func (s *Store) ResetPendingUntil(ctx context.Context, id int64) (time.Time, error) {
	var expires int64
	err := s.reader.QueryRowContext(ctx, `SELECT expires_at FROM reset_links WHERE user_id = ? AND created_by IS NOT user_id AND expires_at > ?`, id, millis(s.now())).Scan(&expires)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, fmt.Errorf("read reset link of user %d: %w", id, err)
	}
	return fromMillis(expires), nil
}

// UseResetLink sets the password, ends every session of the user, signs them
// in here and voids the link, once: who comes second gets ErrBadLink. It answers
// *Held, with the user, where the password is set but they may not come in on
// this device. For a user with a second factor it holds the sign-in instead, as a
// challenge with the token of the session.
func (s *Store) UseResetLink(ctx context.Context, tokenHash []byte, hash string, session NewSession) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		if u, err = resetLinkUser(ctx, t, tokenHash, t.now); err != nil {
			return err
		}
		if err := t.setPassword(ctx, u.ID, hash); err != nil {
			return err
		}
		if err := t.endSessions(ctx, u.ID); err != nil {
			return err
		}
		if err := t.enterByLink(ctx, u, session, hash); err != nil {
			return err
		}
		var held *Held
		if errors.As(t.answer, &held) {
			held.Saved = true
		}
		actor := session.actor(u)
		return t.record(ctx, actor, aboutUser(ActionResetLinkUsed, u.ID, u.Name, ""))
	})
	return u, err
}

// enterByLink opens the session for a user who has just chosen a password, or
// holds the sign-in until its second step.
func (t *tx) enterByLink(ctx context.Context, u User, session NewSession, passwordHash string) error {
	if u.SecondFactor() {
		return t.holdSignIn(ctx, session.TokenHash, u.ID, passwordHash)
	}
	session.UserID, session.Strength = u.ID, StrengthPassword
	_, err := t.insertSession(ctx, session)
	return err
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// InvitationByLink is the invitation that the link with this SHA-256 accepts,
// or ErrBadLink when it is made up, used, revoked or expired, or was shown to
// somebody whose end date has come.
func (s *Store) InvitationByLink(ctx context.Context, tokenHash []byte) (Invitation, error) {
	return invitationByLink(ctx, s.reader, tokenHash, s.now())
}

func invitationByLink(ctx context.Context, q querier, tokenHash []byte, now time.Time) (Invitation, error) {
	var id int64
	err := q.QueryRowContext(ctx, `SELECT user_id FROM invitation_links WHERE token_hash = ?
		AND NOT EXISTS (SELECT 1 FROM users WHERE id = shown_to AND ends_at <= ?)`, tokenHash, millis(now)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return Invitation{}, fmt.Errorf("invitation: %w", ErrBadLink)
	}
	if err != nil {
		return Invitation{}, fmt.Errorf("read link of an invitation: %w", err)
	}
	i, err := readInvitation(ctx, q, id)
	// Accepted or revoked between the two queries.
	if errors.Is(err, ErrNotFound) || err == nil && (i.Expired(now) || i.User.Expired(now)) {
		return Invitation{}, fmt.Errorf("invitation %d: %w", id, ErrBadLink)
	}
	return i, err
}

// NoteOpened notes that the invitation has been looked at through one of its
// links. Programs that look through e-mails for what is dangerous open links
// too, so it is a hint and no proof that somebody has read it.
func (s *Store) NoteOpened(ctx context.Context, id int64) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `UPDATE invitations SET opened = opened + 1, opened_at = ? WHERE user_id = ?`, millis(t.now), id); err != nil {
			return fmt.Errorf("note that invitation %d was opened: %w", id, err)
		}
		return nil
	})
}

// NewGuest is what a guest chooses when accepting an invitation. One who comes
// through Connect has no password.
type NewGuest struct {
	Name         string
	Email        string
	PasswordHash string // PHC string; "" for no password
}

// Join accepts the invitation with a name and a password, once: the guest
// begins with the access and the end date that were chosen, as far as the
// libraries and channels are still there, and is signed in. It answers
// ErrBadLink, also to all but the first of many at once, or Invalid with the
// fields name and email, together with the problems that were found before by
// whoever has seen the password.
func (s *Store) Join(ctx context.Context, tokenHash []byte, in NewGuest, session NewSession, found ...Problem) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		i, err := invitationByLink(ctx, t, tokenHash, t.now)
		if err != nil {
			return err
		}
		session.Strength = StrengthPassword
		u, err = t.accept(ctx, i, in, session, "", found...)
		return err
	})
	return u, err
}

// accept makes the guest of a pending invitation and signs them in. How they
// came ("", or "with Home accounts") is for Activity.
func (t *tx) accept(ctx context.Context, i Invitation, in NewGuest, session NewSession, how string, found ...Problem) (User, error) {
	name, email, problems, err := t.checkOwnIdentity(ctx, i.User.ID, in.Name, in.Email)
	if err != nil {
		return User{}, err
	}
	problems.Problems = append(problems.Problems, found...)
	if err := problems.Err(); err != nil {
		return User{}, err
	}
	passwordAt := nullMillis(t.now)
	passwordAt.Valid = in.PasswordHash != ""
	_, err = t.ExecContext(ctx, `UPDATE users SET kind = 'guest', name = ?, name_key = ?, sort_name = ?, email = ?, email_key = ?,
		inviter = ?, password_hash = ?, password_at = ?, created_at = ? WHERE id = ?`,
		name, nameKey(name), sortName(name), email, nullText(nameKey(email)), i.Inviter, nullText(in.PasswordHash), passwordAt, millis(t.now), i.User.ID)
	if err != nil {
		return User{}, fmt.Errorf("make guest of invitation %d: %w", i.User.ID, err)
	}
	if err := t.setWords(ctx, i.User.ID, KindGuest, name, email); err != nil {
		return User{}, err
	}
	if err := t.withdraw(ctx, LetterInvitation, i.User.ID, ""); err != nil {
		return User{}, err
	}
	// The links go with it.
	if _, err := t.ExecContext(ctx, `DELETE FROM invitations WHERE user_id = ?`, i.User.ID); err != nil {
		return User{}, fmt.Errorf("end invitation %d: %w", i.User.ID, err)
	}
	session.UserID, session.first = i.User.ID, true
	if _, err := t.insertSession(ctx, session); err != nil {
		return User{}, err
	}
	u, err := readUser(ctx, t, i.User.ID)
	if err != nil {
		return User{}, err
	}
	return u, t.recordJoin(ctx, i, u, session, how)
}

// recordJoin writes down that an invitation was accepted, and tells whoever
// has sent it.
func (t *tx) recordJoin(ctx context.Context, i Invitation, u User, session NewSession, how string) error {
	detail := "from " + i.Inviter
	if how != "" {
		detail += ", " + how
	}
	guest := session.actor(u)
	if err := t.record(ctx, guest, aboutUser(ActionJoined, u.ID, u.Name, detail)); err != nil || i.InviterID == 0 {
		return err
	}
	inviter, err := readUser(ctx, t, i.InviterID)
	if err != nil || inviter.Role == RoleUser {
		return err
	}
	return t.notify(ctx, guest, letter{kind: LetterAccepted, userID: inviter.ID, subject: u.Name})
}

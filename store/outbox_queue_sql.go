package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
)

// letter is an e-mail to be queued. It goes to the address that its user has
// when it is sent; a registration, where there is no user yet, gives its own.
type letter struct {
	kind      LetterKind
	userID    int64  // a user or a pending invitation; 0 for a registration
	recipient string // the address of a registration
	deviceID  int64  // what it tells of, where that is a device
	subject   string // whom it tells of, where that is somebody else
	baseURL   string // what its links begin with where the server has no address set
}

// enqueue queues a letter that the actor sends; the worker is woken once the
// transaction has committed. A letter that it replaces and that is not on its
// way yet is taken back. It answers Invalid where the user has no address.
func (t *tx) enqueue(ctx context.Context, actor Actor, l letter) error {
	settings, err := t.settings(ctx)
	if err != nil {
		return err
	}
	if settings.Address != "" {
		l.baseURL = settings.Address
	}
	if l.userID != 0 {
		u, err := readUser(ctx, t, l.userID)
		if err != nil {
			return err
		}
		if l.recipient = u.Email; l.recipient == "" {
			return Refuse(u.Name + " has no e-mail address.")
		}
	}
	if l.kind.replaces() {
		if err := t.withdraw(ctx, l.kind, l.userID, l.recipient); err != nil {
			return err
		}
	}
	_, err = t.ExecContext(ctx, `INSERT INTO outbox (letter, recipient, user_id, device_id, subject, actor_id, actor, base_url, message_id, created_at, due_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.kind, l.recipient, nullID(l.userID), nullID(l.deviceID), l.subject, nullID(actor.ID), actor.Name, l.baseURL, newMessageID(l.baseURL), millis(t.now), millis(t.now))
	if err != nil {
		return fmt.Errorf("queue %s: %w", l.kind, err)
	}
	t.posted = true
	if l.kind == LetterInvitation {
		return t.summarize(ctx, l.userID, LetterWaiting, "")
	}
	return nil
}

// notify queues a letter where its user has an address, wants to hear of such
// things and may sign in, and a mail server is set up; otherwise it does
// nothing.
func (t *tx) notify(ctx context.Context, actor Actor, l letter) error {
	settings, err := t.settings(ctx)
	if err != nil || !settings.SendsMail() {
		return err
	}
	var wanted bool
	err = t.QueryRowContext(ctx, `SELECT `+l.kind.wish()+` AND email_key IS NOT NULL AND NOT disabled AND (ends_at IS NULL OR ends_at > ?) FROM users WHERE id = ?`,
		millis(t.now), l.userID).Scan(&wanted)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !wanted {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ask whether user %d wants e-mail: %w", l.userID, err)
	}
	return t.enqueue(ctx, actor, l)
}

// notifyAdministrators queues a letter to everyone who may decide, as notify
// does for each.
func (t *tx) notifyAdministrators(ctx context.Context, actor Actor, l letter) error {
	var ids string
	err := t.QueryRowContext(ctx, `SELECT coalesce(group_concat(id), '') FROM users WHERE role IN ('owner', 'administrator')`).Scan(&ids)
	if err != nil {
		return fmt.Errorf("read administrators: %w", err)
	}
	for _, l.userID = range idList(ids) {
		if err := t.notify(ctx, actor, l); err != nil {
			return err
		}
	}
	return nil
}

// withdraw takes back the letters of a kind to a user, or to an address that
// is no user's yet. One that is being handed over cannot be taken back any more,
// but is not tried again: its link would come back to life.
func (t *tx) withdraw(ctx context.Context, kind LetterKind, userID int64, recipient string) error {
	const those = ` WHERE letter = ? AND user_id IS ? AND (user_id IS NOT NULL OR recipient = ?)`
	for _, query := range []string{
		`DELETE FROM outbox` + those + ` AND state IN ('waiting', 'sending')`,
		`UPDATE outbox SET withdrawn = 1` + those + ` AND state = 'handing-over'`,
	} {
		if _, err := t.ExecContext(ctx, query, kind, nullID(userID), recipient); err != nil {
			return fmt.Errorf("withdraw %s: %w", kind, err)
		}
	}
	return nil
}

// summarize writes down with an invitation what became of its latest letter.
func (t *tx) summarize(ctx context.Context, userID int64, state LetterState, why string) error {
	_, err := t.ExecContext(ctx, `UPDATE invitations SET mail = ?, mail_error = ? WHERE user_id = ?`, state, why, userID)
	if err != nil {
		return fmt.Errorf("summarize e-mail of invitation %d: %w", userID, err)
	}
	return nil
}

// SendLetterAgain queues a letter that has failed once more, with a new link.
// It answers ErrNotFound, ErrForbidden where Actor.MaySendAgain says no, or
// Invalid where it cannot be sent now.
func (s *Store) SendLetterAgain(ctx context.Context, actor Actor, id int64, baseURL string) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		entry, err := readLetter(ctx, t, id)
		if err != nil {
			return err
		}
		if !actor.MaySendAgain(entry) {
			return fmt.Errorf("send letter %d again: %w", id, ErrForbidden)
		}
		again := letter{kind: entry.Kind, userID: entry.User.ID, recipient: entry.Recipient, baseURL: baseURL}
		if err := t.QueryRowContext(ctx, `DELETE FROM outbox WHERE id = ? RETURNING subject, coalesce(device_id, 0)`, id).Scan(&again.subject, &again.deviceID); err != nil {
			return fmt.Errorf("take letter %d: %w", id, err)
		}
		return t.repeat(ctx, actor, again)
	})
}

// repeat queues a letter anew, as the page that it came from does.
func (t *tx) repeat(ctx context.Context, actor Actor, l letter) error {
	switch l.kind {
	case LetterInvitation:
		i, err := readInvitation(ctx, t, l.userID)
		if err != nil {
			return err
		}
		return t.sendAgain(ctx, actor, i, l.baseURL)
	case LetterReset:
		u, err := readUser(ctx, t, l.userID)
		if err != nil {
			return err
		}
		return t.mailResetLink(ctx, actor, u, l.baseURL)
	default:
		if err := t.checkMailServer(ctx); err != nil {
			return err
		}
		return t.enqueue(ctx, actor, l)
	}
}

// newMessageID is a Message-ID without its brackets (RFC 5322, section 3.6.4):
// random, at the host that links lead to. An address or nothing gives way to a
// name that is nobody's (RFC 2606).
func newMessageID(baseURL string) string {
	host := "usher.invalid"
	if u, err := url.Parse(baseURL); err == nil && isHost(u.Hostname()) {
		if _, err := netip.ParseAddr(u.Hostname()); err != nil {
			host = u.Hostname()
		}
	}
	return rand.Text() + "@" + host
}

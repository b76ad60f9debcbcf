package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Links are the accounts elsewhere with which a user signs in, the oldest
// first.
func (s *Store) Links(ctx context.Context, userID int64) ([]Link, error) {
	return readLinks(ctx, s.reader, userID)
}

func readLinks(ctx context.Context, q querier, userID int64) ([]Link, error) {
	links, err := readEach(ctx, q, scanLink, `SELECT l.issuer, l.subject, l.account, l.linked_at, coalesce(p.name, '')
		FROM connect_links l LEFT JOIN connect_providers p ON p.issuer = l.issuer
		WHERE l.user_id = ? ORDER BY l.linked_at, l.issuer`, userID)
	if err != nil {
		return nil, fmt.Errorf("read links of user %d: %w", userID, err)
	}
	return links, nil
}

func scanLink(row scanner) (l Link, err error) {
	var at int64
	err = row.Scan(&l.Issuer, &l.Subject, &l.Account, &at, &l.Provider)
	l.LinkedAt = fromMillis(at)
	return l, err
}

// LinkConnect lets the actor sign in with the identity from now on. It answers
// ErrForbidden unless the session at hand is still the actor’s, ErrConfirm where no
// second factor was shown in it although there is one, since Connect asks for none,
// and Invalid for an account that somebody signs in with already, or where the
// actor has another one at the same provider.
func (s *Store) LinkConnect(ctx context.Context, actor Actor, sessionID int64, identity Identity) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		var holds bool
		err = t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sessions WHERE id = ? AND user_id = ?)`, sessionID, actor.ID).Scan(&holds)
		if err != nil {
			return fmt.Errorf("look for session: %w", err)
		}
		u, err := readPresent(ctx, t, actor.ID)
		if err != nil {
			return err
		}
		if !holds || !u.MayLink() {
			return fmt.Errorf("link user %d in session %d: %w", actor.ID, sessionID, ErrForbidden)
		}
		if err := t.shownToBe(ctx, actor, u, sessionID); err != nil {
			return err
		}
		if err := t.insertLink(ctx, u.ID, identity); err != nil {
			return err
		}
		return t.recordLink(ctx, actor, ActionLinked, u, identity.Issuer)
	})
}

// insertLink links the user, or answers Invalid where the account or the user
// is linked already.
func (t *tx) insertLink(ctx context.Context, userID int64, identity Identity) error {
	if _, err := readProvider(ctx, t, identity.Provider); err != nil {
		return err
	}
	holder, err := t.linkHolder(ctx, identity.Issuer, identity.Subject)
	switch {
	case err == nil && holder == userID:
		return Refuse("You sign in with this account already.")
	case err == nil:
		return Refuse("Somebody else on this server signs in with this account. Choose another one there.")
	case !errors.Is(err, ErrNotLinked):
		return err
	}
	links, err := readLinks(ctx, t, userID)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Issuer == identity.Issuer {
			return Refuse("You sign in with another account at " + l.Where() + ". Unlink that one first.")
		}
	}
	_, err = t.ExecContext(ctx, `INSERT INTO connect_links (issuer, subject, user_id, account, linked_at) VALUES (?, ?, ?, ?, ?)`,
		identity.Issuer, identity.Subject, userID, identity.Account, millis(t.now))
	if err != nil {
		return fmt.Errorf("link user %d: %w", userID, err)
	}
	return nil
}

// linkHolder is who signs in with the account, or ErrNotLinked.
func (t *tx) linkHolder(ctx context.Context, issuer, subject string) (userID int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT user_id FROM connect_links WHERE issuer = ? AND subject = ?`, issuer, subject).Scan(&userID)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("an account at %s: %w", issuer, ErrNotLinked)
	}
	if err != nil {
		return 0, fmt.Errorf("read link: %w", err)
	}
	return userID, nil
}

// Unlink takes from u the account at issuer, and ends the sessions that began
// with it. The actor's own session (sessionID) stays, with the strength of the
// password if that has just been proven, and of the name alone if there is
// none. A guest with no other way in ends, with everything of theirs: then
// ended says so. It answers ErrNotFound without such a link, and ErrForbidden
// where Actor.MayUnlink says no.
func (s *Store) Unlink(ctx context.Context, actor Actor, id int64, issuer string, sessionID int64) (ended bool, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayUnlink)
		if err != nil {
			return err
		}
		links, err := readLinks(ctx, t, id)
		if err != nil {
			return err
		}
		if ended = u.EndsUnlinked(len(links)); ended {
			return t.endGuest(ctx, actor, u, issuer, links)
		}
		return t.unlink(ctx, actor, u, issuer, sessionID)
	})
	return ended, err
}

func (t *tx) unlink(ctx context.Context, actor Actor, u User, issuer string, sessionID int64) error {
	if actor.ID != u.ID { // who has proven it just now
		if err := t.confirmedFor(actor, u); err != nil {
			return err
		}
	}
	result, err := t.ExecContext(ctx, `DELETE FROM connect_links WHERE user_id = ? AND issuer = ?`, u.ID, issuer)
	if err != nil {
		return fmt.Errorf("unlink user %d: %w", u.ID, err)
	}
	if gone, err := result.RowsAffected(); err != nil || gone == 0 {
		return errors.Join(err, fmt.Errorf("unlink user %d from %s: %w", u.ID, issuer, ErrNotFound))
	}
	strength := StrengthPassword
	if !u.HasPassword {
		strength = StrengthHome
	}
	const throughIt = ` user_id = ? AND provider_id = (SELECT id FROM connect_providers WHERE issuer = ?)`
	if actor.ID == u.ID {
		_, err = t.ExecContext(ctx, `UPDATE sessions SET strength = ?, provider_id = NULL, id_token = '' WHERE id = ? AND`+throughIt, strength, sessionID, u.ID, issuer)
		if err != nil {
			return fmt.Errorf("keep session %d: %w", sessionID, err)
		}
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE`+throughIt, u.ID, issuer); err != nil {
		return fmt.Errorf("end sessions of user %d: %w", u.ID, err)
	}
	return t.recordLink(ctx, actor, ActionUnlinked, u, issuer)
}

// endGuest deletes a guest who has given up the only way in.
func (t *tx) endGuest(ctx context.Context, actor Actor, u User, issuer string, links []Link) error {
	if len(links) == 0 || links[0].Issuer != issuer {
		return fmt.Errorf("unlink guest %d from %s: %w", u.ID, issuer, ErrNotFound)
	}
	if err := t.deleteUser(ctx, u.ID); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(ActionGuestLeft, u.ID, u.Name, ""))
}

// recordLink writes down which account somebody signs in with, or no more. The
// name of the account is theirs and is not in the record.
func (t *tx) recordLink(ctx context.Context, actor Actor, action Action, u User, issuer string) error {
	where, err := t.providerName(ctx, issuer)
	if err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(action, u.ID, u.Name, where))
}

// providerName is what the provider with this issuer is called, or the issuer
// where it is not set up any more.
func (t *tx) providerName(ctx context.Context, issuer string) (name string, err error) {
	err = t.QueryRowContext(ctx, `SELECT name FROM connect_providers WHERE issuer = ?`, issuer).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return issuer, nil
	}
	if err != nil {
		return "", fmt.Errorf("read name of provider: %w", err)
	}
	return name, nil
}

// MailConnectLink e-mails the user where to link an account elsewhere: an
// address and no token, since a link is made only by somebody who is signed in.
// It answers ErrNotFound, ErrForbidden where Actor.MayChangeSignIn says no, or
// Invalid where the user has no e-mail address or no mail server is set up.
func (s *Store) MailConnectLink(ctx context.Context, actor Actor, id int64, baseURL string) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, id, Actor.MayChangeSignIn)
		if err != nil {
			return err
		}
		if err := t.checkMailServer(ctx); err != nil {
			return err
		}
		if err := t.enqueue(ctx, actor, letter{kind: LetterConnect, userID: u.ID, baseURL: baseURL}); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionConnectLink, u.ID, u.Name, ""))
	})
}

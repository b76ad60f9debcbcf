package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// NewSession is a session to be opened.
type NewSession struct {
	TokenHash []byte // SHA-256 of the token in the cookie
	UserID    int64
	Strength  Strength
	Factor    Factor
	Address   string
	AtHome    bool
	Browser   []byte // SHA-256 of the token in the browser's own cookie
	UserAgent string
	Device    string     // what the User-Agent says, in words
	Form      DeviceForm // what kind of thing it says to be
	Vouched   Vouched    // for StrengthConnect

	first bool  // of a user whom the same step makes, whose device is no news
	at    int64 // the device of the session that this one follows, where the browser is not known; 0 for none
}

// actor is u as whoever opens the session; the zero User is somebody who is refused.
func (n NewSession) actor(u User) Actor {
	return Actor{ID: u.ID, Name: u.Name, Role: u.Role, Address: n.Address, AtHome: n.AtHome}
}

// Session is a signed-in browser with its user.
type Session struct {
	ID         int64
	Device     int64 // the id of its device
	Strength   Strength
	ProvenAt   time.Time // when the password was last typed, or what is worth as much; zero for never
	Factor     Factor
	CreatedAt  time.Time
	LastSeenAt time.Time
	Flash      string
	User       User  // without note and access, and of the restrictions with NoAway and TimeZone alone
	ViewAs     int64 // as whom an administrator looks at the user-facing side; 0 for none
}

// Session finds the session by the SHA-256 of its token, and refreshes what
// the store keeps in memory on the way. It answers ErrNotFound when there is
// none, when it is too old, and when its user may not sign in any more, or not
// on its device. A nil hash refreshes only.
func (s *Store) Session(ctx context.Context, tokenHash []byte) (Session, error) {
	stmt, err := s.statement(ctx, `SELECT c.users, c.media, c.settings, c.titles,
		s.id, s.device_id, s.strength, s.proven_at, s.second_factor, s.created_at, s.last_seen_at, s.flash, coalesce(s.view_as, 0),
		u.id, u.name, u.email, `+userFlags+`, coalesce(u.ends_at, 0), u.picture, u.time_zone, u.last_seen_at, d.standing
		FROM changes c LEFT JOIN sessions s ON s.token_hash = +? LEFT JOIN users u ON u.id = s.user_id LEFT JOIN devices d ON d.id = s.device_id`)
	if err != nil {
		return Session{}, err
	}
	var v versions
	var id, device, proven, created, seen, userID, flags, ends, userSeen sql.NullInt64
	var viewAs int64
	var strength, factor, flash, name, email, picture, zone, standing sql.NullString
	err = stmt.QueryRowContext(brief(ctx), tokenHash).Scan(&v.users, &v.media, &v.settings, &v.titles,
		&id, &device, &strength, &proven, &factor, &created, &seen, &flash, &viewAs,
		&userID, &name, &email, &flags, &ends, &picture, &zone, &userSeen, &standing)
	if err != nil {
		return Session{}, fmt.Errorf("read session: %w", err)
	}
	s.saw(v)
	if !userID.Valid {
		return Session{}, fmt.Errorf("session: %w", ErrNotFound)
	}
	session := Session{
		ID: id.Int64, Device: device.Int64, Strength: Strength(strength.String), Factor: Factor(factor.String), Flash: flash.String, ViewAs: viewAs,
		ProvenAt: fromMillis(proven.Int64), CreatedAt: fromMillis(created.Int64), LastSeenAt: fromMillis(seen.Int64),
		User: User{ID: userID.Int64, Name: name.String, Email: email.String, Picture: picture.String,
			EndsAt: fromMillis(ends.Int64), LastSeenAt: fromMillis(userSeen.Int64)},
	}
	session.User.setFlags(flags.Int64)
	session.User.Restrictions.TimeZone = zone.String
	settings, err := s.Settings(ctx)
	if err != nil {
		return Session{}, err
	}
	if !session.alive(s.now(), settings) || !session.User.MayUse(Standing(standing.String)) {
		return Session{}, fmt.Errorf("session %d is over: %w", session.ID, ErrNotFound)
	}
	return session, nil
}

// SessionByID is the session with this id, whatever its token is by now. It
// answers as Session.
func (s *Store) SessionByID(ctx context.Context, id int64) (Session, error) {
	var hash []byte
	err := s.reader.QueryRowContext(brief(ctx), `SELECT token_hash FROM sessions WHERE id = ?`, id).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, fmt.Errorf("session %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Session{}, fmt.Errorf("read session %d: %w", id, err)
	}
	return s.Session(ctx, hash)
}

// alive says whether the session still counts: not unused for too long, not
// too old, its user on the server, neither disabled nor at the end date.
func (s Session) alive(now time.Time, settings Settings) bool {
	return now.Sub(s.LastSeenAt) < settings.SessionIdle && now.Sub(s.CreatedAt) < settings.SessionMax &&
		!s.User.Disabled && !s.User.Expired(now) && s.User.Kind.Present()
}

// clip is text cut to at most n bytes at the end of a character.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := n; i > 0; i-- {
		if text[i]&0xC0 != 0x80 {
			return text[:i]
		}
	}
	return ""
}

// Seen notes that the session's user is here now, from this address.
func (s *Store) Seen(ctx context.Context, session Session, address string, atHome bool) error {
	return s.change(ctx, func(t *tx) error {
		now := millis(t.now)
		if _, err := t.ExecContext(ctx, `UPDATE sessions SET last_seen_at = ? WHERE id = ?`, now, session.ID); err != nil {
			return fmt.Errorf("note session: %w", err)
		}
		if err := t.deviceSeen(ctx, session.Device, address, atHome); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET last_seen_at = ? WHERE id = ?`, now, session.User.ID); err != nil {
			return fmt.Errorf("note last seen: %w", err)
		}
		return nil
	})
}

// SetFlash keeps a text in the session for the next page; "" clears it.
func (s *Store) SetFlash(ctx context.Context, sessionID int64, flash string) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `UPDATE sessions SET flash = ? WHERE id = ?`, flash, sessionID); err != nil {
			return fmt.Errorf("set flash: %w", err)
		}
		return nil
	})
}

// CloseSession signs the session out.
func (s *Store) CloseSession(ctx context.Context, actor Actor, sessionID int64) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE id = ? AND user_id = ?`, sessionID, actor.ID); err != nil {
			return fmt.Errorf("close session: %w", err)
		}
		return t.record(ctx, actor, aboutUser(ActionSignOut, actor.ID, actor.Name, ""))
	})
}

// KeepOnly ends every session on the server but this one, which gets a new
// token.
func (s *Store) KeepOnly(ctx context.Context, sessionID int64, tokenHash []byte) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE id <> ?`, sessionID); err != nil {
			return fmt.Errorf("end all other sessions: %w", err)
		}
		if _, err := t.ExecContext(ctx, `UPDATE sessions SET token_hash = ? WHERE id = ?`, tokenHash, sessionID); err != nil {
			return fmt.Errorf("renew session %d: %w", sessionID, err)
		}
		return nil
	})
}

// OtherSessions is how many other sessions the user has besides this one that
// have not run out.
func (s *Store) OtherSessions(ctx context.Context, userID, sessionID int64) (int, error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return 0, err
	}
	var n int
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM sessions s WHERE s.user_id = ? AND s.id <> ? AND `+livingSession,
		slices.Concat([]any{userID, sessionID}, livingTimes(s.now(), settings))...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count sessions: %w", err)
	}
	return n, nil
}

// SignIn opens a session for somebody whose password, PIN or place has been
// checked, forgets the failures at this door, and ends the session it takes
// the place of (0: none). Coming in without the password proves nothing about
// whoever failed before, so then only this try is forgotten. A rehash that is
// not "" replaces the stored hash, which must still be the one that was checked.
// It answers ErrNotFound when the user is gone, ErrForbidden when they may not
// sign in or the password or PIN is another by now, and *Held when they may not
// come in on this device; the session that was to be replaced goes on then.
func (s *Store) SignIn(ctx context.Context, in NewSession, door Door, checked Credentials, rehash string, replaces int64) (id int64, err error) {
	err = s.change(ctx, func(t *tx) error {
		u, err := readPresent(ctx, t, in.UserID)
		if err != nil {
			return err
		}
		withoutIt := in.Strength == StrengthHome
		if u.Disabled || u.Expired(t.now) || u.BarredFrom(in.AtHome) || in.lacksFactor(u) || withoutIt && !u.AtHomeByName() || in.Strength == StrengthPIN && !u.AtHomeByPIN() {
			return fmt.Errorf("sign in user %d: %w", u.ID, ErrForbidden)
		}
		if err := t.unchanged(ctx, in.Strength, checked); err != nil {
			return err
		}
		forget := t.forgetFailures
		if withoutIt {
			forget = t.takeBack
		}
		if err := forget(ctx, door); err != nil {
			return err
		}
		if rehash != "" {
			if err := t.rehash(ctx, in.Strength, u.ID, rehash); err != nil {
				return err
			}
		}
		id, err = t.enter(ctx, u, in, replaces, in.Strength.detail())
		return err
	})
	return id, err
}

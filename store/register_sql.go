package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// AskToRegister has a link sent to an e-mail address, with which its holder
// can register. The answer is the same whether the address belongs to somebody
// here already, which the letter tells, or was asked for a moment ago, when
// there is no second letter. It answers Invalid with the field email, Shut, or
// ErrForbidden where addresses cannot be verified.
func (s *Store) AskToRegister(ctx context.Context, email string) error {
	return s.change(ctx, func(t *tx) error {
		settings, err := t.openRegistration(ctx)
		if err != nil {
			return err
		}
		if !settings.MailsStrangers() {
			return fmt.Errorf("send a link to a stranger: %w", ErrForbidden)
		}
		email, message := settings.checkRegistrationEmail(email)
		var bad Invalid
		if bad.Add("email", message); len(bad.Problems) > 0 {
			return &bad
		}
		if recent, err := t.askedOf(ctx, settings, email); err != nil || recent {
			return err
		}
		// Two addresses can share a key. The link that was sent to one must not
		// prove the other.
		_, err = t.ExecContext(ctx, `INSERT INTO registration_links (email_key, email, created_at, expires_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (email_key) DO UPDATE SET token_hash = CASE WHEN email = excluded.email THEN token_hash END,
				email = excluded.email, created_at = excluded.created_at, expires_at = excluded.expires_at`,
			nameKey(email), email, millis(t.now), millis(t.now.Add(RegistrationLinkLife)))
		if err != nil {
			return fmt.Errorf("note who wants to register: %w", err)
		}
		return t.enqueue(ctx, Actor{}, letter{kind: LetterRegistration, recipient: email})
	})
}

// askedOf says whether a link was asked for of this address a moment ago. It
// answers Shut when strangers have had as many e-mails sent as a day may have.
func (t *tx) askedOf(ctx context.Context, settings Settings, email string) (recent bool, err error) {
	var letters int
	err = t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM outbox WHERE letter = 'registration' AND created_at > ?),
		EXISTS (SELECT 1 FROM registration_links WHERE email_key = ? AND created_at > ?)`,
		millis(t.now.Add(-Day)), nameKey(email), millis(t.now.Add(-askAgain))).Scan(&letters, &recent)
	if err != nil {
		return false, fmt.Errorf("look for links: %w", err)
	}
	if letters >= lettersEach*settings.RegistrationsADay {
		return false, ShutToday
	}
	return recent, nil
}

// openRegistration are the settings, or Shut when nobody can register.
func (t *tx) openRegistration(ctx context.Context) (Settings, error) {
	settings, err := t.settings(ctx)
	if err != nil {
		return Settings{}, err
	}
	if shut := settings.RegistrationShut(); shut != "" {
		return Settings{}, shut
	}
	return settings, checkRegistrationRoom(ctx, t, settings, millis(t.now.Add(-Day)))
}

// ProvenAddress is the e-mail address that a link of AskToRegister proves, or
// ErrBadLink when it is made up, used, replaced or expired.
func (s *Store) ProvenAddress(ctx context.Context, linkHash []byte) (email string, err error) {
	return provenAddress(ctx, s.reader, linkHash, millis(s.now()))
}

func provenAddress(ctx context.Context, q querier, linkHash []byte, now int64) (email string, err error) {
	err = q.QueryRowContext(ctx, `SELECT email FROM registration_links WHERE token_hash = ? AND expires_at > ?`, linkHash, now).Scan(&email)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("link to register: %w", ErrBadLink)
	}
	if err != nil {
		return "", fmt.Errorf("read link to register: %w", err)
	}
	return email, nil
}

// Register makes a local user of somebody from outside and signs them in, or
// has them wait for approval, as the settings say. The link is used up: who
// comes second with it gets ErrBadLink, and so does whoever brings none where
// addresses are verified. It answers Shut, or Invalid with the field name,
// together with the problems that were found before by whoever has seen the
// password.
func (s *Store) Register(ctx context.Context, in Registrant, session NewSession, found ...Problem) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		settings, err := t.openRegistration(ctx)
		if err != nil {
			return err
		}
		who := NewUser{Kind: KindWaiting, PasswordHash: in.PasswordHash}
		if in.LinkHash != nil || settings.MailsStrangers() {
			if who.Email, err = provenAddress(ctx, t, in.LinkHash, millis(t.now)); err != nil {
				return err
			}
		}
		if who.Name, err = t.checkRegistrant(ctx, settings, in.Name, who.Email, found); err != nil {
			return err
		}
		if settings.Registration == RegistrationOpen {
			who.Kind = KindLocal
		}
		if u, err = t.insertRegistrant(ctx, who); err != nil {
			return err
		}
		actor := session.actor(u)
		if u.Kind == KindWaiting {
			if err := t.record(ctx, actor, aboutUser(ActionRegistered, u.ID, u.Name, "waits for approval")); err != nil {
				return err
			}
			return t.notifyAdministrators(ctx, Actor{}, letter{kind: LetterRegistered, subject: u.Name})
		}
		session.UserID, session.Strength, session.first = u.ID, StrengthPassword, true
		if _, err := t.insertSession(ctx, session); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionRegistered, u.ID, u.Name, ""))
	})
	return u, err
}

// checkRegistrant is the name as it is stored. It answers Invalid. A name that
// looks like an e-mail address is not taken from a stranger, who could find out
// so whether it belongs to somebody here.
func (t *tx) checkRegistrant(ctx context.Context, settings Settings, name, email string, found []Problem) (string, error) {
	var bad Invalid
	var err error
	if strings.Contains(typedKey(name), "@") {
		bad.Add("name", "A name cannot have an @ in it. Choose one such as Elsa.")
	} else if name, _, bad, err = t.checkOwnIdentity(ctx, 0, name, ""); err != nil {
		return "", err
	}
	bad.Problems = append(bad.Problems, found...)
	if email == "" {
		return name, bad.Err()
	}
	// Much can have happened since the link was sent.
	_, message := settings.checkRegistrationEmail(email)
	bad.Add("", message)
	other, err := t.identityTaken(ctx, 0, email)
	if err != nil {
		return "", err
	}
	if other.ID != 0 {
		bad.Add("", "There is an account with your e-mail address by now. Sign in with it, or ask whoever runs this server.")
	}
	return name, bad.Err()
}

// insertRegistrant writes down whoever registers, with what the settings give,
// and uses the link to the address up.
func (t *tx) insertRegistrant(ctx context.Context, who NewUser) (User, error) {
	var err error
	if who.Access, err = readRegistrationAccess(ctx, t); err != nil {
		return User{}, err
	}
	id, err := t.insertUser(ctx, who, RoleUser)
	if err != nil {
		return User{}, err
	}
	// They are here now. Those who wait cannot come again, so that this is for
	// how long they have waited, too.
	if _, err := t.ExecContext(ctx, `UPDATE users SET last_seen_at = ? WHERE id = ?`, millis(t.now), id); err != nil {
		return User{}, fmt.Errorf("note last seen: %w", err)
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM registration_links WHERE email_key = ?`, nameKey(who.Email)); err != nil {
		return User{}, fmt.Errorf("use the link to register up: %w", err)
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO registrations (at) VALUES (?)`, millis(t.now)); err != nil {
		return User{}, fmt.Errorf("count registration: %w", err)
	}
	return readUser(ctx, t, id)
}

package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Household is people, libraries and channels that are added in one go. Where
// there is no owner yet, Owner becomes it, if it has a name, and ServerName the
// server's name.
type Household struct {
	Owner      NewUser
	ServerName string
	Libraries  []LibraryInput
	Channels   []ChannelInput
	People     []Person
}

// Person is one of a household, of any kind. Libraries and channels are chosen
// by name.
type Person struct {
	NewUser
	Invitation    Invitation // of somebody who is invited; of a guest, the inviter's name alone
	Libraries     []string
	Channels      []string
	Note          string
	Administrator bool
	Disabled      bool
	LocalAccess   bool
	HashPIN       func(userID int64) (string, error) // makes the hash of their PIN, in which the id has a part; nil for none
	CreatedAt     time.Time
	LastSeenAt    time.Time
	Devices       []Device // those with a session are signed in, by nobody who has its token
}

// AddHousehold adds what is not there yet, by name, all or nothing: who and
// what bears the same name already stays untouched. It returns how many were
// added to each list, or Invalid.
func (s *Store) AddHousehold(ctx context.Context, h Household) (added map[List]int, err error) {
	err = s.change(ctx, func(t *tx) error {
		t.keepStatements()
		added = make(map[List]int)
		total := 0
		if err := t.settle(ctx, h.Owner, h.ServerName); err != nil {
			return err
		}
		libraries, err := t.addLibraries(ctx, h.Libraries)
		if err != nil {
			return err
		}
		channels, err := t.addChannels(ctx, h.Channels)
		if err != nil {
			return err
		}
		for _, person := range h.People {
			taken, err := t.identityTaken(ctx, 0, person.Name)
			if err != nil {
				return err
			}
			if taken.ID != 0 {
				continue
			}
			person.Access.Libraries, person.Access.Channels = pick(libraries, person.Libraries), pick(channels, person.Channels)
			if err := t.addPerson(ctx, person); err != nil {
				return fmt.Errorf("add %s: %w", person.Name, err)
			}
			added[person.Kind.List()]++
			total++
		}
		if err := t.checkWithinLimit(ctx); err != nil {
			return err
		}
		return t.record(ctx, Console(), Entry{Action: ActionHousehold, SubjectKind: SubjectServer, Detail: fmt.Sprintf("%d people", total)})
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// settle makes the owner and names the server, where there is no owner yet.
func (t *tx) settle(ctx context.Context, owner NewUser, serverName string) error {
	if owner.Name == "" {
		return nil
	}
	if err := noOwnerYet(ctx, t); errors.Is(err, ErrSetUp) {
		return nil
	} else if err != nil {
		return err
	}
	if err := t.nameServer(ctx, serverName); err != nil {
		return err
	}
	_, err := t.appointOwner(ctx, owner)
	return err
}

// checkWithinLimit refuses when there are more users by now than the settings
// allow.
func (t *tx) checkWithinLimit(ctx context.Context) error {
	count, limit, err := readRoom(ctx, t)
	if err != nil {
		return err
	}
	if limit > 0 && count > limit {
		return Refuse(fmt.Sprintf("This server is limited to %s besides the owner. Nobody was added.", localUsers(limit)))
	}
	return nil
}

// addPerson inserts somebody with a past.
func (t *tx) addPerson(ctx context.Context, p Person) error {
	id, err := t.insertUser(ctx, p.NewUser, RoleUser)
	if err != nil {
		return err
	}
	role := RoleUser
	if p.Administrator {
		role = RoleAdministrator
	}
	_, err = t.ExecContext(ctx, `UPDATE users SET role = ?, disabled = ?, local_access = ?, note = ?, created_at = ?, last_seen_at = ? WHERE id = ?`,
		role, p.Disabled, p.LocalAccess, p.Note, millis(p.CreatedAt), millis(p.LastSeenAt), id)
	if err != nil {
		return fmt.Errorf("give a past: %w", err)
	}
	switch p.Kind {
	case KindInvited:
		return t.addInvitation(ctx, id, p.Invitation)
	case KindGuest:
		if _, err := t.ExecContext(ctx, `UPDATE users SET inviter = ? WHERE id = ?`, p.Invitation.Inviter, id); err != nil {
			return fmt.Errorf("note the inviter: %w", err)
		}
	case KindLocal, KindGuestAccount, KindWaiting:
	}
	if p.HashPIN != nil {
		hash, err := p.HashPIN(id)
		if err != nil {
			return err
		}
		if err := t.keepPIN(ctx, id, hash); err != nil {
			return err
		}
	}
	return t.addDevices(ctx, id, p)
}

// addDevices inserts the devices that somebody has had.
func (t *tx) addDevices(ctx context.Context, user int64, p Person) error {
	strength := StrengthPassword
	if p.PasswordHash == "" {
		strength = StrengthHome
	}
	for _, d := range p.Devices {
		made, err := t.ExecContext(ctx, `INSERT INTO devices (user_id, browser_hash, name, kind, form, user_agent, address, at_home, first_seen_at, last_seen_at, search)
			VALUES (?, randomblob(32), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			user, d.Name, d.Kind, d.Form, d.UserAgent, d.Address, d.AtHome, millis(d.FirstSeenAt), millis(d.LastSeenAt), deviceSearch(d.Name, d.Kind, d.Address))
		if err != nil {
			return fmt.Errorf("add device: %w", err)
		}
		if d.Session == 0 {
			continue
		}
		id, err := made.LastInsertId()
		if err != nil {
			return fmt.Errorf("add device: %w", err)
		}
		if _, err := t.ExecContext(ctx, `INSERT INTO sessions (token_hash, user_id, device_id, strength, created_at, last_seen_at) VALUES (randomblob(32), ?, ?, ?, ?, ?)`,
			user, id, strength, millis(d.LastSeenAt), millis(d.LastSeenAt)); err != nil {
			return fmt.Errorf("add session: %w", err)
		}
	}
	return nil
}

// addInvitation inserts an invitation that was made before, by whoever bears
// the inviter's name.
func (t *tx) addInvitation(ctx context.Context, id int64, i Invitation) error {
	inviter, err := t.identityTaken(ctx, 0, i.Inviter)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO invitations (user_id, greeting, life_days, expires_at, invited_by, inviter, opened_at, opened, mail, mail_error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, i.Greeting, int64(i.Life/Day), millis(i.ExpiresAt), nullID(inviter.ID), i.Inviter, nullMillis(i.OpenedAt), i.Opened, i.Mail, i.MailError)
	if err != nil {
		return fmt.Errorf("insert invitation: %w", err)
	}
	return nil
}

// addMissing adds those of the inputs that check takes, and returns the ids of
// all by name: what check refuses is there under that name already.
func addMissing[In any](ctx context.Context, t *tx, table string, inputs []In, nameOf func(In) string,
	check func(In) (In, error), insert func(context.Context, In) (int64, error),
) (map[string]int64, error) {
	ids := make(map[string]int64)
	for _, in := range inputs {
		name := nameOf(in)
		clean, err := check(in)
		var double *Invalid
		switch {
		case errors.As(err, &double):
			if err := t.idByName(ctx, table, name, ids); err != nil {
				return nil, errors.Join(double, err)
			}
		case err != nil:
			return nil, err
		default:
			if ids[name], err = insert(ctx, clean); err != nil {
				return nil, err
			}
		}
	}
	return ids, nil
}

func (t *tx) addLibraries(ctx context.Context, inputs []LibraryInput) (map[string]int64, error) {
	return addMissing(ctx, t, "libraries", inputs, func(in LibraryInput) string { return in.Name },
		func(in LibraryInput) (LibraryInput, error) { return t.checkLibrary(ctx, 0, in) }, t.insertLibrary)
}

func (t *tx) addChannels(ctx context.Context, inputs []ChannelInput) (map[string]int64, error) {
	return addMissing(ctx, t, "channels", inputs, func(in ChannelInput) string { return in.Name },
		func(in ChannelInput) (ChannelInput, error) { return t.checkChannel(ctx, 0, in) }, t.insertChannel)
}

func (t *tx) idByName(ctx context.Context, table, name string, into map[string]int64) error {
	var id int64
	if err := t.QueryRowContext(ctx, `SELECT id FROM `+table+` WHERE name_key = ?`, nameKey(name)).Scan(&id); err != nil {
		return fmt.Errorf("find %s among %s: %w", name, table, err)
	}
	into[name] = id
	return nil
}

// pick are the ids of the names, in order.
func pick(ids map[string]int64, names []string) []int64 {
	chosen := make([]int64, 0, len(names))
	for _, name := range names {
		if id, known := ids[name]; known {
			chosen = append(chosen, id)
		}
	}
	slices.Sort(chosen)
	return chosen
}

package store

import (
	"context"
	"fmt"
)

// RegistrationRules are the rules as they are saved.
func (s *Store) RegistrationRules(ctx context.Context) (RegistrationRules, error) {
	return readRegistrationRules(ctx, s.reader)
}

func readRegistrationRules(ctx context.Context, q querier) (RegistrationRules, error) {
	settings, err := readSettings(ctx, q)
	if err != nil {
		return RegistrationRules{}, err
	}
	access, err := readRegistrationAccess(ctx, q)
	return RegistrationRules{
		Registration: settings.Registration, ADay: settings.RegistrationsADay, Domains: settings.RegistrationDomains, Access: access,
	}, err
}

// readRegistrationAccess is what those who register may watch.
func readRegistrationAccess(ctx context.Context, q querier) (a Access, err error) {
	var libraries, channels string
	err = q.QueryRowContext(ctx, `SELECT registration_all_libraries, registration_all_channels,
		(SELECT coalesce(group_concat(library_id), '') FROM registration_libraries),
		(SELECT coalesce(group_concat(channel_id), '') FROM registration_channels) FROM settings`).
		Scan(&a.AllLibraries, &a.AllChannels, &libraries, &channels)
	if err != nil {
		return Access{}, fmt.Errorf("read access of registrations: %w", err)
	}
	a.Libraries, a.Channels = idList(libraries), idList(channels)
	return a, nil
}

// SaveRegistration changes who may register, and what they get. It answers
// ErrForbidden for anyone but the owner, and Invalid with the fields
// registration, registrations_a_day and registration_domains. Switching
// registration off voids the links that are out; letting more people in answers
// ErrConfirm.
func (s *Store) SaveRegistration(ctx context.Context, actor Actor, in RegistrationRules) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.settingsActor(ctx, actor)
		if err != nil {
			return err
		}
		if in, err = checkRegistrationRules(in); err != nil {
			return err
		}
		before, err := readRegistrationRules(ctx, t)
		if err != nil {
			return err
		}
		if in.Registration != before.Registration && in.Registration != RegistrationOff {
			if err := t.confirmed(actor); err != nil {
				return err
			}
		}
		if err := t.writeRegistrationRules(ctx, in); err != nil {
			return err
		}
		after, err := readRegistrationRules(ctx, t)
		if err != nil || after.Equal(before) {
			return err
		}
		return t.record(ctx, actor, Entry{Action: ActionSettings, SubjectKind: SubjectServer, Detail: "registration"})
	})
}

func checkRegistrationRules(in RegistrationRules) (RegistrationRules, error) {
	var bad Invalid
	switch in.Registration {
	case RegistrationOff, RegistrationApproval, RegistrationOpen:
	default:
		bad.Add("registration", "Choose who may register.")
	}
	if in.ADay < 1 || in.ADay > MaxRegistrationsADay {
		bad.Add("registrations_a_day", fmt.Sprintf("Choose a number from 1 to %d.", MaxRegistrationsADay))
	}
	var message string
	in.Domains, message = CleanDomains(in.Domains)
	bad.Add("registration_domains", message)
	return in, bad.Err()
}

func (t *tx) writeRegistrationRules(ctx context.Context, in RegistrationRules) error {
	_, err := t.ExecContext(ctx, `UPDATE settings SET registration = ?, registrations_a_day = ?, registration_domains = ?,
		registration_all_libraries = ?, registration_all_channels = ?`,
		in.Registration, in.ADay, in.Domains, in.Access.AllLibraries, in.Access.AllChannels)
	if err != nil {
		return fmt.Errorf("save registration: %w", err)
	}
	libraries, channels := in.Access.chosen()
	if err := t.choose(ctx, libraries, `DELETE FROM registration_libraries`,
		`INSERT OR IGNORE INTO registration_libraries (library_id) SELECT id FROM libraries WHERE id = ?`); err != nil {
		return err
	}
	if err := t.choose(ctx, channels, `DELETE FROM registration_channels`,
		`INSERT OR IGNORE INTO registration_channels (channel_id) SELECT id FROM channels WHERE id = ?`); err != nil {
		return err
	}
	if in.Registration != RegistrationOff {
		return nil
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM registration_links`); err != nil {
		return fmt.Errorf("void links of registrations: %w", err)
	}
	return nil
}

// CheckRegistration answers Shut when nobody can register just now.
func (s *Store) CheckRegistration(ctx context.Context) error {
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	if shut := settings.RegistrationShut(); shut != "" {
		return shut
	}
	return checkRegistrationRoom(ctx, s.reader, settings, millis(s.now().Add(-Day)))
}

// checkRegistrationRoom answers Shut when there is no room for one more: on the
// server, or among those who have registered since then.
func checkRegistrationRoom(ctx context.Context, q querier, settings Settings, since int64) error {
	count, limit, err := readRoom(ctx, q)
	if err != nil {
		return err
	}
	if limit > 0 && count >= limit {
		return ShutFull
	}
	var registered int
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM registrations WHERE at > ?`, since).Scan(&registered); err != nil {
		return fmt.Errorf("count registrations: %w", err)
	}
	if registered >= settings.RegistrationsADay {
		return ShutToday
	}
	return nil
}

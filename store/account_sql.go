package store

import (
	"context"
	"fmt"
)

// OwnProfile is what somebody changes about themself.
type OwnProfile struct {
	Name  string
	Email string
}

// UpdateOwnProfile changes the actor's own name and e-mail. checked are the
// credentials whose password the actor has just proven (or which have none). It
// answers Invalid with the fields name and email, or ErrForbidden where
// Actor.MayEditSelf says no, the session does not vouch for the actor
// (Strength.Vouches), or the password is another by now, and ErrConfirm for another
// e-mail of somebody without a password.
func (s *Store) UpdateOwnProfile(ctx context.Context, actor Actor, checked Credentials, sessionID int64, in OwnProfile) error {
	return s.change(ctx, func(t *tx) error {
		actor, before, err := t.target(ctx, actor, actor.ID, Actor.MayEditSelf)
		if err != nil {
			return err
		}
		strength, err := t.strength(ctx, before.ID, sessionID)
		if err != nil {
			return err
		}
		if checked.ID != before.ID || !strength.Vouches(before) {
			return fmt.Errorf("change the profile of user %d: %w", before.ID, ErrForbidden)
		}
		if err := t.unchangedPassword(ctx, checked); err != nil {
			return err
		}
		name, email, problems, err := t.checkOwnIdentity(ctx, before.ID, in.Name, in.Email)
		if err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if !before.HasPassword && email != before.Email { // to which a link to set one can be sent
			if err := t.confirmed(actor); err != nil {
				return err
			}
		}
		actor.Name = name // the record tells the old one too
		return t.writeProfile(ctx, actor, before, Profile{
			Name: name, Email: email, Note: before.Note, Administrator: before.Role != RoleUser,
			Disabled: before.Disabled, Locked: !before.MayEditProfile, EndsAt: before.EndsAt,
		})
	})
}

// WantDeviceMail says whether the actor wants e-mail about new devices of theirs.
func (s *Store) WantDeviceMail(ctx context.Context, actor Actor, wants bool) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(_ Actor, u User) bool { return u.Kind != KindGuestAccount })
		if err != nil || u.WantsDeviceMail == wants {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET wants_device_mail = ? WHERE id = ?`, wants, u.ID); err != nil {
			return fmt.Errorf("save whether user %d wants e-mail about devices: %w", u.ID, err)
		}
		return t.record(ctx, actor, aboutUser(ActionUserChanged, u.ID, u.Name, "e-mail about new devices: "+yesNo(wants)))
	})
}

// WantMail says whether the actor, an administrator, wants e-mail about those
// who accept an invitation or register. It answers ErrForbidden for anyone else.
func (s *Store) WantMail(ctx context.Context, actor Actor, wants bool) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, actor.ID, func(a Actor, _ User) bool { return a.IsAdministrator() })
		if err != nil || u.WantsMail == wants {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET wants_mail = ? WHERE id = ?`, wants, u.ID); err != nil {
			return fmt.Errorf("save what user %d wants e-mail about: %w", u.ID, err)
		}
		return t.record(ctx, actor, aboutUser(ActionUserChanged, u.ID, u.Name, "e-mail about those who come: "+yesNo(wants)))
	})
}

// SetTimeZone chooses the actor's own time zone, by its IANA name; "" is the
// server's. It answers Invalid with the field time_zone, or ErrForbidden where
// Actor.MayChangeTimeZone says no.
func (s *Store) SetTimeZone(ctx context.Context, actor Actor, name string) error {
	return s.change(ctx, func(t *tx) error {
		_, u, err := t.target(ctx, actor, actor.ID, Actor.MayChangeTimeZone)
		if err != nil {
			return err
		}
		var problems Invalid
		zone := checkTimeZone(name, &problems)
		if err := problems.Err(); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET time_zone = ? WHERE id = ?`, zone, u.ID); err != nil {
			return fmt.Errorf("save time zone of user %d: %w", u.ID, err)
		}
		return nil
	})
}

// SetLook chooses whether pages are light or dark for the actor, on all devices.
// It answers Invalid for a look that there is none of.
func (s *Store) SetLook(ctx context.Context, actor Actor, look Look) error {
	if look != LookSystem && look != LookLight && look != LookDark {
		return &Invalid{Problems: []Problem{{Field: "look", Message: "Choose light, dark, or as the system has it."}}}
	}
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE users SET look = ? WHERE id = ?`, look, actor.ID); err != nil {
			return fmt.Errorf("save look of user %d: %w", actor.ID, err)
		}
		return nil
	})
}

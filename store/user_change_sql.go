package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
)

// CreateUser makes a local user, with a one-time link where in asks for one;
// the link lives for ResetLinkLife from CreatedAt on. It answers Invalid with
// the fields name and email and those of SetRestrictions, together with the problems that were found before
// by whoever has seen the password, or ErrForbidden.
func (s *Store) CreateUser(ctx context.Context, actor Actor, in NewUser, found ...Problem) (u User, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if !actor.IsAdministrator() {
			return fmt.Errorf("create user: %w", ErrForbidden)
		}
		if err := t.checkLimit(ctx); err != nil {
			return err
		}
		if !in.EndsAt.IsZero() && !in.EndsAt.After(t.now) {
			found = append(found, Problem{Field: "ends", Message: "This day is over. Choose one to come, or none."})
		}
		id, err := t.insertUser(ctx, in, RoleUser, found...)
		if err != nil {
			return err
		}
		if u, err = readUser(ctx, t, id); err != nil {
			return err
		}
		if err := t.record(ctx, actor, aboutUser(ActionUserCreated, id, u.Name, "")); err != nil {
			return err
		}
		switch {
		case in.MailLink:
			err = t.mailResetLink(ctx, actor, u, in.BaseURL)
		case in.LinkHash != nil:
			_, err = t.makeResetLink(ctx, actor, u, in.LinkHash)
		}
		return err
	})
	return u, err
}

// checkLimit refuses one more user than the settings allow.
func (t *tx) checkLimit(ctx context.Context) error {
	count, limit, err := readRoom(ctx, t)
	if err != nil {
		return err
	}
	if limit > 0 && count >= limit {
		return Refuse(fmt.Sprintf("This server is limited to %s besides the owner, and has that many. The owner can raise the limit in Settings.", localUsers(limit)))
	}
	return nil
}

// readRoom is how many local users there are besides the owner, and how many
// there may be (0: no limit).
func readRoom(ctx context.Context, q querier) (count, limit int, err error) {
	err = q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM users WHERE kind = 'local' AND role <> 'owner'), user_limit FROM settings`).Scan(&count, &limit)
	if err != nil {
		return 0, 0, fmt.Errorf("count users: %w", err)
	}
	return count, limit, nil
}

func localUsers(n int) string {
	if n == 1 {
		return "1 local user"
	}
	return fmt.Sprintf("%d local users", n)
}

func (t *tx) insertUser(ctx context.Context, in NewUser, role Role, found ...Problem) (id int64, err error) {
	in.Kind = cmp.Or(in.Kind, KindLocal)
	name, email, problems, err := t.checkIdentity(ctx, 0, in.Name, in.Email)
	if err != nil {
		return 0, err
	}
	in.Name, in.Email = name, email
	in.Restrictions = checkRestrictions(in.Restrictions, &problems)
	problems.Problems = append(problems.Problems, found...)
	if err := problems.Err(); err != nil {
		return 0, err
	}
	return t.writeUser(ctx, in, role)
}

// writeUser inserts a user whose name and e-mail have been checked.
func (t *tx) writeUser(ctx context.Context, in NewUser, role Role) (id int64, err error) {
	passwordAt := nullMillis(t.now)
	passwordAt.Valid = in.PasswordHash != ""
	// The guest account is everybody's, so nobody chooses a password for it.
	mayChange := in.Kind != KindGuestAccount
	result, err := t.ExecContext(ctx, `INSERT INTO users (name, name_key, sort_name, email, email_key, kind, role,
		password_hash, password_at, may_change_password, all_libraries, all_channels, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		in.Name, nameKey(in.Name), sortName(in.Name), in.Email, nullText(nameKey(in.Email)), in.Kind, role,
		nullText(in.PasswordHash), passwordAt, mayChange, in.Access.AllLibraries, in.Access.AllChannels, millis(t.now))
	if err != nil {
		return 0, fmt.Errorf("insert user: %w", err)
	}
	if id, err = result.LastInsertId(); err != nil {
		return 0, fmt.Errorf("insert user: %w", err)
	}
	if err := t.setWords(ctx, id, in.Kind, in.Name, in.Email); err != nil {
		return 0, err
	}
	if err := t.setAccess(ctx, id, in.Access); err != nil || in.Limits.unset() {
		return id, err
	}
	return id, t.setLimits(ctx, id, in.Limits)
}

// UpdateProfile changes what the Profile tab holds. It answers Invalid, with
// what was found wrong with the form before, ErrNotFound, ErrForbidden, or
// ErrConfirm; who may change which part is told by the predicates of Actor.
func (s *Store) UpdateProfile(ctx context.Context, actor Actor, id int64, in Profile, found ...Problem) error {
	return s.change(ctx, func(t *tx) error {
		actor, before, err := t.target(ctx, actor, id, Actor.MayEdit)
		if err != nil {
			return err
		}
		name, email, problems, err := t.checkIdentity(ctx, id, in.Name, in.Email)
		if err != nil {
			return err
		}
		note, message := cleanLines("note", in.Note, MaxNote)
		problems.Add("note", message)
		problems.Problems = append(problems.Problems, found...)
		in.Name, in.Email, in.Note = name, email, note
		if (name != before.Name || email != before.Email) && !actor.MayRename(before) {
			return fmt.Errorf("rename user %d: %w", id, ErrForbidden)
		}
		if before.Kind == KindGuestAccount && email != "" {
			problems.Add("email", "The guest account is for everyone who visits, and has no e-mail address.")
		}
		if err := checkProfileRules(t, actor, before, in, &problems); err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if in.dangerous(before) {
			if err := t.confirmed(actor); err != nil {
				return err
			}
		}
		return t.writeProfile(ctx, actor, before, in)
	})
}

// checkProfileRules holds the parts of a profile that not every administrator
// may change for everyone against what is there now.
func checkProfileRules(t *tx, actor Actor, before User, in Profile, problems *Invalid) error {
	if in.Administrator != (before.Role != RoleUser) {
		if !actor.MayAppoint(before) {
			return fmt.Errorf("appoint user %d: %w", before.ID, ErrForbidden)
		}
		if in.Administrator && !before.HasPassword {
			problems.Add("administrator", before.Name+" has no password yet. An administrator needs one.")
		}
	}
	if in.Disabled != before.Disabled && !actor.MayDisable(before) {
		return fmt.Errorf("disable user %d: %w", before.ID, ErrForbidden)
	}
	if in.Locked == before.MayEditProfile && !actor.MayLockProfile(before) {
		return fmt.Errorf("lock the profile of user %d: %w", before.ID, ErrForbidden)
	}
	if in.EndsAt.Equal(before.EndsAt) {
		return nil
	}
	if !actor.MayDisable(before) {
		return fmt.Errorf("set the end of user %d: %w", before.ID, ErrForbidden)
	}
	problems.Add("ends", before.wrongEnd(in.EndsAt, t.now))
	return nil
}

func (t *tx) writeProfile(ctx context.Context, actor Actor, before User, in Profile) error {
	role := before.Role
	if role != RoleOwner {
		role = RoleUser
		if in.Administrator {
			role = RoleAdministrator
		}
	}
	_, err := t.ExecContext(ctx, `UPDATE users SET name = ?, name_key = ?, sort_name = ?, email = ?, email_key = ?,
		note = ?, role = ?, disabled = ?, may_edit_profile = ?, ends_at = ? WHERE id = ?`,
		in.Name, nameKey(in.Name), sortName(in.Name), in.Email, nullText(nameKey(in.Email)),
		in.Note, role, in.Disabled, !in.Locked, nullMillis(in.EndsAt), before.ID)
	if err != nil {
		return fmt.Errorf("save profile: %w", err)
	}
	if err := t.setWords(ctx, before.ID, before.Kind, in.Name, in.Email); err != nil {
		return err
	}
	if err := t.renameFolder(ctx, before.ID, in.Name); err != nil {
		return err
	}
	if in.Email != before.Email {
		// They may have gone to an address that was never, or is no more, theirs.
		if err := t.voidResetLinksOut(ctx, before.ID); err != nil {
			return err
		}
	}
	demoted := before.Role == RoleAdministrator && role == RoleUser
	if in.Disabled && !before.Disabled || demoted {
		if err := t.disarm(ctx, before.ID); err != nil {
			return err
		}
	}
	if before.Role == RoleUser && role == RoleAdministrator {
		if err := t.voidResetLink(ctx, before.ID); err != nil {
			return err
		}
	}
	return t.recordProfile(ctx, actor, before, in)
}

// recordProfile writes a line for each thing that changed.
func (t *tx) recordProfile(ctx context.Context, actor Actor, before User, in Profile) error {
	var changed []string
	note := func(differs bool, what string) {
		if differs {
			changed = append(changed, what)
		}
	}
	note(in.Name != before.Name, renamed(before.Name))
	note(in.Email != before.Email, "e-mail")
	note(in.Note != before.Note, "note")
	note(in.Locked == before.MayEditProfile, "may change their own profile: "+yesNo(!in.Locked))
	note(!in.EndsAt.Equal(before.EndsAt), "end date")
	var actions []Entry
	add := func(is bool, action Action, detail string) {
		if is {
			actions = append(actions, aboutUser(action, before.ID, in.Name, detail))
		}
	}
	was := before.Role != RoleUser
	add(len(changed) > 0, ActionUserChanged, strings.Join(changed, ", "))
	add(in.Administrator && !was, ActionAppointed, "")
	add(!in.Administrator && was, ActionDismissed, "")
	add(in.Disabled && !before.Disabled, ActionUserDisabled, "")
	add(!in.Disabled && before.Disabled, ActionUserEnabled, "")
	for _, entry := range actions {
		if err := t.record(ctx, actor, entry); err != nil {
			return err
		}
	}
	return nil
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

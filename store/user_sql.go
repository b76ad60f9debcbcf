package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// listColumns are what a list of users needs of each. Role and what is yes or
// no come as one number, the chosen libraries and channels as one text: a page
// of users is read often, and each column costs.
const listColumns = `u.id, u.name, u.email, ` + userFlags + `, coalesce(u.ends_at, 0), u.picture, u.last_seen_at,
	CASE WHEN u.all_libraries THEN '' ELSE (SELECT coalesce(group_concat(library_id), '') FROM user_libraries WHERE user_id = u.id) END,
	CASE WHEN u.all_channels THEN '' ELSE (SELECT coalesce(group_concat(channel_id), '') FROM user_channels WHERE user_id = u.id) END, ` + restrictionText

// userColumns are all that there is of a user.
const userColumns = listColumns + `, u.note, u.inviter, u.wants_mail, coalesce(u.password_at, 0), u.created_at`

// userFlags is what setFlags reads. It adds, since SQLite's | and << bind alike.
const userFlags = `u.disabled + 2 * (u.password_hash IS NOT NULL) + 4 * u.may_change_password +
	8 * u.local_access + 16 * u.all_libraries + 32 * u.all_channels + 64 * (u.role = 'owner') + 128 * (u.role = 'administrator') +
	256 * (u.kind = 'guest-account') + 512 * (u.kind = 'guest') + 1024 * (u.kind = 'invited') + 2048 * (u.kind = 'waiting') + 4096 * u.linked +
	8192 * u.hidden + 16384 * (u.pin_hash IS NOT NULL) + 32768 * u.has_codes + 65536 * u.has_passkeys + 131072 * u.may_edit_profile +
	262144 * u.wants_device_mail + 524288 * (u.from_away = 0) + 1048576 * (u.device_rule = 'ask') + 2097152 * (u.device_rule = 'chosen') +
	4194304 * (u.look = 'light') + 8388608 * (u.look = 'dark')`

// userScan is one row of listColumns or userColumns. It is made once for many
// rows.
type userScan struct {
	user                              User
	libraries, channels, restrictions string
	flags, ends, seen, passwordAt, at int64
	into                              []any
}

func newListScan() *userScan {
	s := &userScan{}
	s.into = []any{&s.user.ID, &s.user.Name, &s.user.Email, &s.flags, &s.ends, &s.user.Picture, &s.seen, &s.libraries, &s.channels, &s.restrictions}
	return s
}

func newUserScan() *userScan {
	s := newListScan()
	s.into = append(s.into, &s.user.Note, &s.user.Inviter, &s.user.WantsMail, &s.passwordAt, &s.at)
	return s
}

// read is the user in the row, and what a query selects after the columns in
// more.
func (s *userScan) read(row scanner, more ...any) (User, error) {
	into := s.into
	if len(more) > 0 {
		into = append(slices.Clone(into), more...)
	}
	if err := row.Scan(into...); err != nil {
		return User{}, err
	}
	u := s.user
	u.setFlags(s.flags)
	u.EndsAt, u.PasswordAt, u.CreatedAt, u.LastSeenAt = fromMillis(s.ends), fromMillis(s.passwordAt), fromMillis(s.at), fromMillis(s.seen)
	u.Access.Libraries, u.Access.Channels = idList(s.libraries), idList(s.channels)
	var err error
	u.Restrictions, err = parseRestrictions(s.restrictions)
	return u, err
}

func (u *User) setFlags(flags int64) {
	u.Disabled, u.HasPassword, u.MayChangePassword = flags&1 != 0, flags&2 != 0, flags&4 != 0
	u.LocalAccess, u.Access.AllLibraries, u.Access.AllChannels = flags&8 != 0, flags&16 != 0, flags&32 != 0
	switch {
	case flags&64 != 0:
		u.Role = RoleOwner
	case flags&128 != 0:
		u.Role = RoleAdministrator
	default:
		u.Role = RoleUser
	}
	switch {
	case flags&256 != 0:
		u.Kind = KindGuestAccount
	case flags&512 != 0:
		u.Kind = KindGuest
	case flags&1024 != 0:
		u.Kind = KindInvited
	case flags&2048 != 0:
		u.Kind = KindWaiting
	default:
		u.Kind = KindLocal
	}
	u.Linked, u.Hidden, u.HasPIN, u.Codes, u.Passkeys = flags&4096 != 0, flags&8192 != 0, flags&16384 != 0, flags&32768 != 0, flags&65536 != 0
	u.MayEditProfile, u.WantsDeviceMail, u.Restrictions.NoAway = flags&131072 != 0, flags&262144 != 0, flags&524288 != 0
	switch {
	case flags&1048576 != 0:
		u.DeviceRule = DevicesAsk
	case flags&2097152 != 0:
		u.DeviceRule = DevicesChosen
	default:
		u.DeviceRule = DevicesAny
	}
	switch {
	case flags&4194304 != 0:
		u.Look = LookLight
	case flags&8388608 != 0:
		u.Look = LookDark
	default:
		u.Look = LookSystem
	}
}

// idList reads SQLite's group_concat of ids.
func idList(text string) []int64 {
	if text == "" {
		return nil
	}
	ids := make([]int64, 0, strings.Count(text, ",")+1)
	for part := range strings.SplitSeq(text, ",") {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// User is the user with this id, or ErrNotFound, also for somebody who is not
// on the server yet.
func (s *Store) User(ctx context.Context, id int64) (User, error) {
	return readPresent(brief(ctx), prepared{s}, id)
}

// readPresent is readUser for those who are on the server.
func readPresent(ctx context.Context, q querier, id int64) (User, error) {
	u, err := readUser(ctx, q, id)
	if err == nil && !u.Kind.Present() {
		return User{}, fmt.Errorf("user %d is %s: %w", id, u.Kind, ErrNotFound)
	}
	return u, err
}

func readUser(ctx context.Context, q querier, id int64) (User, error) {
	u, err := newUserScan().read(q.QueryRowContext(ctx, `SELECT `+userColumns+` FROM users u WHERE u.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, fmt.Errorf("user %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return User{}, fmt.Errorf("read user %d: %w", id, err)
	}
	return u, nil
}

// UsersByID are the users with these ids, in the order of the ids; unknown
// ones, and those who are not on the server yet, are left out.
func (s *Store) UsersByID(ctx context.Context, ids []int64) ([]User, error) {
	return byID(ctx, ids, s.User)
}

// byID is what read finds for each of the ids; where it answers ErrNotFound, the
// id is left out.
func byID[T any](ctx context.Context, ids []int64, read func(context.Context, int64) (T, error)) ([]T, error) {
	found := make([]T, 0, len(ids))
	for _, id := range ids {
		one, err := read(ctx, id)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// actor is who acts, as the database knows them now: somebody who was
// disabled, demoted or deleted a moment ago has no say any more.
func (t *tx) actor(ctx context.Context, a Actor) (Actor, error) {
	if a.ID == 0 {
		return a, nil
	}
	u, err := readPresent(ctx, t, a.ID)
	if errors.Is(err, ErrNotFound) || err == nil && (u.Disabled || u.Expired(t.now)) {
		return Actor{}, fmt.Errorf("actor %d may not act any more: %w", a.ID, ErrForbidden)
	}
	if err != nil {
		return Actor{}, err
	}
	a.Name, a.Role = u.Name, u.Role
	return a, nil
}

// target is the user to change, after may has allowed it. It answers
// ErrNotFound for somebody who is not on the server yet.
func (t *tx) target(ctx context.Context, actor Actor, id int64, may func(Actor, User) bool) (Actor, User, error) {
	actor, err := t.actor(ctx, actor)
	if err != nil {
		return Actor{}, User{}, err
	}
	u, err := readPresent(ctx, t, id)
	if err != nil {
		return Actor{}, User{}, err
	}
	if !may(actor, u) {
		return Actor{}, User{}, fmt.Errorf("actor %d on user %d: %w", actor.ID, id, ErrForbidden)
	}
	return actor, u, nil
}

// setWords makes the user findable in the list of this kind by the words of
// name and e-mail.
func (t *tx) setWords(ctx context.Context, id int64, kind Kind, name, email string) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM user_words WHERE user_id = ?`, id); err != nil {
		return fmt.Errorf("clear words: %w", err)
	}
	sort := sortName(name)
	for _, word := range words(name, email) {
		if _, err := t.ExecContext(ctx, `INSERT INTO user_words (list, word, sort_name, user_id) VALUES (?, ?, ?, ?)`, kind.List(), word, sort, id); err != nil {
			return fmt.Errorf("add word: %w", err)
		}
	}
	return nil
}

// setAccess writes what u may watch. Ids that no longer exist are left out:
// they were deleted while the form was open.
func (t *tx) setAccess(ctx context.Context, id int64, access Access) error {
	if _, err := t.ExecContext(ctx, `UPDATE users SET all_libraries = ?, all_channels = ? WHERE id = ?`, access.AllLibraries, access.AllChannels, id); err != nil {
		return fmt.Errorf("set access: %w", err)
	}
	libraries, channels := access.chosen()
	if err := t.choose(ctx, libraries, `DELETE FROM user_libraries WHERE user_id = ?`,
		`INSERT OR IGNORE INTO user_libraries (user_id, library_id) SELECT ?, id FROM libraries WHERE id = ?`, id); err != nil {
		return err
	}
	return t.choose(ctx, channels, `DELETE FROM user_channels WHERE user_id = ?`,
		`INSERT OR IGNORE INTO user_channels (user_id, channel_id) SELECT ?, id FROM channels WHERE id = ?`, id)
}

// choose replaces what was chosen by ids: remove takes away what was, insert
// adds one id. Both begin with what is bound to owner.
func (t *tx) choose(ctx context.Context, ids []int64, remove, insert string, owner ...any) error {
	if _, err := t.ExecContext(ctx, remove, owner...); err != nil {
		return fmt.Errorf("clear access: %w", err)
	}
	for _, id := range ids {
		if _, err := t.ExecContext(ctx, insert, append(slices.Clone(owner), id)...); err != nil {
			return fmt.Errorf("give access: %w", err)
		}
	}
	return nil
}

// disarm signs the user out everywhere, voids the links for others that they
// have made or seen, and ends how others view as them: whoever may no longer act
// must not act through those.
// The invitations stay, and so do links that only an e-mail has told.
func (t *tx) disarm(ctx context.Context, userID int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM reset_links WHERE created_by = ?`, userID); err != nil {
		return fmt.Errorf("void links made by user %d: %w", userID, err)
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM invitation_links WHERE shown_to = ?`, userID); err != nil {
		return fmt.Errorf("void links shown to user %d: %w", userID, err)
	}
	if _, err := t.ExecContext(ctx, `UPDATE sessions SET view_as = NULL WHERE view_as = ?`, userID); err != nil {
		return fmt.Errorf("end views as user %d: %w", userID, err)
	}
	return t.endSessions(ctx, userID)
}

// endSessions signs the user out everywhere.
func (t *tx) endSessions(ctx context.Context, userID int64) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM sessions WHERE user_id = ?`, userID); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

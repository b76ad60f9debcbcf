package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// restrictionText is what limits a user u, as one text of parts: most have
// nothing, and a page of users is read often.
const restrictionText = `CASE WHEN u.restrained = 0 AND u.time_zone = '' THEN '' ELSE
	coalesce(u.max_age, '') || char(30) || u.unrated || char(30) || (u.may_download + 2 * u.may_use_channels + 4 * u.from_away) ||
	char(30) || u.streams || char(30) || u.hours || char(30) || u.time_zone ||
	char(30) || (SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM user_labels r JOIN labels n ON n.id = r.label_id WHERE r.user_id = u.id AND r.rule = 'hide') ||
	char(30) || (SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM user_labels r JOIN labels n ON n.id = r.label_id WHERE r.user_id = u.id AND r.rule = 'only') END`

// parseRestrictions reads restrictionText.
func parseRestrictions(text string) (r Restrictions, err error) {
	if text == "" {
		return r, nil
	}
	parts := strings.Split(text, "\x1e")
	if len(parts) != 8 {
		return r, fmt.Errorf("restrictions %q have %d parts", text, len(parts))
	}
	var numbers [4]int
	for i, part := range parts[:4] {
		if part == "" && i == 0 {
			continue
		}
		if numbers[i], err = strconv.Atoi(part); err != nil {
			return r, fmt.Errorf("restrictions %q: %w", text, err)
		}
	}
	r.Rating = Age{Known: parts[0] != "", Years: numbers[0]}
	r.HideUnrated = AllKinds &^ KindSet(numbers[1])
	r.NoDownloads, r.NoChannels, r.NoAway = numbers[2]&1 == 0, numbers[2]&2 == 0, numbers[2]&4 == 0
	r.Streams, r.TimeZone, r.HideLabels, r.OnlyLabels = numbers[3], parts[5], nameList(parts[6]), nameList(parts[7])
	r.Hours, err = parseStoredHours(parts[4])
	return r, err
}

// StreamLimit is how many plays at once a user may have; 0 for no limit. It
// answers ErrNotFound for nobody.
func (s *Store) StreamLimit(ctx context.Context, user int64) (limit int, err error) {
	err = s.restriction(ctx, user, `SELECT streams FROM users WHERE id = ?`, &limit)
	return limit, err
}

// MayDownload says whether a user may download what they see. It answers
// ErrNotFound for nobody.
func (s *Store) MayDownload(ctx context.Context, user int64) (may bool, err error) {
	err = s.restriction(ctx, user, `SELECT may_download FROM users WHERE id = ?`, &may)
	return may, err
}

// restriction reads one of the restrictions of a user, for where all of them
// would be too much to ask for.
func (s *Store) restriction(ctx context.Context, user int64, query string, into any) error {
	stmt, err := s.statement(ctx, query)
	if err != nil {
		return err
	}
	err = stmt.QueryRowContext(brief(ctx), user).Scan(into)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("read what limits user %d: %w", user, err)
	}
	return nil
}

// SetRestrictions decides what limits a user, and when their access ends. It
// answers Invalid with the fields rating, hide_labels, only_labels, streams,
// time_zone and ends, together with the problems that were found before,
// ErrNotFound or what Actor.Refusal says; ErrForbidden also where an end is set
// that Actor.MayDisable denies.
func (s *Store) SetRestrictions(ctx context.Context, actor Actor, id int64, in Limits, found ...Problem) error {
	return s.each(ctx, actor, []int64{id}, Actor.MayRestrict, func(t *tx, actor Actor, u User) error {
		var problems Invalid
		in.Restrictions = checkRestrictions(in.Restrictions, &problems)
		if !in.EndsAt.Equal(u.EndsAt) {
			if !actor.MayDisable(u) {
				return fmt.Errorf("set the end of user %d: %w", u.ID, ErrForbidden)
			}
			problems.Add("ends", u.wrongEnd(in.EndsAt, t.now))
		}
		problems.Problems = append(problems.Problems, found...)
		if err := problems.Err(); err != nil {
			return err
		}
		return t.limit(ctx, actor, u, in)
	})
}

// Restrict changes the restrictions of the users, all or none: change answers
// what is to hold in the place of what does. It answers Invalid as
// SetRestrictions, ErrNotFound or what Actor.Refusal says.
func (s *Store) Restrict(ctx context.Context, actor Actor, change func(Restrictions) Restrictions, ids ...int64) error {
	return s.each(ctx, actor, ids, Actor.MayRestrict, func(t *tx, actor Actor, u User) error {
		var problems Invalid
		in := u.Limits()
		in.Restrictions = checkRestrictions(change(in.Restrictions), &problems)
		if err := problems.Err(); err != nil {
			return err
		}
		return t.limit(ctx, actor, u, in)
	})
}

// limit has the limits hold for u, and writes down what changes.
func (t *tx) limit(ctx context.Context, actor Actor, u User, in Limits) error {
	changes := u.Limits().changes(in)
	if changes == "" {
		return nil
	}
	if err := t.setLimits(ctx, u.ID, in); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutUser(ActionRestrictions, u.ID, u.Name, changes))
}

// wrongEnd says what is wrong with an end of the user's access that is to be
// set, or "".
func (u User) wrongEnd(end, now time.Time) string {
	if end.IsZero() || end.After(now) {
		return ""
	}
	return "This day is over. Choose one to come, or disable " + u.Name + " instead."
}

// setLimits writes what limits a user, and when their access ends.
func (t *tx) setLimits(ctx context.Context, id int64, l Limits) error {
	if _, err := t.ExecContext(ctx, `UPDATE users SET ends_at = ? WHERE id = ?`, nullMillis(l.EndsAt), id); err != nil {
		return fmt.Errorf("set the end of user %d: %w", id, err)
	}
	return t.setRestrictions(ctx, id, l.Restrictions)
}

// setRestrictions writes what limits a user.
func (t *tx) setRestrictions(ctx context.Context, id int64, r Restrictions) error {
	_, err := t.ExecContext(ctx, `UPDATE users SET max_age = ?, unrated = ?, may_download = ?, may_use_channels = ?, from_away = ?,
			streams = ?, hours = ?, time_zone = ?, restrained = ? WHERE id = ?`,
		r.Rating.column(), AllKinds&^r.HideUnrated, !r.NoDownloads, !r.NoChannels, !r.NoAway, r.Streams, r.Hours.stored(), r.TimeZone, !r.None(), id)
	if err != nil {
		return fmt.Errorf("set restrictions: %w", err)
	}
	labels := newShelving(t)
	for rule, names := range map[string][]string{"hide": r.HideLabels, "only": r.OnlyLabels} {
		ids, err := labels.ids(ctx, "labels", names)
		if err != nil {
			return err
		}
		if err := t.choose(ctx, ids, `DELETE FROM user_labels WHERE user_id = ? AND rule = ?`,
			`INSERT INTO user_labels (user_id, rule, label_id) VALUES (?, ?, ?)`, id, rule); err != nil {
			return err
		}
	}
	return nil
}

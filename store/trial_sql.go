package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// errTried ends a transaction that was only to find out.
var errTried = errors.New("only tried")

// TryRestrictions tells what the user would see with the draft, and names some
// titles that come or go against what there was. Those of the user's personal
// folder are counted but not named. The id 0 is a user to be made, that of an
// invitation the guest to be. The draft is written, asked about in the one way
// in which everything that is seen is asked about, and taken back. It answers
// ErrNotFound, ErrForbidden, or Invalid with the fields rating, hide_labels and
// only_labels.
func (s *Store) TryRestrictions(ctx context.Context, actor Actor, userID int64, draft, was Sight) (trial Trial, err error) {
	var before, after []int64
	err = s.change(ctx, func(t *tx) error {
		if userID, err = t.trialSubject(ctx, actor, userID); err != nil {
			return err
		}
		var problems Invalid
		if draft = draft.clean(&problems); len(problems.Problems) > 0 {
			return &problems
		}
		if was = was.clean(&problems); len(problems.Problems) > 0 {
			was = draft // there is nothing to compare with
		}
		if before, err = t.audiencesUnder(ctx, userID, was); err != nil {
			return err
		}
		if after, err = t.audiencesUnder(ctx, userID, draft); err != nil {
			return err
		}
		libraries, err := readLibraries(ctx, t, `JOIN users u ON u.id = ? WHERE `+opens, userID)
		if err != nil {
			return err
		}
		for _, library := range libraries {
			trial.Libraries = append(trial.Libraries, Remaining{Library: library})
		}
		return errTried
	})
	if !errors.Is(err, errTried) {
		return Trial{}, err
	}
	if err := s.countRemaining(ctx, trial.Libraries, after); err != nil {
		return Trial{}, err
	}
	if trial.Gone, err = s.glimpses(ctx, without(before, after)); err != nil {
		return Trial{}, err
	}
	trial.New, err = s.glimpses(ctx, without(after, before))
	return trial, err
}

// trialSubject is whom a trial is about; for the id 0 somebody is made.
func (t *tx) trialSubject(ctx context.Context, actor Actor, id int64) (int64, error) {
	actor, err := t.actor(ctx, actor)
	if err != nil {
		return 0, err
	}
	if id == 0 && actor.MayInvite() {
		return t.writeUser(ctx, NewUser{Kind: KindInvited, Name: "\x1f"}, RoleUser)
	}
	u, err := readUser(ctx, t, id)
	if err != nil {
		return 0, err
	}
	if !actor.MayRestrict(u) && (u.Kind != KindInvited || !actor.MayInvite()) {
		return 0, fmt.Errorf("actor %d tries restrictions of user %d: %w", actor.ID, id, ErrForbidden)
	}
	return id, nil
}

// audiencesUnder are the audiences that the user would see with this sight.
func (t *tx) audiencesUnder(ctx context.Context, userID int64, sight Sight) ([]int64, error) {
	if err := t.setAccess(ctx, userID, sight.Access); err != nil {
		return nil, err
	}
	if err := t.setRestrictions(ctx, userID, sight.Restrictions); err != nil {
		return nil, err
	}
	var ids string
	if err := t.QueryRowContext(ctx, `SELECT coalesce(group_concat(id), '') FROM (`+seenAudiences+`)`, userID).Scan(&ids); err != nil {
		return nil, fmt.Errorf("read what user %d would see: %w", userID, err)
	}
	return idList(ids), nil
}

// without are the ids that are not among the others.
func without(ids, others []int64) []int64 {
	skip := make(map[int64]bool, len(others))
	for _, id := range others {
		skip[id] = true
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return skip[id] })
}

// countRemaining counts the titles of the libraries, and those with one of the
// audiences among them.
func (s *Store) countRemaining(ctx context.Context, libraries []Remaining, audiences []int64) error {
	at := make(map[int64]*Remaining, len(libraries))
	for i := range libraries {
		at[libraries[i].ID] = &libraries[i]
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT a.library_id, sum(n.titles), sum(n.titles * (a.id IN (SELECT value FROM json_each(?))))
		FROM (SELECT audience_id, count(*) AS titles FROM titles WHERE audience_id IS NOT NULL AND missing_at IS NULL GROUP BY audience_id) n
		JOIN audiences a ON a.id = n.audience_id GROUP BY a.library_id`, "["+idText(audiences)+"]")
	if err != nil {
		return fmt.Errorf("count what stays visible: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var library int64
		var all, visible int
		if err := rows.Scan(&library, &all, &visible); err != nil {
			return fmt.Errorf("count what stays visible: %w", err)
		}
		if r := at[library]; r != nil {
			r.All, r.Visible = all, visible
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("count what stays visible: %w", err)
	}
	return nil
}

// glimpses names a few titles with these audiences, in the order of names: what
// lies in one series or album is one. Personal folders are not looked into.
func (s *Store) glimpses(ctx context.Context, audiences []int64) ([]Glimpse, error) {
	if len(audiences) == 0 {
		return nil, nil
	}
	found, err := readEach(ctx, s.reader, scanGlimpse, `SELECT CASE WHEN count(*) > 1 OR o.id IS NULL THEN coalesce(o.name, t.name) ELSE o.name || ': ' || t.name END, count(*)
		FROM titles t JOIN libraries l ON l.id = t.library_id LEFT JOIN titles o ON o.id = t.root_id
		WHERE t.audience_id IN (SELECT value FROM json_each(?)) AND t.missing_at IS NULL AND l.user_id IS NULL
		GROUP BY coalesce(t.root_id, t.id) ORDER BY coalesce(o.sort_name, t.sort_name), t.id LIMIT ?`, "["+idText(audiences)+"]", MaxGlimpses)
	if err != nil {
		return nil, fmt.Errorf("name what comes and goes: %w", err)
	}
	return found, nil
}

func scanGlimpse(row scanner) (g Glimpse, err error) {
	err = row.Scan(&g.Name, &g.Count)
	return g, err
}

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

// audienceKey tells audiences apart.
type audienceKey struct {
	library int64
	age     Age
	labels  string
}

// standing is what decides who sees a title: its rating and its labels, with
// those of what it lies in.
type standing struct {
	age    Age
	labels []int64 // in order
}

func (s standing) equal(o standing) bool { return s.age == o.age && slices.Equal(s.labels, o.labels) }

// under is the standing of a title in what it lies in: its own rating, or else
// that of what holds it; and the labels of both.
func (s standing) under(holder standing) standing {
	if !s.age.Known {
		s.age = holder.age
	}
	if len(holder.labels) > 0 {
		s.labels = slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.labels, holder.labels))))
	}
	return s
}

// standing is that of a title that is there, with all that it lies in.
func (s *shelving) standing(ctx context.Context, id int64) (standing, error) {
	if known, ok := s.standings[id]; ok {
		return known, nil
	}
	var age, parent sql.NullInt64
	if err := s.QueryRowContext(ctx, `SELECT age, parent_id FROM titles WHERE id = ?`, id).Scan(&age, &parent); err != nil {
		return standing{}, fmt.Errorf("read standing of title %d: %w", id, err)
	}
	labels, err := s.ownLabels(ctx, id)
	if err != nil {
		return standing{}, err
	}
	own := standing{age: ageOf(age), labels: labels}
	if parent.Valid {
		holder, err := s.standing(ctx, parent.Int64)
		if err != nil {
			return standing{}, err
		}
		own = own.under(holder)
	}
	s.standings[id] = own
	return own, nil
}

// audienceFor is the audience of a title of this kind at this place; none for
// what holds others.
func (s *shelving) audienceFor(ctx context.Context, at place, kind TitleKind, own standing) (sql.NullInt64, error) {
	if kind.Holds() {
		return sql.NullInt64{}, nil
	}
	if at.parent != 0 {
		holder, err := s.standing(ctx, at.parent)
		if err != nil {
			return sql.NullInt64{}, err
		}
		own = own.under(holder)
	}
	id, err := s.audience(ctx, at.library, own)
	return nullID(id), err
}

// audience finds or adds the audience of titles with this standing.
func (s *shelving) audience(ctx context.Context, library int64, of standing) (id int64, err error) {
	key := audienceKey{library, of.age, idText(of.labels)}
	if id, known := s.audiences[key]; known {
		return id, nil
	}
	if id, err = s.findAudience(ctx, titleAudiences, library, of); err != nil {
		return 0, err
	}
	s.audiences[key] = id
	return id, nil
}

// audienceTables are where audiences lie: of what they are, and their labels.
type audienceTables struct{ audiences, of, labels string }

var (
	titleAudiences = audienceTables{"audiences", "library_id", "audience_labels"}
	entryAudiences = audienceTables{"channel_audiences", "channel_id", "channel_audience_labels"}
)

// findAudience finds or adds the audience with this standing in the library or
// channel with the id of.
func (t *tx) findAudience(ctx context.Context, in audienceTables, of int64, is standing) (id int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT id FROM `+in.audiences+` WHERE `+in.of+` = ? AND coalesce(age, -1) = coalesce(?, -1) AND labels = ?`,
		of, is.age.column(), idText(is.labels)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = t.addAudience(ctx, in, of, is)
	}
	if err != nil {
		return 0, fmt.Errorf("find audience: %w", err)
	}
	return id, nil
}

func (t *tx) addAudience(ctx context.Context, in audienceTables, of int64, is standing) (id int64, err error) {
	err = t.QueryRowContext(ctx, `INSERT INTO `+in.audiences+` (`+in.of+`, age, labels) VALUES (?, ?, ?) RETURNING id`, of, is.age.column(), idText(is.labels)).Scan(&id)
	if err != nil {
		return 0, err
	}
	for _, label := range is.labels {
		if _, err := t.ExecContext(ctx, `INSERT INTO `+in.labels+` (audience_id, label_id) VALUES (?, ?)`, id, label); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// idText is the ids with commas between.
func idText(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(texts, ",")
}

// reassignUnder finds the audiences anew of all that lies in the title, after
// its rating or labels have changed.
func (s *shelving) reassignUnder(ctx context.Context, holder int64) error {
	clear(s.standings)
	below, err := s.leavesUnder(ctx, holder)
	if err != nil {
		return err
	}
	for _, id := range below {
		if err := s.reassign(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// reassign finds the audience of one title with files anew.
func (s *shelving) reassign(ctx context.Context, id int64) error {
	of, err := s.standing(ctx, id)
	if err != nil {
		return err
	}
	delete(s.standings, id)
	var library int64
	if err := s.QueryRowContext(ctx, `SELECT library_id FROM titles WHERE id = ?`, id).Scan(&library); err != nil {
		return fmt.Errorf("read title %d: %w", id, err)
	}
	audience, err := s.audience(ctx, library, of)
	if err != nil {
		return err
	}
	if _, err := s.ExecContext(ctx, `UPDATE titles SET audience_id = ? WHERE id = ?`, audience, id); err != nil {
		return fmt.Errorf("set audience of title %d: %w", id, err)
	}
	return nil
}

// below are the ids of all that lies in a title, however deep; the ? is its id.
const below = `WITH RECURSIVE below (id) AS (
	SELECT id FROM titles WHERE parent_id = ? UNION ALL SELECT t.id FROM titles t JOIN below b ON t.parent_id = b.id) `

// leavesUnder are the titles with files that lie in a title, however deep.
func (t *tx) leavesUnder(ctx context.Context, holder int64) ([]int64, error) {
	ids, err := readEach(ctx, t, scanID, below+`SELECT t.id FROM below JOIN titles t USING (id) WHERE t.audience_id IS NOT NULL`, holder)
	if err != nil {
		return nil, fmt.Errorf("read what lies in title %d: %w", holder, err)
	}
	return ids, nil
}

func scanID(row scanner) (id int64, err error) {
	err = row.Scan(&id)
	return id, err
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// record writes one line of Activity.
func (t *tx) record(ctx context.Context, actor Actor, e Entry) error {
	r := Record{ActorID: actor.ID, Actor: actor.Name, Entry: e}
	search := sortName(strings.Join([]string{r.Sentence(), actor.Address}, " "))
	_, err := t.ExecContext(ctx, `INSERT INTO activity (at, actor_id, actor_name, action, subject_kind, subject_id,
		subject_name, detail, address, at_home, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		millis(t.now), nullID(actor.ID), actor.Name, e.Action, e.SubjectKind,
		nullID(e.SubjectID), e.SubjectName, e.Detail, actor.Address, actor.AtHome, search)
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Action, err)
	}
	return nil
}

// refusalsTogether is how long refused sign-ins of one name from one address
// are one line of Activity, so that a guesser does not fill the disk.
const refusalsTogether = time.Hour

// recordRefusal writes a refused sign-in down, or counts it where there is a
// line for it already.
func (t *tx) recordRefusal(ctx context.Context, actor Actor, e Entry) error {
	result, err := t.ExecContext(ctx, `UPDATE activity SET times = times + 1 WHERE id = (
			SELECT id FROM activity WHERE action IN ('sign-in-failed', 'sign-in-refused') AND address = ?
			AND action = ? AND coalesce(subject_id, 0) = ? AND detail = ? AND at > ? ORDER BY id DESC LIMIT 1)`,
		actor.Address, e.Action, e.SubjectID, e.Detail, millis(t.now.Add(-refusalsTogether)))
	if err != nil {
		return fmt.Errorf("count refusal: %w", err)
	}
	if counted, err := result.RowsAffected(); err != nil || counted > 0 {
		return err
	}
	return t.record(ctx, actor, e)
}

// Activity is a page of the record, newest first. Search finds records that
// hold every word searched for, anywhere in their sentence or address.
func (s *Store) Activity(ctx context.Context, q ActivityQuery) (ActivityPage, error) {
	query, args := activityQuery(q)
	records, err := readEach(ctx, s.reader, scanRecord, query, args...)
	if err != nil {
		return ActivityPage{}, fmt.Errorf("read activity: %w", err)
	}
	if len(records) > PageSize {
		return ActivityPage{Records: records[:PageSize], Older: true}, nil
	}
	return ActivityPage{Records: records}, nil
}

func scanRecord(row scanner) (r Record, err error) {
	var at int64
	var actor, subject sql.NullInt64
	err = row.Scan(&r.ID, &at, &actor, &r.Actor, &r.Action, &r.SubjectKind, &subject, &r.SubjectName, &r.Detail, &r.Address, &r.AtHome, &r.Times)
	r.At, r.ActorID, r.SubjectID = fromMillis(at), actor.Int64, subject.Int64
	return r, err
}

func activityQuery(q ActivityQuery) (query string, args []any) {
	where := []string{"1"}
	if q.Before > 0 {
		where, args = append(where, "id < ?"), append(args, q.Before)
	}
	if q.UserID > 0 {
		where = append(where, `id IN (SELECT id FROM activity WHERE actor_id = ?
			UNION SELECT id FROM activity WHERE subject_kind IN ('user', 'invitation') AND subject_id = ?)`)
		args = append(args, q.UserID, q.UserID)
	}
	terms := strings.Fields(sortName(q.Search))
	for _, term := range terms[:min(len(terms), maxWords)] {
		where, args = append(where, "instr(search, ?) > 0"), append(args, term)
	}
	args = append(args, PageSize+1)
	return `SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name, detail, address, at_home, times
		FROM activity WHERE ` + strings.Join(where, " AND ") + ` ORDER BY id DESC LIMIT ?`, args
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// AskScan asks for a scan of a library and answers the id of its job. Where one
// runs or waits already, that is the one. It answers ErrNotFound or
// ErrForbidden.
func (s *Store) AskScan(ctx context.Context, actor Actor, library int64) (job int64, err error) {
	err = s.changeJobs(ctx, actor, func(t *tx, actor Actor) error {
		job, err = t.askScan(ctx, actor, library)
		return err
	})
	return job, err
}

// changeJobs is change for those who may scan.
func (s *Store) changeJobs(ctx context.Context, actor Actor, fn func(*tx, Actor) error) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if !actor.MayScan() {
			return fmt.Errorf("actor %d asks for a scan: %w", actor.ID, ErrForbidden)
		}
		return fn(t, actor)
	})
}

func (t *tx) askScan(ctx context.Context, actor Actor, library int64) (job int64, err error) {
	name, err := t.mediaName(ctx, "libraries", library)
	if err != nil {
		return 0, err
	}
	err = t.QueryRowContext(ctx, `SELECT id FROM jobs WHERE kind = 'scan' AND library_id = ? AND state IN ('waiting', 'running') AND cancel = 0 ORDER BY id DESC LIMIT 1`,
		library).Scan(&job)
	if err == nil {
		return job, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look for a scan of library %d: %w", library, err)
	}
	if job, err = t.queueScan(ctx, library, ReasonAsked, actor.Name); err != nil {
		return 0, err
	}
	return job, t.record(ctx, actor, Entry{Action: ActionScanAsked, SubjectKind: SubjectLibrary, SubjectID: library, SubjectName: name})
}

// queueScan makes a scan wait to be done, and answers its job. Where one waits
// already, that is the one.
func (t *tx) queueScan(ctx context.Context, library int64, reason JobReason, askedBy string) (job int64, err error) {
	err = t.QueryRowContext(ctx, `INSERT INTO jobs (kind, library_id, subject, reason, asked_by, asked_at) SELECT 'scan', id, name, ?, ?, ? FROM libraries WHERE id = ?
		ON CONFLICT (kind, coalesce(library_id, 0), coalesce(channel_id, 0)) WHERE state = 'waiting' DO UPDATE SET kind = kind RETURNING id`,
		reason, askedBy, millis(t.now), library).Scan(&job)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("ask for a scan of library %d: %w", library, err)
	}
	t.asked = true
	return job, nil
}

// QueueScans makes scans wait that the server itself finds due: of the given
// libraries, or of all there are, personal folders too.
func (s *Store) QueueScans(ctx context.Context, reason JobReason, libraries ...int64) error {
	return s.change(ctx, func(t *tx) error {
		if len(libraries) == 0 {
			all, err := readLibraries(ctx, t, ``)
			if err != nil {
				return err
			}
			for _, l := range all {
				libraries = append(libraries, l.ID)
			}
		}
		for _, id := range libraries {
			if _, err := t.queueScan(ctx, id, reason, ""); err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
		}
		return nil
	})
}

// CancelJob ends a job: one that waits at once, one that runs within a second.
// One that has ended stays as it is. It answers ErrNotFound or ErrForbidden.
func (s *Store) CancelJob(ctx context.Context, actor Actor, id int64) error {
	return s.changeJobs(ctx, actor, func(t *tx, actor Actor) error {
		job, err := readJob(ctx, t, `WHERE j.id = ?`, id)
		if err != nil {
			return err
		}
		if !job.State.Open() || job.Cancelling {
			return nil
		}
		_, err = t.ExecContext(ctx, `UPDATE jobs SET cancel = 1, ended_at = CASE state WHEN 'waiting' THEN ? END,
			state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END WHERE id = ?`, millis(t.now), id)
		if err != nil {
			return fmt.Errorf("cancel job %d: %w", id, err)
		}
		t.asked = true
		return t.record(ctx, actor, Entry{Action: ActionJobCancelled, SubjectKind: SubjectLibrary, SubjectID: job.LibraryID, SubjectName: job.Subject})
	})
}

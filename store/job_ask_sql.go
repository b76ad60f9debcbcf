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
	return s.askJob(ctx, actor, JobScan, library)
}

// AskRefresh asks for the source of a channel to be read, as AskScan does for
// a scan.
func (s *Store) AskRefresh(ctx context.Context, actor Actor, channel int64) (job int64, err error) {
	return s.askJob(ctx, actor, JobRefresh, channel)
}

func (s *Store) askJob(ctx context.Context, actor Actor, kind JobKind, about int64) (job int64, err error) {
	err = s.changeJobs(ctx, actor, func(t *tx, actor Actor) error {
		job, err = t.askJob(ctx, actor, kind, about)
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
			return fmt.Errorf("actor %d asks for a job: %w", actor.ID, ErrForbidden)
		}
		return fn(t, actor)
	})
}

// aboutOf is where that lies which jobs of a kind are about: a table, and the
// column of jobs that leads there.
func aboutOf(kind JobKind) (table, column string) {
	if kind == JobRefresh {
		return "channels", "channel_id"
	}
	return "libraries", "library_id"
}

func (t *tx) askJob(ctx context.Context, actor Actor, kind JobKind, about int64) (job int64, err error) {
	table, column := aboutOf(kind)
	name, err := t.mediaName(ctx, table, about)
	if err != nil {
		return 0, err
	}
	err = t.QueryRowContext(ctx, `SELECT id FROM jobs WHERE kind = ? AND `+column+` = ? AND state IN ('waiting', 'running') AND cancel = 0 ORDER BY id DESC LIMIT 1`,
		kind, about).Scan(&job)
	if err == nil {
		return job, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look for a %s of %d: %w", kind, about, err)
	}
	if job, err = t.queueJob(ctx, kind, about, ReasonAsked, actor.Name); err != nil {
		return 0, err
	}
	asked := Entry{Action: ActionScanAsked, SubjectKind: SubjectLibrary, SubjectID: about, SubjectName: name}
	if kind == JobRefresh {
		asked.Action, asked.SubjectKind = ActionRefreshAsked, SubjectChannel
	}
	return job, t.record(ctx, actor, asked)
}

// queueJob makes a job wait to be done, and answers it. Where one of its kind
// about the same waits already, that is the one.
func (t *tx) queueJob(ctx context.Context, kind JobKind, about int64, reason JobReason, askedBy string) (job int64, err error) {
	table, column := aboutOf(kind)
	err = t.QueryRowContext(ctx, `INSERT INTO jobs (kind, `+column+`, subject, reason, asked_by, asked_at) SELECT ?, id, name, ?, ?, ? FROM `+table+` WHERE id = ?
		ON CONFLICT (kind, coalesce(library_id, 0), coalesce(channel_id, 0)) WHERE state = 'waiting' DO UPDATE SET kind = kind RETURNING id`,
		kind, reason, askedBy, millis(t.now), about).Scan(&job)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("ask for a %s of %d: %w", kind, about, err)
	}
	t.asked = append(t.asked, kind)
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
		return t.queueJobs(ctx, JobScan, reason, libraries)
	})
}

// QueueRefreshes makes the sources of channels wait to be read that the server
// itself finds due.
func (s *Store) QueueRefreshes(ctx context.Context, reason JobReason, channels ...int64) error {
	return s.change(ctx, func(t *tx) error { return t.queueJobs(ctx, JobRefresh, reason, channels) })
}

// queueJobs queues jobs about each, but for what has gone meanwhile.
func (t *tx) queueJobs(ctx context.Context, kind JobKind, reason JobReason, about []int64) error {
	for _, id := range about {
		if _, err := t.queueJob(ctx, kind, id, reason, ""); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
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
		t.asked = append(t.asked, job.Kind)
		cancelled := Entry{Action: ActionJobCancelled, SubjectKind: SubjectLibrary, SubjectID: job.about(), SubjectName: job.Subject}
		if job.Kind == JobRefresh {
			cancelled.Action, cancelled.SubjectKind = ActionRefreshCancelled, SubjectChannel
		}
		return t.record(ctx, actor, cancelled)
	})
}

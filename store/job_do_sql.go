package store

import (
	"context"
	"errors"
	"fmt"
)

// usherStopped is why a job failed that a crash or a kill has broken off.
const usherStopped = "Usher stopped before this was done. It was begun again at the next start."

// waitsLongest is the job of a kind that has waited longest. One about the same
// as another that runs waits for that.
const waitsLongest = `WHERE j.state = 'waiting' AND j.kind = ? AND NOT EXISTS (SELECT 1 FROM jobs r WHERE r.state = 'running' AND r.kind = j.kind
	AND r.library_id IS j.library_id AND r.channel_id IS j.channel_id) ORDER BY j.id LIMIT 1`

// ClaimJob takes the job of this kind that has waited longest; it runs from now
// on. It answers ErrNotFound where none waits.
func (s *Store) ClaimJob(ctx context.Context, kind JobKind) (job Job, err error) {
	// Nothing is written while nothing waits.
	if job, err = readJob(ctx, s.reader, waitsLongest, kind); err != nil {
		return Job{}, err
	}
	err = s.change(ctx, func(t *tx) error {
		if job, err = readJob(ctx, t, waitsLongest, kind); err != nil {
			return err
		}
		job.State, job.StartedAt = JobRunning, t.now
		err := t.QueryRowContext(ctx, `UPDATE jobs SET state = 'running', started_at = ?, total = (SELECT count(*) FROM files f
				JOIN directories d ON d.id = f.directory_id JOIN library_folders l ON l.id = d.folder_id
				WHERE l.library_id = jobs.library_id AND l.removed_at IS NULL AND f.missing_at IS NULL)
			WHERE id = ? RETURNING total`, millis(t.now), job.ID).Scan(&job.Total)
		if err != nil {
			return fmt.Errorf("claim job %d: %w", job.ID, err)
		}
		return nil
	})
	return job, err
}

// EachWaiting has do do the jobs of this kind that wait, one after the other, and
// returns when none does. It answers the first error of do, and that of ctx.
func (s *Store) EachWaiting(ctx context.Context, kind JobKind, do func(context.Context, Job) error) error {
	for ctx.Err() == nil {
		job, err := s.ClaimJob(ctx, kind)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(ctx, job); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// RecoverJobs brings in order what an Usher that stopped in the middle has left
// of jobs of this kind: they have failed, and new ones wait in their place.
func (s *Store) RecoverJobs(ctx context.Context, kind JobKind) error {
	return s.change(ctx, func(t *tx) error {
		broken, err := readJobs(ctx, t, `WHERE j.state = 'running' AND j.kind = ?`, kind)
		if err != nil {
			return err
		}
		for _, job := range broken {
			if job.Cancelling {
				if err := t.endJob(ctx, job.ID, JobCancelled, ""); err != nil {
					return err
				}
				continue
			}
			if err := t.endJob(ctx, job.ID, JobFailed, usherStopped); err != nil {
				return err
			}
			if _, err := t.queueJob(ctx, job.Kind, job.about(), ReasonResumed, job.AskedBy); err != nil {
				return err
			}
		}
		return nil
	})
}

// EndJob writes down how a job has ended; why is a sentence for one that has
// failed.
func (s *Store) EndJob(ctx context.Context, id int64, state JobState, why string) error {
	return s.change(ctx, func(t *tx) error { return t.endJob(ctx, id, state, why) })
}

func (t *tx) endJob(ctx context.Context, id int64, state JobState, why string) error {
	_, err := t.ExecContext(ctx, `UPDATE jobs SET state = ?, error = ?, current = '', ended_at = ? WHERE id = ?`, state, why, millis(t.now), id)
	if err != nil {
		return fmt.Errorf("end job %d: %w", id, err)
	}
	return nil
}

// CancelAsked says whether somebody wants the job to end, or it is gone with
// its library.
func (s *Store) CancelAsked(ctx context.Context, id int64) (asked bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM jobs WHERE id = ? AND cancel = 0)`, id).Scan(&asked)
	if err != nil {
		return false, fmt.Errorf("ask whether job %d is to end: %w", id, err)
	}
	return asked, nil
}

// noteProgress writes down how far a job is, and the problems met since.
func (t *tx) noteProgress(ctx context.Context, id int64, p Progress, saved Saved, problems []JobProblem) error {
	var before int
	err := t.QueryRowContext(ctx, `UPDATE jobs SET seen = ?, total = ?, current = ?, added = added + ?, changed = changed + ?, moved = moved + ?, missing = missing + ?,
		problems = problems + ? WHERE id = ? RETURNING problems - ?`,
		p.Seen, p.Total, p.Current, saved.Added, saved.Changed, saved.Moved, saved.Missing, len(problems), id, len(problems)).Scan(&before)
	if err != nil {
		return fmt.Errorf("note progress of job %d: %w", id, err)
	}
	for i, problem := range problems[:min(len(problems), max(0, MaxProblems-before))] {
		_, err := t.ExecContext(ctx, `INSERT INTO job_problems (job_id, number, path, problem) VALUES (?, ?, ?, ?)`, id, before+i+1, problem.Path, problem.Problem)
		if err != nil {
			return fmt.Errorf("note problem of job %d: %w", id, err)
		}
	}
	return nil
}

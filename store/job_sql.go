package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const jobColumns = `j.id, j.kind, coalesce(j.library_id, 0), coalesce(j.channel_id, 0), j.subject, j.reason, j.asked_by, j.state, j.seen, j.total, j.added, j.changed, j.moved, j.missing,
	j.problems, j.current, j.cancel, j.error, j.asked_at, coalesce(j.started_at, 0), coalesce(j.ended_at, 0)`

func scanJob(row scanner) (Job, error) {
	var j Job
	var asked, started, ended int64
	err := row.Scan(&j.ID, &j.Kind, &j.LibraryID, &j.ChannelID, &j.Subject, &j.Reason, &j.AskedBy, &j.State, &j.Seen, &j.Total,
		&j.Added, &j.Changed, &j.Moved, &j.Missing, &j.Problems, &j.Current, &j.Cancelling, &j.Error, &asked, &started, &ended)
	j.AskedAt, j.StartedAt, j.EndedAt = fromMillis(asked), fromMillis(started), fromMillis(ended)
	return j, err
}

// readJobs are the jobs j that the rest of a query leaves.
func readJobs(ctx context.Context, q querier, rest string, args ...any) ([]Job, error) {
	jobs, err := readEach(ctx, q, scanJob, `SELECT `+jobColumns+` FROM jobs j `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("read jobs: %w", err)
	}
	return jobs, nil
}

// readJob is the first of readJobs, or ErrNotFound.
func readJob(ctx context.Context, q querier, rest string, args ...any) (Job, error) {
	job, err := scanJob(q.QueryRowContext(ctx, `SELECT `+jobColumns+` FROM jobs j `+rest, args...))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Job{}, fmt.Errorf("read job: %w", err)
	}
	return job, nil
}

// Job is the job with this id, or ErrNotFound.
func (s *Store) Job(ctx context.Context, id int64) (Job, error) {
	return readJob(ctx, s.reader, `WHERE j.id = ?`, id)
}

// LatestJob is the scan of a library that was asked for last, or ErrNotFound.
func (s *Store) LatestJob(ctx context.Context, library int64) (Job, error) {
	return readJob(ctx, s.reader, `WHERE j.library_id = ? ORDER BY j.id DESC LIMIT 1`, library)
}

// LatestRefresh is the last time that a channel was to be read, or ErrNotFound.
func (s *Store) LatestRefresh(ctx context.Context, channel int64) (Job, error) {
	return readJob(ctx, s.reader, `WHERE j.channel_id = ? ORDER BY j.id DESC LIMIT 1`, channel)
}

// OpenJobs are the jobs that run or wait, in the order in which they are done.
func (s *Store) OpenJobs(ctx context.Context) ([]Job, error) {
	return readJobs(ctx, s.reader, `WHERE j.state IN ('waiting', 'running') ORDER BY j.state, j.id`)
}

// Jobs is a page of the worker log, from 1; a page that is not there becomes
// the nearest one.
func (s *Store) Jobs(ctx context.Context, page int) (JobPage, error) {
	var total int
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM jobs`).Scan(&total); err != nil {
		return JobPage{}, fmt.Errorf("count jobs: %w", err)
	}
	var p JobPage
	var err error
	p.Page, p.Pages = pageOf(page, total, PageSize)
	p.Jobs, err = readJobs(ctx, s.reader, `ORDER BY j.id DESC LIMIT ? OFFSET ?`, PageSize, (p.Page-1)*PageSize)
	return p, err
}

// JobProblems are the problems of a job after the one with this number, one
// page of them.
func (s *Store) JobProblems(ctx context.Context, job int64, after int) ([]JobProblem, error) {
	problems, err := readEach(ctx, s.reader, scanJobProblem, `SELECT number, path, problem FROM job_problems WHERE job_id = ? AND number > ? ORDER BY number LIMIT ?`, job, after, PageSize)
	if err != nil {
		return nil, fmt.Errorf("read problems of job %d: %w", job, err)
	}
	return problems, nil
}

func scanJobProblem(row scanner) (p JobProblem, err error) {
	err = row.Scan(&p.Number, &p.Path, &p.Problem)
	return p, err
}

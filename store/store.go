// Package store holds what Usher knows and the rules it keeps: types, checks,
// SQL and migrations, over one SQLite file.
//
// A method that changes something takes the actor first, opens one
// transaction, checks the rule, makes the change, writes the activity record
// and commits. Views ask the same predicates (Actor.MayDelete and the like)
// before they draw a button.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	writer *sql.DB // one connection: SQLite has one writer
	reader *sql.DB // many, read-only
	now    func() time.Time
	fixed  Fixed
	folder string

	statements sync.Map // SQL text -> *sql.Stmt on reader

	latest atomic.Pointer[versions] // what the last look at the database saw
	hasOwn atomic.Bool              // an owner exists; never goes back
	kept   kept
	lists  memory
	posted chan struct{}             // wakes whoever sends the letters of the outbox
	asked  map[JobKind]chan struct{} // wakes whoever does the jobs of a kind
}

// Option changes how Open opens a store.
type Option func(*Store)

// WithClock makes the store take the time from now.
func WithClock(now func() time.Time) Option {
	return func(s *Store) { s.now = now }
}

// WithFixed makes the given settings win over the saved ones.
func WithFixed(fixed Fixed) Option {
	return func(s *Store) { s.fixed = fixed }
}

// Fixed are the settings that were given at the start.
func (s *Store) Fixed() Fixed { return s.fixed }

// Folder is the data folder.
func (s *Store) Folder() string { return s.folder }

// Now is the time by the store's clock.
func (s *Store) Now() time.Time { return s.now() }

// Close closes the database.
func (s *Store) Close() error {
	s.statements.Range(func(_, stmt any) bool {
		_ = stmt.(*sql.Stmt).Close()
		return true
	})
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Posted tells when there may be a letter to send: it was queued, or is due
// earlier. Several at once are one.
func (s *Store) Posted() <-chan struct{} { return s.posted }

// Asked tells when there may be a job of this kind to do, or one to end. Several
// at once are one.
func (s *Store) Asked(kind JobKind) <-chan struct{} { return s.asked[kind] }

// tx is one writing transaction and its clock: everything in it happens at now.
type tx struct {
	*sql.Tx
	now        time.Time
	fixed      Fixed
	posted     bool                 // a letter was queued
	asked      []JobKind            // of which jobs were asked for
	answer     error                // what the method answers although everything was done
	statements map[string]*sql.Stmt // nil unless they are kept
}

// keepStatements makes the transaction prepare each statement once, which pays
// when it runs the same ones many times.
func (t *tx) keepStatements() { t.statements = make(map[string]*sql.Stmt) }

// kept is the prepared statement, which lives as long as the transaction.
func (t *tx) kept(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, known := t.statements[query]; known {
		return stmt, nil
	}
	stmt, err := t.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	t.statements[query] = stmt
	return stmt, nil
}

// ExecContext runs a statement.
func (t *tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if t.statements == nil {
		return t.Tx.ExecContext(ctx, query, args...)
	}
	stmt, err := t.kept(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryRowContext asks for one row.
func (t *tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if t.statements != nil {
		if stmt, err := t.kept(ctx, query); err == nil {
			return stmt.QueryRowContext(ctx, args...)
		}
	}
	return t.Tx.QueryRowContext(ctx, query, args...)
}

// change runs fn in one transaction, which commits when fn returns nil. It
// answers the error of fn, or what the transaction has in its answer.
func (s *Store) change(ctx context.Context, fn func(*tx) error) (err error) {
	t, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if p := recover(); p != nil {
			_ = t.Rollback()
			panic(p)
		}
	}()
	open := &tx{Tx: t, now: s.now(), fixed: s.fixed}
	if err := fn(open); err != nil {
		return errors.Join(err, ignoreDone(t.Rollback()))
	}
	after, err := readVersions(ctx, t)
	if err != nil {
		return errors.Join(err, ignoreDone(t.Rollback()))
	}
	if err := t.Commit(); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", err), ignoreDone(t.Rollback()))
	}
	s.saw(after)
	if open.posted {
		wake(s.posted)
	}
	for _, kind := range open.asked {
		wake(s.asked[kind])
	}
	return open.answer
}

// wake leaves word for a worker, unless there is word for it already.
func wake(worker chan<- struct{}) {
	select {
	case worker <- struct{}{}:
	default:
	}
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// statement is query, prepared once for all reading connections.
func (s *Store) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := s.statements.Load(query); ok {
		return stmt.(*sql.Stmt), nil
	}
	stmt, err := s.reader.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	if first, loaded := s.statements.LoadOrStore(query, stmt); loaded {
		_ = stmt.Close()
		return first.(*sql.Stmt), nil
	}
	return stmt, nil
}

// brief is ctx for a query that takes well under a millisecond, so that its
// end need not be watched for: watching costs a goroutine for each query.
func brief(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// millis is t as it is stored: unix milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// nullMillis is millis with NULL for the zero time.
func nullMillis(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: millis(t), Valid: !t.IsZero()}
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// nullID is id with NULL for 0.
func nullID(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

// nullText is s with NULL for the empty string.
func nullText(s string) sql.NullString {
	return sql.NullString{String: s, Valid: s != ""}
}

package main

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"usher/store"
)

// raiseSchema makes the database in the folder look like one of a newer Usher.
func raiseSchema(t *testing.T, data string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(data, store.FileName))
	must(t, err)
	_, err = db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	must(t, errors.Join(err, db.Close()))
}

// proveEarlier makes it longer ago that the password was typed in each session.
func (p *program) proveEarlier(by time.Duration) {
	p.t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(p.data, store.FileName)+"?_busy_timeout=5000")
	must(p.t, err)
	_, err = db.ExecContext(p.t.Context(), `UPDATE sessions SET proven_at = max(proven_at - ?, 0)`, by.Milliseconds())
	must(p.t, errors.Join(err, db.Close()))
}

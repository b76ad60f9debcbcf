package main

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

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

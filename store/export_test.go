package store

import (
	"database/sql"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Writer is the writing connection, for tests that look at its settings.
func (s *Store) Writer() *sql.DB { return s.writer }

// Reader is the reading connections.
func (s *Store) Reader() *sql.DB { return s.reader }

// Migrations is the way down and up the schema.
func (s *Store) Migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, s.writer, files)
}

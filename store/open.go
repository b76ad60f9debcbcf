package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// FileName is the database's name in the data folder.
const FileName = "usher.db"

// DataError says that the data folder cannot be used, in a sentence for the
// terminal.
type DataError struct {
	Sentence string
	Cause    error
}

// Error is the sentence with its cause.
func (e *DataError) Error() string {
	if e.Cause == nil {
		return e.Sentence
	}
	return e.Sentence + " (" + e.Cause.Error() + ")"
}

// Unwrap is the cause.
func (e *DataError) Unwrap() error { return e.Cause }

// Lock marks folder as used by a running server until release is called. A
// second server on the same folder gets a DataError.
func Lock(folder string) (release func() error, err error) {
	if err := makeFolder(folder); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(folder, "usher.lock"), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, &DataError{fmt.Sprintf("Usher cannot write to the data folder %s.", folder), err}
	}
	if !locked {
		return nil, &DataError{fmt.Sprintf("Another Usher is already running on the data folder %s. Stop it first, or give this one a folder of its own with --data.", folder), nil}
	}
	return lock.Unlock, nil
}

// Open opens the database in folder, makes both where they are missing, and
// brings the schema up to date. What is wrong with the folder or the database
// comes back as a DataError.
func Open(ctx context.Context, folder string, options ...Option) (*Store, error) {
	if err := makeFolder(folder); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(filepath.Join(folder, FileName))
	if err != nil {
		return nil, fmt.Errorf("path of the database: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, &DataError{fmt.Sprintf("Usher cannot write its database %s.", path), err}
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("make the database: %w", err)
	}
	s := &Store{now: time.Now, folder: filepath.Dir(path), posted: make(chan struct{}, 1), asked: map[JobKind]chan struct{}{JobScan: make(chan struct{}, 1), JobRefresh: make(chan struct{}, 1)}}
	for _, option := range options {
		option(s)
	}
	s.connect(path)
	if err := s.begin(ctx, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// begin makes the fresh connections ready: schema, then what is kept.
func (s *Store) begin(ctx context.Context, path string) error {
	if err := migrateAlone(ctx, s.writer, path); err != nil {
		return err
	}
	if err := s.Refresh(ctx); err != nil {
		return err
	}
	_, err := s.NeedsSetUp(ctx)
	return err
}

func makeFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return &DataError{fmt.Sprintf("Usher cannot make the data folder %s.", folder), err}
	}
	return nil
}

// connect opens the writer and the readers. Settings of a connection live in
// the DSN, since a PRAGMA by Exec reaches one pooled connection only. Readers
// need no mutex of SQLite's around each call: the pool gives a connection to
// one goroutine at a time. The writer may keep 32 MB of pages, which only a
// change of very many users fills.
func (s *Store) connect(path string) {
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	s.writer = sql.OpenDB(connector{file + "?_txlock=immediate&_synchronous=FULL&_journal_mode=WAL&_foreign_keys=on&_busy_timeout=5000&_cache_size=-32000", 0})
	s.writer.SetMaxOpenConns(1)
	s.reader = sql.OpenDB(connector{file + "?mode=ro&_query_only=1&_busy_timeout=5000&_foreign_keys=on&_mutex=no", mapped})
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
}

// mapped is how many bytes of the database readers see through memory mapping,
// which spares a copy of each page.
const mapped = 64 << 20

// connector makes connections with a setting that the driver takes in no DSN.
type connector struct {
	dsn    string
	mapped int // bytes
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.Driver().Open(c.dsn) }

// Driver is SQLite's, which sets up each new connection.
func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		_, err := conn.Exec(`PRAGMA mmap_size = `+strconv.Itoa(c.mapped), nil)
		return err
	}}
}

// migrateAlone is migrate, one process after the other: a command may open the
// database while the server makes it.
func migrateAlone(ctx context.Context, db *sql.DB, path string) (err error) {
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, 10*time.Millisecond); err != nil {
		return &DataError{fmt.Sprintf("Usher cannot write to the data folder %s.", filepath.Dir(path)), err}
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	return migrate(ctx, db, path)
}

// migrate brings the schema up to date, and refuses a database that a newer
// Usher has written.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return &DataError{fmt.Sprintf("%s cannot be read as a database of Usher.", path), err}
	}
	sources := provider.ListSources()
	if know := sources[len(sources)-1].Version; have > know {
		return &DataError{fmt.Sprintf("The database %s was written by a newer Usher (its schema is %d, this Usher knows %d). Start the newer Usher, or restore a backup made before the upgrade.", path, have, know), nil}
	}
	if _, err := provider.Up(ctx); err != nil {
		return &DataError{fmt.Sprintf("The database %s could not be brought up to date.", path), err}
	}
	return nil
}

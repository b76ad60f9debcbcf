package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// SaveFound writes what a scan has found, all in one transaction. What an
// administrator has corrected stays as it is. It answers ErrNotFound when a
// folder has gone meanwhile.
func (s *Store) SaveFound(ctx context.Context, scan int64, found []Found) (Saved, error) {
	return s.saveScan(ctx, scan, Batch{Found: found}, false)
}

// titlesChanged makes everyone read titles anew.
func (t *tx) titlesChanged(ctx context.Context) error {
	if _, err := t.ExecContext(ctx, `UPDATE changes SET titles = titles + 1`); err != nil {
		return fmt.Errorf("note a change of titles: %w", err)
	}
	return nil
}

// shelving saves many titles in one transaction, and remembers what many of
// them share.
type shelving struct {
	*tx
	saved       Saved
	written     bool                   // a title was written
	libraries   map[int64]int64        // by folder
	directories map[directoryKey]int64 // ids
	holders     map[*FoundTitle]int64  // ids of those saved
	names       map[nameIn]int64       // ids of labels and genres
	audiences   map[audienceKey]int64  // ids
	standings   map[int64]standing     // of titles that hold others
	losers      map[int64]bool         // ids of titles that have lost files
}

type directoryKey struct {
	folder int64
	path   string
}

func newShelving(t *tx) *shelving {
	return &shelving{
		tx: t, libraries: make(map[int64]int64), directories: make(map[directoryKey]int64), holders: make(map[*FoundTitle]int64),
		names: make(map[nameIn]int64), audiences: make(map[audienceKey]int64), standings: make(map[int64]standing), losers: make(map[int64]bool),
	}
}

func (s *shelving) save(ctx context.Context, scan int64, f Found) error {
	library, err := s.libraryOf(ctx, f.Folder)
	if err != nil {
		return err
	}
	at := place{library: library, folder: f.Folder}
	for _, holder := range f.Under {
		id, err := s.saveHolder(ctx, at, holder)
		if err != nil {
			return err
		}
		at = at.under(id)
	}
	if f.Kind.Holds() {
		_, err := s.saveHolder(ctx, at, &f.FoundTitle)
		return err
	}
	directory, err := s.directory(ctx, f.Folder, f.Directory)
	if err != nil {
		return err
	}
	if err := s.moveFiles(ctx, directory, f.Files); err != nil {
		return err
	}
	known, err := s.titleOfFiles(ctx, scan, directory, f.Files)
	if err != nil {
		return err
	}
	id, written, err := s.saveTitle(ctx, known, at, &f.FoundTitle)
	if err != nil {
		return err
	}
	touched, err := s.saveFiles(ctx, scan, directory, id, f.Files)
	switch {
	case known == 0:
		s.saved.Added++
	case written || touched:
		s.saved.Changed++
	}
	return err
}

func (s *shelving) libraryOf(ctx context.Context, folder int64) (library int64, err error) {
	if library, known := s.libraries[folder]; known {
		return library, nil
	}
	err = s.QueryRowContext(ctx, `SELECT library_id FROM library_folders WHERE id = ? AND removed_at IS NULL`, folder).Scan(&library)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("folder %d: %w", folder, ErrNotFound)
	}
	if err != nil {
		return 0, fmt.Errorf("find folder %d: %w", folder, err)
	}
	s.libraries[folder] = library
	return library, nil
}

func (s *shelving) directory(ctx context.Context, folder int64, path string) (id int64, err error) {
	key := directoryKey{folder, path}
	if id, known := s.directories[key]; known {
		return id, nil
	}
	err = s.QueryRowContext(ctx, `INSERT INTO directories (folder_id, path) VALUES (?, ?)
		ON CONFLICT (folder_id, path) DO UPDATE SET path = path RETURNING id`, folder, []byte(path)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("note directory: %w", err)
	}
	s.directories[key] = id
	return id, nil
}

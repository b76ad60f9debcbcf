package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// KnownDirectory is what is known of a directory inside a library's folder.
func (s *Store) KnownDirectory(ctx context.Context, folder int64, path string) (known KnownDirectory, err error) {
	stmt, err := s.statement(ctx, `SELECT d.id, d.signature, (SELECT count(*) FROM files f WHERE f.directory_id = d.id AND f.missing_at IS NULL)
		FROM directories d WHERE d.folder_id = ? AND d.path = ?`)
	if err != nil {
		return known, err
	}
	err = stmt.QueryRowContext(brief(ctx), folder, []byte(path)).Scan(&known.ID, &known.Signature, &known.Files)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return known, fmt.Errorf("look for a directory: %w", err)
	}
	return known, nil
}

// HoldsFiles says whether scans before have found files in a folder of a
// library that were there to the last.
func (s *Store) HoldsFiles(ctx context.Context, folder int64) (holds bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM directories d JOIN files f ON f.directory_id = d.id
		WHERE d.folder_id = ? AND f.missing_at IS NULL)`, folder).Scan(&holds)
	if err != nil {
		return false, fmt.Errorf("look for files of folder %d: %w", folder, err)
	}
	return holds, nil
}

// KnowsFile says whether a file in a directory is known by its name.
func (s *Store) KnowsFile(ctx context.Context, directory int64, name string) (known bool, err error) {
	stmt, err := s.statement(ctx, `SELECT EXISTS (SELECT 1 FROM files WHERE directory_id = ? AND name = ?)`)
	if err == nil {
		err = stmt.QueryRowContext(brief(ctx), directory, []byte(name)).Scan(&known)
	}
	if err != nil {
		return false, fmt.Errorf("look for a file: %w", err)
	}
	return known, nil
}

// maxAlike bounds how many files of the same size and time are looked at.
const maxAlike = 20

// FilesAlike are files of a library with this size and time, those of the same
// name first: what a file may have been before it moved.
func (s *Store) FilesAlike(ctx context.Context, library int64, name string, size int64, modified time.Time) ([]KnownFile, error) {
	return s.knownFiles(ctx, `f.size = ? AND f.modified_at = ? AND l.library_id = ? ORDER BY f.name = ? DESC, f.id LIMIT ?`,
		size, modified.UnixNano(), library, []byte(name), maxAlike)
}

// FilesUnder are the files that were there of all that lies in a title which
// holds others.
func (s *Store) FilesUnder(ctx context.Context, holder int64) ([]KnownFile, error) {
	return s.knownFiles(ctx, `f.missing_at IS NULL AND f.title_id IN (SELECT id FROM titles WHERE parent_id = ?1 UNION SELECT id FROM titles WHERE root_id = ?1)`, holder)
}

func (s *Store) knownFiles(ctx context.Context, where string, args ...any) ([]KnownFile, error) {
	files, err := readEach(ctx, s.reader, scanKnownFile, `SELECT f.id, f.title_id, d.folder_id, l.removed_at IS NOT NULL, d.path, f.name
		FROM files f JOIN directories d ON d.id = f.directory_id JOIN library_folders l ON l.id = d.folder_id WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read known files: %w", err)
	}
	return files, nil
}

func scanKnownFile(row scanner) (f KnownFile, err error) {
	var directory, name []byte
	err = row.Scan(&f.ID, &f.Title, &f.Folder, &f.Removed, &directory, &name)
	f.Directory, f.Name = string(directory), string(name)
	return f, err
}

// Holders are what a title lies in, by kind.
func (s *Store) Holders(ctx context.Context, title int64) (holders map[TitleKind]KnownHolder, err error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT h.kind, h.id, CASE WHEN h.parent_id IS NULL THEN h.key ELSE substr(h.key, instr(h.key, '/') + 1) END
		FROM titles t JOIN titles h ON h.id IN (t.parent_id, t.root_id) WHERE t.id = ?`, title)
	if err != nil {
		return nil, fmt.Errorf("read what title %d lies in: %w", title, err)
	}
	defer func() { _ = rows.Close() }()
	holders = make(map[TitleKind]KnownHolder)
	for rows.Next() {
		var kind TitleKind
		var holder KnownHolder
		if err := rows.Scan(&kind, &holder.ID, &holder.Key); err != nil {
			return nil, fmt.Errorf("read what title %d lies in: %w", title, err)
		}
		holders[kind] = holder
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what title %d lies in: %w", title, err)
	}
	return holders, nil
}

// KnowsFiles says whether scans before have found anything in a library.
func (s *Store) KnowsFiles(ctx context.Context, library int64) (knows bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM library_folders l JOIN directories d ON d.folder_id = l.id
		JOIN files f ON f.directory_id = d.id WHERE l.library_id = ?)`, library).Scan(&knows)
	if err != nil {
		return false, fmt.Errorf("look for files of library %d: %w", library, err)
	}
	return knows, nil
}

// KnownHolder is what holds others and is known by a key inside another, 0 for
// none: its id, 0 where there is none, and where the NFO file and the poster
// lie that tell of it.
func (s *Store) KnownHolder(ctx context.Context, library, outer int64, key string) (id int64, told, poster FoundPoster, err error) {
	at := place{parent: outer}
	var toldPath, posterPath []byte
	err = s.reader.QueryRowContext(ctx, `SELECT id, coalesce(told_folder, 0), told_path, coalesce(poster_folder, 0), poster_path, poster
		FROM titles WHERE library_id = ? AND key = ?`, library, at.key(&FoundTitle{Key: key})).
		Scan(&id, &told.Folder, &toldPath, &poster.Folder, &posterPath, &poster.Stamp)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, told, poster, fmt.Errorf("look for %q: %w", key, err)
	}
	told.Path, poster.Path = string(toldPath), string(posterPath)
	return id, told, poster, nil
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// MaxFolders is how many folders one library has at the most.
const MaxFolders = 50

// readLibraries are the libraries l that the condition leaves, in their order,
// personal folders last. Folders that were taken out of them do not count.
func readLibraries(ctx context.Context, q querier, where string, args ...any) ([]Library, error) {
	rows, err := q.QueryContext(ctx, `SELECT l.id, l.name, l.kind, coalesce(l.user_id, 0), l.created_at,
			f.id, f.path, f.unreachable, coalesce(f.unreachable_since, 0)
		FROM libraries l LEFT JOIN library_folders f ON f.library_id = l.id AND f.removed_at IS NULL `+where+`
		ORDER BY l.user_id IS NOT NULL, l.position, l.id, f.position`, args...)
	if err != nil {
		return nil, fmt.Errorf("read libraries: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var libraries []Library
	for rows.Next() {
		var l Library
		var created, since int64
		var folder sql.NullInt64
		var path, unreachable sql.NullString
		if err := rows.Scan(&l.ID, &l.Name, &l.Kind, &l.UserID, &created, &folder, &path, &unreachable, &since); err != nil {
			return nil, fmt.Errorf("read libraries: %w", err)
		}
		l.CreatedAt = fromMillis(created)
		if n := len(libraries); n == 0 || libraries[n-1].ID != l.ID {
			libraries = append(libraries, l)
		}
		if folder.Valid {
			last := &libraries[len(libraries)-1]
			last.Folders = append(last.Folders, path.String)
			last.Roots = append(last.Roots, Root{ID: folder.Int64, Path: path.String, Unreachable: unreachable.String, Since: fromMillis(since)})
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read libraries: %w", err)
	}
	return libraries, nil
}

// shared leaves the libraries that are nobody's personal folder.
const shared = `WHERE l.user_id IS NULL`

// Library is the library with this id, or ErrNotFound.
func (s *Store) Library(ctx context.Context, id int64) (Library, error) {
	libraries, err := s.Libraries(ctx)
	if err != nil {
		return Library{}, err
	}
	i := slices.IndexFunc(libraries, func(l Library) bool { return l.ID == id })
	if i < 0 {
		return Library{}, fmt.Errorf("library %d: %w", id, ErrNotFound)
	}
	return libraries[i], nil
}

// AddLibrary adds a library at the end. It answers Invalid with the fields
// name, kind and folders, together with the problems that were found before by
// whoever can see the disk, or ErrForbidden.
func (s *Store) AddLibrary(ctx context.Context, actor Actor, in LibraryInput, found ...Problem) (id int64, err error) {
	err = s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		if in, err = t.checkLibrary(ctx, 0, in, found...); err != nil {
			return err
		}
		if id, err = t.insertLibrary(ctx, in); err != nil {
			return err
		}
		return t.record(ctx, actor, Entry{ActionLibraryAdded, SubjectLibrary, id, in.Name, ""})
	})
	return id, err
}

// insertLibrary adds a library that has been checked, at the end.
func (t *tx) insertLibrary(ctx context.Context, in LibraryInput) (id int64, err error) {
	err = t.QueryRowContext(ctx, `INSERT INTO libraries (name, name_key, kind, position, created_at)
		SELECT ?, ?, ?, coalesce(max(position), 0) + 1, ? FROM libraries RETURNING id`,
		in.Name, nameKey(in.Name), in.Kind, millis(t.now)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("add library: %w", err)
	}
	return id, t.setFolders(ctx, id, in.Folders)
}

// UpdateLibrary changes a library. It answers Invalid as AddLibrary,
// ErrNotFound or ErrForbidden.
func (s *Store) UpdateLibrary(ctx context.Context, actor Actor, id int64, in LibraryInput, found ...Problem) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		all, err := readLibraries(ctx, t, shared)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(l Library) bool { return l.ID == id })
		if at < 0 {
			return fmt.Errorf("library %d: %w", id, ErrNotFound)
		}
		if in, err = t.checkLibrary(ctx, id, in, found...); err != nil {
			return err
		}
		detail := libraryDetail(all[at], in)
		if detail == "" {
			return nil
		}
		if _, err := t.ExecContext(ctx, `UPDATE libraries SET name = ?, name_key = ?, kind = ? WHERE id = ?`, in.Name, nameKey(in.Name), in.Kind, id); err != nil {
			return fmt.Errorf("change library %d: %w", id, err)
		}
		if all[at].Kind != in.Kind || !slices.Equal(all[at].Folders, in.Folders) {
			if err := t.setFolders(ctx, id, in.Folders); err != nil {
				return err
			}
		}
		return t.record(ctx, actor, Entry{ActionLibraryChanged, SubjectLibrary, id, in.Name, detail})
	})
}

// libraryDetail names what changed, or is "" when nothing did.
func libraryDetail(before Library, after LibraryInput) string {
	var changed []string
	if before.Name != after.Name {
		changed = append(changed, renamed(before.Name))
	}
	if before.Kind != after.Kind {
		changed = append(changed, "kind")
	}
	if !slices.Equal(before.Folders, after.Folders) {
		changed = append(changed, "folders")
	}
	return strings.Join(changed, ", ")
}

func renamed(before string) string { return "renamed from “" + before + "”" }

func (t *tx) checkLibrary(ctx context.Context, id int64, in LibraryInput, found ...Problem) (LibraryInput, error) {
	var bad Invalid
	name, message, err := t.checkMediaName(ctx, "libraries", "library", id, in.Name)
	if err != nil {
		return in, err
	}
	bad.Add("name", message)
	in.Name = name
	if in.Kind.Label() == "" {
		bad.Add("kind", "Choose what the library holds.")
	}
	bad.Problems = append(bad.Problems, found...)
	in.Folders = slices.Compact(slices.Sorted(slices.Values(in.Folders)))
	if len(in.Folders) == 0 && len(found) == 0 {
		bad.Add("folders", "Name at least one folder on the server.")
	}
	if len(in.Folders) > MaxFolders {
		bad.Add("folders", fmt.Sprintf("A library has at most %d folders.", MaxFolders))
	}
	return in, bad.Err()
}

// setFolders gives a library these folders. Those that it had before keep their
// titles; the titles of those it loses are missing from now on.
func (t *tx) setFolders(ctx context.Context, id int64, folders []string) error {
	if _, err := t.ExecContext(ctx, `UPDATE library_folders SET removed_at = ? WHERE library_id = ? AND removed_at IS NULL`, millis(t.now), id); err != nil {
		return fmt.Errorf("clear folders: %w", err)
	}
	for i, path := range folders {
		_, err := t.ExecContext(ctx, `INSERT INTO library_folders (library_id, position, path) VALUES (?, ?, ?)
			ON CONFLICT (library_id, path) DO UPDATE SET position = excluded.position, removed_at = NULL`, id, i, path)
		if err != nil {
			return fmt.Errorf("add folder: %w", err)
		}
	}
	if err := t.missRemoved(ctx, id); err != nil {
		return err
	}
	_, err := t.queueJob(ctx, JobScan, id, ReasonLibrary, "")
	return err
}

// DeleteLibrary deletes the record of a library and everyone's access to it;
// the files on the disk stay. It answers ErrNotFound or ErrForbidden.
func (s *Store) DeleteLibrary(ctx context.Context, actor Actor, id int64) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		library, err := oneLibrary(ctx, t, shared+` AND l.id = ?`, id)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM libraries WHERE id = ?`, id); err != nil {
			return fmt.Errorf("delete library %d: %w", id, err)
		}
		return t.record(ctx, actor, Entry{ActionLibraryDeleted, SubjectLibrary, id, library.Name, ""})
	})
}

// MoveLibrary moves a library one place up or down. It answers ErrNotFound or
// ErrForbidden; at the end of the list nothing happens.
func (s *Store) MoveLibrary(ctx context.Context, actor Actor, id int64, up bool) error {
	return s.moveMedia(ctx, actor, "libraries", "user_id IS NULL", id, up, Entry{Action: ActionLibrariesOrdered, SubjectKind: SubjectLibrary, SubjectID: id})
}

// LibraryUsers is how many users were given each library by choice. Those who
// may watch all libraries are not among them.
func (s *Store) LibraryUsers(ctx context.Context) (map[int64]int, error) {
	return s.given(ctx, `SELECT library_id, count(*) FROM user_libraries GROUP BY library_id`)
}

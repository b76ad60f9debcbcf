package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxFolders is how many folders one library has at the most.
const MaxFolders = 50

func readLibraries(ctx context.Context, q querier) ([]Library, error) {
	rows, err := q.QueryContext(ctx, `SELECT l.id, l.name, l.kind, l.created_at, f.path
		FROM libraries l LEFT JOIN library_folders f ON f.library_id = l.id ORDER BY l.position, l.id, f.position`)
	if err != nil {
		return nil, fmt.Errorf("read libraries: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var libraries []Library
	for rows.Next() {
		var l Library
		var created int64
		var path sql.NullString
		if err := rows.Scan(&l.ID, &l.Name, &l.Kind, &created, &path); err != nil {
			return nil, fmt.Errorf("read libraries: %w", err)
		}
		l.CreatedAt = fromMillis(created)
		if n := len(libraries); n == 0 || libraries[n-1].ID != l.ID {
			libraries = append(libraries, l)
		}
		if path.Valid {
			last := &libraries[len(libraries)-1]
			last.Folders = append(last.Folders, path.String)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read libraries: %w", err)
	}
	return libraries, nil
}

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
// name, kind and folders, or ErrForbidden.
func (s *Store) AddLibrary(ctx context.Context, actor Actor, in LibraryInput) (id int64, err error) {
	err = s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		if in, err = t.checkLibrary(ctx, 0, in); err != nil {
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
func (s *Store) UpdateLibrary(ctx context.Context, actor Actor, id int64, in LibraryInput) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		before, err := t.mediaName(ctx, "libraries", id)
		if err != nil {
			return err
		}
		if in, err = t.checkLibrary(ctx, id, in); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `UPDATE libraries SET name = ?, name_key = ?, kind = ? WHERE id = ?`, in.Name, nameKey(in.Name), in.Kind, id); err != nil {
			return fmt.Errorf("change library %d: %w", id, err)
		}
		if err := t.setFolders(ctx, id, in.Folders); err != nil {
			return err
		}
		return t.record(ctx, actor, Entry{ActionLibraryChanged, SubjectLibrary, id, in.Name, renamed(before, in.Name)})
	})
}

func renamed(before, after string) string {
	if before == after {
		return ""
	}
	return "before “" + before + "”"
}

func (t *tx) checkLibrary(ctx context.Context, id int64, in LibraryInput) (LibraryInput, error) {
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
	slices.Sort(in.Folders)
	in.Folders = slices.Compact(in.Folders)
	if len(in.Folders) == 0 {
		bad.Add("folders", "Name at least one folder on the server.")
	}
	if len(in.Folders) > MaxFolders {
		bad.Add("folders", fmt.Sprintf("A library has at most %d folders.", MaxFolders))
	}
	return in, bad.Err()
}

func (t *tx) setFolders(ctx context.Context, id int64, folders []string) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM library_folders WHERE library_id = ?`, id); err != nil {
		return fmt.Errorf("clear folders: %w", err)
	}
	for i, path := range folders {
		if _, err := t.ExecContext(ctx, `INSERT INTO library_folders (library_id, position, path) VALUES (?, ?, ?)`, id, i, path); err != nil {
			return fmt.Errorf("add folder: %w", err)
		}
	}
	return nil
}

// DeleteLibrary deletes the record of a library and everyone's access to it;
// the files on the disk stay. It answers ErrNotFound or ErrForbidden.
func (s *Store) DeleteLibrary(ctx context.Context, actor Actor, id int64) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		name, err := t.mediaName(ctx, "libraries", id)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM libraries WHERE id = ?`, id); err != nil {
			return fmt.Errorf("delete library %d: %w", id, err)
		}
		return t.record(ctx, actor, Entry{ActionLibraryDeleted, SubjectLibrary, id, name, ""})
	})
}

// MoveLibrary moves a library one place up or down. It answers ErrNotFound or
// ErrForbidden; at the end of the list nothing happens.
func (s *Store) MoveLibrary(ctx context.Context, actor Actor, id int64, up bool) error {
	return s.moveMedia(ctx, actor, "libraries", id, up, Entry{Action: ActionLibrariesOrdered, SubjectKind: SubjectLibrary, SubjectID: id})
}

// LibraryUsers is how many users were given this very library.
func (s *Store) LibraryUsers(ctx context.Context, id int64) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM user_libraries l JOIN users u ON u.id = l.user_id AND u.all_libraries = 0 WHERE l.library_id = ?`, id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count users of library %d: %w", id, err)
	}
	return n, nil
}

// changeMedia is change for administrators.
func (s *Store) changeMedia(ctx context.Context, actor Actor, fn func(*tx, Actor) error) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.actor(ctx, actor)
		if err != nil {
			return err
		}
		if !actor.IsAdministrator() {
			return fmt.Errorf("change libraries or channels: %w", ErrForbidden)
		}
		return fn(t, actor)
	})
}

// mediaName is the name of a library or channel, or ErrNotFound. The table is
// one of our own two names.
func (t *tx) mediaName(ctx context.Context, table string, id int64) (name string, err error) {
	err = t.QueryRowContext(ctx, `SELECT name FROM `+table+` WHERE id = ?`, id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("%s %d: %w", table, id, ErrNotFound)
	}
	if err != nil {
		return "", fmt.Errorf("read %s %d: %w", table, id, err)
	}
	return name, nil
}

// checkMediaName cleans the name of a library or channel and finds its double.
func (t *tx) checkMediaName(ctx context.Context, table, what string, id int64, name string) (clean, message string, err error) {
	clean, message = CleanName(name)
	if message != "" {
		return clean, message, nil
	}
	var other string
	err = t.QueryRowContext(ctx, `SELECT name FROM `+table+` WHERE name_key = ? AND id <> ?`, nameKey(clean), id).Scan(&other)
	if errors.Is(err, sql.ErrNoRows) {
		return clean, "", nil
	}
	if err != nil {
		return clean, "", fmt.Errorf("look for a double in %s: %w", table, err)
	}
	return clean, "There is already a " + what + " called " + other + ".", nil
}

// moveMedia swaps a library or channel with its neighbour.
func (s *Store) moveMedia(ctx context.Context, actor Actor, table string, id int64, up bool, entry Entry) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) (err error) {
		if entry.SubjectName, err = t.mediaName(ctx, table, id); err != nil {
			return err
		}
		entry.Detail = "down"
		step := `SELECT id, position FROM ` + table + ` WHERE position > ? ORDER BY position LIMIT 1`
		if up {
			entry.Detail = "up"
			step = strings.NewReplacer("> ?", "< ?", "ORDER BY position", "ORDER BY position DESC").Replace(step)
		}
		var here, there, neighbour int64
		if err := t.QueryRowContext(ctx, `SELECT position FROM `+table+` WHERE id = ?`, id).Scan(&here); err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		err = t.QueryRowContext(ctx, step, here).Scan(&neighbour, &there)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		if _, err := t.ExecContext(ctx, `UPDATE `+table+` SET position = CASE id WHEN ? THEN ? ELSE ? END WHERE id IN (?, ?)`, id, there, here, id, neighbour); err != nil {
			return fmt.Errorf("move in %s: %w", table, err)
		}
		return t.record(ctx, actor, entry)
	})
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// moveFiles gives files that have moved here their new place, with the title
// that they belong to. One that was taken by another meanwhile is a new one.
func (s *shelving) moveFiles(ctx context.Context, directory int64, files []FoundFile) error {
	for _, file := range files {
		if file.Was == 0 {
			continue
		}
		result, err := s.ExecContext(ctx, `UPDATE OR IGNORE files SET directory_id = ?, name = ?, missing_at = NULL
			WHERE id = ? AND size = ? AND modified_at = ?`, directory, []byte(file.Name), file.Was, file.Size, file.Modified.UnixNano())
		if err != nil {
			return fmt.Errorf("move file: %w", err)
		}
		moved, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("move file: %w", err)
		}
		s.saved.Moved += int(moved)
	}
	return nil
}

// titleOfFiles is the title that one of the files belongs to, or 0. One whose
// other files this scan has found elsewhere is theirs: it was one title in
// several parts, and is several now.
func (s *shelving) titleOfFiles(ctx context.Context, scan, directory int64, files []FoundFile) (id int64, err error) {
	for _, file := range files {
		err = s.QueryRowContext(ctx, `SELECT f.title_id FROM files f WHERE f.directory_id = ? AND f.name = ?
			AND NOT EXISTS (SELECT 1 FROM files o WHERE o.title_id = f.title_id AND o.id <> f.id AND o.scan = ? AND o.missing_at IS NULL)`,
			directory, []byte(file.Name), scan).Scan(&id)
		if err == nil {
			return id, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return 0, fmt.Errorf("find file: %w", err)
		}
	}
	return 0, nil
}

// saveFiles gives a title these files, and says whether any of them was new or
// other than before.
func (s *shelving) saveFiles(ctx context.Context, scan, directory, title int64, files []FoundFile) (touched bool, err error) {
	for i, file := range files {
		result, err := s.ExecContext(ctx, `UPDATE files SET scan = ? WHERE directory_id = ? AND name = ?
			AND size = ? AND modified_at = ? AND title_id = ? AND part = ? AND missing_at IS NULL`,
			scan, directory, []byte(file.Name), file.Size, file.Modified.UnixNano(), title, i+1)
		if err != nil {
			return false, fmt.Errorf("save file: %w", err)
		}
		if same, err := result.RowsAffected(); err != nil || same > 0 {
			if err != nil {
				return false, fmt.Errorf("save file: %w", err)
			}
			continue
		}
		touched = true
		if err := s.loseFile(ctx, directory, title, file.Name); err != nil {
			return false, err
		}
		_, err = s.ExecContext(ctx, `INSERT INTO files (directory_id, name, size, modified_at, title_id, part, scan) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (directory_id, name) DO UPDATE SET size = excluded.size, modified_at = excluded.modified_at,
			title_id = excluded.title_id, part = excluded.part, scan = excluded.scan, missing_at = NULL`,
			directory, []byte(file.Name), file.Size, file.Modified.UnixNano(), title, i+1, scan)
		if err != nil {
			return false, fmt.Errorf("save file: %w", err)
		}
	}
	return touched, nil
}

// loseFile notes the title that a file belonged to so far, where that is
// another than now: it may have none left.
func (s *shelving) loseFile(ctx context.Context, directory, title int64, name string) error {
	var other int64
	err := s.QueryRowContext(ctx, `SELECT title_id FROM files WHERE directory_id = ? AND name = ? AND title_id <> ?`, directory, []byte(name), title).Scan(&other)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find file: %w", err)
	}
	s.losers[other] = true
	return nil
}

// missFiles marks files as missing, by a condition on the files f.
func (s *shelving) missFiles(ctx context.Context, where string, args ...any) error {
	titles, err := readEach(ctx, s, scanID, `UPDATE files AS f SET missing_at = ? WHERE f.missing_at IS NULL AND `+where+` RETURNING title_id`,
		append([]any{millis(s.now)}, args...)...)
	if err != nil {
		return fmt.Errorf("mark files as missing: %w", err)
	}
	for _, title := range titles {
		s.losers[title] = true
	}
	return nil
}

// missTitles marks those titles as missing that have lost all their files.
func (s *shelving) missTitles(ctx context.Context) error {
	for id := range s.losers {
		result, err := s.ExecContext(ctx, `UPDATE titles SET missing_at = ? WHERE id = ? AND missing_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM files f WHERE f.title_id = titles.id AND f.missing_at IS NULL)`, millis(s.now), id)
		if err != nil {
			return fmt.Errorf("mark title %d as missing: %w", id, err)
		}
		missing, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("mark title %d as missing: %w", id, err)
		}
		s.saved.Missing += int(missing)
	}
	clear(s.losers)
	return nil
}

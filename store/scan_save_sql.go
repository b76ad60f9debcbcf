package store

import (
	"context"
	"fmt"
)

// SaveScan writes what a scan has found, and how far it is, in one transaction.
// What an administrator has corrected stays as it is. It answers ErrNotFound when
// a folder or the library has gone meanwhile.
func (s *Store) SaveScan(ctx context.Context, job int64, b Batch) (Saved, error) {
	return s.saveScan(ctx, job, b, true)
}

// saveScan is SaveScan, with progress where there is a job.
func (s *Store) saveScan(ctx context.Context, job int64, b Batch, progress bool) (saved Saved, err error) {
	err = s.change(ctx, func(t *tx) error {
		t.keepStatements()
		shelving := newShelving(t)
		if err := shelving.saveBatch(ctx, job, b); err != nil {
			return err
		}
		saved = shelving.saved
		if progress {
			if err := t.noteProgress(ctx, job, b.Progress, saved, b.Problems); err != nil {
				return err
			}
		}
		if !shelving.written && saved == (Saved{}) {
			return nil
		}
		return t.titlesChanged(ctx)
	})
	return saved, err
}

func (s *shelving) saveBatch(ctx context.Context, job int64, b Batch) error {
	for _, f := range b.Found {
		if err := s.save(ctx, job, f); err != nil {
			return fmt.Errorf("save %q: %w", f.Name, err)
		}
	}
	for _, directory := range b.Read {
		if err := s.endDirectory(ctx, job, directory); err != nil {
			return err
		}
	}
	for _, id := range b.Seen {
		if _, err := s.ExecContext(ctx, `UPDATE directories SET scan = ? WHERE id = ?`, job, id); err != nil {
			return fmt.Errorf("note a directory seen: %w", err)
		}
	}
	for _, directory := range b.Kept {
		if err := s.keepDirectory(ctx, job, directory); err != nil {
			return err
		}
	}
	return s.missTitles(ctx)
}

// endDirectory notes that a directory was read, and what is in it no more.
func (s *shelving) endDirectory(ctx context.Context, job int64, d Directory) error {
	id, err := s.directory(ctx, d.Folder, d.Path)
	if err != nil {
		return err
	}
	if _, err := s.ExecContext(ctx, `UPDATE directories SET signature = ?, scan = ? WHERE id = ?`, orNone(d.Signature), job, id); err != nil {
		return fmt.Errorf("note a directory read: %w", err)
	}
	return s.missFiles(ctx, `f.directory_id = ? AND f.scan <> ?`, id, job)
}

// orNone is a signature as it is stored.
func orNone(signature []byte) []byte {
	if signature == nil {
		return []byte{}
	}
	return signature
}

// keepDirectory notes as seen what could not be read, with all that is known
// below it. "0" follows "/" in the order of bytes.
func (s *shelving) keepDirectory(ctx context.Context, job int64, d Directory) error {
	query, args := `UPDATE directories SET scan = ? WHERE folder_id = ?`, []any{job, d.Folder}
	if d.Path != "" {
		query += ` AND (path = ? OR path > ? AND path < ?)`
		args = append(args, []byte(d.Path), []byte(d.Path+"/"), []byte(d.Path+"0"))
	}
	if _, err := s.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("keep a directory: %w", err)
	}
	return nil
}

// EndFolder marks as missing what a scan has not come by in a folder of a
// library that it has walked to the end.
func (s *Store) EndFolder(ctx context.Context, job, folder int64, p Progress) (Saved, error) {
	return s.finishScan(ctx, job, p, func(shelving *shelving) error {
		const unseen = `SELECT d.id FROM directories d WHERE d.folder_id = ? AND d.scan <> ?`
		if err := shelving.missFiles(ctx, `f.directory_id IN (`+unseen+`)`, folder, job); err != nil {
			return err
		}
		if _, err := shelving.ExecContext(ctx, `UPDATE directories SET signature = x'' WHERE id IN (`+unseen+`)`, folder, job); err != nil {
			return fmt.Errorf("forget what was in directories: %w", err)
		}
		_, err := shelving.ExecContext(ctx, `DELETE FROM directories WHERE folder_id = ? AND scan <> ?
			AND NOT EXISTS (SELECT 1 FROM files f WHERE f.directory_id = directories.id)`, folder, job)
		if err != nil {
			return fmt.Errorf("forget directories: %w", err)
		}
		return shelving.missTitles(ctx)
	})
}

// EndScan removes from a library what a scan has left without use: titles that
// hold nothing any more, and audiences of no title.
func (s *Store) EndScan(ctx context.Context, job, library int64, p Progress) error {
	_, err := s.finishScan(ctx, job, p, func(shelving *shelving) error {
		return shelving.removeUnused(ctx, `library_id = ?`, library)
	})
	return err
}

func (s *Store) finishScan(ctx context.Context, job int64, p Progress, fn func(*shelving) error) (saved Saved, err error) {
	err = s.change(ctx, func(t *tx) error {
		shelving := newShelving(t)
		if err := fn(shelving); err != nil {
			return err
		}
		saved = shelving.saved
		if saved != (Saved{}) || shelving.written {
			if err := t.titlesChanged(ctx); err != nil {
				return err
			}
		}
		return t.noteProgress(ctx, job, p, saved, nil)
	})
	return saved, err
}

// removeUnused deletes titles that hold nothing and audiences without a title,
// by a condition on their library.
func (s *shelving) removeUnused(ctx context.Context, where string, args ...any) error {
	for range maxDepth {
		result, err := s.ExecContext(ctx, `DELETE FROM titles WHERE `+where+` AND key IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM titles c WHERE c.parent_id = titles.id)`, args...)
		if err != nil {
			return fmt.Errorf("remove what holds nothing: %w", err)
		}
		removed, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("remove what holds nothing: %w", err)
		}
		if removed == 0 {
			break
		}
		s.written = true
	}
	_, err := s.ExecContext(ctx, `DELETE FROM audiences WHERE `+where+` AND NOT EXISTS (SELECT 1 FROM titles t WHERE t.audience_id = audiences.id)`, args...)
	if err != nil {
		return fmt.Errorf("remove audiences of no title: %w", err)
	}
	return nil
}

// maxDepth is how deep titles that hold others lie in each other: seasons in
// series, albums by artists.
const maxDepth = 2

// SetReachable notes whether a folder of a library can be read: why not is a
// sentence, "" when it can.
func (s *Store) SetReachable(ctx context.Context, folder int64, why string) error {
	return s.change(ctx, func(t *tx) error {
		_, err := t.ExecContext(ctx, `UPDATE library_folders SET unreachable = ?1, unreachable_since = CASE WHEN ?1 <> '' THEN coalesce(unreachable_since, ?2) END
			WHERE id = ?3 AND unreachable <> ?1`, why, millis(t.now), folder)
		if err != nil {
			return fmt.Errorf("note whether folder %d can be read: %w", folder, err)
		}
		return nil
	})
}

// missRemoved marks as missing what lies in folders that were taken out of a
// library. Should they come back, they are read as if they were new.
func (t *tx) missRemoved(ctx context.Context, library int64) error {
	const removed = `SELECT l.id FROM library_folders l WHERE l.library_id = ? AND l.removed_at IS NOT NULL`
	shelving := newShelving(t)
	err := shelving.missFiles(ctx, `f.directory_id IN (SELECT d.id FROM directories d WHERE d.folder_id IN (`+removed+`))`, library)
	if err != nil || len(shelving.losers) == 0 {
		return err
	}
	if _, err := t.ExecContext(ctx, `UPDATE directories SET signature = x'' WHERE folder_id IN (`+removed+`)`, library); err != nil {
		return fmt.Errorf("forget what was in directories: %w", err)
	}
	if err := shelving.missTitles(ctx); err != nil {
		return err
	}
	return t.titlesChanged(ctx)
}

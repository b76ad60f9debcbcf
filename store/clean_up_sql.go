package store

import (
	"context"
	"fmt"
	"time"
)

// missingKept is how long a title whose files are gone is kept, and a channel entry
// that is no longer in its source, so that they come back as they were.
const missingKept = 30 * Day

// CleanUp removes what has had its time: sessions unused or too old, links
// that have expired, letters sent or failed a month ago, throttles without a
// failure for a day, devices unused for a year, titles and channel entries missing for a month, and
// activity and jobs older than the settings say. It returns how many rows went; where there were some,
// the worker log has a job for it.
func (s *Store) CleanUp(ctx context.Context) (removed int64, err error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return 0, err
	}
	err = s.change(ctx, func(t *tx) error {
		if removed, err = t.removeOld(ctx, settings); err != nil {
			return err
		}
		devices, err := t.removeDevices(ctx)
		if err != nil {
			return err
		}
		titles, err := t.removeMissing(ctx)
		if err != nil {
			return err
		}
		if removed += devices + titles; removed == 0 {
			return nil
		}
		return t.noteCleanUp(ctx, removed, titles)
	})
	return removed, err
}

// removeOld deletes rows by their age.
func (t *tx) removeOld(ctx context.Context, settings Settings) (removed int64, err error) {
	before := func(age time.Duration) int64 { return millis(t.now.Add(-age)) }
	for _, old := range []struct {
		query string
		limit int64
	}{
		{`DELETE FROM sessions WHERE last_seen_at < ?`, before(settings.SessionIdle)},
		{`DELETE FROM sessions WHERE created_at < ?`, before(settings.SessionMax)},
		{`DELETE FROM player_links WHERE expires_at < ?`, before(0)},
		{`DELETE FROM reset_links WHERE expires_at < ?`, before(0)},
		{`DELETE FROM registration_links WHERE expires_at < ?`, before(0)},
		{`DELETE FROM registrations WHERE at < ?`, before(Day)},
		{`DELETE FROM outbox WHERE ended_at < ?`, before(letterKept)},
		{`DELETE FROM throttles WHERE failed_at < ?`, before(throttleMemory)},
		{`DELETE FROM challenges WHERE expires_at < ?`, before(0)},
		{`DELETE FROM users WHERE kind = 'invited' AND id IN (SELECT user_id FROM invitations WHERE expires_at < ?)`, before(invitationKept)},
		{`DELETE FROM activity WHERE at < ?`, before(settings.ActivityKept)},
		{`DELETE FROM jobs WHERE ended_at < ?`, before(settings.ActivityKept)},
		{`DELETE FROM channel_entries WHERE missing_at < ?`, before(missingKept)},
	} {
		n, err := t.remove(ctx, old.query, old.limit)
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

// removeMissing deletes titles whose files have been gone for long, and then
// what only they have used.
func (t *tx) removeMissing(ctx context.Context) (removed int64, err error) {
	if removed, err = t.remove(ctx, `DELETE FROM titles WHERE missing_at < ?`, millis(t.now.Add(-missingKept))); err != nil {
		return 0, err
	}
	if removed > 0 {
		if err := newShelving(t).removeUnused(ctx, `library_id > ?`, 0); err != nil {
			return 0, err
		}
		if err := t.titlesChanged(ctx); err != nil {
			return 0, err
		}
	}
	for _, unused := range []string{
		`DELETE FROM files WHERE missing_at < ?`,
		`DELETE FROM directories WHERE folder_id IN (SELECT id FROM library_folders WHERE removed_at < ?)
			AND NOT EXISTS (SELECT 1 FROM files f WHERE f.directory_id = directories.id)`,
		`DELETE FROM library_folders WHERE removed_at < ? AND NOT EXISTS (SELECT 1 FROM directories d WHERE d.folder_id = library_folders.id)`,
	} {
		if _, err := t.remove(ctx, unused, millis(t.now.Add(-missingKept))); err != nil {
			return 0, err
		}
	}
	for _, unused := range []string{
		`DELETE FROM labels WHERE NOT EXISTS (SELECT 1 FROM title_labels x WHERE x.label_id = labels.id)
			AND NOT EXISTS (SELECT 1 FROM audience_labels x WHERE x.label_id = labels.id)
			AND NOT EXISTS (SELECT 1 FROM channel_audience_labels x WHERE x.label_id = labels.id)
			AND NOT EXISTS (SELECT 1 FROM user_labels x WHERE x.label_id = labels.id)`,
		`DELETE FROM genres WHERE NOT EXISTS (SELECT 1 FROM title_genres x WHERE x.genre_id = genres.id)`,
	} {
		if _, err := t.remove(ctx, unused); err != nil {
			return 0, err
		}
	}
	return removed, nil
}

// remove runs a DELETE and counts what went.
func (t *tx) remove(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("clean up: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("clean up: %w", err)
	}
	return n, nil
}

// noteCleanUp writes a clean-up down in the worker log, with how many rows it has
// removed, and how many titles among them.
func (t *tx) noteCleanUp(ctx context.Context, removed, titles int64) error {
	now := millis(t.now)
	_, err := t.ExecContext(ctx, `INSERT INTO jobs (kind, reason, state, seen, total, missing, asked_at, started_at, ended_at) VALUES ('clean-up', ?, 'done', ?, ?, ?, ?, ?, ?)`,
		ReasonTime, removed, removed, titles, now, now, now)
	if err != nil {
		return fmt.Errorf("note a clean-up: %w", err)
	}
	return nil
}

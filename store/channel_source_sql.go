package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const sourceColumns = `c.id, coalesce(s.format, ''), coalesce(s.title, ''), coalesce(s.plot, ''), coalesce(s.etag, ''), coalesce(s.modified, ''),
	coalesce(s.tried_at, 0), coalesce(s.refreshed_at, 0), coalesce(s.problem, ''), coalesce(s.skipped, 0),
	(SELECT count(*) FROM channel_entries e WHERE e.channel_id = c.id AND e.missing_at IS NULL)`

func scanSource(row scanner) (s ChannelSource, err error) {
	var tried, refreshed int64
	err = row.Scan(&s.ChannelID, &s.Format, &s.Title, &s.Plot, &s.ETag, &s.Modified, &tried, &refreshed, &s.Problem, &s.Skipped, &s.Entries)
	s.TriedAt, s.RefreshedAt = fromMillis(tried), fromMillis(refreshed)
	return s, err
}

// ChannelSource is what the source of a channel said last, or ErrNotFound.
func (s *Store) ChannelSource(ctx context.Context, channel int64) (ChannelSource, error) {
	source, err := scanSource(s.reader.QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM channels c LEFT JOIN channel_sources s ON s.channel_id = c.id WHERE c.id = ?`, channel))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return ChannelSource{}, fmt.Errorf("read source of channel %d: %w", channel, err)
	}
	return source, nil
}

// ChannelSources are what the sources of all channels said last, by the id of
// the channel.
func (s *Store) ChannelSources(ctx context.Context) (map[int64]ChannelSource, error) {
	sources, err := readEach(ctx, s.reader, scanSource, `SELECT `+sourceColumns+` FROM channels c LEFT JOIN channel_sources s ON s.channel_id = c.id`)
	if err != nil {
		return nil, fmt.Errorf("read sources of channels: %w", err)
	}
	byChannel := make(map[int64]ChannelSource, len(sources))
	for _, source := range sources {
		byChannel[source.ChannelID] = source
	}
	return byChannel, nil
}

// NoteUnread notes that a channel could not be read now, and why, in a sentence.
// What it had before stays. One that is gone or has another address by now is
// left as it is.
func (s *Store) NoteUnread(ctx context.Context, channel Channel, why string) error {
	return s.noteTry(ctx, channel, `INSERT INTO channel_sources (channel_id, tried_at, problem) SELECT id, ?1, ?2 FROM channels WHERE id = ?3 AND address = ?4
		ON CONFLICT (channel_id) DO UPDATE SET tried_at = excluded.tried_at, problem = excluded.problem`, why)
}

// NoteUnchanged notes that the source of a channel is as it was when it was read
// last.
func (s *Store) NoteUnchanged(ctx context.Context, channel Channel) error {
	return s.noteTry(ctx, channel, `UPDATE channel_sources SET tried_at = ?1, refreshed_at = ?1, problem = ?2
		WHERE channel_id = (SELECT id FROM channels WHERE id = ?3 AND address = ?4)`, "")
}

func (s *Store) noteTry(ctx context.Context, channel Channel, query, problem string) error {
	return s.change(ctx, func(t *tx) error {
		if _, err := t.ExecContext(ctx, query, millis(t.now), problem, channel.ID, channel.Address); err != nil {
			return fmt.Errorf("note a try to read channel %d: %w", channel.ID, err)
		}
		return nil
	})
}

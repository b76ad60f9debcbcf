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

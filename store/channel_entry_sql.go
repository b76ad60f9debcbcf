package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// entryColumns are those of an entry e of a channel.
const entryColumns = `e.id, e.channel_id, e.position, e.name, e.address, e.media_type, e.live, e.groups, e.plot, e.rating, e.published_at, e.length, e.size, e.added_at`

func scanEntry(row scanner) (e ChannelEntry, err error) {
	var published, length, added int64
	err = row.Scan(&e.ID, &e.ChannelID, &e.Position, &e.Name, &e.Address, &e.MediaType, &e.Live, &e.Groups, &e.Plot, &e.Rating, &published, &length, &e.Size, &added)
	e.Published, e.Length, e.AddedAt = fromMillis(published), time.Duration(length)*time.Millisecond, fromMillis(added)
	return e, err
}

// entrySeenBy is whether the user sees the channel entry of this alias. It looks
// at its audience alone, so that it is for single entries.
func entrySeenBy(alias, user string) string {
	return `EXISTS (SELECT 1 FROM channel_audiences a CROSS JOIN channels c CROSS JOIN users u
		WHERE a.id = ` + alias + `.audience_id AND c.id = a.channel_id AND u.id = ` + user + ` AND ` + seesEntry + `)`
}

// seenEntries are the entries e of one channel that a user sees; the first ? is
// the channel's id, the second the user's.
var seenEntries = `channel_entries e WHERE e.channel_id = ?1 AND e.missing_at IS NULL AND e.audience_id IN (
	SELECT a.id FROM users u CROSS JOIN channels c CROSS JOIN channel_audiences a WHERE u.id = ?2 AND c.id = ?1 AND a.channel_id = c.id AND ` + seesEntry + `)`

// OpenChannel is the channel with this id if it is open to the user, or
// ErrNotFound.
func (s *Store) OpenChannel(ctx context.Context, viewer, id int64) (Channel, error) {
	channel, err := scanChannel(s.reader.QueryRowContext(ctx, `SELECT c.id, c.name, c.address, c.created_at FROM channels c JOIN users u ON u.id = ? WHERE c.id = ? AND `+opensChannel, viewer, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Channel{}, fmt.Errorf("channel %d for user %d: %w", id, viewer, err)
	}
	return channel, nil
}

// VisibleEntry is the channel entry with this id, if the user with the id viewer
// may see it. Otherwise it answers ErrNotFound, as for one that does not exist.
func (s *Store) VisibleEntry(ctx context.Context, viewer, id int64) (ChannelEntry, error) {
	entry, err := s.visibleEntry(ctx, viewer, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return ChannelEntry{}, fmt.Errorf("entry %d for user %d: %w", id, viewer, err)
	}
	return entry, nil
}

func (s *Store) visibleEntry(ctx context.Context, viewer, id int64) (ChannelEntry, error) {
	stmt, err := s.statement(ctx, `SELECT `+entryColumns+` FROM channel_entries e WHERE e.id = ? AND e.missing_at IS NULL AND `+entrySeenBy("e", "?"))
	if err != nil {
		return ChannelEntry{}, err
	}
	return scanEntry(stmt.QueryRowContext(brief(ctx), id, viewer))
}

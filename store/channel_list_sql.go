package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// listedColumns are entryColumns without the plot, which lists do not show.
const listedColumns = `e.id, e.channel_id, e.position, e.name, e.address, e.media_type, e.live, e.groups, '', e.rating, e.published_at, e.length, e.size, e.added_at`

// entryOrders are the SQL of the orders.
var entryOrders = map[EntrySort]string{
	EntriesAsUsual: `e.position, e.id`,
	EntriesByName:  `e.sort_name, e.id`,
	EntriesNewest:  `e.published_at DESC, e.position DESC, e.id DESC`,
	EntriesOldest:  `e.published_at, e.position, e.id`,
}

// Entries is a page of what a user sees of a channel. It answers ErrNotFound
// where the channel is not open to the user.
func (s *Store) Entries(ctx context.Context, q EntryQuery) (EntryPage, error) {
	if _, err := s.OpenChannel(ctx, q.Viewer, q.Channel); err != nil {
		return EntryPage{}, err
	}
	where, args := q.narrowed()
	order, err := s.entryOrder(ctx, q)
	if err != nil {
		return EntryPage{}, err
	}
	var page EntryPage
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM `+where, args...).Scan(&page.Total); err != nil {
		return EntryPage{}, fmt.Errorf("count entries: %w", err)
	}
	page.Page, page.Pages = pageOf(q.Page, page.Total, PageSize)
	page.Entries, err = readEach(ctx, s.reader, scanEntry, fmt.Sprintf(`SELECT %s FROM %s ORDER BY %s LIMIT %d OFFSET %d`,
		listedColumns, where, order, PageSize, (page.Page-1)*PageSize), args...)
	if err != nil {
		return EntryPage{}, fmt.Errorf("read entries: %w", err)
	}
	return page, nil
}

// narrowed are the entries that the query finds.
func (q EntryQuery) narrowed() (where string, args []any) {
	where, args = seenEntries, []any{q.Channel, q.Viewer}
	terms := words(clip(q.Search, maxTyped))
	for _, term := range terms[:min(len(terms), maxWords)] {
		args = append(args, term, afterPrefix(term))
		where += fmt.Sprintf(` AND e.id IN (SELECT w.entry_id FROM channel_entry_words w WHERE w.channel_id = ?1 AND w.word >= ?%d AND w.word < ?%d)`, len(args)-1, len(args))
	}
	if q.Group != "" {
		args = append(args, nameKey(clip(q.Group, maxTyped)))
		where += fmt.Sprintf(` AND e.id IN (SELECT g.entry_id FROM channel_entry_groups g WHERE g.channel_id = ?1 AND g.name_key = ?%d)`, len(args))
	}
	return where, args
}

// entryOrder is the SQL of the order that the query asks for, or the usual one.
func (s *Store) entryOrder(ctx context.Context, q EntryQuery) (string, error) {
	if order, known := entryOrders[q.Sort]; known && q.Sort != EntriesAsUsual {
		return order, nil
	}
	source, err := s.ChannelSource(ctx, q.Channel)
	if err != nil {
		return "", err
	}
	if source.Format == FormatPodcast {
		return entryOrders[EntriesNewest], nil
	}
	return entryOrders[EntriesAsUsual], nil
}

// EntryGroups are the groups of the entries of a channel that a user sees, by
// name, MostFacets at the most. One that all of them have is none to narrow by.
func (s *Store) EntryGroups(ctx context.Context, viewer, channel int64) ([]Facet, error) {
	var total int
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM `+seenEntries, channel, viewer).Scan(&total); err != nil {
		return nil, fmt.Errorf("count entries: %w", err)
	}
	facets, err := readEach(ctx, s.reader, scanFacet, `SELECT min(g.name), count(*) FROM channel_entry_groups g
		WHERE g.channel_id = ?1 AND g.entry_id IN (SELECT e.id FROM `+seenEntries+`) GROUP BY g.name_key ORDER BY g.name_key`, channel, viewer)
	if err != nil {
		return nil, fmt.Errorf("read groups of channel %d: %w", channel, err)
	}
	return mostCommon(slices.DeleteFunc(facets, func(f Facet) bool { return f.Titles == total })), nil
}

func scanFacet(row scanner) (f Facet, err error) {
	err = row.Scan(&f.Name, &f.Titles)
	return f, err
}

// EntriesBeside are the entries before and after this one of those that the
// user sees, the older and the newer of a podcast; the zero ChannelEntry where
// there is none.
func (s *Store) EntriesBeside(ctx context.Context, viewer int64, entry ChannelEntry) (before, after ChannelEntry, err error) {
	const place = `(e.published_at, e.position, e.id)`
	if before, err = s.entryBeside(ctx, viewer, entry, place+` < (?3, ?4, ?5) ORDER BY `+entryOrders[EntriesNewest]); err != nil {
		return before, after, err
	}
	after, err = s.entryBeside(ctx, viewer, entry, place+` > (?3, ?4, ?5) ORDER BY `+entryOrders[EntriesOldest])
	return before, after, err
}

func (s *Store) entryBeside(ctx context.Context, viewer int64, entry ChannelEntry, which string) (ChannelEntry, error) {
	beside, err := scanEntry(s.reader.QueryRowContext(ctx, `SELECT `+listedColumns+` FROM `+seenEntries+` AND `+which+` LIMIT 1`,
		entry.ChannelID, viewer, millis(entry.Published), entry.Position, entry.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return ChannelEntry{}, nil
	}
	if err != nil {
		return ChannelEntry{}, fmt.Errorf("read what lies beside entry %d: %w", entry.ID, err)
	}
	return beside, nil
}

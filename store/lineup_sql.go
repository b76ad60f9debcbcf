package store

import (
	"context"
	"fmt"
)

// What is remembered of titles: the key says of what.
type (
	lineupKey struct {
		library int64
		kind    TitleKind
		sort    TitleSort
	}
	seenKey  struct{ viewer, library int64 }
	listKey  struct{ TitleQuery }
	facetKey struct {
		viewer, library int64
		kind            TitleKind
	}
	genresKey struct{}
	labelsKey struct{}
)

// The bytes that one of each takes in memory.
const (
	entryBytes = 16
	idBytes    = 4
	rowBytes   = 64 // of a name with a few ids or numbers
)

// lineupOrders are the SQL of the orders. A line-up by year is one by name put in
// another order.
var lineupOrders = map[TitleSort]string{
	TitlesByName:  "t.sort_name, t.id",
	TitlesByAdded: "t.added_at DESC, t.id DESC",
	TitlesByDate:  "t.date DESC, t.id DESC",
}

// lists are the versions that a user's lists of titles depend on, and those
// that line-ups depend on.
func (s *Store) listVersions() (lists, lineups versions) {
	lists = *s.latest.Load()
	lists.settings = 0
	lineups = versions{titles: lists.titles, media: lists.media}
	return lists, lineups
}

// lineup is every title of a kind in a library, in this order, but for those
// whose files are gone.
func (s *Store) lineup(ctx context.Context, key lineupKey) (lineup, error) {
	_, at := s.listVersions()
	return recall(&s.lists, key, at, func() (lineup, int, error) {
		entries, err := s.readLineup(ctx, key)
		return entries, len(entries) * entryBytes, err
	})
}

func (s *Store) readLineup(ctx context.Context, key lineupKey) (lineup, error) {
	if key.sort == TitlesByYear {
		key.sort = TitlesByName
		entries, err := s.lineup(ctx, key)
		return entries.byYear(), err
	}
	// SQLite keeps the order of a subquery for group_concat: it leaves it away
	// for count, min and max only (https://www.sqlite.org/optoverview.html,
	// section 18). One text is read several times as fast as its rows.
	from := `titles t WHERE t.library_id = ? AND t.kind = ? AND t.missing_at IS NULL`
	audience, date := "t.audience_id", "0"
	if key.kind.Holds() {
		from = `titles t CROSS JOIN titles c ON ` + key.kind.inside() + ` WHERE t.library_id = ? AND t.kind = ? AND t.key IS NOT NULL
			AND c.missing_at IS NULL AND c.audience_id IS NOT NULL`
		audience = "c.audience_id"
	}
	if key.sort == TitlesByDate {
		date = "t.date"
	}
	var text string
	err := s.reader.QueryRowContext(ctx, `SELECT coalesce(group_concat(numbers), '') FROM (SELECT t.id || ',' || `+audience+` || ',' || t.year || ',' || `+date+
		` AS numbers FROM `+from+` ORDER BY `+lineupOrders[key.sort]+`)`, key.library, key.kind).Scan(&text)
	if err != nil {
		return nil, fmt.Errorf("read lineup: %w", err)
	}
	entries, err := parseLineup(text)
	if err != nil {
		return nil, fmt.Errorf("read lineup: %w", err)
	}
	return entries, nil
}

// audiencesSeen are the audiences of a library whose titles a user sees.
func (s *Store) audiencesSeen(ctx context.Context, viewer, library int64) (idSet, error) {
	at, _ := s.listVersions()
	return recall(&s.lists, seenKey{viewer, library}, at, func() (idSet, int, error) {
		ids, err := s.readIDs(ctx, seenAudiences+` AND l.id = ?`, viewer, library)
		set := setOf(ids)
		return set, len(set) * wordBytes, err
	})
}

// readIDs are the ids in the one column of a query.
func (s *Store) readIDs(ctx context.Context, query string, args ...any) ([]uint32, error) {
	var text string
	stmt, err := s.statement(ctx, `SELECT coalesce(group_concat(id), '') FROM (`+query+`)`)
	if err != nil {
		return nil, err
	}
	if err := stmt.QueryRowContext(ctx, args...).Scan(&text); err != nil {
		return nil, fmt.Errorf("read ids: %w", err)
	}
	ids, err := parseIDs(text)
	if err != nil {
		return nil, fmt.Errorf("read ids: %w", err)
	}
	return ids, nil
}

// nameIDs are ids under a name.
type nameIDs struct {
	name string
	ids  []uint32
}

// allGenres are the genres with their titles.
func (s *Store) allGenres(ctx context.Context) ([]nameIDs, error) {
	return s.namedIDs(ctx, genresKey{}, `SELECT n.name, group_concat(x.title_id) FROM genres n CROSS JOIN title_genres x ON x.genre_id = n.id
		GROUP BY n.id ORDER BY n.name_key`)
}

// labelsLookedAt bounds how many labels are looked at to offer some of them.
const labelsLookedAt = 1000

// allLabels are the labels with their audiences: those that most audiences have,
// where there are very many.
func (s *Store) allLabels(ctx context.Context) ([]nameIDs, error) {
	return s.namedIDs(ctx, labelsKey{}, fmt.Sprintf(`WITH common AS (SELECT label_id FROM audience_labels GROUP BY label_id ORDER BY count(*) DESC, label_id LIMIT %d)
		SELECT n.name, group_concat(x.audience_id) FROM common JOIN labels n ON n.id = common.label_id CROSS JOIN audience_labels x ON x.label_id = n.id
		GROUP BY n.id ORDER BY n.name_key`, labelsLookedAt))
}

func (s *Store) namedIDs(ctx context.Context, key any, query string) ([]nameIDs, error) {
	_, at := s.listVersions()
	return recall(&s.lists, key, at, func() (names []nameIDs, size int, err error) {
		names, err = readEach(ctx, s.reader, scanNameIDs, query)
		if err != nil {
			return nil, 0, fmt.Errorf("read names: %w", err)
		}
		for _, one := range names {
			size += rowBytes + len(one.ids)*idBytes
		}
		return names, size, nil
	})
}

func scanNameIDs(row scanner) (one nameIDs, err error) {
	var text string
	if err := row.Scan(&one.name, &text); err != nil {
		return one, err
	}
	one.ids, err = parseIDs(text)
	return one, err
}

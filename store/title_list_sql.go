package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Titles is a page of what a user sees of a library. It answers ErrNotFound
// where the library is not open to the user.
func (s *Store) Titles(ctx context.Context, q TitleQuery) (TitlePage, error) {
	q = q.Clean()
	libraries, err := s.lookedThrough(ctx, q)
	if err != nil {
		return TitlePage{}, err
	}
	ids, err := s.list(ctx, q, libraries)
	if err != nil {
		return TitlePage{}, err
	}
	page := TitlePage{Total: len(ids)}
	page.Page, page.Pages = pageOf(q.Page, page.Total, TitlesAPage)
	from := (page.Page - 1) * TitlesAPage
	page.Titles, err = s.titlesShown(ctx, q.Viewer, ids[from:min(len(ids), from+TitlesAPage)])
	return page, err
}

// lookedThrough are the libraries that the query asks about.
func (s *Store) lookedThrough(ctx context.Context, q TitleQuery) ([]Library, error) {
	if q.Library == 0 {
		return s.OpenLibraries(ctx, q.Viewer)
	}
	library, err := s.OpenLibrary(ctx, q.Viewer, q.Library)
	return []Library{library}, err
}

// list is every title that the query finds, whatever its page: library by
// library, kind by kind, in order.
func (s *Store) list(ctx context.Context, q TitleQuery, libraries []Library) ([]uint32, error) {
	q.Page = 0
	q.Search = strings.Join(q.terms(), " ")
	at, _ := s.listVersions()
	return recall(&s.lists, listKey{q}, at, func() (ids []uint32, size int, err error) {
		left, err := s.narrow(ctx, q)
		if err != nil {
			return nil, 0, err
		}
		for _, library := range libraries {
			if ids, err = s.addLibrary(ctx, ids, q, library, left); err != nil {
				return nil, 0, err
			}
		}
		ids = slices.Clip(ids)
		return ids, len(q.Search) + len(q.Genre) + len(q.Label) + len(ids)*idBytes, nil
	})
}

// terms are the words to search for, few enough.
func (q TitleQuery) terms() []string {
	terms := words(q.Search)
	return terms[:min(len(terms), maxWords)]
}

// addLibrary adds to ids what the query finds in one library.
func (s *Store) addLibrary(ctx context.Context, ids []uint32, q TitleQuery, library Library, left narrow) (_ []uint32, err error) {
	if left.seen, err = s.audiencesSeen(ctx, q.Viewer, library.ID); err != nil {
		return nil, err
	}
	if q.Search != "" {
		found, err := s.titlesFound(ctx, library.ID, q.terms())
		if err != nil {
			return nil, err
		}
		left.found = &found
	}
	for _, kind := range q.kinds(library.Kind) {
		lineup, err := s.lineup(ctx, lineupKey{library.ID, kind, q.Sort})
		if err != nil {
			return nil, err
		}
		ids = left.choose(ids, lineup)
	}
	return ids, nil
}

// narrow is what the filters of the query leave.
func (s *Store) narrow(ctx context.Context, q TitleQuery) (left narrow, err error) {
	left.year = int32(min(max(q.Year, -1), 1<<15))
	for _, filter := range []struct {
		name, query string
		into        **idSet
	}{
		{q.Genre, `SELECT title_id AS id FROM title_genres WHERE genre_id = (SELECT id FROM genres WHERE name_key = ?)`, &left.genre},
		{q.Label, `SELECT audience_id AS id FROM audience_labels WHERE label_id = (SELECT id FROM labels WHERE name_key = ?)`, &left.labels},
	} {
		if filter.name == "" {
			continue
		}
		ids, err := s.readIDs(ctx, filter.query, nameKey(clip(filter.name, maxTyped)))
		if err != nil {
			return narrow{}, err
		}
		set := setOf(ids)
		*filter.into = &set
	}
	return left, nil
}

// rowColumns are what a list needs of a title t. Each column costs.
const rowColumns = `t.id, t.library_id, t.kind, coalesce(t.parent_id, 0), coalesce(t.root_id, 0), t.name, t.year, t.rating, t.age,
	t.disc, t.number, t.last_number, t.date, t.width, t.height, t.poster, t.added_at, coalesce(t.audience_id, 0), t.missing_at IS NOT NULL`

// rowsQuery reads the rows of one page.
var rowsQuery = `SELECT ` + rowColumns + ` FROM titles t WHERE t.id IN (?` + strings.Repeat(`, ?`, TitlesAPage-1) + `)`

// titlesShown are the titles with these ids, at most TitlesAPage, in their
// order. What has gone, or out of the user's sight, since the list was made is
// left out.
func (s *Store) titlesShown(ctx context.Context, viewer int64, ids []uint32) ([]Title, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	stmt, err := s.statement(ctx, rowsQuery)
	if err != nil {
		return nil, err
	}
	args := make([]any, TitlesAPage)
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		args[i], place[int64(id)] = int64(id), i
	}
	rows, err := stmt.QueryContext(brief(ctx), args...)
	if err != nil {
		return nil, fmt.Errorf("read titles: %w", err)
	}
	defer func() { _ = rows.Close() }()
	titles := make([]Title, len(ids))
	for rows.Next() {
		title, audience, err := scanRow(rows)
		if err != nil {
			return nil, fmt.Errorf("read titles: %w", err)
		}
		seen, err := s.audiencesSeen(ctx, viewer, title.LibraryID)
		if err != nil {
			return nil, err
		}
		if title.Kind.Holds() || title.MissingAt.IsZero() && seen.has(audience) {
			titles[place[title.ID]] = title
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read titles: %w", err)
	}
	return slices.DeleteFunc(titles, func(t Title) bool { return t.ID == 0 }), nil
}

func scanRow(row scanner) (t Title, audience uint32, err error) {
	var age sql.NullInt64
	var date, added int64
	var missing bool
	err = row.Scan(&t.ID, &t.LibraryID, &t.Kind, &t.ParentID, &t.RootID, &t.Name, &t.Year, &t.Rating, &age,
		&t.Disc, &t.Number, &t.LastNumber, &date, &t.Width, &t.Height, &t.Poster, &added, &audience, &missing)
	t.Age, t.Date, t.AddedAt = ageOf(age), fromMillis(date), fromMillis(added)
	if missing {
		t.MissingAt = t.AddedAt
	}
	return t, audience, err
}

// TitlesIn are the titles that lie in the one with this id and that the user
// sees, by disc and number.
func (s *Store) TitlesIn(ctx context.Context, viewer, id int64) ([]Title, error) {
	return eachTitle(ctx, s.reader, `SELECT `+titleColumns+` FROM titles t WHERE t.parent_id = ?1 AND (
			t.missing_at IS NULL AND `+seenBy("t", "?2")+`
			OR EXISTS (SELECT 1 FROM titles c WHERE c.parent_id = t.id AND c.missing_at IS NULL AND `+seenBy("c", "?2")+`))
		ORDER BY t.disc, t.number, t.sort_name, t.id`, id, viewer)
}

// RecentlyAdded are the titles on the library's first shelf that were added
// last and that the user sees, the newest first, at most TitlesAPage. They are
// as in a TitlePage.
func (s *Store) RecentlyAdded(ctx context.Context, viewer int64, library Library, most int) ([]Title, error) {
	ids, err := s.list(ctx, TitleQuery{Viewer: viewer, Library: library.ID, Sort: TitlesByAdded}, []Library{library})
	if err != nil {
		return nil, err
	}
	return s.titlesShown(ctx, viewer, ids[:min(len(ids), most, TitlesAPage)])
}

// CountTitles is how many titles on the library's first shelf a user sees. It
// looks at the list of RecentlyAdded, since whoever asks for one asks for both.
func (s *Store) CountTitles(ctx context.Context, viewer int64, library Library) (int, error) {
	ids, err := s.list(ctx, TitleQuery{Viewer: viewer, Library: library.ID, Sort: TitlesByAdded}, []Library{library})
	return len(ids), err
}

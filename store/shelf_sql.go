package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// present is whether a title t of this kind is there: its files are, or those
// of something that lies in it.
func (k TitleKind) present() string {
	if !k.Holds() {
		return `t.missing_at IS NULL`
	}
	return `EXISTS (SELECT 1 FROM titles c WHERE ` + k.leaf() + `)`
}

// leaf is whether c is a title with files, which are there, that lies in a title
// t of this kind.
func (k TitleKind) leaf() string {
	column := "c.parent_id"
	if k == TitleSeries || k == TitleArtist {
		column = "c.root_id"
	}
	return column + ` = t.id AND c.audience_id IS NOT NULL AND c.missing_at IS NULL`
}

// unrated is whether a title t of this kind is unrated, or something that lies
// in it.
func (k TitleKind) unrated() string {
	if !k.Holds() {
		return `EXISTS (SELECT 1 FROM audiences a WHERE a.id = t.audience_id AND a.age IS NULL)`
	}
	return `EXISTS (SELECT 1 FROM titles c JOIN audiences a ON a.id = c.audience_id WHERE a.age IS NULL AND ` + k.leaf() + `)`
}

// where is which titles t the query wants.
func (q ShelfQuery) where() (where string, args []any) {
	where, args = `t.library_id = ? AND t.kind = ?`, []any{q.Library.ID, q.Kind}
	switch q.Filter {
	case TitlesMissing:
		where += ` AND NOT (` + q.Kind.present() + `)`
	case TitlesUnrated:
		where += ` AND ` + q.Kind.present() + ` AND ` + q.Kind.unrated()
	case TitlesCorrected:
		where += ` AND ` + q.Kind.present() + ` AND t.corrected <> 0`
	case TitlesAll:
		where += ` AND ` + q.Kind.present()
	}
	terms := words(q.Search)
	for _, term := range terms[:min(len(terms), maxWords)] {
		where += ` AND t.id IN (SELECT w.title_id FROM title_words w WHERE w.library_id = ? AND w.word >= ? AND w.word < ?)`
		args = append(args, q.Library.ID, term, afterPrefix(term))
	}
	return where, args
}

// shelfOrders are the orders of ShelfQuery, with the name and the id last so
// that pages hold together.
var shelfOrders = map[TitleSort]string{
	TitlesByName: "t.sort_name, t.id", TitlesByAdded: "t.added_at DESC, t.id DESC",
	TitlesByYear: "t.year DESC, t.sort_name, t.id", TitlesByRating: counts + ", t.sort_name, t.id",
}

// counts is the age that a title t counts as, NULL for unrated.
const counts = `CASE WHEN t.audience_id IS NOT NULL THEN (SELECT a.age FROM audiences a WHERE a.id = t.audience_id)
	ELSE coalesce(t.age, (SELECT p.age FROM titles p WHERE p.id = t.parent_id)) END`

const shelfColumns = titleColumns + `, ` + counts + `, coalesce((SELECT r.name FROM titles r WHERE r.id = t.root_id), '')`

func scanShelfTitle(row scanner) (s ShelfTitle, err error) {
	var age sql.NullInt64
	s.Title, err = scanTitle(further{row, []any{&age, &s.In}})
	s.Counts = ageOf(age)
	return s, err
}

// further is a row with more columns than whoever scans it knows of.
type further struct {
	row  scanner
	into []any
}

// Scan scans the columns, and those that come after.
func (f further) Scan(into ...any) error { return f.row.Scan(append(into, f.into...)...) }

func eachShelfTitle(ctx context.Context, q querier, query string, args ...any) ([]ShelfTitle, error) {
	return readEach(ctx, q, scanShelfTitle, query, args...)
}

// Shelf is a page of the titles of a library for administrators.
func (s *Store) Shelf(ctx context.Context, q ShelfQuery) (page ShelfPage, err error) {
	q = q.Clean()
	if page.Total, err = s.countShelf(ctx, q); err != nil {
		return page, err
	}
	page.Page, page.Pages = pageOf(q.Page, page.Total, TitlesAPage)
	where, args := q.where()
	order := shelfOrders[q.Sort]
	page.Titles, err = eachShelfTitle(ctx, s.reader, `WITH page AS (SELECT t.id FROM titles t WHERE `+where+` ORDER BY `+order+` LIMIT ? OFFSET ?)
		SELECT `+shelfColumns+` FROM page CROSS JOIN titles t ON t.id = page.id ORDER BY `+order, append(args, TitlesAPage, (page.Page-1)*TitlesAPage)...)
	return page, err
}

func (s *Store) countShelf(ctx context.Context, q ShelfQuery) (n int, err error) {
	where, args := q.where()
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM titles t WHERE `+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count titles: %w", err)
	}
	return n, nil
}

// ShelfCounts counts the titles of one kind in a library.
func (s *Store) ShelfCounts(ctx context.Context, library Library, kind TitleKind) (counts ShelfCounts, err error) {
	for _, of := range []struct {
		filter TitleFilter
		into   *int
	}{{TitlesAll, &counts.Present}, {TitlesUnrated, &counts.Unrated}, {TitlesCorrected, &counts.Corrected}, {TitlesMissing, &counts.Missing}} {
		if *of.into, err = s.countShelf(ctx, ShelfQuery{Library: library, Kind: kind, Filter: of.filter}); err != nil {
			return counts, err
		}
	}
	return counts, nil
}

// LibrarySizes is how many titles each library has, by id: of the kind that its
// titles are counted by. A library without any is left out.
func (s *Store) LibrarySizes(ctx context.Context) (map[int64]int, error) {
	libraries, err := s.Libraries(ctx)
	if err != nil {
		return nil, err
	}
	sizes := make(map[int64]int, len(libraries))
	for _, library := range libraries {
		if sizes[library.ID], err = s.countShelf(ctx, ShelfQuery{Library: library, Kind: library.Kind.Kinds()[0]}); err != nil {
			return nil, err
		}
	}
	return sizes, nil
}

// TitleRecord is the title with this id, with all that administrators need to
// look after it. It answers ErrNotFound for one that is not there, and for one
// that lies in somebody's personal folder.
func (s *Store) TitleRecord(ctx context.Context, id int64) (r TitleRecord, err error) {
	found, err := eachShelfTitle(ctx, s.reader, `SELECT `+shelfColumns+sharedTitles+` AND t.id = ?`, id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return r, fmt.Errorf("title %d: %w", id, err)
	}
	r.ShelfTitle = found[0]
	if r.Library, err = s.Library(ctx, r.LibraryID); err != nil {
		return r, err
	}
	var labels string
	err = s.reader.QueryRowContext(ctx, `SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), ''), (SELECT count(*) FROM titles c WHERE c.parent_id = ?1)
		FROM title_labels x JOIN labels n ON n.id = x.label_id WHERE x.title_id = ?1 AND x.found = 1`, id).Scan(&labels, &r.InsideAll)
	if err != nil {
		return r, fmt.Errorf("read labels of title %d: %w", id, err)
	}
	r.FoundLabels = nameList(labels)
	if r.Above, err = s.above(ctx, r.Title); err != nil {
		return r, err
	}
	if r.Inside, err = eachShelfTitle(ctx, s.reader, `SELECT `+shelfColumns+` FROM titles t WHERE t.parent_id = ?
		ORDER BY t.disc, t.number, t.sort_name, t.id LIMIT ?`, id, TitlesAPage); err != nil {
		return r, err
	}
	r.Files, err = s.titleFiles(ctx, id)
	return r, err
}

// above is what a title lies in, outermost first.
func (s *Store) above(ctx context.Context, title Title) (titles []Title, err error) {
	for parent := title.ParentID; parent != 0; {
		holder, err := s.Title(ctx, parent)
		if err != nil {
			return nil, err
		}
		titles = append([]Title{holder}, titles...)
		parent = holder.ParentID
	}
	return titles, nil
}

// titleFiles are the files of a title in the order of their parts.
func (s *Store) titleFiles(ctx context.Context, id int64) ([]TitleFile, error) {
	return readEach(ctx, s.reader, scanTitleFile, `SELECT r.path, d.path, f.name, f.size, f.modified_at, coalesce(f.missing_at, 0)
		FROM files f JOIN directories d ON d.id = f.directory_id JOIN library_folders r ON r.id = d.folder_id
		WHERE f.title_id = ? ORDER BY f.part, f.id`, id)
}

func scanTitleFile(row scanner) (f TitleFile, err error) {
	var folder string
	var directory, name []byte
	var modified, missing int64
	err = row.Scan(&folder, &directory, &name, &f.Size, &modified, &missing)
	f.Path = shownPath(folder, string(directory), string(name))
	f.Modified, f.MissingAt = fromMillis(modified/1e6), fromMillis(missing)
	return f, err
}

// shownPath is a path as a screen can show it: names on the disk need not be
// text.
func shownPath(parts ...string) string {
	var path []string
	for _, part := range parts {
		if part != "" {
			path = append(path, part)
		}
	}
	return strings.Map(func(r rune) rune {
		if r != ' ' && isInvisible(r) {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(strings.Join(path, "/"), "�"))
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// directory is what is kept about the lists of people for one version of them:
// how many there are, which user begins each page, so that a late page costs
// what the first does, whether the guest account is open, and the faces.
type directory struct {
	counts           map[narrowed]int
	firsts           map[narrowed][]pageFirst
	guestAccountOpen *bool // nil when it is not known yet
	faces            *faceDirectory
}

// pageFirst is where a page begins in the order of names.
type pageFirst struct {
	sortName string
	id       int64
}

// onePage is a literal: SQLite looks at a bound LIMIT to plan by it, and so
// would plan the query anew each time that it is bound. It does the same for
// what is bound in a join, unless a + stands before it, as in the queries that
// are asked most.
var onePage = fmt.Sprintf(" LIMIT %d OFFSET ?", PageSize)

// Clean is the query with unknown lists, filters and orders replaced by the
// usual ones.
func (q UserQuery) Clean() UserQuery {
	if _, known := listTerms[q.List]; !known {
		q.List = ListLocal
	}
	if _, known := q.List.filters()[q.Filter]; !known {
		q.Filter = FilterEveryone
	}
	if _, known := q.List.sorts()[q.Sort]; !known {
		q.Sort = SortName
	}
	q.Page = max(q.Page, 1)
	return q
}

func (q UserQuery) narrowed() narrowed { return narrowed{q.List, q.Filter} }

// Users is a page of a list.
func (s *Store) Users(ctx context.Context, q UserQuery) (UserPage, error) {
	q = q.Clean()
	columns, scan := listColumns, newListScan()
	if q.List == ListWaiting {
		columns, scan = userColumns, newUserScan()
	}
	users := make([]User, 0, PageSize)
	page, err := s.readPage(ctx, q, columns, func(row *sql.Rows) error {
		u, err := scan.read(row)
		users = append(users, u)
		return err
	})
	page.Users = users
	return page, err
}

// readPage has each row of a page read, and answers which page of how many it
// is.
func (s *Store) readPage(ctx context.Context, q UserQuery, columns string, read func(*sql.Rows) error) (UserPage, error) {
	if strings.TrimSpace(q.Search) != "" {
		return s.searchPage(ctx, q, columns, read)
	}
	total, err := s.CountUsers(ctx, q.List, q.Filter)
	if err != nil {
		return UserPage{}, err
	}
	page := newUserPage(total, q.Page)
	where, args := q.narrowed().where(s.now())
	offset := (page.Page - 1) * PageSize
	if q.Sort == SortName && page.Page > 1 && !q.narrowed().timed() {
		first, err := s.pageFirst(ctx, q.narrowed(), page.Page)
		if err != nil {
			return UserPage{}, err
		}
		where, args, offset = where+" AND (u.sort_name, u.id) >= (+?, +?)", append(args, first.sortName, first.id), 0
	}
	args = append(args, offset)
	rows := q.List.rows()
	if q.Sort == SortEnds {
		rows = invitationsByEnd
	}
	return page, s.eachRow(ctx, `SELECT `+columns+` FROM `+rows+` WHERE `+where+
		` ORDER BY `+q.List.sorts()[q.Sort]+onePage, args, read)
}

func newUserPage(total, page int) UserPage {
	page, pages := pageOf(page, total, PageSize)
	return UserPage{Total: total, Page: page, Pages: pages}
}

// eachRow has each row that a query finds read.
func (s *Store) eachRow(ctx context.Context, query string, args []any, read func(*sql.Rows) error) error {
	stmt, err := s.statement(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(brief(ctx), args...)
	if err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}

// CountUsers is how many of a list a filter leaves.
func (s *Store) CountUsers(ctx context.Context, list List, filter UserFilter) (int, error) {
	var n int
	err := s.withDirectory(func(d *directory) (err error) {
		n, err = s.count(ctx, d, narrowed{list, filter})
		return err
	})
	return n, err
}

func (s *Store) count(ctx context.Context, d *directory, of narrowed) (int, error) {
	if n, known := d.counts[of]; known {
		return n, nil
	}
	if _, known := of.list.filters()[of.filter]; !known || listTerms[of.list] == "" {
		return 0, fmt.Errorf("count users: unknown list %q or filter %q", of.list, of.filter)
	}
	rows, args := of.counted(s.now())
	stmt, err := s.statement(ctx, `SELECT count(*) FROM `+rows)
	if err != nil {
		return 0, err
	}
	var n int
	if err := stmt.QueryRowContext(brief(ctx), args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count users: %w", err)
	}
	if !of.timed() {
		d.counts[of] = n
	}
	return n, nil
}

// pageFirst is where a page of names begins.
func (s *Store) pageFirst(ctx context.Context, of narrowed, page int) (pageFirst, error) {
	var first pageFirst
	err := s.withDirectory(func(d *directory) error {
		firsts, known := d.firsts[of]
		if !known {
			var err error
			if firsts, err = s.readFirsts(ctx, of); err != nil {
				return err
			}
			d.firsts[of] = firsts
		}
		if len(firsts) > 0 {
			first = firsts[min(page, len(firsts))-1]
		}
		return nil
	})
	return first, err
}

func (s *Store) readFirsts(ctx context.Context, of narrowed) ([]pageFirst, error) {
	where, args := of.where(s.now())
	firsts, err := readEach(ctx, s.reader, scanFirst, `SELECT sort_name, id FROM (
			SELECT u.sort_name, u.id, row_number() OVER (ORDER BY u.sort_name, u.id) AS n FROM `+of.list.rows()+` WHERE `+where+`
		) WHERE n % ? = 1 ORDER BY n`, append(args, PageSize)...)
	if err != nil {
		return nil, fmt.Errorf("read page starts: %w", err)
	}
	return firsts, nil
}

func scanFirst(row scanner) (first pageFirst, err error) {
	err = row.Scan(&first.sortName, &first.id)
	return first, err
}

// withDirectory runs fn on what is kept for the list of users as last seen.
func (s *Store) withDirectory(fn func(*directory) error) error {
	seen := s.latest.Load().users
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	if s.kept.users == nil || s.kept.at.users != seen {
		s.kept.users = &directory{counts: make(map[narrowed]int), firsts: make(map[narrowed][]pageFirst)}
		s.kept.at.users = seen
	}
	return fn(s.kept.users)
}

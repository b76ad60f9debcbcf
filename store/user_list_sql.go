package store

import (
	"context"
	"fmt"
	"strings"
)

// directory is what is kept about the lists of people for one version of them:
// how many there are, which user begins each page, so that a late page costs
// what the first does, and whether the guest account is open.
type directory struct {
	counts           map[narrowed]int
	firsts           map[narrowed][]pageFirst
	guestAccountOpen *bool // nil when it is not known yet
}

// narrowed is a list with a filter.
type narrowed struct {
	list   List
	filter UserFilter
}

// pageFirst is where a page begins in the order of names.
type pageFirst struct {
	sortName string
	id       int64
}

// listTerms are the SQL of the lists, word for word what the partial indexes
// say.
var listTerms = map[List]string{
	ListLocal:   "u.kind IN ('local', 'guest-account')",
	ListGuests:  "u.kind = 'guest'",
	ListInvited: "u.kind = 'invited'",
	ListWaiting: "u.kind = 'waiting'",
}

// filterTerms are the SQL of the filters, word for word what the partial
// indexes say.
var filterTerms = map[UserFilter]string{
	FilterEveryone:       "",
	FilterAdministrators: "u.role <> 'user'",
	FilterRestricted:     "(u.all_libraries = 0 OR u.all_channels = 0 OR u.ends_at IS NOT NULL)",
	FilterDisabled:       "u.disabled = 1",
	FilterNoPassword:     "u.kind = 'local' AND u.password_hash IS NULL",
}

// where is the SQL of the list with its filter.
func (n narrowed) where() string {
	if term := filterTerms[n.filter]; term != "" {
		return listTerms[n.list] + " AND " + term
	}
	return listTerms[n.list]
}

// onePage is a literal: SQLite looks at a bound LIMIT to plan by it, and so
// would plan the query anew each time that it is bound. It does the same for
// what is bound in a join, unless a + stands before it, as in the queries that
// are asked most.
var onePage = fmt.Sprintf(" LIMIT %d OFFSET ?", PageSize)

var sortTerms = map[UserSort]string{
	SortName:   "u.sort_name, u.id",
	SortSeen:   "u.last_seen_at DESC, u.id DESC",
	SortNewest: "u.created_at DESC, u.id DESC",
}

// Clean is the query with unknown lists, filters and orders replaced by the
// usual ones.
func (q UserQuery) Clean() UserQuery {
	if _, known := listTerms[q.List]; !known {
		q.List = ListLocal
	}
	if _, known := filterTerms[q.Filter]; !known {
		q.Filter = FilterEveryone
	}
	if _, known := sortTerms[q.Sort]; !known {
		q.Sort = SortName
	}
	q.Page = max(q.Page, 1)
	return q
}

func (q UserQuery) narrowed() narrowed { return narrowed{q.List, q.Filter} }

// Users is a page of a list.
func (s *Store) Users(ctx context.Context, q UserQuery) (UserPage, error) {
	q = q.Clean()
	if strings.TrimSpace(q.Search) != "" {
		return s.searchUsers(ctx, q)
	}
	total, err := s.CountUsers(ctx, q.List, q.Filter)
	if err != nil {
		return UserPage{}, err
	}
	page := newUserPage(total, q.Page)
	where, args := q.narrowed().where(), []any{}
	offset := (page.Page - 1) * PageSize
	if q.Sort == SortName && page.Page > 1 {
		first, err := s.pageFirst(ctx, q.narrowed(), page.Page)
		if err != nil {
			return UserPage{}, err
		}
		where, args, offset = where+" AND (u.sort_name, u.id) >= (+?, +?)", append(args, first.sortName, first.id), 0
	}
	args = append(args, offset)
	page.Users, err = s.readUsers(ctx, `SELECT `+listColumns+` FROM users u WHERE `+where+
		` ORDER BY `+sortTerms[q.Sort]+onePage, args)
	return page, err
}

func newUserPage(total, page int) UserPage {
	pages := max(1, (total+PageSize-1)/PageSize)
	return UserPage{Total: total, Page: min(page, pages), Pages: pages}
}

// searchUsers finds users by the beginnings of words. All of it but the rows
// of the page happens along the table of words.
func (s *Store) searchUsers(ctx context.Context, q UserQuery) (UserPage, error) {
	terms := words(q.Search)
	hits, args := hitsQuery(q.List, terms[:min(len(terms), maxWords)])
	from := " FROM hits"
	order := "sort_name, user_id"
	if q.Filter != FilterEveryone || q.Sort != SortName {
		from = " FROM hits JOIN users u ON u.id = hits.user_id WHERE " + q.narrowed().where()
		order = sortTerms[q.Sort]
	}
	stmt, err := s.statement(ctx, "WITH "+hits+" SELECT count(*)"+from)
	if err != nil {
		return UserPage{}, err
	}
	var total int
	if err := stmt.QueryRowContext(brief(ctx), args...).Scan(&total); err != nil {
		return UserPage{}, fmt.Errorf("count hits: %w", err)
	}
	page := newUserPage(total, q.Page)
	args = append(args, (page.Page-1)*PageSize)
	page.Users, err = s.readUsers(ctx, "WITH "+hits+", page AS (SELECT hits.user_id"+from+" ORDER BY "+order+onePage+")"+
		" SELECT "+listColumns+" FROM page JOIN users u ON u.id = page.user_id ORDER BY "+sortTerms[q.Sort], args)
	return page, err
}

// hitsQuery is the table "hits" of those in the list for whom every term begins
// a word.
func hitsQuery(list List, terms []string) (query string, args []any) {
	if len(terms) == 0 {
		return "hits AS (SELECT user_id, sort_name FROM user_words WHERE 0)", nil
	}
	query = "hits AS (SELECT DISTINCT sort_name, user_id FROM user_words WHERE list = '" + string(list) + "' AND word >= +? AND word < +?"
	args = append(args, terms[0], afterPrefix(terms[0]))
	for _, term := range terms[1:] {
		query += " AND EXISTS (SELECT 1 FROM user_words w WHERE w.user_id = user_words.user_id AND w.word >= +? AND w.word < +?)"
		args = append(args, term, afterPrefix(term))
	}
	return query + ")", args
}

func (s *Store) readUsers(ctx context.Context, query string, args []any) ([]User, error) {
	stmt, err := s.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(brief(ctx), args...)
	if err != nil {
		return nil, fmt.Errorf("read users: %w", err)
	}
	defer func() { _ = rows.Close() }()
	users, scan := make([]User, 0, PageSize), newListScan()
	for rows.Next() {
		u, err := scan.read(rows)
		if err != nil {
			return nil, fmt.Errorf("read users: %w", err)
		}
		users = append(users, u)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read users: %w", err)
	}
	return users, nil
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
	if _, known := filterTerms[of.filter]; !known || listTerms[of.list] == "" {
		return 0, fmt.Errorf("count users: unknown list %q or filter %q", of.list, of.filter)
	}
	var n int
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM users u WHERE `+of.where()).Scan(&n); err != nil {
		return 0, fmt.Errorf("count users: %w", err)
	}
	d.counts[of] = n
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
	rows, err := s.reader.QueryContext(ctx, `SELECT sort_name, id FROM (
			SELECT u.sort_name, u.id, row_number() OVER (ORDER BY u.sort_name, u.id) AS n FROM users u WHERE `+of.where()+`
		) WHERE n % ? = 1 ORDER BY n`, PageSize)
	if err != nil {
		return nil, fmt.Errorf("read page starts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var firsts []pageFirst
	for rows.Next() {
		var first pageFirst
		if err := rows.Scan(&first.sortName, &first.id); err != nil {
			return nil, fmt.Errorf("read page starts: %w", err)
		}
		firsts = append(firsts, first)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read page starts: %w", err)
	}
	return firsts, nil
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

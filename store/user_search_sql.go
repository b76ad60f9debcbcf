package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// search is the SQL of what is searched for by the beginnings of words. All of
// it but the rows of the page happens along the table of words.
type search struct {
	hits  string // the table of those who are found
	from  string // with what the filter and the order need
	order string
	args  []any
}

func (q UserQuery) search(now time.Time) search {
	terms := words(q.Search)
	f := search{from: " FROM hits", order: "sort_name, user_id"}
	f.hits, f.args = hitsQuery(q.List, terms[:min(len(terms), maxWords)])
	if q.Filter != FilterEveryone || q.Sort != SortName {
		where, more := q.narrowed().where(now)
		f.from, f.args = " FROM hits CROSS JOIN "+q.List.rows()+" WHERE u.id = hits.user_id AND "+where, append(f.args, more...)
		f.order = q.List.sorts()[q.Sort]
	}
	return f
}

// searchPage is readPage for what is searched for.
func (s *Store) searchPage(ctx context.Context, q UserQuery, columns string, read func(*sql.Rows) error) (UserPage, error) {
	f := q.search(s.now())
	total, err := s.countHits(ctx, f)
	page := newUserPage(total, q.Page)
	if err != nil || total == 0 {
		return page, err
	}
	f.args = append(f.args, (page.Page-1)*PageSize)
	return page, s.eachRow(ctx, "WITH "+f.hits+", page AS (SELECT hits.user_id"+f.from+" ORDER BY "+f.order+onePage+")"+
		" SELECT "+columns+" FROM page CROSS JOIN "+q.List.rows()+" WHERE u.id = page.user_id ORDER BY "+q.List.sorts()[q.Sort], f.args, read)
}

// CountFound is how many a query finds, on all pages.
func (s *Store) CountFound(ctx context.Context, q UserQuery) (int, error) {
	q = q.Clean()
	if strings.TrimSpace(q.Search) == "" {
		return s.CountUsers(ctx, q.List, q.Filter)
	}
	return s.countHits(ctx, q.search(s.now()))
}

func (s *Store) countHits(ctx context.Context, f search) (total int, err error) {
	stmt, err := s.statement(ctx, "WITH "+f.hits+" SELECT count(*)"+f.from)
	if err != nil {
		return 0, err
	}
	if err := stmt.QueryRowContext(brief(ctx), f.args...).Scan(&total); err != nil {
		return 0, fmt.Errorf("count hits: %w", err)
	}
	return total, nil
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

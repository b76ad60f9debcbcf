package store

import (
	"context"
	"database/sql"
	"fmt"
)

// searchPage is readPage for what is searched for by the beginnings of words.
// All of it but the rows of the page happens along the table of words.
func (s *Store) searchPage(ctx context.Context, q UserQuery, columns string, read func(*sql.Rows) error) (UserPage, error) {
	terms := words(q.Search)
	hits, args := hitsQuery(q.List, terms[:min(len(terms), maxWords)])
	from, order := " FROM hits", "sort_name, user_id"
	if q.Filter != FilterEveryone || q.Sort != SortName {
		where, more := q.narrowed().where(s.now())
		from, args = " FROM hits CROSS JOIN "+q.List.rows()+" WHERE u.id = hits.user_id AND "+where, append(args, more...)
		order = q.List.sorts()[q.Sort]
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
	return page, s.eachRow(ctx, "WITH "+hits+", page AS (SELECT hits.user_id"+from+" ORDER BY "+order+onePage+")"+
		" SELECT "+columns+" FROM page CROSS JOIN "+q.List.rows()+" WHERE u.id = page.user_id ORDER BY "+q.List.sorts()[q.Sort], args, read)
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

package store

import (
	"context"
	"database/sql"
	"fmt"
)

// present are the users on the server, whatever their kind.
const present = `u.kind IN ('local', 'guest-account', 'guest')`

// LibraryAudience is a page of the users to whom a library is open, by name, and
// how many users there are. It answers ErrNotFound.
func (s *Store) LibraryAudience(ctx context.Context, library int64, page int) (UserPage, int, error) {
	if _, err := s.AnyLibrary(ctx, library); err != nil {
		return UserPage{}, 0, err
	}
	return s.audiencePage(ctx, `EXISTS (SELECT 1 FROM libraries l WHERE l.id = ? AND `+opens+`)`, library, page)
}

// TitleAudience is a page of the users who see a title, by name, and how many
// users there are. It answers ErrNotFound.
func (s *Store) TitleAudience(ctx context.Context, title int64, page int) (UserPage, int, error) {
	kind, err := s.titleKind(ctx, title)
	if err != nil {
		return UserPage{}, 0, err
	}
	of := `SELECT c.audience_id FROM titles t CROSS JOIN titles c ON ` + kind.inside() + ` WHERE t.id = ? AND c.missing_at IS NULL`
	if !kind.Holds() {
		of = `SELECT t.audience_id FROM titles t WHERE t.id = ? AND t.missing_at IS NULL`
	}
	return s.audiencePage(ctx, `EXISTS (SELECT 1 FROM audiences a CROSS JOIN libraries l WHERE a.id IN (`+of+`) AND l.id = a.library_id AND `+sees+`)`, title, page)
}

// audiencePage is a page of those for whom the condition holds, with its one ?
// for id.
func (s *Store) audiencePage(ctx context.Context, condition string, id int64, number int) (UserPage, int, error) {
	var all, total int
	err := s.reader.QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN `+condition+` THEN 1 END) FROM users u WHERE `+present, id).Scan(&all, &total)
	if err != nil {
		return UserPage{}, 0, fmt.Errorf("count an audience: %w", err)
	}
	page, scan := newUserPage(total, max(number, 1)), newListScan()
	err = s.eachRow(ctx, `SELECT `+listColumns+` FROM users u WHERE `+present+` AND `+condition+` ORDER BY u.sort_name, u.id`+onePage,
		[]any{id, (page.Page - 1) * PageSize}, func(row *sql.Rows) error {
			u, err := scan.read(row)
			page.Users = append(page.Users, u)
			return err
		})
	return page, all, err
}

package store

import (
	"context"
	"fmt"
)

// Titles is a page of what a user sees of a library. It answers ErrNotFound
// where the library is not open to the user.
func (s *Store) Titles(ctx context.Context, q TitleQuery) (TitlePage, error) {
	library, err := s.OpenLibrary(ctx, q.Viewer, q.Library)
	if err != nil {
		return TitlePage{}, err
	}
	if q.Kind == "" {
		q.Kind = library.Kind.Shelves()[0]
	}
	where := ` FROM titles t WHERE t.library_id = ? AND t.kind = ? AND ` + q.Kind.shows()
	page := TitlePage{Page: max(1, q.Page)}
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*)`+where, q.Library, q.Kind, q.Viewer).Scan(&page.Total); err != nil {
		return TitlePage{}, fmt.Errorf("count titles: %w", err)
	}
	page.Pages = max(1, (page.Total+TitlesAPage-1)/TitlesAPage)
	page.Page = min(page.Page, page.Pages)
	page.Titles, err = eachTitle(ctx, s.reader, `SELECT `+titleColumns+where+` ORDER BY t.sort_name, t.id LIMIT ? OFFSET ?`,
		q.Library, q.Kind, q.Viewer, TitlesAPage, (page.Page-1)*TitlesAPage)
	return page, err
}

// TitlesIn are the titles that lie in the one with this id and that the user
// sees, by disc and number.
func (s *Store) TitlesIn(ctx context.Context, viewer, id int64) ([]Title, error) {
	return eachTitle(ctx, s.reader, `SELECT `+titleColumns+` FROM titles t WHERE t.parent_id = ?1 AND (
			t.missing_at IS NULL AND t.audience_id IN (SELECT a.id FROM users u CROSS JOIN libraries l JOIN audiences a ON a.library_id = l.id WHERE u.id = ?2 AND `+sees+`)
			OR EXISTS (SELECT 1 FROM titles c WHERE c.parent_id = t.id AND c.missing_at IS NULL AND c.audience_id IN
				(SELECT a.id FROM users u CROSS JOIN libraries l JOIN audiences a ON a.library_id = l.id WHERE u.id = ?2 AND `+sees+`)))
		ORDER BY t.disc, t.number, t.sort_name, t.id`, id, viewer)
}

// RecentlyAdded are the titles of one of the library's shelves that were added
// last and that the user sees, the newest first.
func (s *Store) RecentlyAdded(ctx context.Context, viewer int64, library Library, most int) ([]Title, error) {
	kind := library.Kind.Shelves()[0]
	return eachTitle(ctx, s.reader, `SELECT `+titleColumns+` FROM titles t WHERE t.library_id = ? AND t.kind = ? AND `+kind.shows()+
		` ORDER BY t.added_at DESC, t.id DESC LIMIT ?`, library.ID, kind, viewer, most)
}

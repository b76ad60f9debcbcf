package store

import (
	"context"
	"fmt"
)

// SetFavourite marks something as a favourite of the actor's, or no longer. It
// answers ErrNotFound for what the actor does not see.
func (s *Store) SetFavourite(ctx context.Context, actor Actor, what What, favourite bool) error {
	if err := s.mustSeeWhat(ctx, actor.ID, what); err != nil {
		return err
	}
	return s.changeOwn(ctx, actor, func(t *tx) error {
		query, args := `DELETE FROM favourites WHERE user_id = ? AND (title_id = ? OR entry_id = ?)`, []any{actor.ID, nullID(what.Title), nullID(what.Entry)}
		if favourite {
			query, args = `INSERT INTO favourites (user_id, title_id, entry_id, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, append(args, millis(t.now))
		}
		if _, err := t.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("mark favourite %+v: %w", what, err)
		}
		return nil
	})
}

// IsFavourite says whether something is a favourite of the user's.
func (s *Store) IsFavourite(ctx context.Context, user int64, what What) (is bool, err error) {
	stmt, err := s.statement(ctx, `SELECT EXISTS (SELECT 1 FROM favourites WHERE user_id = ? AND (title_id = ? OR entry_id = ?))`)
	if err != nil {
		return false, err
	}
	if err := stmt.QueryRowContext(brief(ctx), user, nullID(what.Title), nullID(what.Entry)).Scan(&is); err != nil {
		return false, fmt.Errorf("look for favourite %+v: %w", what, err)
	}
	return is, nil
}

// Favourites is a page of a user's favourites that they see, what was marked
// last first.
func (s *Store) Favourites(ctx context.Context, q HistoryQuery) (HistoryPage, error) {
	return s.historyPage(ctx, q, s.favourites)
}

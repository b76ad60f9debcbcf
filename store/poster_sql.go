package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Poster is where a title's poster lies: a picture, or a music file with art
// inside it.
type Poster struct {
	Kind    TitleKind
	Folder  string // of the library
	Path    string // below the folder; need not be UTF-8
	Version string // changes with the poster
}

const posterOf = `SELECT t.kind, f.path, t.poster_path, t.poster FROM titles t
	JOIN library_folders f ON f.id = t.poster_folder AND f.removed_at IS NULL WHERE t.id = ? AND t.poster <> ''`

// VisiblePoster is the poster of the title with this id, if the user with the id
// viewer may see the title. Otherwise it answers ErrNotFound, and so it does for
// a title without a poster and for one that does not exist.
func (s *Store) VisiblePoster(ctx context.Context, viewer, id int64) (Poster, error) {
	err := s.mustSee(ctx, viewer, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Poster{}, fmt.Errorf("poster of title %d for user %d: %w", id, viewer, err)
	}
	return s.onePoster(ctx, posterOf, id)
}

// AnyPoster is the poster of a title for administrators, whoever may see it, but
// not of one in a personal folder. It answers ErrNotFound.
func (s *Store) AnyPoster(ctx context.Context, id int64) (Poster, error) {
	return s.onePoster(ctx, posterOf+` AND NOT EXISTS (SELECT 1 FROM libraries l WHERE l.id = t.library_id AND l.user_id IS NOT NULL)`, id)
}

func (s *Store) onePoster(ctx context.Context, query string, args ...any) (p Poster, err error) {
	stmt, err := s.statement(ctx, query)
	if err != nil {
		return Poster{}, err
	}
	var path []byte
	err = stmt.QueryRowContext(brief(ctx), args...).Scan(&p.Kind, &p.Folder, &path, &p.Version)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Poster{}, fmt.Errorf("poster of title %d: %w", args[0], err)
	}
	p.Path = string(path)
	return p, nil
}

// titleKind is the kind of a title, or ErrNotFound.
func (s *Store) titleKind(ctx context.Context, id int64) (kind TitleKind, err error) {
	stmt, err := s.statement(ctx, `SELECT kind FROM titles WHERE id = ?`)
	if err != nil {
		return "", err
	}
	err = stmt.QueryRowContext(brief(ctx), id).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("kind of title %d: %w", id, err)
	}
	return kind, nil
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// sees is the one definition of what a user may see, as SQL: whether the user
// u sees the titles of audience a in library l. Explain says the same in words.
const sees = opens + ` AND ` + ratingShows + ` AND ` + labelsShow

// opens: the library is the user's own, or one of those that are open to them.
const opens = `(l.user_id = u.id OR l.user_id IS NULL AND (u.all_libraries = 1
	OR EXISTS (SELECT 1 FROM user_libraries ul WHERE ul.user_id = u.id AND ul.library_id = l.id)))`

// ratingShows: the rating is within the limit; what is unrated shows by the
// kind of the library.
const ratingShows = `CASE WHEN a.age IS NULL THEN
	u.unrated & (CASE l.kind WHEN 'films' THEN 1 WHEN 'series' THEN 2 WHEN 'music' THEN 4 WHEN 'photos' THEN 8 ELSE 16 END) <> 0
	ELSE u.max_age IS NULL OR a.age <= u.max_age END`

// labelsShow: no label that is hidden, and one of those that are allowed where
// only some are.
const labelsShow = `NOT EXISTS (SELECT 1 FROM user_labels r JOIN audience_labels al ON al.label_id = r.label_id
		WHERE r.user_id = u.id AND r.rule = 'hide' AND al.audience_id = a.id)
	AND (NOT EXISTS (SELECT 1 FROM user_labels r WHERE r.user_id = u.id AND r.rule = 'only')
		OR EXISTS (SELECT 1 FROM user_labels r JOIN audience_labels al ON al.label_id = r.label_id
			WHERE r.user_id = u.id AND r.rule = 'only' AND al.audience_id = a.id))`

// seen are the audiences whose titles a user sees; the ? is the user's id.
const seen = `(SELECT a.id FROM users u CROSS JOIN libraries l JOIN audiences a ON a.library_id = l.id WHERE u.id = ? AND ` + sees + `)`

// shows is whether a title t of this kind shows to a user, with one ? for the
// user's id: itself, or something that lies in it.
func (k TitleKind) shows() string {
	switch k {
	case TitleSeries, TitleArtist:
		return `EXISTS (SELECT 1 FROM titles c WHERE c.root_id = t.id AND c.missing_at IS NULL AND c.audience_id IN ` + seen + `)`
	case TitleSeason, TitleAlbum:
		return `EXISTS (SELECT 1 FROM titles c WHERE c.parent_id = t.id AND c.missing_at IS NULL AND c.audience_id IN ` + seen + `)`
	case TitleFilm, TitleEpisode, TitleTrack, TitlePicture, TitleVideo:
	}
	return `t.missing_at IS NULL AND t.audience_id IN ` + seen
}

// VisibleTitle is the title with this id, if the user with the id viewer may
// see it. Otherwise it answers ErrNotFound, as for one that does not exist.
func (s *Store) VisibleTitle(ctx context.Context, viewer, id int64) (Title, error) {
	var kind TitleKind
	err := s.reader.QueryRowContext(ctx, `SELECT kind FROM titles WHERE id = ?`, id).Scan(&kind)
	if err == nil {
		var title Title
		title, err = scanTitle(s.reader.QueryRowContext(ctx, `SELECT `+titleColumns+` FROM titles t WHERE t.id = ? AND `+kind.shows(), id, viewer))
		if err == nil {
			return title, nil
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return Title{}, fmt.Errorf("title %d for user %d: %w", id, viewer, ErrNotFound)
	}
	return Title{}, fmt.Errorf("read title %d: %w", id, err)
}

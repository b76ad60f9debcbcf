package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// sees is the one definition of what a user may see, as SQL: whether the user
// u sees the titles of audience a in library l. Explain says the same in words.
var sees = opens + ` AND ` + ratingShows(`u.unrated & (CASE l.kind WHEN 'films' THEN 1 WHEN 'series' THEN 2 WHEN 'music' THEN 4 WHEN 'photos' THEN 8 ELSE 16 END) <> 0`) +
	` AND ` + labelsShow("audience_labels")

// seesEntry is the same for channels: whether the user u sees the entries of
// audience a in channel c. What is unrated shows, since whoever may use the
// channel was given it. A test holds it to Explain as well.
var seesEntry = opensChannel + ` AND ` + ratingShows("1") + ` AND ` + labelsShow("channel_audience_labels")

// opens: the library is the user's own, or one of those that are open to them.
const opens = `(l.user_id = u.id OR l.user_id IS NULL AND (u.all_libraries = 1
	OR EXISTS (SELECT 1 FROM user_libraries ul WHERE ul.user_id = u.id AND ul.library_id = l.id)))`

// opensChannel: the user may use channels, and this is one of those that are
// open to them.
const opensChannel = `u.may_use_channels = 1 AND (u.all_channels = 1
	OR EXISTS (SELECT 1 FROM user_channels uc WHERE uc.user_id = u.id AND uc.channel_id = c.id))`

// ratingShows: the rating is within the limit; unrated says whether what has
// none shows.
func ratingShows(unrated string) string {
	return `CASE WHEN a.age IS NULL THEN ` + unrated + ` ELSE u.max_age IS NULL OR a.age <= u.max_age END`
}

// labelsShow: no label that is hidden, and one of those that are allowed where
// only some are. The table holds the labels of audiences.
func labelsShow(table string) string {
	return `NOT EXISTS (SELECT 1 FROM user_labels r JOIN ` + table + ` al ON al.label_id = r.label_id
		WHERE r.user_id = u.id AND r.rule = 'hide' AND al.audience_id = a.id)
	AND (NOT EXISTS (SELECT 1 FROM user_labels r WHERE r.user_id = u.id AND r.rule = 'only')
		OR EXISTS (SELECT 1 FROM user_labels r JOIN ` + table + ` al ON al.label_id = r.label_id
			WHERE r.user_id = u.id AND r.rule = 'only' AND al.audience_id = a.id))`
}

// seenAudiences are the audiences whose titles a user sees; the ? is the user's
// id.
var seenAudiences = `SELECT a.id FROM users u CROSS JOIN libraries l CROSS JOIN audiences a WHERE u.id = ? AND a.library_id = l.id AND ` + sees

// seenBy is whether the user sees the title of this alias by its audience. It
// looks at that audience alone, so that it is for single titles.
func seenBy(alias, user string) string {
	return `EXISTS (SELECT 1 FROM audiences a CROSS JOIN libraries l CROSS JOIN users u
		WHERE a.id = ` + alias + `.audience_id AND l.id = a.library_id AND u.id = ` + user + ` AND ` + sees + `)`
}

// holdsSeen is whether something that a user sees lies in a title t of this
// kind. The user is a placeholder for the id.
func (k TitleKind) holdsSeen(user string) string {
	return `EXISTS (SELECT 1 FROM titles c WHERE ` + k.inside() + ` AND c.missing_at IS NULL AND ` + seenBy("c", user) + `)`
}

// inside is whether a title c with files lies in a title t of this kind, which
// holds others.
func (k TitleKind) inside() string {
	if k == TitleSeries || k == TitleArtist {
		return `c.root_id = t.id`
	}
	return `c.parent_id = t.id`
}

// VisibleTitle is the title with this id, if the user with the id viewer may
// see it. Otherwise it answers ErrNotFound, as for one that does not exist.
func (s *Store) VisibleTitle(ctx context.Context, viewer, id int64) (Title, error) {
	title, err := s.visibleTitle(ctx, viewer, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Title{}, fmt.Errorf("title %d for user %d: %w", id, viewer, ErrNotFound)
	}
	if err != nil {
		return Title{}, fmt.Errorf("read title %d: %w", id, err)
	}
	return title, nil
}

func (s *Store) visibleTitle(ctx context.Context, viewer, id int64) (title Title, err error) {
	if err := s.mustSee(ctx, viewer, id); err != nil {
		return title, err
	}
	stmt, err := s.statement(ctx, `SELECT `+titleColumns+` FROM titles t WHERE t.id = ?`)
	if err != nil {
		return title, err
	}
	return scanTitle(stmt.QueryRowContext(brief(ctx), id))
}

// mustSee answers sql.ErrNoRows unless there is a title with this id and the user
// sees it. It asks as much about one that is hidden as about one that does not
// exist, so that the time it takes does not tell which it was.
func (s *Store) mustSee(ctx context.Context, viewer, id int64) error {
	var kind TitleKind
	var library int64
	var audience uint32
	stmt, err := s.statement(ctx, `SELECT kind, library_id, CASE WHEN missing_at IS NULL THEN coalesce(audience_id, 0) ELSE 0 END FROM titles WHERE id = ?`)
	if err != nil {
		return err
	}
	err = stmt.QueryRowContext(brief(ctx), id).Scan(&kind, &library, &audience)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if audience != 0 {
		seen, err := s.audiencesSeen(ctx, viewer, library)
		if err != nil || seen.has(audience) {
			return err
		}
	}
	stmt, err = s.statement(ctx, `SELECT 1 FROM titles t WHERE t.id = ? AND `+kind.holdsSeen("?"))
	if err != nil {
		return err
	}
	var shows bool
	return stmt.QueryRowContext(brief(ctx), id, viewer).Scan(&shows)
}

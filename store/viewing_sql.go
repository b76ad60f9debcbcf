package store

import (
	"context"
	"fmt"
	"strings"
)

// viewing is something in a user's history or among their favourites, with what
// decides in which lists it stands.
type viewing struct {
	What
	kind           TitleKind
	library        int64
	parent, root   int64 // as of a Title
	begun, watched bool
}

// viewingBytes is what one takes in memory.
const viewingBytes = 72

// liesIn says whether the title lies in this one, or is it.
func (v viewing) liesIn(title int64) bool {
	return v.Title == title || v.parent == title || v.root == title
}

// Under what a user's own lists are remembered.
type (
	viewingsKey   struct{ user int64 }
	favouritesKey struct{ user int64 }
)

// ownVersions are the versions that the lists of what a user has watched depend
// on.
func (s *Store) ownVersions(ctx context.Context, user int64) (versions, error) {
	at, _ := s.listVersions()
	stmt, err := s.statement(ctx, `SELECT own_changes FROM users WHERE id = ?`)
	if err != nil {
		return at, err
	}
	if err := stmt.QueryRowContext(brief(ctx), user).Scan(&at.own); err != nil {
		return at, fmt.Errorf("read changes of user %d: %w", user, err)
	}
	return at, nil
}

// viewings are everything in a user's history that they see at present, what was
// seen last first.
func (s *Store) viewings(ctx context.Context, user int64) ([]viewing, error) {
	at, err := s.ownVersions(ctx, user)
	if err != nil {
		return nil, err
	}
	return recall(&s.lists, viewingsKey{user}, at, func() ([]viewing, int, error) {
		return s.readViewings(ctx, user, `SELECT `+viewingNumbers+` || ',' || (h.position > 0 OR h.part > 1) || ',' || h.watched AS numbers
			FROM history h CROSS JOIN titles t ON t.id = h.title_id WHERE h.user_id = ? AND t.missing_at IS NULL ORDER BY h.seen_at DESC, h.id DESC`, user)
	})
}

// favourites are the favourites of a user that they see at present, what was
// marked last first.
func (s *Store) favourites(ctx context.Context, user int64) ([]viewing, error) {
	at, err := s.ownVersions(ctx, user)
	if err != nil {
		return nil, err
	}
	return recall(&s.lists, favouritesKey{user}, at, func() ([]viewing, int, error) {
		return s.readViewings(ctx, user, `SELECT `+viewingNumbers+` || ',0,0' AS numbers
			FROM favourites h CROSS JOIN titles t ON t.id = h.title_id WHERE h.user_id = ?1 AND t.missing_at IS NULL
			AND (t.audience_id IS NOT NULL OR EXISTS (SELECT 1 FROM titles c WHERE (c.parent_id = t.id OR c.root_id = t.id) AND c.missing_at IS NULL AND `+seenBy("c", "?1")+`))
			ORDER BY h.added_at DESC, h.id DESC`, user)
	})
}

// viewingNumbers are the numbers that viewingOf reads of a title t, but for the
// last two.
var viewingNumbers = `t.id || ',' || ` + kindNumber() + ` || ',' || t.library_id || ',' || coalesce(t.audience_id, 0) || ',' || coalesce(t.parent_id, 0) || ',' || coalesce(t.root_id, 0)`

// titleKinds are all the kinds of title.
func titleKinds() []TitleKind {
	return []TitleKind{TitleFilm, TitleSeries, TitleSeason, TitleEpisode, TitleArtist, TitleAlbum, TitleTrack, TitlePicture, TitleVideo}
}

// kindNumber is the place of a title's kind among titleKinds, as SQL.
func kindNumber() string {
	var of strings.Builder
	of.WriteString(`CASE t.kind`)
	for i, kind := range titleKinds() {
		fmt.Fprintf(&of, ` WHEN '%s' THEN %d`, kind, i)
	}
	return of.String() + ` END`
}

// readViewings reads what a query finds as one text, which is several times as
// fast as its rows, and leaves out what the user does not see. The size is in
// bytes.
func (s *Store) readViewings(ctx context.Context, user int64, query string, args ...any) (all []viewing, size int, err error) {
	var text string
	err = s.reader.QueryRowContext(ctx, `SELECT coalesce(group_concat(numbers), '') FROM (`+query+`)`, args...).Scan(&text)
	if err != nil {
		return nil, 0, fmt.Errorf("read what user %d watched: %w", user, err)
	}
	kinds := titleKinds()
	var n [8]int64
	for text != "" {
		if text, err = cutNumbers(text, n[:]); err != nil {
			return nil, 0, fmt.Errorf("read what user %d watched: %w", user, err)
		}
		seen, err := s.audiencesSeen(ctx, user, n[2])
		if err != nil {
			return nil, 0, err
		}
		if audience := uint32(n[3]); audience == 0 || seen.has(audience) {
			all = append(all, viewing{What{Title: n[0]}, kinds[n[1]], n[2], n[4], n[5], n[6] != 0, n[7] != 0})
		}
	}
	return all, len(all) * viewingBytes, nil
}

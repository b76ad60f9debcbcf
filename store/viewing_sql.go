package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// viewing is something in a user's history or among their favourites, with what
// decides in which lists it stands.
type viewing struct {
	What
	kind           TitleKind // "" of an entry
	within         int64     // its library or channel
	parent, root   int64     // as of a Title
	begun, watched bool
}

// viewingBytes is what one takes in memory.
const viewingBytes = 72

// liesIn says whether the title lies in this one.
func (v viewing) liesIn(title int64) bool {
	return v.parent == title || v.root == title
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
	stmt, err := s.statement(ctx, `SELECT own_changes, (SELECT coalesce(sum(refreshed_at), 0) FROM channel_sources) FROM users WHERE id = ?`)
	if err != nil {
		return at, err
	}
	if err := stmt.QueryRowContext(brief(ctx), user).Scan(&at.own, &at.sources); err != nil {
		return at, fmt.Errorf("read changes of user %d: %w", user, err)
	}
	return at, nil
}

// viewings are everything in a user's history that they see at present, what was
// seen last first; at are their ownVersions.
func (s *Store) viewings(ctx context.Context, user int64, at versions) ([]viewing, error) {
	return recall(&s.lists, viewingsKey{user}, at, func() ([]viewing, int, error) {
		return s.readViewings(ctx, user, "history", "h.seen_at", `(h.position > 0 OR h.part > 1) || ',' || h.watched`)
	})
}

// favourites are the favourites of a user that they see at present, what was
// marked last first; at are their ownVersions.
func (s *Store) favourites(ctx context.Context, user int64, at versions) ([]viewing, error) {
	return recall(&s.lists, favouritesKey{user}, at, func() ([]viewing, int, error) {
		return s.readViewings(ctx, user, "favourites", "h.added_at", `'0,0'`)
	})
}

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

// readViewings reads one of the tables of a user's own as one text, which is
// several times as fast as its rows, in the order of a column, the greatest
// first, and leaves out what the user does not see. The size is in bytes.
func (s *Store) readViewings(ctx context.Context, user int64, table, order, state string) (all []viewing, size int, err error) {
	kinds := titleKinds()
	titles := `SELECT ` + order + ` AS place, h.id, t.id || ',' || ` + kindNumber() + ` || ',' || t.library_id || ',' || coalesce(t.audience_id, 0)
			|| ',' || coalesce(t.parent_id, 0) || ',' || coalesce(t.root_id, 0) || ',' || ` + state + ` AS numbers
		FROM ` + table + ` h CROSS JOIN titles t ON t.id = h.title_id WHERE h.user_id = ?1 AND t.missing_at IS NULL AND (t.audience_id IS NOT NULL
			OR EXISTS (SELECT 1 FROM titles c WHERE (c.parent_id = t.id OR c.root_id = t.id) AND c.missing_at IS NULL AND ` + seenBy("c", "?1") + `))`
	entries := `SELECT ` + order + `, h.id, e.id || ',` + strconv.Itoa(len(kinds)) + `,' || e.channel_id || ',0,0,0,' || ` + state + `
		FROM ` + table + ` h CROSS JOIN channel_entries e ON e.id = h.entry_id WHERE h.user_id = ?1 AND e.missing_at IS NULL AND e.audience_id IN (` + channelAudiencesSeen + `)`
	var text string
	err = s.reader.QueryRowContext(ctx, `SELECT coalesce(group_concat(numbers), '') FROM (`+titles+` UNION ALL `+entries+` ORDER BY 1 DESC, 2 DESC)`, user).Scan(&text)
	if err != nil {
		return nil, 0, fmt.Errorf("read the %s of user %d: %w", table, user, err)
	}
	var n [8]int64
	for text != "" {
		if text, err = cutNumbers(text, n[:]); err != nil {
			return nil, 0, fmt.Errorf("read the %s of user %d: %w", table, user, err)
		}
		v := viewingOf(n)
		shows, err := s.shows(ctx, user, v, uint32(n[3]))
		if err != nil {
			return nil, 0, err
		}
		if shows {
			all = append(all, v)
		}
	}
	return all, len(all) * viewingBytes, nil
}

// shows is whether the user sees a title of this audience. What has none was
// asked about as it was read.
func (s *Store) shows(ctx context.Context, user int64, v viewing, audience uint32) (bool, error) {
	if audience == 0 {
		return true, nil
	}
	seen, err := s.audiencesSeen(ctx, user, v.within)
	return seen.has(audience), err
}

// channelAudiencesSeen are the audiences of channels whose entries a user sees;
// the ?1 is the user's id.
var channelAudiencesSeen = `SELECT a.id FROM users u CROSS JOIN channels c CROSS JOIN channel_audiences a WHERE u.id = ?1 AND a.channel_id = c.id AND ` + seesEntry

// viewingOf reads the numbers: the id, the place of its kind among titleKinds,
// what it is within, its audience, what it lies in and at the top, whether it is
// begun and watched.
func viewingOf(n [8]int64) viewing {
	v := viewing{What: What{Entry: n[0]}, within: n[2], parent: n[4], root: n[5], begun: n[6] != 0, watched: n[7] != 0}
	if kinds := titleKinds(); int(n[1]) < len(kinds) {
		v.What, v.kind = What{Title: n[0]}, kinds[n[1]]
	}
	return v
}

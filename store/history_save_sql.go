package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// SavePosition writes down where a user is in what they watch, as its page tells
// it every few seconds. Near the end it counts as watched. What changes nothing
// that matters is not written; nor is anything on a full disk, which is no
// error, since playing must go on. It answers ErrNotFound for what the user does
// not see and for what cannot be played, such as a series or a picture.
func (s *Store) SavePosition(ctx context.Context, user int64, what What, at Position) error {
	if err := s.mustSeeWhat(ctx, user, what); err != nil {
		return err
	}
	of, before, err := s.playable(ctx, user, what)
	if err != nil {
		return fmt.Errorf("save position in %+v: %w", what, err)
	}
	after, worth := at.over(before, of, s.now())
	if !worth {
		return nil
	}
	err = s.change(ctx, func(t *tx) error { return t.setHeadway(ctx, user, what, after) })
	if DiskRefuses(err) {
		return nil
	}
	return err
}

// mustSeeWhat answers ErrNotFound unless the user sees it.
func (s *Store) mustSeeWhat(ctx context.Context, user int64, what What) error {
	if what.Entry != 0 {
		_, err := s.VisibleEntry(ctx, user, what.Entry)
		return err
	}
	err := s.mustSee(ctx, user, what.Title)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%+v for user %d: %w", what, user, ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("look for %+v: %w", what, err)
	}
	return nil
}

// playable is what decides how a position in it is kept, with the user's
// progress so far, or ErrNotFound.
func (s *Store) playable(ctx context.Context, user int64, what What) (of playable, before Headway, err error) {
	query, id := playableTitle, what.Title
	if what.Entry != 0 {
		query, id = playableEntry, what.Entry
	}
	before, err = scanHeadway(further{prepared{s}.QueryRowContext(brief(ctx), query, user, id), []any{&of.kind, &of.parts, &of.live}})
	if errors.Is(err, sql.ErrNoRows) || err == nil && (of.kind.Holds() || of.kind == TitlePicture) {
		err = ErrNotFound
	}
	return of, before, err
}

// What playable reads; the ? are the user's id and that of the title or entry.
const (
	playableTitle = `SELECT ` + headwayColumns + `, t.kind, coalesce((SELECT max(f.part) FROM files f WHERE f.title_id = t.id AND f.missing_at IS NULL), 1), 0
		FROM titles t LEFT JOIN history h ON h.user_id = ? AND h.title_id = t.id WHERE t.id = ?`
	playableEntry = `SELECT ` + headwayColumns + `, '', 1, e.live
		FROM channel_entries e LEFT JOIN history h ON h.user_id = ? AND h.entry_id = e.id WHERE e.id = ?`
)

// setHeadway writes a user's progress.
func (t *tx) setHeadway(ctx context.Context, user int64, what What, p Headway) error {
	const set = ` DO UPDATE SET part = excluded.part, position = excluded.position, length = excluded.length, watched = excluded.watched, seen_at = excluded.seen_at`
	_, err := t.ExecContext(ctx, `INSERT INTO history (user_id, title_id, entry_id, part, position, length, watched, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (user_id, title_id)`+set+` ON CONFLICT (user_id, entry_id)`+set,
		user, nullID(what.Title), nullID(what.Entry), p.Part, p.Position.Milliseconds(), p.Length.Milliseconds(), p.Watched, millis(p.SeenAt))
	if err != nil {
		return fmt.Errorf("save progress in %+v: %w", what, err)
	}
	return nil
}

// changeOwn is change for what is the actor's own alone: what they watch. Nobody
// else may, and Activity has nothing of it.
func (s *Store) changeOwn(ctx context.Context, actor Actor, fn func(*tx) error) error {
	if actor.ID == 0 {
		return fmt.Errorf("history of nobody: %w", ErrForbidden)
	}
	return s.change(ctx, fn)
}

// leavesOf are the titles t that can be watched and are this one, or lie in it;
// the ?1 is its id.
const leavesOf = `(t.id = ?1 OR t.parent_id = ?1 OR t.root_id = ?1) AND t.audience_id IS NOT NULL AND t.kind <> 'picture'`

// MarkWatched marks something as watched by the actor or as not watched, and
// forgets where they stopped: of what holds others, everything in it that they
// see. It answers ErrNotFound for what the actor does not see.
func (s *Store) MarkWatched(ctx context.Context, actor Actor, what What, watched bool) error {
	if err := s.mustSeeWhat(ctx, actor.ID, what); err != nil {
		return err
	}
	return s.changeOwn(ctx, actor, func(t *tx) error {
		mark := t.markUnwatched
		if watched {
			mark = t.markWatched
		}
		if err := mark(ctx, actor.ID, what); err != nil {
			return fmt.Errorf("mark %+v: %w", what, err)
		}
		return nil
	})
}

// markedAgain is what marking does to what has a place in the history. It leaves
// alone when something was seen that is marked already.
const markedAgain = ` DO UPDATE SET part = 1, position = 0, watched = 1, seen_at = excluded.seen_at WHERE watched = 0 OR position > 0 OR part > 1`

func (t *tx) markWatched(ctx context.Context, user int64, what What) error {
	if what.Entry != 0 {
		_, err := t.ExecContext(ctx, `INSERT INTO history (user_id, entry_id, watched, seen_at) VALUES (?, ?, 1, ?) ON CONFLICT (user_id, entry_id)`+markedAgain,
			user, what.Entry, millis(t.now))
		return err
	}
	_, err := t.ExecContext(ctx, `INSERT INTO history (user_id, title_id, watched, seen_at)
		SELECT ?2, t.id, 1, ?3 FROM titles t LEFT JOIN titles p ON p.id = t.parent_id
		WHERE `+leavesOf+` AND t.missing_at IS NULL AND `+seenBy("t", "?2")+` ORDER BY `+inSequence+`
		ON CONFLICT (user_id, title_id)`+markedAgain, what.Title, user, millis(t.now))
	return err
}

func (t *tx) markUnwatched(ctx context.Context, user int64, what What) error {
	_, err := t.ExecContext(ctx, `UPDATE history SET part = 1, position = 0, watched = 0 WHERE user_id = ?2 AND (entry_id = ?3
		OR title_id IN (SELECT t.id FROM titles t WHERE `+leavesOf+` AND `+seenBy("t", "?2")+`))`, what.Title, user, nullID(what.Entry))
	return err
}

// ForgetWatched removes something from the actor's history, as if they had never
// watched it. It answers ErrNotFound for what the actor does not see.
func (s *Store) ForgetWatched(ctx context.Context, actor Actor, what What) error {
	if err := s.mustSeeWhat(ctx, actor.ID, what); err != nil {
		return err
	}
	return s.changeOwn(ctx, actor, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM history WHERE user_id = ? AND (title_id = ? OR entry_id = ?)`, actor.ID, what.Title, what.Entry); err != nil {
			return fmt.Errorf("forget %+v: %w", what, err)
		}
		return nil
	})
}

// ClearHistory removes the actor's whole history, also of what they do not see
// at present. Favourites stay.
func (s *Store) ClearHistory(ctx context.Context, actor Actor) error {
	return s.changeOwn(ctx, actor, func(t *tx) error {
		if _, err := t.ExecContext(ctx, `DELETE FROM history WHERE user_id = ?`, actor.ID); err != nil {
			return fmt.Errorf("clear history: %w", err)
		}
		return nil
	})
}

const headwayColumns = `coalesce(h.part, 1), coalesce(h.position, 0), coalesce(h.length, 0), coalesce(h.watched, 0), coalesce(h.seen_at, 0)`

func scanHeadway(row scanner) (p Headway, err error) {
	var position, length, seen int64
	err = row.Scan(&p.Part, &position, &length, &p.Watched, &seen)
	p.Position, p.Length = time.Duration(position)*time.Millisecond, time.Duration(length)*time.Millisecond
	p.SeenAt = fromMillis(seen)
	return p, err
}

// Past is something that somebody has watched or begun some time ago.
type Past struct {
	What    What
	Headway Headway
}

// AddHistory adds to a user's history what they have watched before they came
// here, and leaves what stands in it already. Whether they see it is not asked.
func (s *Store) AddHistory(ctx context.Context, user int64, all []Past) error {
	return s.change(ctx, func(t *tx) error {
		t.keepStatements()
		for _, past := range all {
			h := past.Headway
			if _, err := t.ExecContext(ctx, `INSERT OR IGNORE INTO history (user_id, title_id, entry_id, part, position, length, watched, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				user, nullID(past.What.Title), nullID(past.What.Entry), max(1, h.Part), h.Position.Milliseconds(), h.Length.Milliseconds(), h.Watched, millis(h.SeenAt)); err != nil {
				return fmt.Errorf("add to the history of user %d: %w", user, err)
			}
		}
		return nil
	})
}

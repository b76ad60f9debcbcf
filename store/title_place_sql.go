package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// place is where in a library a title belongs.
type place struct {
	library, folder int64
	parent, root    int64 // what it lies in, and the outermost of that; 0 for nothing
}

// under is the place inside the title with this id, which is in p itself.
func (p place) under(id int64) place {
	if p.root == 0 {
		p.root = id
	}
	p.parent = id
	return p
}

// saveHolder saves what holds others, once for each FoundTitle.
func (s *shelving) saveHolder(ctx context.Context, at place, f *FoundTitle) (id int64, err error) {
	if id, known := s.holders[f]; known {
		return id, nil
	}
	if id, err = s.holder(ctx, at, f); err != nil {
		return 0, err
	}
	known := id != 0
	if known && f.Keep {
		s.holders[f] = id
		return id, nil
	}
	var before standing
	if known {
		if before, err = s.standing(ctx, id); err != nil {
			return 0, err
		}
	}
	id, written, err := s.saveTitle(ctx, id, at, f)
	if err != nil {
		return 0, err
	}
	s.holders[f] = id
	if !written {
		return id, nil
	}
	delete(s.standings, id)
	after, err := s.standing(ctx, id)
	if err != nil || !known || before.equal(after) {
		return id, err
	}
	return id, s.reassignUnder(ctx, id)
}

// key is the key of a title that holds others at a place: what is of the same
// name in different series or by different artists is kept apart.
func (p place) key(f *FoundTitle) string {
	if p.parent == 0 {
		return f.Key
	}
	return strconv.FormatInt(p.parent, 10) + "/" + f.Key
}

// holder is the id of a title that holds others, or 0 for a new one. One that
// has moved with all that is in it gets the key that it is known by from now on.
func (s *shelving) holder(ctx context.Context, at place, f *FoundTitle) (id int64, err error) {
	err = s.QueryRowContext(ctx, `SELECT id FROM titles WHERE library_id = ? AND key = ?`, at.library, at.key(f)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) && f.Was != 0 {
		err = s.QueryRowContext(ctx, `UPDATE titles SET key = ? WHERE id = ? AND library_id = ? AND kind = ? RETURNING id`,
			at.key(f), f.Was, at.library, f.Kind).Scan(&id)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find %q: %w", f.Key, err)
	}
	return id, nil
}

// keyColumn is the key as it is stored; titles with files have none.
func (p place) keyColumn(f *FoundTitle) sql.NullString {
	if !f.Kind.Holds() {
		return sql.NullString{}
	}
	return nullText(p.key(f))
}

// facts is a hash of all that the disk says about a title at this place.
func (p place) facts(f *FoundTitle) ([]byte, error) {
	told := *f
	told.Was = 0
	text, err := json.Marshal([]any{p.library, posterFolder(p, f).Int64, p.parent, p.root, ParseRating(f.Rating), told})
	if err != nil {
		return nil, fmt.Errorf("write down the facts of %q: %w", f.Name, err)
	}
	sum := sha256.Sum256(text)
	return sum[:16], nil
}

// HolderKey is the Key of a title that holds others: its name, however it is
// written, and a number, such as the year or that of a season.
func HolderKey(kind TitleKind, name string, number int) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So) {
			return r
		}
		return -1
	}, sortName(name))
	if plain == "" {
		plain = strings.TrimSpace(name)
	}
	return string(kind) + " " + clip(plain, MaxTitleName) + " " + strconv.Itoa(number)
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Limits of what is kept about a title, in characters.
const (
	MaxTitleName = 300
	MaxPlot      = 10_000
	MaxLabel     = 64
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
	err = s.QueryRowContext(ctx, `SELECT id FROM titles WHERE library_id = ? AND key = ?`, at.library, f.Key).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find %q: %w", f.Key, err)
	}
	known := id != 0
	var before standing
	if known {
		if before, err = s.standing(ctx, id); err != nil {
			return 0, err
		}
	}
	if id, err = s.saveTitle(ctx, id, at, f); err != nil {
		return 0, err
	}
	s.holders[f] = id
	delete(s.standings, id)
	after, err := s.standing(ctx, id)
	if err != nil || !known || before.equal(after) {
		return id, err
	}
	return id, s.reassignUnder(ctx, id)
}

// saveTitle inserts a title where id is 0, and updates it otherwise, but for
// what is corrected.
func (s *shelving) saveTitle(ctx context.Context, id int64, at place, f *FoundTitle) (int64, error) {
	fix, err := s.corrections(ctx, id)
	if err != nil {
		return 0, err
	}
	found, err := s.ids(ctx, "labels", f.Labels)
	if err != nil {
		return 0, err
	}
	own := standing{age: ParseRating(f.Rating), labels: found}
	if fix.Rating {
		own.age = fix.age
	}
	if fix.Labels {
		own.labels = fix.labels
	}
	audience, err := s.audienceFor(ctx, at, f.Kind, own)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		id, err = s.insertTitle(ctx, at, f, audience)
	} else {
		err = s.updateTitle(ctx, id, at, f, audience)
	}
	if err != nil {
		return 0, err
	}
	if err := s.setLabels(ctx, id, found, own.labels); err != nil {
		return 0, err
	}
	if err := s.setGenres(ctx, id, f.Genres); err != nil {
		return 0, err
	}
	return id, s.setTitleWords(ctx, id)
}

// corrections are what somebody has corrected about a title.
type corrections struct {
	Corrected
	age    Age
	labels []int64
}

func (s *shelving) corrections(ctx context.Context, id int64) (fix corrections, err error) {
	if id == 0 {
		return fix, nil
	}
	var bits int64
	var age sql.NullInt64
	if err := s.QueryRowContext(ctx, `SELECT corrected, age FROM titles WHERE id = ?`, id).Scan(&bits, &age); err != nil {
		return fix, fmt.Errorf("read corrections of title %d: %w", id, err)
	}
	fix.Corrected, fix.age = correctedOf(bits), ageOf(age)
	if fix.Labels {
		fix.labels, err = s.ownLabels(ctx, id)
	}
	return fix, err
}

// The bits of the column corrected.
const (
	correctedName = 1 << iota
	correctedYear
	correctedRating
	correctedLabels
)

func correctedOf(bits int64) Corrected {
	return Corrected{
		Name: bits&correctedName != 0, Year: bits&correctedYear != 0,
		Rating: bits&correctedRating != 0, Labels: bits&correctedLabels != 0,
	}
}

// bits is the column that correctedOf reads.
func (c Corrected) bits() (bits int64) {
	for _, fact := range []struct {
		is  bool
		bit int64
	}{{c.Name, correctedName}, {c.Year, correctedYear}, {c.Rating, correctedRating}, {c.Labels, correctedLabels}} {
		if fact.is {
			bits |= fact.bit
		}
	}
	return bits
}

// ageOf is the age in a column.
func ageOf(column sql.NullInt64) Age { return Age{Known: column.Valid, Years: int(column.Int64)} }

// column is the age as it is stored: NULL for what is unrated.
func (a Age) column() sql.NullInt64 { return sql.NullInt64{Int64: int64(a.Years), Valid: a.Known} }

// titleName is a name from the disk as it is stored.
func titleName(name string) string {
	return clip(strings.ToValidUTF8(strings.TrimSpace(name), "�"), MaxTitleName)
}

func (s *shelving) insertTitle(ctx context.Context, at place, f *FoundTitle, audience sql.NullInt64) (id int64, err error) {
	name := titleName(f.Name)
	age := ParseRating(f.Rating)
	err = s.QueryRowContext(ctx, `INSERT INTO titles (library_id, kind, parent_id, root_id, key, name, sort_name, year, rating, age, audience_id,
			plot, disc, number, last_number, date, width, height, poster_folder, poster_path, poster, found_name, found_year, found_rating, added_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		at.library, f.Kind, nullID(at.parent), nullID(at.root), nullText(f.Key), name, titleSort(name), f.Year, f.Rating, age.column(), audience,
		clip(f.Plot, MaxPlot), f.Disc, f.Number, f.LastNumber, millis(f.Date), f.Width, f.Height,
		posterFolder(at, f), []byte(f.Poster.Path), f.Poster.Stamp, name, f.Year, f.Rating, millis(s.now)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("insert title: %w", err)
	}
	return id, nil
}

func (s *shelving) updateTitle(ctx context.Context, id int64, at place, f *FoundTitle, audience sql.NullInt64) error {
	name := titleName(f.Name)
	age := ParseRating(f.Rating)
	_, err := s.ExecContext(ctx, `UPDATE titles SET kind = ?, parent_id = ?, root_id = ?,
			name = CASE WHEN corrected & 1 THEN name ELSE ? END, sort_name = CASE WHEN corrected & 1 THEN sort_name ELSE ? END,
			year = CASE WHEN corrected & 2 THEN year ELSE ? END,
			rating = CASE WHEN corrected & 4 THEN rating ELSE ? END, age = CASE WHEN corrected & 4 THEN age ELSE ? END,
			audience_id = ?, plot = ?, disc = ?, number = ?, last_number = ?, date = ?, width = ?, height = ?,
			poster_folder = ?, poster_path = ?, poster = ?, found_name = ?, found_year = ?, found_rating = ?, missing_at = NULL
		WHERE id = ?`,
		f.Kind, nullID(at.parent), nullID(at.root), name, titleSort(name), f.Year, f.Rating, age.column(),
		audience, clip(f.Plot, MaxPlot), f.Disc, f.Number, f.LastNumber, millis(f.Date), f.Width, f.Height,
		posterFolder(at, f), []byte(f.Poster.Path), f.Poster.Stamp, name, f.Year, f.Rating, id)
	if err != nil {
		return fmt.Errorf("update title %d: %w", id, err)
	}
	return nil
}

func posterFolder(at place, f *FoundTitle) sql.NullInt64 {
	if f.Poster.Path == "" {
		return sql.NullInt64{}
	}
	return nullID(at.folder)
}

// setTitleWords makes the title findable by the words of its name.
func (t *tx) setTitleWords(ctx context.Context, id int64) error {
	var library int64
	var name string
	if err := t.QueryRowContext(ctx, `SELECT library_id, name FROM titles WHERE id = ?`, id).Scan(&library, &name); err != nil {
		return fmt.Errorf("read name: %w", err)
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM title_words WHERE title_id = ?`, id); err != nil {
		return fmt.Errorf("clear words: %w", err)
	}
	for _, word := range words(name) {
		if _, err := t.ExecContext(ctx, `INSERT OR IGNORE INTO title_words (library_id, word, title_id) VALUES (?, ?, ?)`, library, word, id); err != nil {
			return fmt.Errorf("add word: %w", err)
		}
	}
	return nil
}

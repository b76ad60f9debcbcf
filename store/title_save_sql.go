package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Limits of what is kept about a title, in characters.
const (
	MaxTitleName = 300
	MaxPlot      = 10_000
	MaxLabel     = 64
)

// saveTitle inserts a title where id is 0, and updates it otherwise, but for
// what is corrected. Nothing is written where the disk says the same as before.
func (s *shelving) saveTitle(ctx context.Context, id int64, at place, f *FoundTitle) (_ int64, written bool, err error) {
	facts, err := at.facts(f)
	if err != nil {
		return 0, false, err
	}
	fix, err := s.corrections(ctx, id)
	if err != nil || id != 0 && bytes.Equal(fix.facts, facts) {
		return id, false, err
	}
	found, err := s.ids(ctx, "labels", f.Labels)
	if err != nil {
		return 0, false, err
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
		return 0, false, err
	}
	fresh, name := id == 0, titleName(f.Name)
	if fresh {
		id, err = s.insertTitle(ctx, at, f, audience, facts)
	} else {
		name, err = s.updateTitle(ctx, id, at, f, audience, facts)
	}
	if err != nil {
		return 0, false, err
	}
	s.written = true
	if err := s.saveNames(ctx, id, fresh, f, found, own.labels); err != nil {
		return 0, false, err
	}
	if fresh {
		return id, true, s.addTitleWords(ctx, id, at.library, name)
	}
	return id, true, s.setTitleWords(ctx, id, at.library, name)
}

// saveNames writes the labels and genres of a title.
func (s *shelving) saveNames(ctx context.Context, id int64, fresh bool, f *FoundTitle, found, counts []int64) error {
	if !fresh || len(found) > 0 {
		if err := s.setLabels(ctx, id, found, counts); err != nil {
			return err
		}
	}
	if !fresh || len(f.Genres) > 0 {
		if err := s.setGenres(ctx, id, f.Genres); err != nil {
			return err
		}
	}
	return nil
}

// corrections are what somebody has corrected about a title, and a hash of what
// the disk said.
type corrections struct {
	Corrected
	age    Age
	labels []int64
	facts  []byte
}

// corrections are those of a title, nothing for the id 0. What is missing has no
// facts, so that it is written when it is found again.
func (s *shelving) corrections(ctx context.Context, id int64) (fix corrections, err error) {
	if id == 0 {
		return fix, nil
	}
	var bits int64
	var age sql.NullInt64
	err = s.QueryRowContext(ctx, `SELECT corrected, age, CASE WHEN missing_at IS NULL THEN facts ELSE x'' END FROM titles WHERE id = ?`, id).
		Scan(&bits, &age, &fix.facts)
	if err != nil {
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

func (s *shelving) insertTitle(ctx context.Context, at place, f *FoundTitle, audience sql.NullInt64, facts []byte) (id int64, err error) {
	name := titleName(f.Name)
	age := ParseRating(f.Rating)
	err = s.QueryRowContext(ctx, `INSERT INTO titles (library_id, kind, parent_id, root_id, key, name, sort_name, year, rating, age, audience_id,
			plot, disc, number, last_number, date, width, height, poster_folder, poster_path, poster, found_name, found_year, found_rating, added_at, facts, told_folder, told_path)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		at.library, f.Kind, nullID(at.parent), nullID(at.root), at.keyColumn(f), name, titleSort(name), f.Year, f.Rating, age.column(), audience,
		clip(f.Plot, MaxPlot), f.Disc, f.Number, f.LastNumber, millis(f.Date), f.Width, f.Height,
		posterFolder(at, f), []byte(f.Poster.Path), f.Poster.Stamp, name, f.Year, f.Rating, millis(s.now), facts, nullID(f.Told.Folder), []byte(f.Told.Path)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("insert title: %w", err)
	}
	return id, nil
}

// updateTitle answers the name that the title has then.
func (s *shelving) updateTitle(ctx context.Context, id int64, at place, f *FoundTitle, audience sql.NullInt64, facts []byte) (name string, err error) {
	name = titleName(f.Name)
	age := ParseRating(f.Rating)
	err = s.QueryRowContext(ctx, `UPDATE titles SET kind = ?, parent_id = ?, root_id = ?,
			name = CASE WHEN corrected & 1 THEN name ELSE ? END, sort_name = CASE WHEN corrected & 1 THEN sort_name ELSE ? END,
			year = CASE WHEN corrected & 2 THEN year ELSE ? END,
			rating = CASE WHEN corrected & 4 THEN rating ELSE ? END, age = CASE WHEN corrected & 4 THEN age ELSE ? END,
			audience_id = ?, plot = ?, disc = ?, number = ?, last_number = ?, date = ?, width = ?, height = ?,
			poster_folder = ?, poster_path = ?, poster = ?, found_name = ?, found_year = ?, found_rating = ?, facts = ?, told_folder = ?, told_path = ?, missing_at = NULL
		WHERE id = ? RETURNING name`,
		f.Kind, nullID(at.parent), nullID(at.root), name, titleSort(name), f.Year, f.Rating, age.column(),
		audience, clip(f.Plot, MaxPlot), f.Disc, f.Number, f.LastNumber, millis(f.Date), f.Width, f.Height,
		posterFolder(at, f), []byte(f.Poster.Path), f.Poster.Stamp, name, f.Year, f.Rating, facts, nullID(f.Told.Folder), []byte(f.Told.Path), id).Scan(&name)
	if err != nil {
		return "", fmt.Errorf("update title %d: %w", id, err)
	}
	return name, nil
}

// posterFolder is the folder that the poster lies in: the title's own, where
// nothing else is said.
func posterFolder(at place, f *FoundTitle) sql.NullInt64 {
	switch {
	case f.Poster.Path == "":
		return sql.NullInt64{}
	case f.Poster.Folder != 0:
		return nullID(f.Poster.Folder)
	}
	return nullID(at.folder)
}

// setTitleWords makes the title findable by the words of its name, and by no
// others.
func (t *tx) setTitleWords(ctx context.Context, id, library int64, name string) error {
	if _, err := t.ExecContext(ctx, `DELETE FROM title_words WHERE title_id = ?`, id); err != nil {
		return fmt.Errorf("clear words: %w", err)
	}
	return t.addTitleWords(ctx, id, library, name)
}

func (t *tx) addTitleWords(ctx context.Context, id, library int64, name string) error {
	for _, word := range words(name) {
		if _, err := t.ExecContext(ctx, `INSERT OR IGNORE INTO title_words (library_id, word, title_id) VALUES (?, ?, ?)`, library, word, id); err != nil {
			return fmt.Errorf("add word: %w", err)
		}
	}
	return nil
}

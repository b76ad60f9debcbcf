package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// titleColumns are all that there is of a title t. Names in lists have a unit
// separator between, which CleanLabel lets through nowhere.
const titleColumns = `t.id, t.library_id, t.kind, coalesce(t.parent_id, 0), coalesce(t.root_id, 0), t.name, t.year, t.rating, t.age,
	(SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM title_labels x JOIN labels n ON n.id = x.label_id WHERE x.title_id = t.id AND x.counts = 1),
	(SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM title_genres x JOIN genres n ON n.id = x.genre_id WHERE x.title_id = t.id),
	t.plot, t.disc, t.number, t.last_number, t.date, t.width, t.height, t.poster, t.found_name, t.found_year, t.found_rating, t.corrected, t.added_at, coalesce(t.missing_at, 0)`

func scanTitle(row scanner) (Title, error) {
	var t Title
	var age sql.NullInt64
	var labels, genres string
	var date, corrected, added, missing int64
	err := row.Scan(&t.ID, &t.LibraryID, &t.Kind, &t.ParentID, &t.RootID, &t.Name, &t.Year, &t.Rating, &age, &labels, &genres,
		&t.Plot, &t.Disc, &t.Number, &t.LastNumber, &date, &t.Width, &t.Height, &t.Poster, &t.FoundName, &t.FoundYear, &t.FoundRating,
		&corrected, &added, &missing)
	if err != nil {
		return Title{}, err
	}
	t.Age, t.Labels, t.Genres = ageOf(age), nameList(labels), nameList(genres)
	t.Date, t.AddedAt, t.MissingAt = fromMillis(date), fromMillis(added), fromMillis(missing)
	t.Corrected = correctedOf(corrected)
	return t, nil
}

// nameList reads a group_concat of names.
func nameList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x1f")
}

// Title is the title with this id, for administrators: whoever may see it, and
// whether its files are there or not. It answers ErrNotFound.
func (s *Store) Title(ctx context.Context, id int64) (Title, error) {
	title, err := scanTitle(s.reader.QueryRowContext(ctx, `SELECT `+titleColumns+` FROM titles t WHERE t.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Title{}, fmt.Errorf("title %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Title{}, fmt.Errorf("read title %d: %w", id, err)
	}
	return title, nil
}

// eachTitle are the titles that a query finds.
func eachTitle(ctx context.Context, q querier, query string, args ...any) ([]Title, error) {
	return readEach(ctx, q, scanTitle, query, args...)
}

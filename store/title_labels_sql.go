package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// nameIn is a name in one of the tables labels and genres, folded.
type nameIn struct{ table, key string }

// ids are the ids of the labels or genres with these names, in order; new ones
// are added. Names that are none are left out. The table is one of our own two.
func (s *shelving) ids(ctx context.Context, table string, names []string) ([]int64, error) {
	ids := make([]int64, 0, len(names))
	for _, name := range names {
		name = CleanLabel(name)
		if name == "" {
			continue
		}
		id, err := s.id(ctx, table, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// CleanLabel is a label or genre as it is stored: single spaces, no more than
// MaxLabel characters, and "" for one that says nothing.
func CleanLabel(name string) string {
	return clip(strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, "�"), isGap), " "), MaxLabel)
}

// isGap holds for what parts words: spaces, line breaks and control characters.
func isGap(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

func (s *shelving) id(ctx context.Context, table, name string) (id int64, err error) {
	key := nameIn{table, nameKey(name)}
	if id, known := s.names[key]; known {
		return id, nil
	}
	err = s.QueryRowContext(ctx, `SELECT id FROM `+table+` WHERE name_key = ?`, key.key).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.QueryRowContext(ctx, `INSERT INTO `+table+` (name, name_key) VALUES (?, ?) RETURNING id`, name, key.key).Scan(&id)
		if err == nil && table == "labels" {
			err = s.labelAppeared(ctx, key.key)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("find %q among %s: %w", name, table, err)
	}
	s.names[key] = id
	return id, nil
}

// setLabels writes which labels the disk gives a title, and which count.
func (s *shelving) setLabels(ctx context.Context, title int64, found, counts []int64) error {
	if _, err := s.ExecContext(ctx, `DELETE FROM title_labels WHERE title_id = ?`, title); err != nil {
		return fmt.Errorf("clear labels: %w", err)
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(found, counts)))) {
		_, err := s.ExecContext(ctx, `INSERT INTO title_labels (title_id, label_id, found, counts) VALUES (?, ?, ?, ?)`,
			title, id, slices.Contains(found, id), slices.Contains(counts, id))
		if err != nil {
			return fmt.Errorf("add label: %w", err)
		}
	}
	return nil
}

func (s *shelving) setGenres(ctx context.Context, title int64, names []string) error {
	ids, err := s.ids(ctx, "genres", names)
	if err != nil {
		return err
	}
	if _, err := s.ExecContext(ctx, `DELETE FROM title_genres WHERE title_id = ?`, title); err != nil {
		return fmt.Errorf("clear genres: %w", err)
	}
	for _, id := range ids {
		if _, err := s.ExecContext(ctx, `INSERT INTO title_genres (title_id, genre_id) VALUES (?, ?)`, title, id); err != nil {
			return fmt.Errorf("add genre: %w", err)
		}
	}
	return nil
}

// ownLabels are the labels of a title that count, but for those of what it lies
// in.
func (t *tx) ownLabels(ctx context.Context, title int64) ([]int64, error) {
	return t.labelsWhere(ctx, title, "counts = 1")
}

// foundLabels are the labels that the disk gives a title.
func (t *tx) foundLabels(ctx context.Context, title int64) ([]int64, error) {
	return t.labelsWhere(ctx, title, "found = 1")
}

func (t *tx) labelsWhere(ctx context.Context, title int64, which string) ([]int64, error) {
	var text string
	err := t.QueryRowContext(ctx, `SELECT coalesce(group_concat(label_id), '') FROM title_labels WHERE title_id = ? AND `+which, title).Scan(&text)
	if err != nil {
		return nil, fmt.Errorf("read labels of title %d: %w", title, err)
	}
	return slices.Sorted(slices.Values(idList(text))), nil
}

// commonLabels is how many labels CommonLabels names at the most.
const commonLabels = 30

// CommonLabels are the labels in everyone's libraries, by name: the commonest
// where there are many.
func (s *Store) CommonLabels(ctx context.Context) ([]string, error) {
	var names string
	err := s.reader.QueryRowContext(ctx, `SELECT coalesce(group_concat(name, char(31) ORDER BY name_key), '') FROM (
		SELECT n.name, n.name_key FROM audience_labels al JOIN labels n ON n.id = al.label_id
			JOIN audiences a ON a.id = al.audience_id JOIN libraries l ON l.id = a.library_id AND l.user_id IS NULL
		GROUP BY n.id ORDER BY count(*) DESC, n.name_key LIMIT ?)`, commonLabels).Scan(&names)
	if err != nil {
		return nil, fmt.Errorf("read common labels: %w", err)
	}
	return nameList(names), nil
}

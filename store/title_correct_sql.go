package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// CorrectTitles corrects titles, all or none: what is corrected wins over what
// the disk says, now and after every scan, until it is the same. The rating and
// the labels of what holds others count for those at once. It answers Invalid
// with the fields of a TitleCorrection, ErrNotFound for a title that is not
// there or lies in somebody's personal folder, or ErrForbidden.
func (s *Store) CorrectTitles(ctx context.Context, actor Actor, ids []int64, in TitleCorrection) error {
	in, err := in.clean()
	if err != nil {
		return err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	switch {
	case len(ids) > MaxSelected:
		return Refuse(fmt.Sprintf("That is more than %d titles at once. Choose fewer.", MaxSelected))
	case len(ids) > 1 && in.Set.Name:
		return Refuse("Several titles cannot get one name.")
	}
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		t.keepStatements()
		correcting := newShelving(t)
		titles := make([]Title, 0, len(ids))
		changed := 0
		for _, id := range ids {
			title, err := correcting.sharedTitle(ctx, id)
			if err != nil {
				return err
			}
			did, err := correcting.correct(ctx, title, in)
			if err != nil {
				return err
			}
			if did {
				changed++
			}
			titles = append(titles, title)
		}
		if changed == 0 {
			return nil
		}
		if err := t.recordCorrection(ctx, actor, titles, in); err != nil {
			return err
		}
		return t.titlesChanged(ctx)
	})
}

// recordCorrection writes down who corrected which titles.
func (t *tx) recordCorrection(ctx context.Context, actor Actor, titles []Title, in TitleCorrection) error {
	entry := Entry{Action: ActionTitlesCorrected, SubjectKind: SubjectTitle, SubjectID: titles[0].ID, SubjectName: titles[0].Name, Detail: in.detail()}
	if len(titles) > 1 {
		library, err := t.mediaName(ctx, "libraries", titles[0].LibraryID)
		if err != nil {
			return err
		}
		entry.SubjectKind, entry.SubjectID = SubjectLibrary, titles[0].LibraryID
		entry.SubjectName = fmt.Sprintf("%d titles of %s", len(titles), library)
	}
	return t.record(ctx, actor, entry)
}

// sharedTitle is the title with this id, or ErrNotFound where there is none or
// it lies in a personal folder.
func (s *shelving) sharedTitle(ctx context.Context, id int64) (Title, error) {
	title, err := scanTitle(s.QueryRowContext(ctx, `SELECT `+titleColumns+sharedTitles+` AND t.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Title{}, fmt.Errorf("title %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Title{}, fmt.Errorf("read title %d: %w", id, err)
	}
	return title, nil
}

// sharedTitles are the titles t of libraries that are nobody's personal folder.
const sharedTitles = ` FROM titles t JOIN libraries l ON l.id = t.library_id WHERE l.user_id IS NULL`

// correct corrects one title, and answers whether anything is other than it
// was.
func (s *shelving) correct(ctx context.Context, title Title, in TitleCorrection) (changed bool, err error) {
	after, facts := title, in.Facts()
	now := &after.Corrected
	correctFact(facts.Name, in.Back.Name, &after.Name, in.Name, title.FoundName, &now.Name)
	correctFact(facts.Year, in.Back.Year, &after.Year, in.Year, title.FoundYear, &now.Year)
	correctFact(facts.Rating, in.Back.Rating, &after.Rating, in.Rating, title.FoundRating, &now.Rating)
	after.Age = ParseRating(after.Rating)
	relabelled := false
	if facts.Labels {
		if relabelled, now.Labels, err = s.correctLabels(ctx, title.ID, in); err != nil {
			return false, err
		}
	}
	same := after.Name == title.Name && after.Year == title.Year && after.Rating == title.Rating && after.Corrected == title.Corrected
	if same && !relabelled {
		return false, nil
	}
	if err := s.saveCorrected(ctx, after); err != nil {
		return false, err
	}
	if after.Age == title.Age && !relabelled {
		return true, nil
	}
	return true, s.reassignAll(ctx, after)
}

// correctFact sets one fact of a title, and notes whether it is another one than
// on the disk.
func correctFact[T comparable](touched, back bool, fact *T, typed, found T, corrected *bool) {
	if !touched {
		return
	}
	*fact = typed
	if back {
		*fact = found
	}
	*corrected = *fact != found
}

// reassignAll finds the audience of a title anew, or of all that lies in it.
func (s *shelving) reassignAll(ctx context.Context, title Title) error {
	clear(s.standings)
	if title.Kind.Holds() {
		return s.reassignUnder(ctx, title.ID)
	}
	return s.reassign(ctx, title.ID)
}

// correctLabels writes the labels that a title has now, and answers whether
// they changed and whether they are others than on the disk.
func (s *shelving) correctLabels(ctx context.Context, id int64, in TitleCorrection) (changed, corrected bool, err error) {
	found, err := s.foundLabels(ctx, id)
	if err != nil {
		return false, false, err
	}
	before, err := s.ownLabels(ctx, id)
	if err != nil {
		return false, false, err
	}
	after := before
	switch {
	case in.Back.Labels:
		after = found
	case in.Set.Labels:
		if after, err = s.ids(ctx, "labels", in.Labels); err != nil {
			return false, false, err
		}
	}
	if !in.Back.Labels {
		if after, err = s.plusMinus(ctx, after, in.Add, in.Remove); err != nil {
			return false, false, err
		}
	}
	if len(after) > MaxLabels {
		return false, false, Refuse(fmt.Sprintf("A title has at most %d labels.", MaxLabels))
	}
	if slices.Equal(before, after) {
		return false, !slices.Equal(found, after), nil
	}
	return true, !slices.Equal(found, after), s.setLabels(ctx, id, found, after)
}

// plusMinus are the labels with some more and some fewer, in order.
func (s *shelving) plusMinus(ctx context.Context, labels []int64, add, remove []string) ([]int64, error) {
	more, err := s.ids(ctx, "labels", add)
	if err != nil {
		return nil, err
	}
	fewer, err := s.ids(ctx, "labels", remove)
	if err != nil {
		return nil, err
	}
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(labels, more))))
	return slices.DeleteFunc(all, func(id int64) bool { return slices.Contains(fewer, id) }), nil
}

// saveCorrected writes the facts of a title that can be corrected, but for its
// labels.
func (s *shelving) saveCorrected(ctx context.Context, t Title) error {
	_, err := s.ExecContext(ctx, `UPDATE titles SET name = ?, sort_name = ?, year = ?, rating = ?, age = ?, corrected = ? WHERE id = ?`,
		t.Name, titleSort(t.Name), t.Year, t.Rating, t.Age.column(), t.Corrected.bits(), t.ID)
	if err != nil {
		return fmt.Errorf("correct title %d: %w", t.ID, err)
	}
	return s.setTitleWords(ctx, t.ID, t.LibraryID, t.Name)
}

package store

import (
	"context"
	"fmt"
)

// Explanation is why a user sees a title, or does not.
type Explanation struct {
	User    User
	Title   Title
	Library Library
	Verdict Verdict
}

// ExplainTitle says whether a user sees a title and why: any title there is, for
// any user on the server. It answers ErrNotFound.
func (s *Store) ExplainTitle(ctx context.Context, userID, titleID int64) (Explanation, error) {
	e, facts, err := s.factsFor(ctx, titleID)
	if err != nil {
		return e, err
	}
	if e.User, err = s.User(ctx, userID); err == nil {
		e.Verdict = Explain(e.User, e.Library, facts)
	}
	return e, err
}

// factsFor are the title, its library, and what decides who sees it.
func (s *Store) factsFor(ctx context.Context, titleID int64) (e Explanation, facts TitleFacts, err error) {
	if e.Title, err = s.Title(ctx, titleID); err != nil {
		return e, facts, err
	}
	if e.Library, err = s.AnyLibrary(ctx, e.Title.LibraryID); err != nil {
		return e, facts, err
	}
	facts, err = s.titleFacts(ctx, e.Title)
	if e.Library.UserID != 0 {
		facts.discreet()
	}
	return e, facts, err
}

// titleFacts are what decides who sees a title. They are read from the titles
// themselves, and not from their audiences.
func (s *Store) titleFacts(ctx context.Context, title Title) (TitleFacts, error) {
	holders := make(map[int64]Title)
	facts, err := s.factsOf(ctx, title, holders)
	if err != nil || !title.Kind.Holds() {
		return facts, err
	}
	inside, err := eachTitle(ctx, s.reader, below+`SELECT `+titleColumns+` FROM below JOIN titles t ON t.id = below.id WHERE t.audience_id IS NOT NULL`, title.ID)
	if err != nil {
		return facts, err
	}
	for _, one := range inside {
		its, err := s.factsOf(ctx, one, holders)
		if err != nil {
			return facts, err
		}
		facts.Inside = append(facts.Inside, its)
	}
	return facts, nil
}

// factsOf are the facts of a title with those of what it lies in, but for what
// lies in it. Holders are those that were read before.
func (s *Store) factsOf(ctx context.Context, title Title, holders map[int64]Title) (TitleFacts, error) {
	facts := TitleFacts{Kind: title.Kind, Missing: !title.MissingAt.IsZero(), Rating: title.Rating, Age: title.Age}
	facts.addLabels(title, "")
	for parent := title.ParentID; parent != 0; {
		holder, known := holders[parent]
		if !known {
			var err error
			if holder, err = s.Title(ctx, parent); err != nil {
				return facts, fmt.Errorf("what title %d lies in: %w", title.ID, err)
			}
			holders[parent] = holder
		}
		if !facts.Age.Known && holder.Age.Known {
			facts.Rating, facts.Age, facts.RatedBy = holder.Rating, holder.Age, holder.Name
		}
		facts.addLabels(holder, holder.Name)
		parent = holder.ParentID
	}
	return facts, nil
}

// discreet forgets the names of what the title lies in: those in somebody's own
// folder are nobody else's business.
func (t *TitleFacts) discreet() {
	const holder = "what it lies in"
	if t.RatedBy != "" {
		t.RatedBy = holder
	}
	for i := range t.Labels {
		if t.Labels[i].From != "" {
			t.Labels[i].From = holder
		}
	}
}

func (t *TitleFacts) addLabels(of Title, from string) {
	for _, name := range of.Labels {
		t.Labels = append(t.Labels, LabelFact{name, from})
	}
}

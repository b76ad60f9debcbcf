package store

import (
	"context"
	"slices"
)

// OwnRows are what a user may go on with and what might please them, for their
// own eyes only.
type OwnRows struct {
	GoOn        []Viewed // what they have begun, one episode of a series; what was seen last first
	Next        []Viewed // of each series whose last seen episode is watched, the next one that is not
	Favourites  []Viewed // what was marked last first
	Recommended []Recommended
}

// mostOwn is how much each of the OwnRows holds at the most: all of it is read
// at once, with what the recommended ones are like.
const mostOwn = TitlesAPage / 5

// OwnRows are those of a user, of what they see.
func (s *Store) OwnRows(ctx context.Context, user int64) (rows OwnRows, err error) {
	at, err := s.ownVersions(ctx, user)
	if err != nil {
		return rows, err
	}
	list, err := s.toGoOn(ctx, user, at)
	if err != nil {
		return rows, err
	}
	favourites, err := s.favourites(ctx, user, at)
	if err != nil {
		return rows, err
	}
	favourites = favourites[:min(len(favourites), mostOwn)]
	recommended, err := s.recommended(ctx, user, at)
	if err != nil {
		return rows, err
	}
	all := slices.Concat(list.begun, list.next, favourites)
	for _, one := range recommended {
		all = append(all, viewing{What: What{Title: one.id}}, viewing{What: What{Title: one.because}})
	}
	shown, err := s.viewedByWhat(ctx, user, all)
	if err != nil {
		return rows, err
	}
	rows = OwnRows{GoOn: shown.of(list.begun), Next: shown.of(list.next), Favourites: shown.of(favourites)}
	for _, one := range recommended {
		title, because := shown[What{Title: one.id}].Title, shown[What{Title: one.because}].Title
		if title.ID != 0 && because.ID != 0 {
			rows.Recommended = append(rows.Recommended, Recommended{title, because, one.favourite})
		}
	}
	return rows, nil
}

// toGoOn is with what a user may go on, mostOwn of each.
type toGoOn struct {
	begun []viewing // and not watched to its end
	next  []viewing // episodes after those that are watched
}

// toGoOnKey is under what it is remembered.
type toGoOnKey struct{ user int64 }

// toGoOn looks through the history, at what was seen last of each series and at
// everything else.
func (s *Store) toGoOn(ctx context.Context, user int64, at versions) (toGoOn, error) {
	return recall(&s.lists, toGoOnKey{user}, at, func() (list toGoOn, size int, err error) {
		all, err := s.viewings(ctx, user, at)
		if err != nil {
			return list, 0, err
		}
		met, watched := make(map[int64]bool), watchedOf(all)
		for _, v := range all {
			if v.root != 0 && v.kind == TitleEpisode {
				if met[v.root] {
					continue
				}
				met[v.root] = true
			}
			if err := s.addToGoOn(ctx, user, &list, v, watched); err != nil {
				return list, 0, err
			}
		}
		return list, (len(list.begun) + len(list.next)) * viewingBytes, nil
	})
}

// addToGoOn adds with what the user goes on after v, which was seen last.
func (s *Store) addToGoOn(ctx context.Context, user int64, list *toGoOn, v viewing, watched map[int64]bool) error {
	switch {
	case v.begun:
		if len(list.begun) < mostOwn {
			list.begun = append(list.begun, v)
		}
	case v.kind == TitleEpisode && v.root != 0 && v.watched && len(list.next) < mostOwn:
		order, err := s.sequenceSeen(ctx, user, v.within, v.root)
		if err != nil {
			return err
		}
		if next := firstNot(watched, after(order, v.Title)); next != 0 {
			list.next = append(list.next, viewing{What: What{Title: next}})
		}
	}
	return nil
}

// watchedOf are the titles in a history that are watched, by id.
func watchedOf(all []viewing) map[int64]bool {
	watched := make(map[int64]bool)
	for _, v := range all {
		if v.watched {
			watched[v.Title] = true
		}
	}
	return watched
}

// firstNot is the first of the ids that is not in the set; 0 for none.
func firstNot(in map[int64]bool, ids []int64) int64 {
	for _, id := range ids {
		if !in[id] {
			return id
		}
	}
	return 0
}

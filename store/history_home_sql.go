package store

import "context"

// toGoOn is with what a user may go on, HistoryAPage of each at the most.
type toGoOn struct {
	begun []viewing // and not watched to its end
	next  []viewing // episodes after those that are watched
}

// toGoOnKey is under what it is remembered.
type toGoOnKey struct{ user int64 }

// ContinueWatching is what a user has begun and not watched to its end, what was
// seen last first: of a series one episode, at most so many and no more than
// HistoryAPage.
func (s *Store) ContinueWatching(ctx context.Context, user int64, most int) ([]Viewed, error) {
	list, err := s.toGoOn(ctx, user)
	if err != nil {
		return nil, err
	}
	return s.viewed(ctx, user, list.begun[:min(len(list.begun), most)])
}

// NextEpisodes are the episodes that come after those which a user has watched:
// of each series whose last seen episode is watched, the next one that is not.
// What was seen last comes first, at most so many and no more than HistoryAPage.
func (s *Store) NextEpisodes(ctx context.Context, user int64, most int) ([]Viewed, error) {
	list, err := s.toGoOn(ctx, user)
	if err != nil {
		return nil, err
	}
	return s.viewed(ctx, user, list.next[:min(len(list.next), most)])
}

// toGoOn looks through the history, at what was seen last of each series and at
// everything else.
func (s *Store) toGoOn(ctx context.Context, user int64) (toGoOn, error) {
	at, err := s.ownVersions(ctx, user)
	if err != nil {
		return toGoOn{}, err
	}
	return recall(&s.lists, toGoOnKey{user}, at, func() (list toGoOn, size int, err error) {
		all, err := s.viewings(ctx, user)
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
		if len(list.begun) < HistoryAPage {
			list.begun = append(list.begun, v)
		}
	case v.kind == TitleEpisode && v.root != 0 && v.watched && len(list.next) < HistoryAPage:
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

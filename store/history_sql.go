package store

import (
	"context"
	"fmt"
)

// Progress is how far a user has come with those of the titles that they have
// begun or watched, by id.
func (s *Store) Progress(ctx context.Context, user int64, titles []int64) (map[int64]Headway, error) {
	progress := make(map[int64]Headway)
	if len(titles) == 0 {
		return progress, nil
	}
	type row struct {
		title int64
		Headway
	}
	found, err := readEach(brief(ctx), prepared{s}, func(r scanner) (one row, err error) {
		one.Headway, err = scanHeadway(further{r, []any{&one.title}})
		return one, err
	}, `SELECT `+headwayColumns+`, h.title_id FROM json_each(?) j CROSS JOIN history h ON h.user_id = ? AND h.title_id = j.value`, "["+idText(titles)+"]", user)
	if err != nil {
		return nil, fmt.Errorf("read progress of user %d: %w", user, err)
	}
	for _, one := range found {
		progress[one.title] = one.Headway
	}
	return progress, nil
}

// WatchedInside is how many of the titles in one that holds others a user has
// watched, and how many they see there.
func (s *Store) WatchedInside(ctx context.Context, user, title int64) (watched, all int, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT count(h.id), count(*) FROM titles t LEFT JOIN history h ON h.user_id = ?2 AND h.title_id = t.id AND h.watched = 1
		WHERE `+leavesOf+` AND t.missing_at IS NULL AND `+seenBy("t", "?2"), title, user).Scan(&watched, &all)
	if err != nil {
		return 0, 0, fmt.Errorf("count what user %d watched in title %d: %w", user, title, err)
	}
	return watched, all, nil
}

// History is a page of what a user has watched and still sees, what was seen
// last first.
func (s *Store) History(ctx context.Context, q HistoryQuery) (HistoryPage, error) {
	all, err := s.viewings(ctx, q.User)
	if err != nil {
		return HistoryPage{}, err
	}
	return s.historyPage(ctx, q, all)
}

// historyPage is the page of those that the query finds.
func (s *Store) historyPage(ctx context.Context, q HistoryQuery, all []viewing) (HistoryPage, error) {
	found, err := s.searchViewings(ctx, q, all)
	if err != nil {
		return HistoryPage{}, err
	}
	pages := max(1, (len(found)+HistoryAPage-1)/HistoryAPage)
	page := HistoryPage{Total: len(found), Page: min(max(1, q.Page), pages), Pages: pages}
	from := (page.Page - 1) * HistoryAPage
	page.Viewed, err = s.viewed(ctx, q.User, found[from:min(len(found), from+HistoryAPage)])
	return page, err
}

// searchViewings are those that the query finds, in their order.
func (s *Store) searchViewings(ctx context.Context, q HistoryQuery, all []viewing) ([]viewing, error) {
	terms := TitleQuery{Search: q.Search}.terms()
	if q.Filter == HistoryAll && len(terms) == 0 {
		return all, nil
	}
	hits := make(map[int64][]idSet) // by library, for each term
	var found []viewing
	for _, v := range all {
		if !q.Filter.lets(v) {
			continue
		}
		sets, known := hits[v.library]
		if !known {
			var err error
			if sets, err = s.titlesWithEach(ctx, v.library, terms); err != nil {
				return nil, err
			}
			hits[v.library] = sets
		}
		if v.hasAll(sets) {
			found = append(found, v)
		}
	}
	return found, nil
}

// titlesWithEach are the titles of a library that have each of the words, one
// set for a word.
func (s *Store) titlesWithEach(ctx context.Context, library int64, terms []string) ([]idSet, error) {
	sets := make([]idSet, len(terms))
	for i, term := range terms {
		var err error
		if sets[i], err = s.titlesFound(ctx, library, []string{term}); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

// hasAll says whether the title, or what it lies in, is in all the sets.
func (v viewing) hasAll(sets []idSet) bool {
	for _, set := range sets {
		if !set.has(uint32(v.Title)) && !set.has(uint32(v.parent)) && !set.has(uint32(v.root)) {
			return false
		}
	}
	return true
}

// viewed reads what is shown of each, HistoryAPage at the most. What has gone,
// or out of the user's sight, since the list was made is left out.
func (s *Store) viewed(ctx context.Context, user int64, list []viewing) ([]Viewed, error) {
	ids := make([]int64, len(list))
	for i, v := range list {
		ids[i] = v.Title
	}
	titles, err := s.titlesShown(ctx, user, idsShown(ids))
	if err != nil {
		return nil, err
	}
	progress, err := s.Progress(ctx, user, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Viewed, len(titles))
	for i, title := range titles {
		all[i] = Viewed{title, progress[title.ID]}
	}
	return all, nil
}

package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Progress is how far a user has come with those of the titles that they have
// begun or watched, by id.
func (s *Store) Progress(ctx context.Context, user int64, titles []int64) (map[int64]Headway, error) {
	return s.headways(ctx, user, "title_id", titles)
}

// EntryProgress is Progress for entries of channels.
func (s *Store) EntryProgress(ctx context.Context, user int64, entries []int64) (map[int64]Headway, error) {
	return s.headways(ctx, user, "entry_id", entries)
}

// headways are those of what the column names.
func (s *Store) headways(ctx context.Context, user int64, column string, ids []int64) (map[int64]Headway, error) {
	headways := make(map[int64]Headway)
	if len(ids) == 0 {
		return headways, nil
	}
	_, err := readEach(brief(ctx), prepared{s}, func(row scanner) (id int64, err error) {
		headway, err := scanHeadway(further{row, []any{&id}})
		headways[id] = headway
		return id, err
	}, `SELECT `+headwayColumns+`, h.`+column+` FROM json_each(?) j CROSS JOIN history h ON h.user_id = ? AND h.`+column+` = j.value`, "["+idText(ids)+"]", user)
	if err != nil {
		return nil, fmt.Errorf("read how far user %d has come: %w", user, err)
	}
	return headways, nil
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
	return s.historyPage(ctx, q, s.viewings)
}

// historyPage is the page of those in a list that the query finds.
func (s *Store) historyPage(ctx context.Context, q HistoryQuery, list func(context.Context, int64, versions) ([]viewing, error)) (HistoryPage, error) {
	at, err := s.ownVersions(ctx, q.User)
	if err != nil {
		return HistoryPage{}, err
	}
	all, err := list(ctx, q.User, at)
	if err != nil {
		return HistoryPage{}, err
	}
	found, err := s.searchViewings(ctx, q, all)
	if err != nil {
		return HistoryPage{}, err
	}
	page := HistoryPage{Total: len(found)}
	page.Page, page.Pages = pageOf(q.Page, page.Total, HistoryAPage)
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
	looked := make(map[What][]hits) // by library and by channel
	var found []viewing
	for _, v := range all {
		if !q.Filter.lets(v) {
			continue
		}
		within := What{Title: v.within}
		if v.Entry != 0 {
			within = What{Entry: v.within}
		}
		if _, known := looked[within]; !known {
			var err error
			if looked[within], err = s.hitsOf(ctx, within, terms); err != nil {
				return nil, err
			}
		}
		if !slices.ContainsFunc(looked[within], func(h hits) bool { return !h.has(v) }) {
			found = append(found, v)
		}
	}
	return found, nil
}

// hits are what has a word, of a library or of a channel.
type hits struct {
	set idSet
	all bool // the channel itself has it
}

// has says whether it has the word, or what it lies in.
func (h hits) has(v viewing) bool {
	return h.all || h.set.has(uint32(v.Title+v.Entry)) || h.set.has(uint32(v.parent)) || h.set.has(uint32(v.root))
}

// hitsOf are what has each of the words, of a library or of a channel with this
// id.
func (s *Store) hitsOf(ctx context.Context, within What, terms []string) ([]hits, error) {
	all := make([]hits, len(terms))
	for i, term := range terms {
		var err error
		if within.Entry == 0 {
			all[i].set, err = s.titlesFound(ctx, within.Title, []string{term})
		} else {
			all[i], err = s.entryHits(ctx, within.Entry, term)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// entryHits are the entries of a channel that have a word.
func (s *Store) entryHits(ctx context.Context, id int64, term string) (hits, error) {
	channel, err := s.Channel(ctx, id)
	if err != nil {
		return hits{}, err
	}
	if slices.ContainsFunc(words(channel.Name), func(word string) bool { return strings.HasPrefix(word, term) }) {
		return hits{all: true}, nil
	}
	ids, err := s.readIDs(ctx, `SELECT entry_id AS id FROM channel_entry_words WHERE channel_id = +? AND word >= +? AND word < +?`, id, term, afterPrefix(term))
	return hits{set: setOf(ids)}, err
}

// viewed reads what is shown of each, HistoryAPage at the most. What has gone,
// or out of the user's sight, since the list was made is left out.
func (s *Store) viewed(ctx context.Context, user int64, list []viewing) ([]Viewed, error) {
	shown, err := s.viewedByWhat(ctx, user, list)
	return shown.of(list), err
}

// viewedSet is what is shown of several.
type viewedSet map[What]Viewed

// of are those of a list that are there, in its order.
func (s viewedSet) of(list []viewing) []Viewed {
	all := make([]Viewed, 0, len(list))
	for _, v := range list {
		if one, there := s[v.What]; there {
			all = append(all, one)
		}
	}
	return all
}

// viewedByWhat is viewed for TitlesAPage at the most.
func (s *Store) viewedByWhat(ctx context.Context, user int64, list []viewing) (viewedSet, error) {
	var titles, entries []int64
	for _, v := range list {
		if v.Entry != 0 {
			entries = append(entries, v.Entry)
		} else {
			titles = append(titles, v.Title)
		}
	}
	shown := make(viewedSet, len(list))
	if err := s.viewedTitles(ctx, user, titles, shown); err != nil {
		return nil, err
	}
	return shown, s.viewedEntries(ctx, user, entries, shown)
}

func (s *Store) viewedTitles(ctx context.Context, user int64, ids []int64, into viewedSet) error {
	titles, err := s.titlesShown(ctx, user, idsShown(ids))
	if err != nil {
		return err
	}
	headways, err := s.Progress(ctx, user, ids)
	for _, title := range titles {
		into[What{Title: title.ID}] = Viewed{Title: title, Headway: headways[title.ID]}
	}
	return err
}

func (s *Store) viewedEntries(ctx context.Context, user int64, ids []int64, into viewedSet) error {
	if len(ids) == 0 {
		return nil
	}
	entries, err := readEach(brief(ctx), prepared{s}, scanEntry, `SELECT `+listedColumns+` FROM json_each(?) j CROSS JOIN channel_entries e ON e.id = j.value
		WHERE e.missing_at IS NULL AND `+entrySeenBy("e", "?"), "["+idText(ids)+"]", user)
	if err != nil {
		return fmt.Errorf("read entries: %w", err)
	}
	headways, err := s.EntryProgress(ctx, user, ids)
	for _, entry := range entries {
		into[What{Entry: entry.ID}] = Viewed{Entry: entry, Headway: headways[entry.ID]}
	}
	return err
}

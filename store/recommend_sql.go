package store

import (
	"context"
	"fmt"
)

// recommended is a title to recommend, and which the user likes that it is like.
type recommended struct {
	id, because int64
	favourite   bool
}

// recommendedKey is under what they are remembered.
type recommendedKey struct{ user int64 }

// recommendedBytes is what one takes in memory.
const recommendedBytes = 24

// recommended are titles that a user sees and has not seen yet, with genres,
// labels and artists of what they watched last and of their favourites: mostOwn,
// the likest first.
func (s *Store) recommended(ctx context.Context, user int64, at versions) ([]recommended, error) {
	return recall(&s.lists, recommendedKey{user}, at, func() ([]recommended, int, error) {
		list, err := s.recommend(ctx, user, at)
		return list, len(list) * recommendedBytes, err
	})
}

// recommend looks through the first shelves of what is open to the user.
func (s *Store) recommend(ctx context.Context, user int64, at versions) ([]recommended, error) {
	watched, err := s.viewings(ctx, user, at)
	if err != nil {
		return nil, err
	}
	favourites, err := s.favourites(ctx, user, at)
	if err != nil {
		return nil, err
	}
	likes := likedOf(watched, favourites)
	if len(likes) == 0 {
		return nil, nil
	}
	if err := s.tellFeatures(ctx, likes); err != nil {
		return nil, err
	}
	best, err := s.likeliest(ctx, user, tastesOf(likes), knownOf(watched, favourites))
	if err != nil {
		return nil, err
	}
	return s.withReasons(ctx, best, likes)
}

// knownOf are the titles that somebody knows: what they watched or marked, and
// what that lies in.
func knownOf(lists ...[]viewing) (known idSet) {
	for _, list := range lists {
		for _, v := range list {
			for _, id := range []int64{v.Title, v.parent, v.root} {
				known.add(uint32(id))
			}
		}
	}
	return known
}

// likeliest are the titles with the most points that the user sees and does not
// know.
func (s *Store) likeliest(ctx context.Context, user int64, of tastes, known idSet) (found best, err error) {
	libraries, err := s.OpenLibraries(ctx, user)
	if err != nil {
		return nil, err
	}
	titles, audiences, err := s.points(ctx, of)
	if err != nil {
		return nil, err
	}
	for _, library := range libraries {
		kind := library.Kind.Shelves()[0]
		if kind == TitlePicture {
			continue
		}
		entries, err := s.lineup(ctx, lineupKey{library.ID, kind, TitlesByAdded})
		if err != nil {
			return nil, err
		}
		seen, err := s.audiencesSeen(ctx, user, library.ID)
		if err != nil {
			return nil, err
		}
		for i := 0; i < len(entries); {
			one, points := entries[i].id, 0.0
			for ; i < len(entries) && entries[i].id == one; i++ {
				if seen.has(entries[i].audience) {
					points = max(points, titles.of(one)+audiences.of(entries[i].audience))
				}
			}
			if points > 0 && !known.has(one) {
				found.offer(scored{one, points}, mostOwn)
			}
		}
	}
	return found, nil
}

// points are what each title and each audience has of somebody's taste.
func (s *Store) points(ctx context.Context, of tastes) (titles, audiences scores, err error) {
	genres, err := s.allGenres(ctx)
	if err != nil {
		return nil, nil, err
	}
	labels, err := s.allLabels(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, kind := range []struct {
		label bool
		names []nameIDs
		into  *scores
	}{{false, genres, &titles}, {true, labels, &audiences}} {
		all := 0
		for _, one := range kind.names {
			all += len(one.ids)
		}
		for _, one := range kind.names {
			if weight := of.features[feature{kind.label, one.name}]; weight > 0 {
				kind.into.add(one.ids, weight*rarity(len(one.ids), all))
			}
		}
	}
	for artist, weight := range of.artists {
		albums, err := s.readIDs(ctx, `SELECT id FROM titles WHERE root_id = ? AND kind = 'album'`, artist)
		if err != nil {
			return nil, nil, err
		}
		titles.add(albums, weight)
	}
	return titles, audiences, nil
}

// tellFeatures reads the genres and labels of what somebody likes.
func (s *Store) tellFeatures(ctx context.Context, likes []liked) error {
	ids := make([]int64, len(likes))
	for i, one := range likes {
		ids[i] = one.id
	}
	features, _, err := s.featuresOf(ctx, ids)
	for i := range likes {
		likes[i].words = features[likes[i].id]
	}
	return err
}

// featuresOf are the genres and labels of titles, and of albums their artist, by
// id.
func (s *Store) featuresOf(ctx context.Context, ids []int64) (features map[int64][]feature, artists map[int64]int64, err error) {
	type row struct {
		id, artist int64
		feature
	}
	rows, err := readEach(ctx, s.reader, func(r scanner) (one row, err error) {
		return one, r.Scan(&one.id, &one.artist, &one.label, &one.name)
	}, `WITH wanted AS (SELECT value AS id FROM json_each(?))
		SELECT x.title_id, 0, 0, n.name FROM wanted w CROSS JOIN title_genres x ON x.title_id = w.id CROSS JOIN genres n ON n.id = x.genre_id
		UNION ALL SELECT x.title_id, 0, 1, n.name FROM wanted w CROSS JOIN title_labels x ON x.title_id = w.id AND x.counts = 1 CROSS JOIN labels n ON n.id = x.label_id
		UNION ALL SELECT t.id, t.root_id, 0, '' FROM wanted w CROSS JOIN titles t ON t.id = w.id WHERE t.kind = 'album' AND t.root_id IS NOT NULL`, "["+idText(ids)+"]")
	if err != nil {
		return nil, nil, fmt.Errorf("read genres and labels: %w", err)
	}
	features, artists = make(map[int64][]feature), make(map[int64]int64)
	for _, one := range rows {
		if one.artist != 0 {
			artists[one.id] = one.artist
		} else {
			features[one.id] = append(features[one.id], one.feature)
		}
	}
	return features, artists, nil
}

// withReasons says of each title which of what somebody likes it is like.
func (s *Store) withReasons(ctx context.Context, list best, likes []liked) ([]recommended, error) {
	ids := make([]int64, len(list))
	for i, one := range list {
		ids[i] = int64(one.id)
	}
	features, artists, err := s.featuresOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	all := make([]recommended, len(ids))
	for i, id := range ids {
		like := likest(likes, features[id], artists[id])
		all[i] = recommended{id, like.id, like.favourite}
	}
	return all, nil
}

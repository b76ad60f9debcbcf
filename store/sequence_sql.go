package store

import (
	"cmp"
	"context"
	"slices"
)

// inSequence is the order of what lies in a series, an album or an artist, for
// titles t in p: season by season with specials last, disc by disc.
const inSequence = `coalesce(p.kind = 'season' AND p.number = 0, 0), coalesce(p.number, 0), coalesce(p.year, 0), coalesce(p.sort_name, ''), p.id,
	t.disc, t.number, t.sort_name, t.id`

// sequenceKey is under what the titles with files are remembered that lie in
// one, in their order.
type sequenceKey struct{ in int64 }

// sequence are the titles with files that lie in a series or an album, in their
// order, for everyone.
func (s *Store) sequence(ctx context.Context, in int64) (lineup, error) {
	_, at := s.listVersions()
	return recall(&s.lists, sequenceKey{in}, at, func() (lineup, int, error) {
		entries, err := readEach(ctx, s.reader, func(row scanner) (one entry, err error) {
			return one, row.Scan(&one.id, &one.audience)
		}, `SELECT t.id, t.audience_id FROM titles t LEFT JOIN titles p ON p.id = t.parent_id
			WHERE (t.parent_id = ?1 OR t.root_id = ?1) AND t.audience_id IS NOT NULL AND t.missing_at IS NULL ORDER BY `+inSequence, in)
		return entries, len(entries) * entryBytes, err
	})
}

// sequenceOf is what a title is played after and before: its series or its
// album; 0 for a title that stands by itself.
func (t Title) sequenceOf() int64 {
	switch t.Kind {
	case TitleEpisode:
		return t.RootID
	case TitleTrack:
		return t.ParentID
	case TitleFilm, TitleSeries, TitleSeason, TitleArtist, TitleAlbum, TitlePicture, TitleVideo:
	}
	return 0
}

// Neighbours are the titles before and after one that a user sees: of an episode
// in its series, season by season with specials last, of a track on its album.
// There is the zero Title where there is none. They are as in a TitlePage.
func (s *Store) Neighbours(ctx context.Context, viewer int64, title Title) (previous, next Title, err error) {
	in := title.sequenceOf()
	if in == 0 {
		return previous, next, nil
	}
	order, err := s.sequenceSeen(ctx, viewer, title.LibraryID, in)
	if err != nil {
		return previous, next, err
	}
	at := slices.Index(order, title.ID)
	if at < 0 {
		return previous, next, nil
	}
	around := order[max(0, at-1):min(len(order), at+2)]
	titles, err := s.titlesShown(ctx, viewer, idsShown(around))
	for _, one := range titles {
		switch slices.Index(order, one.ID) {
		case at - 1:
			previous = one
		case at + 1:
			next = one
		}
	}
	return previous, next, err
}

// idsShown are ids as titlesShown takes them.
func idsShown(ids []int64) []uint32 {
	shown := make([]uint32, len(ids))
	for i, id := range ids {
		shown[i] = uint32(id)
	}
	return shown
}

// FirstIn is with what a user goes on who plays a series, a season, an artist or
// an album. Of a series it is what they have begun last, else what comes after
// the one watched last, else the first that they have not watched; of music what
// they have begun last; and the first otherwise. The zero Viewed says that there
// is nothing that they see.
func (s *Store) FirstIn(ctx context.Context, viewer int64, holder Title) (Viewed, error) {
	at, err := s.ownVersions(ctx, viewer)
	if err != nil {
		return Viewed{}, err
	}
	all, err := s.viewings(ctx, viewer, at)
	if err != nil {
		return Viewed{}, err
	}
	order, err := s.sequenceSeen(ctx, viewer, holder.LibraryID, holder.ID)
	if err != nil || len(order) == 0 {
		return Viewed{}, err
	}
	first := order[0]
	if i := slices.IndexFunc(all, func(v viewing) bool { return v.liesIn(holder.ID) }); i >= 0 {
		switch last := all[i]; {
		case last.begun:
			first = last.Title
		case last.kind == TitleEpisode:
			first = cmp.Or(firstNot(watchedOf(all), slices.Concat(after(order, last.Title), order)), order[0])
		}
	}
	found, err := s.viewed(ctx, viewer, []viewing{{What: What{Title: first}}})
	if err != nil || len(found) == 0 {
		return Viewed{}, err
	}
	return found[0], nil
}

// after are the ids after this one; none where it is not among them.
func after(ids []int64, id int64) []int64 {
	at := slices.Index(ids, id)
	if at < 0 {
		return nil
	}
	return ids[at+1:]
}

// sequenceSeen are those of a sequence that a user sees, by id.
func (s *Store) sequenceSeen(ctx context.Context, user, library, in int64) ([]int64, error) {
	all, err := s.sequence(ctx, in)
	if err != nil {
		return nil, err
	}
	seen, err := s.audiencesSeen(ctx, user, library)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, e := range all {
		if seen.has(e.audience) {
			ids = append(ids, int64(e.id))
		}
	}
	return ids, nil
}

package store

import (
	"context"
	"slices"
)

// aroundLookedAt is how many titles on either side are looked at for one that
// still shows: the list may be a little older than what has been hidden since.
const aroundLookedAt = 4

// PicturesAround are the pictures before and after one on the wall of its
// library, the newest first, as the user sees it; the zero Title where there is
// none. They are as in a TitlePage. A title that is not on the wall has none
// around it. It answers ErrNotFound where the library is not open to the user.
func (s *Store) PicturesAround(ctx context.Context, viewer int64, title Title) (before, after Title, err error) {
	q := TitleQuery{Viewer: viewer, Library: title.LibraryID, Kind: TitlePicture, Sort: TitlesByDate}
	libraries, err := s.lookedThrough(ctx, q)
	if err != nil {
		return before, after, err
	}
	ids, err := s.list(ctx, q, libraries)
	if err != nil {
		return before, after, err
	}
	at := slices.Index(ids, uint32(title.ID))
	if at < 0 {
		return before, after, nil
	}
	earlier := slices.Clone(ids[max(0, at-aroundLookedAt):at])
	slices.Reverse(earlier)
	if before, err = s.firstShown(ctx, viewer, earlier); err != nil {
		return before, after, err
	}
	after, err = s.firstShown(ctx, viewer, ids[at+1:min(len(ids), at+1+aroundLookedAt)])
	return before, after, err
}

// firstShown is the first of these titles that the user sees, or the zero Title.
func (s *Store) firstShown(ctx context.Context, viewer int64, ids []uint32) (Title, error) {
	titles, err := s.titlesShown(ctx, viewer, ids)
	if err != nil || len(titles) == 0 {
		return Title{}, err
	}
	return titles[0], nil
}

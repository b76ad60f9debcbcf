package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
)

// TitleFacets are what the list of a library can be narrowed by: the genres,
// years and labels of the titles of a kind that the user sees there. The kind ""
// is the first of the library's Shelves.
func (s *Store) TitleFacets(ctx context.Context, viewer int64, library Library, kind TitleKind) (Facets, error) {
	q := TitleQuery{Viewer: viewer, Library: library.ID, Kind: kind}.Clean()
	at, _ := s.listVersions()
	return recall(&s.lists, facetKey{viewer, library.ID, kind}, at, func() (facets Facets, size int, err error) {
		entries, err := s.lineupShown(ctx, library, q)
		if err != nil {
			return Facets{}, 0, err
		}
		seen, err := s.audiencesSeen(ctx, viewer, library.ID)
		if err != nil {
			return Facets{}, 0, err
		}
		tally := entries.tally(seen)
		genres, err := s.allGenres(ctx)
		if err != nil {
			return Facets{}, 0, err
		}
		labels, err := s.allLabels(ctx)
		if err != nil {
			return Facets{}, 0, err
		}
		facets = Facets{Genres: facetsOf(genres, tally.ofGenre), Labels: facetsOf(labels, tally.ofLabel), Years: tally.years()}
		return facets, rowBytes * (len(facets.Genres) + len(facets.Years) + len(facets.Labels)), nil
	})
}

// tally is what a user sees of a line-up.
type tally struct {
	titles     idSet
	byAudience map[uint32][]uint32 // titles
	byYear     map[int32]int
}

func (s lineup) tally(seen idSet) tally {
	t := tally{byAudience: make(map[uint32][]uint32), byYear: make(map[int32]int)}
	for _, e := range s {
		if !seen.has(e.audience) {
			continue
		}
		t.byAudience[e.audience] = append(t.byAudience[e.audience], e.id)
		if !t.titles.has(e.id) {
			t.titles.add(e.id)
			t.byYear[e.year]++
		}
	}
	return t
}

// ofGenre is how many of the titles are seen.
func (t tally) ofGenre(titles []uint32) (n int) {
	for _, id := range titles {
		if t.titles.has(id) {
			n++
		}
	}
	return n
}

// ofLabel is how many titles of the audiences are seen.
func (t tally) ofLabel(audiences []uint32) (n int) {
	var counted idSet
	for _, audience := range audiences {
		for _, id := range t.byAudience[audience] {
			if !counted.has(id) {
				counted.add(id)
				n++
			}
		}
	}
	return n
}

// facetsOf are the most common of the names, in the order of names.
func facetsOf(names []nameIDs, count func(ids []uint32) int) []Facet {
	var facets []Facet
	for _, name := range names {
		if n := count(name.ids); n > 0 {
			facets = append(facets, Facet{name.name, n})
		}
	}
	return mostCommon(facets)
}

// mostCommon leaves as many facets as are offered, in their order.
func mostCommon(facets []Facet) []Facet {
	if len(facets) <= MostFacets {
		return facets
	}
	counts := make([]int, len(facets))
	for i, facet := range facets {
		counts[i] = facet.Titles
	}
	slices.SortFunc(counts, func(a, b int) int { return cmp.Compare(b, a) })
	facets = slices.DeleteFunc(facets, func(f Facet) bool { return f.Titles < counts[MostFacets-1] })
	return facets[:MostFacets]
}

// years are the years that are known, the newest first.
func (t tally) years() []Facet {
	var years []int32
	for year := range t.byYear {
		if year > 0 {
			years = append(years, year)
		}
	}
	slices.SortFunc(years, func(a, b int32) int { return cmp.Compare(b, a) })
	facets := make([]Facet, len(years))
	for i, year := range years {
		facets[i] = Facet{strconv.Itoa(int(year)), t.byYear[year]}
	}
	return mostCommon(facets)
}

// PictureMonths are the months of what the query finds, the newest first, with
// the page on which each begins when sorted by date. It answers ErrNotFound
// where the library is not open to the user.
func (s *Store) PictureMonths(ctx context.Context, q TitleQuery) ([]Month, error) {
	q.Sort = TitlesByDate
	q = q.Clean()
	library, err := s.OpenLibrary(ctx, q.Viewer, q.Library)
	if err != nil {
		return nil, err
	}
	ids, err := s.list(ctx, q, []Library{library})
	if err != nil {
		return nil, err
	}
	entries, err := s.lineupShown(ctx, library, q)
	if err != nil {
		return nil, err
	}
	return entries.months(ids), nil
}

// lineupShown is the line-up of the kind that the query shows of a library, the
// first one where it searches all. It is empty for a kind that is not in there.
func (s *Store) lineupShown(ctx context.Context, library Library, q TitleQuery) (lineup, error) {
	kinds := q.kinds(library.Kind)
	if len(kinds) == 0 {
		return nil, nil
	}
	return s.lineup(ctx, lineupKey{library.ID, kinds[0], q.Sort})
}

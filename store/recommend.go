package store

import (
	"cmp"
	"math"
	"slices"
)

// Recommended is a title that a user has not seen, and one that it is like.
type Recommended struct {
	Title     Title // as in a TitlePage
	Because   Title // which the user has watched, as in a TitlePage
	Favourite bool  // or rather marked as a favourite
}

// How much counts what somebody likes.
const (
	mostLiked       = 50  // of those watched last, and of favourites
	favouriteWeight = 1.5 // of a favourite; what was watched last weighs 1, what was long ago half
	artistWeight    = 3   // of the same artist, against one genre of many
)

// liked is a film, a series, an album or the like that somebody has watched or
// marked as a favourite.
type liked struct {
	id        int64
	artist    int64 // of an album, and of an artist itself; 0 for others
	favourite bool
	weight    float64
	words     []feature
}

// feature is what titles have in common: a genre or a label.
type feature struct {
	label bool
	name  string
}

// likedOf are what somebody likes, what was seen last first.
func likedOf(watched, favourites []viewing) []liked {
	var all []liked
	known := make(map[int64]bool)
	add := func(list []viewing, favourite bool) {
		added := 0
		for _, v := range list {
			if !favourite && !v.begun && !v.watched {
				continue
			}
			id, artist := v.whole()
			if id == 0 || known[id] || added == mostLiked {
				continue
			}
			weight := favouriteWeight
			if !favourite {
				weight = 1 - float64(added)/(2*mostLiked)
			}
			all = append(all, liked{id: id, artist: artist, favourite: favourite, weight: weight})
			known[id] = true
			added++
		}
	}
	add(favourites, true)
	add(watched, false)
	return all
}

// whole is the film, the series or the album that something is or lies in, and
// the artist; 0 for what has none.
func (v viewing) whole() (id, artist int64) {
	switch v.kind {
	case TitleEpisode, TitleSeason:
		return v.root, 0
	case TitleTrack:
		return v.parent, v.root
	case TitleAlbum:
		return v.Title, v.root
	case TitleArtist:
		return v.Title, v.Title
	case TitleFilm, TitleSeries, TitleVideo:
		return v.Title, 0
	case TitlePicture:
	}
	return 0, 0
}

// tastes are how much each feature and each artist counts for somebody.
type tastes struct {
	features map[feature]float64
	artists  map[int64]float64
}

func tastesOf(all []liked) tastes {
	t := tastes{make(map[feature]float64), make(map[int64]float64)}
	for _, one := range all {
		for _, f := range one.words {
			t.features[f] += one.weight
		}
		if one.artist != 0 {
			t.artists[one.artist] += one.weight * artistWeight
		}
	}
	return t
}

// rarity is how much it says that two titles have something in common which so
// many of all have.
func rarity(have, all int) float64 { return math.Log(1 + float64(all)/float64(max(1, have))) }

// scores are points by id.
type scores []float64

// add gives points to each of the ids.
func (s *scores) add(ids []uint32, points float64) {
	if len(ids) == 0 {
		return
	}
	if most := int(slices.Max(ids)); most >= len(*s) {
		*s = append(*s, make(scores, most+1-len(*s))...)
	}
	for _, id := range ids {
		(*s)[id] += points
	}
}

func (s scores) of(id uint32) float64 {
	if int(id) >= len(s) {
		return 0
	}
	return s[id]
}

// scored is a title with its points.
type scored struct {
	id     uint32
	points float64
}

// best keeps the titles with the most points, those that came first among
// equals.
type best []scored

func (b *best) offer(one scored, most int) {
	if len(*b) == most && (*b)[most-1].points >= one.points {
		return
	}
	at, _ := slices.BinarySearchFunc(*b, one, func(there, one scored) int {
		if there.points >= one.points {
			return -1
		}
		return 1
	})
	*b = slices.Insert(*b, at, one)
	if len(*b) > most {
		*b = (*b)[:most]
	}
}

// likest is what somebody likes that has the most in common with a title of
// these features and this artist.
func likest(all []liked, features []feature, artist int64) liked {
	return slices.MaxFunc(all, func(a, b liked) int {
		return cmp.Compare(a.common(features, artist), b.common(features, artist))
	})
}

// common is how much it has in common with a title.
func (l liked) common(features []feature, artist int64) (points float64) {
	for _, f := range features {
		if slices.Contains(l.words, f) {
			points += l.weight
		}
	}
	if artist != 0 && l.artist == artist {
		points += l.weight * artistWeight
	}
	return points
}

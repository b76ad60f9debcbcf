package scan

import (
	"fmt"
	"slices"
	"strings"

	"usher/media/naming"
	"usher/media/nfo"
	"usher/store"
)

// shelf is what holds others, as this scan has met it: a series is one however
// many folders its seasons lie in.
type shelf map[string]*holder

func newShelf() shelf { return make(shelf) }

// holder is a series, season, artist or album.
type holder struct {
	store.FoundTitle
	path string // of keys, from the outermost
	told bool   // by an NFO file
}

// under finds or adds what is known by a key inside another holder, nil for none.
func (s shelf) under(outer *holder, title store.FoundTitle) *holder {
	at := title.Key
	if outer != nil {
		at = outer.path + "\x00" + at
	}
	if known := s[at]; known != nil {
		return known
	}
	added := &holder{FoundTitle: title, path: at}
	s[at] = added
	return added
}

// describe adds to a holder what lies beside the titles of this directory.
func (r *reader) describe(h *holder, names *naming.Holder) {
	if names == nil {
		return
	}
	if !h.told {
		if infos := r.infos(names.NFO); len(infos) > 0 {
			h.told = true
			r.tell(&h.FoundTitle, infos[0])
		}
	}
	if h.Poster.Path == "" {
		h.Poster = r.poster(names.Posters)
	}
}

// held finds the holder that names tell of, once for each directory.
func (r *reader) held(outer *holder, names *naming.Holder, title store.FoundTitle) *holder {
	if known := r.holders[names]; known != nil && names != nil {
		return known
	}
	h := r.shelf.under(outer, title)
	r.describe(h, names)
	if names != nil {
		r.holders[names] = h
	}
	return h
}

// episode reads an episode, and the series and season that it lies in.
func (r *reader) episode(found *store.Found, item naming.Item) {
	season := item.Season
	if infos := r.infos(item.NFO); len(infos) > 0 {
		season = r.tellEpisode(&found.FoundTitle, infos, season)
	}
	found.Poster = r.poster(item.Posters)
	if found.Name == "" {
		found.Name = fmt.Sprintf("Episode %d", found.Number)
		if found.Number == 0 && !found.Date.IsZero() {
			found.Name = dated(found.Date)
		}
	}
	series := r.held(nil, item.Series, store.FoundTitle{
		Kind: store.TitleSeries, Name: item.Series.Name, Year: item.Series.Year,
		Key: store.HolderKey(store.TitleSeries, item.Series.Name, item.Series.Year),
	})
	found.Under = []*store.FoundTitle{&series.FoundTitle}
	if season < 0 {
		return
	}
	names := item.Within
	if season != item.Season {
		names = nil // an NFO file has moved it to another
	}
	title := store.FoundTitle{Kind: store.TitleSeason, Name: seasonName(season), Number: season, Key: fmt.Sprintf("season %d", season)}
	found.Under = append(found.Under, &r.held(series, names, title).FoundTitle)
}

// seasonName is what a season is called that has no name of its own.
func seasonName(number int) string {
	if number == 0 {
		return "Specials"
	}
	return fmt.Sprintf("Season %d", number)
}

// tellEpisode lets the word of an episode's NFO file win, which may hold several
// episodes. It answers the season.
func (r *reader) tellEpisode(f *store.FoundTitle, infos []nfo.Info, season int) int {
	number := f.Number
	i := max(0, slices.IndexFunc(infos, func(info nfo.Info) bool { return info.Episode == number }))
	r.tell(f, infos[i])
	if infos[i].Episode > 0 {
		f.Number = infos[i].Episode
	}
	if f.LastNumber != 0 {
		var names []string
		for _, info := range infos {
			if info.Title != "" && info.Episode >= f.Number && info.Episode <= f.LastNumber {
				names = append(names, info.Title)
			}
		}
		if len(names) > 1 {
			f.Name = strings.Join(names, " / ")
		}
	}
	if f.LastNumber < f.Number {
		f.LastNumber = 0
	}
	if infos[i].Season >= 0 && infos[i].Episode > 0 {
		return infos[i].Season
	}
	return season
}

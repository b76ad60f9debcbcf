package scan

import (
	"context"
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
	path  string // of keys, from the outermost
	told  bool   // by an NFO file that this scan has read
	outer *holder

	known     bool              // the next three were asked for
	id        int64             // 0 for a new one
	elsewhere store.FoundPoster // its NFO file, as scans before have seen it
	pictured  store.FoundPoster // its poster, as well
}

// under finds or adds what is known by a key inside another holder, nil for none.
func (s shelf) under(outer *holder, title store.FoundTitle) *holder {
	at := title.Key
	if outer != nil {
		at = keyPath(outer.path, at)
	}
	if known := s[at]; known != nil {
		return known
	}
	added := &holder{FoundTitle: title, path: at, outer: outer}
	s[at] = added
	return added
}

// keyPath is the path of a holder inside another; "" is inside none.
func keyPath(outer, key string) string {
	if outer == "" {
		return key
	}
	return outer + "\x00" + key
}

// describe adds to a holder what lies beside the titles of this directory. Where
// nothing does, what an NFO file elsewhere has told of it still counts.
func (r *reader) describe(ctx context.Context, h *holder, names *naming.Holder) error {
	if err := r.recall(ctx, h); err != nil {
		return err
	}
	if names != nil && !h.told {
		if at, _, found := r.first(r.level, names.NFO); found {
			if infos := r.infos(names.NFO); len(infos) > 0 {
				h.told, h.Told = true, store.FoundPoster{Folder: r.folder.ID, Path: at}
				r.tell(&h.FoundTitle, infos[0])
			}
		}
	}
	h.Keep = !h.told && r.lies(h.elsewhere)
	if names != nil && h.Poster.Path == "" {
		h.Poster = r.poster(names.Posters)
	}
	if h.Poster.Path == "" && r.lies(h.pictured) {
		h.Poster = h.pictured
	}
	return nil
}

// recall asks once what scans before have known of a holder.
func (r *reader) recall(ctx context.Context, h *holder) (err error) {
	if h == nil || h.known || !r.knows {
		return nil
	}
	var outer int64
	if h.outer != nil {
		if err := r.recall(ctx, h.outer); err != nil {
			return err
		}
		if outer = h.outer.id; outer == 0 {
			return nil
		}
	}
	h.known = true
	h.id, h.elsewhere, h.pictured, err = r.store.KnownHolder(ctx, r.library.ID, outer, h.Key)
	return err
}

// lies says whether a file is still where it was. In a folder that cannot be
// read it may well be.
func (r *reader) lies(at store.FoundPoster) bool {
	if at.Path == "" {
		return false
	}
	return !r.gone(store.KnownFile{Folder: at.Folder, Name: at.Path, Removed: !r.has(at.Folder)})
}

// has says whether a folder belongs to the library, readable or not.
func (r *reader) has(folder int64) bool {
	return slices.ContainsFunc(r.library.Roots, func(root store.Root) bool { return root.ID == folder })
}

// held finds the holder that names tell of, once for each directory.
func (r *reader) held(ctx context.Context, outer *holder, names *naming.Holder, title store.FoundTitle) (*holder, error) {
	if known := r.holders[names]; known != nil && names != nil {
		return known, nil
	}
	h := r.shelf.under(outer, title)
	if err := r.describe(ctx, h, names); err != nil {
		return nil, err
	}
	if names != nil {
		r.holders[names] = h
	}
	return h, nil
}

// episode reads an episode, and the series and season that it lies in.
func (r *reader) episode(ctx context.Context, found *store.Found, item naming.Item) error {
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
	series, err := r.held(ctx, nil, item.Series, store.FoundTitle{
		Kind: store.TitleSeries, Name: item.Series.Name, Year: item.Series.Year,
		Key: store.HolderKey(store.TitleSeries, item.Series.Name, item.Series.Year),
	})
	if err != nil {
		return err
	}
	found.Under = []*store.FoundTitle{&series.FoundTitle}
	if season < 0 {
		return nil
	}
	names := item.Within
	if season != item.Season {
		names = nil // an NFO file has moved it to another
	}
	title := store.FoundTitle{Kind: store.TitleSeason, Name: seasonName(season), Number: season, Key: fmt.Sprintf("season %d", season)}
	in, err := r.held(ctx, series, names, title)
	if err != nil {
		return err
	}
	found.Under = append(found.Under, &in.FoundTitle)
	return nil
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

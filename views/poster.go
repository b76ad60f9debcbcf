package views

import (
	"strconv"

	"usher/store"
)

// Posters are titles to choose from, each with its poster.
type Posters struct {
	Titles  []store.Title
	Holders map[int64]string        // the names of what they lie in, as store.HolderNames has them
	Headway map[int64]store.Headway // how far the viewer has come with them
}

// posterShape is the shape of the posters of a kind: "tall", "square" or "wide".
func posterShape(kind store.TitleKind) string {
	switch kind {
	case store.TitleArtist, store.TitleAlbum, store.TitleTrack, store.TitlePicture:
		return "square"
	case store.TitleEpisode, store.TitleVideo:
		return "wide"
	case store.TitleFilm, store.TitleSeries, store.TitleSeason:
	}
	return "tall"
}

// shape is that of all the posters, which are of titles of one kind.
func (p Posters) shape() string {
	if len(p.Titles) == 0 {
		return "tall"
	}
	return posterShape(p.Titles[0].Kind)
}

// posterSize is the room a poster takes while it loads, in pixels; the style
// makes it larger or smaller in the same shape.
func posterSize(kind store.TitleKind) (width, height string) {
	switch posterShape(kind) {
	case "square":
		return "160", "160"
	case "wide":
		return "240", "135"
	}
	return "160", "240"
}

// posterHues is how many colours the style has for tiles, as for faces.
const posterHues = 12

// blankClass is the class of the tile of a title without a poster.
func blankClass(t store.Title) string { return blankTile(t.ID) }

// blankTile is the class of a tile in one of the colours.
func blankTile(id int64) string { return "poster blank h" + strconv.FormatInt(id%posterHues, 10) }

// hasInitial says whether a tile shows the initial of the title; names of
// pictures and tracks are no more telling than what they are.
func hasInitial(kind store.TitleKind) bool {
	switch kind {
	case store.TitlePicture, store.TitleVideo, store.TitleTrack, store.TitleEpisode:
		return false
	default:
		return true
	}
}

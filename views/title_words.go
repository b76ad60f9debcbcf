package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// TitleAddress is the page of a title.
func TitleAddress(id int64) string { return "/titles/" + strconv.FormatInt(id, 10) }

// WatchAddress is the page of a library for those who watch.
func WatchAddress(id int64) string { return "/libraries/" + strconv.FormatInt(id, 10) }

// posterAddress is where a title's poster is; there is none for a title without.
func posterAddress(t store.Title) string { return TitleAddress(t.ID) + "/poster/" + t.Poster }

// LibraryName is what a library is called for the user who looks into it.
func LibraryName(l store.Library) string {
	if l.UserID != 0 {
		return "Your folder"
	}
	return l.Name
}

// nameInside is LibraryName as it stands inside a sentence.
func nameInside(l store.Library) string {
	if l.UserID != 0 {
		return inSentence(LibraryName(l))
	}
	return l.Name
}

// titleNoun is what one title of a kind, and many, are called in a sentence.
func titleNoun(kind store.TitleKind) (one, many string) {
	switch kind {
	case store.TitleFilm:
		return "film", "films"
	case store.TitleSeries:
		return "series", "series"
	case store.TitleSeason:
		return "season", "seasons"
	case store.TitleEpisode:
		return "episode", "episodes"
	case store.TitleArtist:
		return "artist", "artists"
	case store.TitleAlbum:
		return "album", "albums"
	case store.TitleTrack:
		return "track", "tracks"
	case store.TitlePicture:
		return "picture", "pictures"
	case store.TitleVideo:
		return "home video", "home videos"
	}
	return "title", "titles"
}

// shelfName is what the titles of a kind are called above a list of them.
func shelfName(kind store.TitleKind) string {
	switch kind {
	case store.TitleAlbum:
		return "Albums"
	case store.TitleArtist:
		return "Artists"
	case store.TitleTrack:
		return "Tracks"
	default:
		return kind.Label()
	}
}

func titleIcon(kind store.TitleKind) string {
	switch kind {
	case store.TitleSeries, store.TitleSeason, store.TitleEpisode:
		return "cards"
	case store.TitleArtist:
		return "profile"
	case store.TitleAlbum, store.TitleTrack:
		return "music"
	case store.TitlePicture:
		return "picture"
	case store.TitleVideo:
		return "video"
	case store.TitleFilm:
	}
	return "film"
}

// under is what is said below a title’s name: in what it lies, or else from when
// it is.
func under(t store.Title, holders map[int64]string) string {
	switch t.Kind {
	case store.TitleAlbum, store.TitleSeason:
		return holders[t.ParentID]
	case store.TitleTrack:
		return joined(" · ", holders[t.RootID], holders[t.ParentID])
	case store.TitleEpisode:
		where := holders[t.ParentID]
		if t.ParentID == t.RootID {
			where = ""
		}
		return joined(" · ", holders[t.RootID], where)
	case store.TitlePicture, store.TitleVideo:
		if !t.Date.IsZero() {
			return day(t.Date)
		}
	case store.TitleFilm, store.TitleSeries, store.TitleArtist:
	}
	return yearText(t.Year)
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// numberText is the number of an episode or track, and of the last one where a
// file holds several: "3–4".
func numberText(t store.Title) string {
	switch {
	case t.Number == 0:
		return ""
	case t.LastNumber > t.Number:
		return strconv.Itoa(t.Number) + "–" + strconv.Itoa(t.LastNumber)
	}
	return strconv.Itoa(t.Number)
}

// joined is the texts that say something, with a separator between.
func joined(separator string, texts ...string) string {
	all := ""
	for _, text := range texts {
		if text != "" && all != "" {
			all += separator
		}
		all += text
	}
	return all
}

// dayAndTime is when a picture was taken.
func dayAndTime(t time.Time) string { return t.Format("2 January 2006, 15:04") }

// pixels is the size of a picture.
func pixels(t store.Title) string {
	return ui.Number(t.Width) + " × " + ui.Number(t.Height) + " pixels"
}

// LibraryLink is a library as the side bar shows it.
func LibraryLink(l store.Library) ui.NavLink {
	return ui.NavLink{Href: WatchAddress(l.ID), Icon: libraryIcon(l.Kind), Label: LibraryName(l)}
}

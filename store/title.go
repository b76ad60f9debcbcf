package store

import "time"

// TitleKind is what a title is.
type TitleKind string

// The kinds of title. Series, seasons, artists and albums hold others; the rest
// have files.
const (
	TitleFilm    TitleKind = "film"
	TitleSeries  TitleKind = "series"
	TitleSeason  TitleKind = "season"
	TitleEpisode TitleKind = "episode"
	TitleArtist  TitleKind = "artist"
	TitleAlbum   TitleKind = "album"
	TitleTrack   TitleKind = "track"
	TitlePicture TitleKind = "picture"
	TitleVideo   TitleKind = "video"
)

// Holds says whether titles of this kind hold others rather than files.
func (k TitleKind) Holds() bool {
	switch k {
	case TitleSeries, TitleSeason, TitleArtist, TitleAlbum:
		return true
	case TitleFilm, TitleEpisode, TitleTrack, TitlePicture, TitleVideo:
	}
	return false
}

// Downloads says whether titles of this kind can be downloaded at once: what has
// files, and what holds no more than an evening of it.
func (k TitleKind) Downloads() bool { return !k.Holds() || k == TitleAlbum || k == TitleSeason }

// Label is the kind as a screen shows it.
func (k TitleKind) Label() string {
	switch k {
	case TitleFilm:
		return "Film"
	case TitleSeries:
		return "Series"
	case TitleSeason:
		return "Season"
	case TitleEpisode:
		return "Episode"
	case TitleArtist:
		return "Artist"
	case TitleAlbum:
		return "Album"
	case TitleTrack:
		return "Track"
	case TitlePicture:
		return "Picture"
	case TitleVideo:
		return "Home video"
	}
	return ""
}

// Shelves are the kinds of title that a library of this kind shows on its own
// page: the first as it opens, the others by choice.
func (k LibraryKind) Shelves() []TitleKind {
	switch k {
	case KindFilms:
		return []TitleKind{TitleFilm}
	case KindSeries:
		return []TitleKind{TitleSeries}
	case KindMusic:
		return []TitleKind{TitleAlbum, TitleArtist, TitleTrack}
	case KindPhotos:
		return []TitleKind{TitlePicture}
	case KindHomeVideos:
		return []TitleKind{TitleVideo}
	}
	return nil
}

// Corrected says which facts of a title an administrator has corrected.
type Corrected struct {
	Name, Year, Rating, Labels bool
}

// Any says whether there is a correction.
func (c Corrected) Any() bool { return c != Corrected{} }

// Age is an age from which a title is meant to be seen; not Known for what is
// unrated.
type Age struct {
	Known bool
	Years int
}

// Title is one film, episode, track, picture or home video, or a series,
// season, artist or album, which hold them.
type Title struct {
	ID        int64
	LibraryID int64
	Kind      TitleKind
	ParentID  int64 // what it lies in; 0 for nothing
	RootID    int64 // the series or artist at the top; 0 for none

	Name   string
	Year   int      // 0 when not known
	Rating string   // as written, "" for none
	Age    Age      // what the rating comes to; not that of what it lies in
	Labels []string // its own, in order
	Genres []string
	Plot   string

	Disc, Number, LastNumber int       // of a season, an episode, a track; 0 when not known
	Date                     time.Time // aired or taken; zero when not known
	Width, Height            int       // of a picture, pixels
	Poster                   string    // changes with the poster; "" for none

	FoundName   string // what the disk says, and the next two
	FoundYear   int
	FoundRating string
	Corrected   Corrected
	AddedAt     time.Time
	MissingAt   time.Time // its files are gone since; zero when they are there
}

// FoundFile is a file as scanning has seen it. Names need not be UTF-8.
type FoundFile struct {
	Name     string // in its directory
	Size     int64  // bytes
	Modified time.Time
	Was      int64 // the id of the file that it was before it moved here; 0 for none
}

// FoundPoster is where a title's poster lies, as a path below the library's
// folder: a picture, or a music file with art inside it.
type FoundPoster struct {
	Folder int64 // of the library, by id; 0 is the one that the title lies in
	Path   string
	Stamp  string // changes with the picture; stands in its address
}

// FoundTitle is what the disk says about a title.
type FoundTitle struct {
	Kind                     TitleKind
	Key                      string // of what holds others: by which it is known again within what it lies in
	Was                      int64  // of what holds others: its id, where all in it has moved here; 0 otherwise
	Name                     string
	Year                     int
	Rating                   string // as written
	Labels                   []string
	Genres                   []string
	Plot                     string
	Disc, Number, LastNumber int
	Date                     time.Time
	Width, Height            int
	Poster                   FoundPoster
	Told                     FoundPoster // of what holds others: where the NFO file lies that tells of it
	Keep                     bool        // of what holds others: what was told of it elsewhere still counts
}

// Found is a title with files that scanning has found, or, without files, a
// title that holds others and is to be brought up to date.
type Found struct {
	FoundTitle
	Folder    int64         // of the library, by id
	Directory string        // below the folder, "" for the folder itself
	Files     []FoundFile   // in the order of their parts
	Under     []*FoundTitle // what it lies in, outermost first; shared by the titles of one series or album
}

// Saved counts what saving has done.
type Saved struct {
	Added, Changed, Moved, Missing int
}

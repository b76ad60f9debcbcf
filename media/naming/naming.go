// Package naming reads what a library holds from the names of its files and
// folders, as media servers do. It never looks at the disk: whoever walks a
// library hands it one directory at a time.
//
// A film is named by its file, or by its folder where the file's name says
// nothing (“movie.mkv”, “title_t00.mkv”) or has no year and the folder has
// one. An episode's series is named by its folder first, its season by the
// file first. Artist, album and track are only what names tell: tags know
// better. A picture keeps the name of its file.
//
// Names of titles are text: valid UTF-8 in NFC, without control characters,
// never empty and never longer than store.MaxTitleName.
package naming

import (
	"iter"
	"slices"
	"time"

	"usher/store"
)

// Item is one title as names tell it. All paths are below the library's folder,
// with slashes, and need not be UTF-8; names of titles are.
type Item struct {
	Kind  store.TitleKind
	Files []string // names in the directory that was read, the parts of one title in order
	Name  string   // of the film, the episode (“Episode 3” where only numbers are known), the track, the picture
	Year  int      // 0 where there is none

	Season, Number, LastNumber int       // of an episode; a season of -1 is none at all, a number of 0 is not known, and a last one is of several
	Date                       time.Time // when it was aired or taken, in the server's time zone; zero where names do not say
	Disc, Track                int       // of a track

	// Shared by the items of one directory, and nil where names tell of none.
	Series *Holder // of an episode, never nil
	Within *Holder // the season of an episode: “Season 2” or “Specials”; nil where Season is -1
	Artist *Holder // of a track, and the album
	Album  *Holder // of a track

	NFO     []string // paths of NFO files about it that may be there, the best first
	Posters []string // paths of posters that may be there, the best first
}

// Holder is the series, season, artist or album that an item lies in, as names
// tell it.
type Holder struct {
	Name    string
	Year    int
	Folder  string   // the path of its own folder, "" where it has none
	NFO     []string // as in Item
	Posters []string // as in Item
}

// Read says which titles the files of one directory make, in the order of their
// names: directory is its path below the library's folder ("" for that folder
// itself), files are the names of all plain files in it. What is no media file
// of the library's kind is left out, and so are samples, trailers, extras and
// hidden files. Every file is in one item at most.
//
// NFO files and posters in the directory itself are named only when they are
// among files; those elsewhere may be there or not.
func Read(kind store.LibraryKind, directory string, files []string) iter.Seq[Item] {
	if Ignored(files) {
		return func(func(Item) bool) {}
	}
	files = slices.Compact(slices.Sorted(slices.Values(files)))
	switch kind {
	case store.KindFilms:
		return readFilms(directory, files)
	case store.KindSeries:
		return readSeries(directory, files)
	case store.KindMusic:
		return readMusic(directory, files)
	case store.KindPhotos:
		return readPictures(files)
	case store.KindHomeVideos:
		return readVideos(directory, files)
	}
	return func(func(Item) bool) {}
}

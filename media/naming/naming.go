// Package naming reads what a library holds from the names of its files and
// folders, as media servers do. It never looks at the disk.
package naming

import (
	"time"

	"usher/store"
)

// Item is one title as names tell it. All paths are below the library's folder,
// with slashes, and need not be UTF-8; names of titles are.
type Item struct {
	Kind  store.TitleKind
	Files []string // names in the directory that was read, the parts of one title in order
	Name  string   // of the film, the episode, the track, the picture; "" where only numbers are known
	Year  int      // 0 where there is none

	Season, Number, LastNumber int       // of an episode; a season of -1 is none at all
	Aired                      time.Time // of a dated episode
	Disc, Track                int       // of a track

	Series Holder // of an episode
	Artist Holder // of a track, and the album
	Album  Holder

	NFO     []string // paths of NFO files about it that may be there, the best first
	Posters []string // paths of posters that may be there, the best first
}

// Holder is the series, artist or album that an item lies in, as names tell it.
type Holder struct {
	Name    string
	Year    int
	NFO     []string // as in Item
	Posters []string
}

// Read says which titles the files of one directory make, in the order of their
// names. What is no media file of the library's kind is left out, and so are
// samples, trailers and extras.
func Read(kind store.LibraryKind, directory string, files []string) []Item {
	return nil
}

// Skip says whether a folder inside a library is not looked into at all: extras,
// samples, and what systems keep for themselves.
func Skip(kind store.LibraryKind, directory string) bool { return false }

// Package nfo reads NFO files in Kodi's format.
package nfo

import (
	"io"
	"time"
)

// Info is what an NFO file says. What it does not say is the zero value.
type Info struct {
	Kind    string // the root element: movie, tvshow, episodedetails, artist, album, musicvideo
	Title   string
	Sort    string
	Year    int
	Rating  string // as it stands in mpaa or certification, the one that can be read best
	Tags    []string
	Genres  []string
	Plot    string
	Season  int // -1 where it does not say
	Episode int
	Aired   time.Time // premiered, aired or releasedate
	Artist  string
	Show    string // showtitle
}

// Read reads one NFO file. A file may hold several episodes; each is one Info.
// The error is a sentence for the administrator.
func Read(r io.Reader) ([]Info, error) { return nil, nil }

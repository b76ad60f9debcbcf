// Package metadata reads what media files say about themselves: the tags of
// music and the EXIF data of pictures.
package metadata

import (
	"io"
	"time"
)

// Music is what the tags of a music file say.
type Music struct {
	Title, Artist, AlbumArtist, Album string
	Genres                            []string
	Year, Disc, Track                 int
	HasArt                            bool
}

// Picture is what a picture says about itself.
type Picture struct {
	Taken         time.Time // zero where it does not say
	Width, Height int       // pixels, as it is to be seen: turned by its orientation
}

// ReadMusic reads the tags of a music file. The error is a sentence for the
// administrator; a file without tags is no error.
func ReadMusic(r io.ReadSeeker) (Music, error) { return Music{}, nil }

// ReadPicture reads the size of a picture and when it was taken. The error is a
// sentence for the administrator.
func ReadPicture(r io.ReadSeeker) (Picture, error) { return Picture{}, nil }

// Package metadata reads what media files say about themselves: the tags and the
// art of music, and the EXIF data of pictures. It reads little of each file, and
// believes nothing: whatever a file claims, it costs no more memory and time
// than the limits of this package.
package metadata

import (
	"errors"
	"fmt"
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
	Undrawn       bool      // of a kind that Usher knows and makes no poster of: TIFF, HEIF or AVIF
}

// ErrNoArt is what ReadArt answers for a music file without art in it.
var ErrNoArt = errors.New("there is no art in this file")

// guarded calls read, and turns an error or a panic in it into the sentence.
func guarded(sentence string, read func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &damaged{sentence, fmt.Errorf("panic: %v", r)}
		}
	}()
	if err := read(); err != nil {
		return &damaged{sentence, err}
	}
	return nil
}

// damaged is an error whose text is a sentence for the administrator.
type damaged struct {
	sentence string
	err      error
}

func (d *damaged) Error() string { return d.sentence }

func (d *damaged) Unwrap() error { return d.err }

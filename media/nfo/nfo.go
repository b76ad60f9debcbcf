// Package nfo reads NFO files in Kodi's format: what an XML file beside a film,
// a series or an album says about it. NFO files come from many programs and from
// hands, so that as much is read as can be, and nothing is trusted.
package nfo

import (
	"fmt"
	"io"
	"time"

	"usher/media/plain"
)

// The most that is read of one file. What Kodi itself writes is a few kilobytes.
const (
	maxBytes = 1 << 20
	maxInfos = 500 // episodes
	maxNames = 200 // tags of one title, and as many genres and artists
)

// Info is what an NFO file says about one title. What it does not say is the
// zero value. Texts are valid UTF-8 in NFC, trimmed, without control characters;
// only plots have line breaks.
type Info struct {
	Kind    string // the root element: movie, tvshow, season, episodedetails, artist, album, musicvideo
	Title   string
	Sort    string
	Year    int
	Rating  string // of customrating, mpaa and certification the first that can be read, as store.ReadRating shows it
	Tags    []string
	Genres  []string
	Plot    string
	Season  int // -1 where it does not say
	Episode int
	Aired   time.Time // premiered, aired or releasedate: a day, in UTC
	Artist  string    // of an album or a music video; several with commas between
	Show    string    // showtitle
}

// Broken is what is wrong with an NFO file.
type Broken struct {
	Reason string // a whole sentence for the administrator
}

func (e *Broken) Error() string { return e.Reason }

// Read reads one NFO file. A file may hold several episodes; each is one Info. A
// file without any, such as one that only holds an address, says nothing, which
// is no error.
//
// The error is a *Broken, or that of r in other words. What could be read
// before it comes back nevertheless.
func Read(r io.Reader) ([]Info, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read NFO file: %w", err)
	}
	text, isText := plain.Text(content[:min(len(content), maxBytes)])
	if !isText {
		return nil, &Broken{"This NFO file is not text, so that nothing in it can be read."}
	}
	p := newParser(text)
	p.parse()
	if len(content) > maxBytes {
		p.problem = "This NFO file is longer than 1 MiB. Only what it begins with was read."
	}
	if p.problem != "" {
		return p.infos, &Broken{p.problem}
	}
	return p.infos, nil
}

// Package subtitle finds the subtitles that lie beside a film, and makes of them
// what browsers read. Both the names and the contents of these files come from
// anywhere.
package subtitle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"usher/media"
)

const (
	// MaxSize is the largest file that is read, in bytes: a film of three hours
	// has 200 kB of subtitles.
	MaxSize = 8 << 20
	// maxTracks is how many subtitles of a film are offered.
	maxTracks = 60
	// maxNames is how many names in one folder are looked at.
	maxNames = 20_000
)

// Track is one file of subtitles.
type Track struct {
	Key             string // by which it is asked for; the same as long as its name is
	Language        string // as BCP 47 writes it, such as “pt-BR”; "" when the name does not tell
	Label           string // for people, such as “Brazilian Portuguese (forced)”; different for each of a film
	Forced          bool   // only what is spoken in another language than the film’s
	HearingImpaired bool   // tells sounds as well

	path string // below root
}

// Beside are the subtitles of the film at a path below root: files of its name
// with a language behind it, in its own folder or in one called Subs, and what
// else lies in such a folder where it can belong to no other film. The error is
// the disk's.
func Beside(root *os.Root, film string) ([]Track, error) {
	s := search{root: root, folder: path.Dir(film), stem: folded(withoutEnding(path.Base(film))), form: formOf(film)}
	entries, err := s.list(s.folder)
	if err != nil {
		return nil, fmt.Errorf("look for subtitles: %w", err)
	}
	s.beside(entries)
	slices.SortFunc(s.found, func(a, b Track) int { return strings.Compare(a.Label+"\x00"+a.path, b.Label+"\x00"+b.path) })
	s.found = s.found[:min(len(s.found), maxTracks)]
	tellApart(s.found)
	return s.found, nil
}

// Open opens the subtitles with a key of the film at a path below root. The
// error is fs.ErrNotExist for an unknown key, media.ErrUshers for what lies in
// the data folder, and else that of media.OpenInside.
func Open(root *os.Root, film, key, data string) (*os.File, Track, error) {
	tracks, err := Beside(root, film)
	if err != nil {
		return nil, Track{}, err
	}
	at := slices.IndexFunc(tracks, func(t Track) bool { return t.Key == key })
	if at < 0 {
		return nil, Track{}, fmt.Errorf("subtitles %q: %w", key, fs.ErrNotExist)
	}
	file, info, err := media.OpenInside(root, tracks[at].path)
	if err != nil {
		return nil, Track{}, err
	}
	if media.OpenedInData(info, root.Name(), tracks[at].path, data) {
		return nil, Track{}, errors.Join(&fs.PathError{Op: "open", Path: tracks[at].path, Err: media.ErrUshers}, file.Close())
	}
	return file, tracks[at], nil
}

// keyOf is the key of a file by its path from the film's folder, which may move
// with all in it.
func keyOf(folder, file string) string {
	sum := sha256.Sum256([]byte(strings.TrimPrefix(file, folder+"/")))
	return hex.EncodeToString(sum[:8])
}

// tellApart numbers tracks of one label, which come after each other.
func tellApart(tracks []Track) {
	last, times := "", 1
	for i, t := range tracks {
		if t.Label != last {
			last, times = t.Label, 1
			continue
		}
		times++
		tracks[i].Label += " " + strconv.Itoa(times)
	}
}

// tag is the language of a track, language.Und when it is not known.
func (t Track) tag() language.Tag { return language.Make(t.Language) }

package subtitle

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// search looks for the subtitles of one film.
type search struct {
	root   *os.Root
	folder string // of the film
	stem   string // the film's name as it is compared
	form   string // what the film's name ends with
	found  []Track
}

// list are the files and folders in a folder, up to maxNames of them.
func (s *search) list(folder string) (entries []fs.DirEntry, err error) {
	open, err := s.root.Open(folder)
	if err != nil {
		return nil, err
	}
	defer open.Close() //nolint:errcheck // it was only read
	entries, err = open.ReadDir(maxNames)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return entries, err
}

// beside looks through the film's folder, and the folders for subtitles in it.
// Those that cannot be read are passed by: the film plays without them.
func (s *search) beside(entries []fs.DirEntry) {
	var others []string // as they are compared
	alone := true
	for _, e := range entries {
		name := folded(withoutEnding(e.Name()))
		if isSubtitle(e) || e.IsDir() || name == s.stem {
			continue
		}
		others = append(others, name)
		alone = alone && formOf(e.Name()) != s.form
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case isSubtitle(e):
			if rest, ok := s.behind(name); ok && !s.belongsTo(others, name) {
				s.add(e, s.folder, rest)
			}
		case e.IsDir() && isSubtitleFolder(name):
			s.inside(path.Join(s.folder, name), others, alone)
		}
	}
}

// inside looks through a folder for subtitles: for files of the film's name, a
// folder of the film's name, and whatever else where the film is alone.
func (s *search) inside(folder string, others []string, alone bool) {
	entries, err := s.list(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() && folded(name) == s.stem:
			s.all(path.Join(folder, name))
		case !isSubtitle(e):
		default:
			if rest, ok := s.behind(name); ok && !s.belongsTo(others, name) {
				s.add(e, folder, rest)
			} else if !ok && alone {
				s.add(e, folder, folded(withoutEnding(name)))
			}
		}
	}
}

// all adds every file of a folder that is the film's own.
func (s *search) all(folder string) {
	entries, err := s.list(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if isSubtitle(e) {
			s.add(e, folder, folded(withoutEnding(e.Name())))
		}
	}
}

// behind is what the name of a file says behind the film's name, if it begins
// with that.
func (s *search) behind(name string) (rest string, ok bool) {
	return behind(folded(withoutEnding(name)), s.stem)
}

// behind is what stands behind stem in name. Other words than languages may only
// follow behind a dot, since “Alien 3” is no language of “Alien”.
func behind(name, stem string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(name, stem)
	if !ok || rest == "" || rest[0] == '.' {
		return rest, ok
	}
	return rest, strings.IndexByte("-_ ([", rest[0]) >= 0 && describe(rest).onlyKnown
}

// belongsTo says whether a file is nearer to the name of another film in the
// folder.
func (s *search) belongsTo(others []string, name string) bool {
	name = folded(withoutEnding(name))
	for _, other := range others {
		if len(other) > len(s.stem) && strings.HasPrefix(other, s.stem) {
			if _, ok := behind(name, other); ok {
				return true
			}
		}
	}
	return false
}

// add adds a file of a folder, by what its name says beside the film's.
func (s *search) add(e fs.DirEntry, folder, rest string) {
	// Enough to choose the first from, however many there are.
	if len(s.found) >= 10*maxTracks {
		return
	}
	file := path.Join(folder, e.Name())
	info, err := s.root.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || info.Size() > MaxSize {
		return
	}
	track := describe(rest).track()
	track.path, track.Key = file, keyOf(s.folder, file)
	s.found = append(s.found, track)
}

func isSubtitle(e fs.DirEntry) bool {
	form := formOf(e.Name())
	return !e.IsDir() && (form == "srt" || form == "vtt") && !strings.HasPrefix(e.Name(), "._") // of macOS
}

func isSubtitleFolder(name string) bool {
	switch folded(name) {
	case "subs", "sub", "subtitles", "subtitle", "srt":
		return true
	}
	return false
}

func withoutEnding(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

func formOf(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }

// folded is a name as it is compared: systems differ in case, and in whether
// they compose letters with their accents.
func folded(name string) string {
	return strings.ToLower(norm.NFC.String(strings.ToValidUTF8(name, "\ufffd")))
}

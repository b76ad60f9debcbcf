package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// shelf writes made-up media into the folder of one library. Files that are
// there already stay as they are; the first error ends the writing.
type shelf struct {
	folder string
	when   time.Time // of the files: long enough ago to be whole
	err    error
}

// Media writes made-up media into the folders of the household's libraries:
// small files that look to Usher like films, episodes, tracks and pictures.
func Media(data string, now time.Time) error {
	when := now.AddDate(0, 0, -40)
	var all error
	for library, fill := range map[string]func(*shelf){
		"Films": films, "Series": series, "Cartoons": cartoons, "Music": music, "Family photos": photos,
	} {
		folder, err := mediaFolder(data, library)
		if err != nil {
			return err
		}
		s := &shelf{folder: folder, when: when}
		fill(s)
		all = errors.Join(all, s.err)
	}
	return all
}

// mediaFolder is the folder of a library of the household.
func mediaFolder(data, library string) (string, error) {
	folder, err := filepath.Abs(filepath.Join(data, "demo-media", library))
	if err != nil {
		return "", fmt.Errorf("folder of %s: %w", library, err)
	}
	return folder, nil
}

// write writes a file, each an hour older than the one before.
func (s *shelf) write(path string, content []byte) { s.writeAt(path, content, s.when) }

func (s *shelf) writeAt(path string, content []byte, when time.Time) {
	if s.err != nil {
		return
	}
	s.when = s.when.Add(-time.Hour)
	path = filepath.Join(s.folder, path)
	if s.err = os.MkdirAll(filepath.Dir(path), 0o700); s.err != nil {
		return
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return
	}
	if err == nil {
		_, err = file.Write(content)
		err = errors.Join(err, file.Close())
	}
	if err == nil {
		err = os.Chtimes(path, when, when)
	}
	if err != nil {
		s.err = fmt.Errorf("make up media: %w", err)
	}
}

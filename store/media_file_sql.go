package store

import (
	"context"
	"fmt"
	"time"
)

// MediaFile is a file of a title, and where it lies. Paths need not be UTF-8.
type MediaFile struct {
	Part     int    // from 1
	Folder   string // of the library
	Path     string // below the folder
	Size     int64  // bytes, when it was last scanned
	Modified time.Time
}

// TitleToPlay is VisibleTitle, remembered until titles, libraries or users change:
// while a title plays it is asked for again and again.
func (s *Store) TitleToPlay(ctx context.Context, viewer, id int64) (Title, error) {
	at, _ := s.listVersions()
	return recall(&s.lists, toPlayKey{viewer, id}, at, func() (Title, int, error) {
		title, err := s.VisibleTitle(ctx, viewer, id)
		return title, len(title.Plot) + titleBytes, err
	})
}

// toPlayKey is under which a title is remembered for whoever plays it.
type toPlayKey struct{ viewer, title int64 }

// titleBytes is about what a title takes in memory besides its plot.
const titleBytes = 1 << 10

// MediaFiles are the files of a title in the order of their parts, without
// those that are missing and those in folders that were taken out of their
// library: none for a title that holds others. Whether somebody may see the
// title is for VisibleTitle to say.
func (s *Store) MediaFiles(ctx context.Context, title int64) ([]MediaFile, error) {
	files, err := readEach(brief(ctx), prepared{s}, scanMediaFile, `SELECT f.part, r.path, d.path, f.name, f.size, f.modified_at
		FROM files f JOIN directories d ON d.id = f.directory_id JOIN library_folders r ON r.id = d.folder_id
		WHERE f.title_id = ? AND f.missing_at IS NULL AND r.removed_at IS NULL ORDER BY f.part, f.id`, title)
	if err != nil {
		return nil, fmt.Errorf("read files of title %d: %w", title, err)
	}
	return files, nil
}

func scanMediaFile(row scanner) (f MediaFile, err error) {
	var directory, name []byte
	var modified int64
	err = row.Scan(&f.Part, &f.Folder, &directory, &name, &f.Size, &modified)
	f.Path, f.Modified = string(name), time.Unix(0, modified)
	if len(directory) > 0 {
		f.Path = string(directory) + "/" + f.Path
	}
	return f, err
}

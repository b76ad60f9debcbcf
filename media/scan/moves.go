package scan

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"

	"usher/store"
)

// moves is what this scan has found out about files that are elsewhere now.
type moves struct {
	taken map[int64]bool // files that have been found again
	empty map[int64]bool // whether a title that holds others is emptied
}

func newMoves() moves { return moves{taken: make(map[int64]bool), empty: make(map[int64]bool)} }

// recognize finds out which of the title's files were elsewhere before. A file
// of the same size and time is the same one where the old one is gone.
func (r *reader) recognize(ctx context.Context, found *store.Found) error {
	if !r.knows {
		return nil
	}
	for i := range found.Files {
		file := &found.Files[i]
		if file.Size == 0 {
			continue // empty files are all alike
		}
		if r.directory != 0 {
			if known, err := r.store.KnowsFile(ctx, r.directory, file.Name); err != nil || known {
				if err != nil {
					return err
				}
				continue
			}
		}
		was, err := r.before(ctx, *file)
		if err != nil {
			return err
		}
		if was.ID == 0 {
			continue
		}
		file.Was = was.ID
		r.moves.taken[was.ID] = true
		if err := r.moveHolders(ctx, found.Under, was.Title); err != nil {
			return err
		}
	}
	return nil
}

// before is the known file that this one was, or none. Where several are
// equally like it, it is none of them: a title must not come to another's
// corrections.
func (r *reader) before(ctx context.Context, file store.FoundFile) (best store.KnownFile, err error) {
	alike, err := r.store.FilesAlike(ctx, r.library.ID, file.Name, file.Size, file.Modified)
	if err != nil {
		return best, err
	}
	here := path.Join(r.level.path, file.Name)
	most := -1
	for _, known := range alike {
		if r.moves.taken[known.ID] || path.Ext(known.Name) != path.Ext(file.Name) || !r.gone(known) {
			continue
		}
		switch common := sharedEnd(here, path.Join(known.Directory, known.Name)); {
		case common > most:
			best, most = known, common
		case common == most:
			best = store.KnownFile{}
		}
	}
	return best, nil
}

// sharedEnd is how many names at the ends of two paths are the same.
func sharedEnd(a, b string) int {
	n := 0
	for a != "" && b != "" && path.Base(a) == path.Base(b) {
		n++
		a, b = parent(a), parent(b)
	}
	return n
}

// parent is the path without its last name, "" for a single name.
func parent(at string) string {
	return strings.TrimSuffix(at[:len(at)-len(path.Base(at))], "/")
}

// gone says whether a file is no more where it was. Where a folder cannot be
// read, nobody knows.
func (r *reader) gone(known store.KnownFile) bool {
	if known.Removed {
		return true
	}
	root, open := r.roots[known.Folder]
	if !open {
		return false
	}
	_, err := root.Lstat(path.Join(known.Directory, known.Name))
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// moveHolders lets what holds a moved title be known by its new name, where all
// that was in it has moved: a renamed folder is still the same series. One that
// this scan has met under its old name is still itself, and none becomes two.
func (r *reader) moveHolders(ctx context.Context, under []*store.FoundTitle, title int64) error {
	if len(under) == 0 {
		return nil
	}
	before, err := r.store.Holders(ctx, title)
	if err != nil {
		return err
	}
	at := ""
	for _, holder := range under {
		was, held := before[holder.Kind]
		if !held {
			continue
		}
		at = keyPath(at, was.Key)
		if holder.Was != 0 || r.shelf[at] != nil {
			continue
		}
		empty, err := r.emptied(ctx, was.ID)
		if err != nil {
			return err
		}
		if empty {
			holder.Was = was.ID
			r.moves.empty[was.ID] = false
		}
	}
	return nil
}

// emptied says whether all that was in a title that holds others is gone from
// where it was, and the title has not become another one yet.
func (r *reader) emptied(ctx context.Context, id int64) (bool, error) {
	if empty, known := r.moves.empty[id]; known {
		return empty, nil
	}
	files, err := r.store.FilesUnder(ctx, id)
	if err != nil {
		return false, err
	}
	empty := !slices.ContainsFunc(files, func(f store.KnownFile) bool { return !r.gone(f) })
	r.moves.empty[id] = empty
	return empty, nil
}

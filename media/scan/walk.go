package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"
	"time"

	"usher/media/naming"
	"usher/store"
)

// walker walks one folder of a library, depth first.
type walker struct {
	*run
	root      *os.Root
	folder    store.Root
	holdsData bool           // Usher's own data folder lies somewhere in it
	linked    map[inode]bool // folders that a symbolic link has led to
}

// maxLevels is how deep folders inside a library are walked.
const maxLevels = 100

// walk looks at the directory at a path below the folder, and at all that lies
// in it. What cannot be read stays as it was.
func (w *walker) walk(ctx context.Context, at string, above *level) error {
	if err := w.tick(ctx); err != nil {
		return err
	}
	directory, info, err := w.openDirectory(at)
	if err != nil {
		w.keep(at, err)
		return nil
	}
	here := &level{path: at, inode: inodeOf(info), above: above}
	if reason := w.refuses(here, info); reason != "" {
		w.problem(filepath.Join(w.folder.Path, at), reason)
		return directory.Close()
	}
	found, err := w.list(ctx, at, directory)
	closeErr := directory.Close()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err = errors.Join(err, closeErr); err != nil {
		w.keep(at, err)
		return nil
	}
	w.watch(filepath.Join(w.folder.Path, at))
	names := found.names()
	if naming.Ignored(names) {
		return nil
	}
	here.note(w.library.Kind, found)
	if err := w.look(ctx, here, found, names); err != nil {
		return err
	}
	return w.walkInto(ctx, here, found.folders, found.links)
}

// openDirectory opens a directory and nothing else: what became a pipe meanwhile
// is not waited for.
func (w *walker) openDirectory(at string) (*os.File, fs.FileInfo, error) {
	directory, err := w.root.OpenFile(path.Join(".", at), os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := directory.Stat()
	if err != nil {
		return nil, nil, errors.Join(err, directory.Close())
	}
	return directory, info, nil
}

// keep leaves what could not be read as it was, with all that is below it. What
// has just vanished is no problem: it is gone.
func (w *walker) keep(at string, err error) {
	if at != "" && errors.Is(err, fs.ErrNotExist) {
		return
	}
	w.odd(at, err)
	w.pending.Kept = append(w.pending.Kept, store.Directory{Folder: w.folder.ID, Path: at})
}

// refuses says why a directory is not walked into, or nothing.
func (w *walker) refuses(here *level, info fs.FileInfo) string {
	if os.SameFile(info, w.data) {
		return "This is the folder that Usher keeps its own data in. It is left out."
	}
	levels := 0
	for up := here.above; up != nil; up = up.above {
		if up.inode == here.inode {
			return "This folder leads back to one that it lies in. It is left out here."
		}
		levels++
	}
	if levels >= maxLevels {
		return "Folders lie too deep in each other here. What is in this one is left out."
	}
	return ""
}

// walkInto walks into the folders of a directory.
func (w *walker) walkInto(ctx context.Context, here *level, folders []string, links map[string]bool) error {
	for _, name := range folders {
		at := path.Join(here.path, name)
		if naming.Skip(w.library.Kind, at) {
			continue
		}
		if links[name] && !w.follows(at) {
			continue
		}
		if err := w.walk(ctx, at, here); err != nil {
			return err
		}
	}
	return nil
}

// follows says whether a symbolic link to a folder is followed: once for each
// folder, so that links to and fro do not make a library without end.
func (w *walker) follows(at string) bool {
	info, err := w.root.Stat(at)
	if err != nil {
		w.odd(at, err)
		return false
	}
	id := inodeOf(info)
	if w.linked[id] {
		w.problem(filepath.Join(w.folder.Path, at), "Another link has led to this folder already. It is left out here.")
		return false
	}
	w.linked[id] = true
	return true
}

// look reads the titles of a directory, if anything has changed in it.
func (w *walker) look(ctx context.Context, here *level, found listing, names []string) error {
	signature := here.signature(w.library.Kind, found)
	known, err := w.store.KnownDirectory(ctx, w.folder.ID, here.path)
	if err != nil {
		return err
	}
	if known.ID != 0 && bytes.Equal(known.Signature, signature) {
		w.pending.Seen = append(w.pending.Seen, known.ID)
		w.pending.Progress.Seen += known.Files
		w.pending.Progress.Current = w.shown(filepath.Join(w.folder.Path, here.path))
		return w.tick(ctx)
	}
	if known.ID == 0 && len(found.files) == 0 {
		return nil // nothing to know of
	}
	reading := reader{walker: w, level: here, listing: found, directory: known.ID, holders: make(map[*naming.Holder]*holder)}
	for item := range naming.Read(w.library.Kind, here.path, names) {
		if err := reading.add(ctx, item); err != nil {
			return err
		}
	}
	w.tellUnshown(here.path, names)
	if w.growing(found) {
		w.unsettled, signature = true, nil
	}
	if reading.failed {
		signature = nil // the next scan tries again
	}
	w.pending.Read = append(w.pending.Read, store.Directory{Folder: w.folder.ID, Path: here.path, Signature: signature})
	return w.tick(ctx)
}

// tellUnshown notes once for a directory that it has pictures which are left out.
func (w *walker) tellUnshown(at string, names []string) {
	var left []string
	for _, name := range names {
		if naming.Unshown(w.library.Kind, name) {
			left = append(left, name)
		}
	}
	switch len(left) {
	case 0:
	case 1:
		w.problem(filepath.Join(w.folder.Path, at, left[0]), "Browsers cannot show pictures of this kind. It is left out.")
	default:
		w.problem(filepath.Join(w.folder.Path, at), fmt.Sprintf("Browsers cannot show %d of the pictures here, such as %s. They are left out.", len(left), printable(left[0])))
	}
}

// growing says whether a file was written to just now.
func (w *walker) growing(found listing) bool {
	now := time.Now()
	for _, file := range found.files {
		if age := now.Sub(file.Modified); age >= 0 && age < w.settle {
			return true
		}
	}
	return false
}

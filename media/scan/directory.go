package scan

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"usher/media"
	"usher/store"
)

// inode tells the files and folders of a disk apart.
type inode struct{ device, number uint64 }

func inodeOf(info fs.FileInfo) inode {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return inode{stat.Dev, stat.Ino}
	}
	return inode{}
}

// listing is what is in one directory, in the order of names.
type listing struct {
	files   []store.FoundFile
	folders []string
	links   map[string]bool // folders that are symbolic links
}

// entriesAtOnce is how many entries of a directory are read in one go.
const entriesAtOnce = 1024

// list reads a directory. What cannot be a title is left out, with a word about
// what is odd.
func (w *walker) list(ctx context.Context, at string, directory *os.File) (listing, error) {
	var l listing
	for {
		entries, err := directory.ReadDir(entriesAtOnce)
		for _, entry := range entries {
			if err := w.enter(&l, at, entry); err != nil {
				return l, err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return l, err
		}
		if err := ctx.Err(); err != nil {
			return l, err
		}
	}
	slices.SortFunc(l.files, func(a, b store.FoundFile) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(l.folders)
	return l, nil
}

// enter adds one entry of the directory at a path to what is in it.
func (w *walker) enter(l *listing, at string, entry fs.DirEntry) error {
	var info fs.FileInfo
	var err error
	switch {
	case entry.IsDir():
		l.folders = append(l.folders, entry.Name())
		return nil
	case entry.Type().IsRegular():
		info, err = entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
	case entry.Type()&fs.ModeSymlink != 0:
		if info = w.target(path.Join(at, entry.Name())); info == nil || w.ushers(path.Join(at, entry.Name())) {
			return nil
		}
	default:
		w.odd(path.Join(at, entry.Name()), media.ErrNotRegular)
		return nil
	}
	switch {
	case info.IsDir():
		if l.links == nil {
			l.links = make(map[string]bool)
		}
		l.folders, l.links[entry.Name()] = append(l.folders, entry.Name()), true
	case info.Mode().IsRegular():
		l.files = append(l.files, store.FoundFile{Name: entry.Name(), Size: info.Size(), Modified: info.ModTime()})
	default:
		w.odd(path.Join(at, entry.Name()), media.ErrNotRegular)
	}
	return nil
}

// target is what a symbolic link leads to; nil, with a word about it, where that
// cannot be looked at.
func (w *walker) target(at string) fs.FileInfo {
	info, err := w.root.Stat(at)
	if err == nil {
		return info
	}
	// Opening tells more about why not.
	file, _, err := media.OpenInside(w.root, at)
	if err == nil {
		err = file.Close()
	}
	w.odd(at, err)
	return nil
}

// ushers says whether a symbolic link leads to what Usher itself keeps, with a
// word about it. No walk comes by there.
func (w *walker) ushers(at string) bool {
	if !w.holdsData {
		return false
	}
	switch media.ToData(filepath.Join(w.folder.Path, at), w.store.Folder()) {
	case media.IsData, media.InsideData:
		w.problem(path.Join(w.folder.Path, at), "This is a link into the folder that Usher keeps its own data in. It is left out.")
		return true
	case media.HoldsData, media.ApartFromData:
	}
	return false
}

// odd notes a problem with what lies at a path below the folder.
func (w *walker) odd(at string, err error) {
	if err != nil {
		w.problem(path.Join(w.folder.Path, at), media.WhyUnread(err))
	}
}

// names are the names of the files.
func (l listing) names() []string {
	names := make([]string, len(l.files))
	for i, file := range l.files {
		names[i] = file.Name
	}
	return names
}

// file is the file with this name.
func (l listing) file(name string) (store.FoundFile, bool) {
	i, found := slices.BinarySearchFunc(l.files, name, func(f store.FoundFile, name string) int { return strings.Compare(f.Name, name) })
	if !found {
		return store.FoundFile{}, false
	}
	return l.files[i], true
}

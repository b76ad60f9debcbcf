package media

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Why a file inside a library is not opened, where that is not the disk's own
// doing.
var (
	ErrOutside    = errors.New("leads out of the folder of the library")
	ErrNotRegular = errors.New("is no plain file")
	ErrUshers     = errors.New("is Usher's own")
)

// OpenFolder opens a folder of a library, so that what lies in it can be opened
// without leaving it. A path that does not lead to a folder is an error, and
// never waited for: os.OpenRoot would wait for somebody to write to a pipe.
func OpenFolder(path string) (*os.Root, error) {
	return os.OpenRoot(filepath.Clean(path) + "/.") // which only a folder has
}

// OpenInside opens the plain file at a path below root for reading, and says
// what it is. Symbolic links that stay inside are followed.
//
// It answers ErrOutside for whatever leads out of root (an absolute path, "..",
// a symbolic link), ErrNotRegular for what is no plain file (a folder, a device,
// a pipe, a socket), none of which it waits for, and else what the disk says.
func OpenInside(root *os.Root, path string) (*os.File, fs.FileInfo, error) {
	if strings.ContainsRune(path, 0) {
		return nil, nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrInvalid}
	}
	if !filepath.IsLocal(path) {
		return nil, nil, &fs.PathError{Op: "open", Path: path, Err: ErrOutside}
	}
	// Opening a device can already do something: a look comes first.
	info, err := root.Stat(path)
	if err == nil {
		err = plain(info)
	}
	if err != nil {
		return nil, nil, unopened(root, path, err)
	}
	// What was a file just now may be a pipe by now, and opening that would wait
	// until somebody writes to it.
	file, err := root.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, unopened(root, path, err)
	}
	if info, err = file.Stat(); err == nil {
		err = plain(info)
	}
	if err != nil {
		return nil, nil, errors.Join(unopened(root, path, err), file.Close())
	}
	return file, info, nil
}

func plain(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return ErrNotRegular
	}
	return nil
}

// unopened is err about the path, as ErrOutside where root has refused to leave
// itself. Package os keeps the error for that to itself, but for showing it to
// whoever asks for the parent.
func unopened(root *os.Root, path string, err error) error {
	_, parent := root.Lstat("..")
	if leaves := errors.Unwrap(parent); leaves != nil && errors.Is(err, leaves) {
		err = ErrOutside
	}
	var known *fs.PathError
	if errors.As(err, &known) {
		err = known.Err
	}
	return &fs.PathError{Op: "open", Path: path, Err: err}
}

// WhyUnread says in a sentence for the administrator why a file inside a library
// was not opened or read.
func WhyUnread(err error) string {
	switch {
	case errors.Is(err, ErrOutside):
		return "This is a link that leads out of the library’s folder. Usher does not follow it."
	case errors.Is(err, ErrUshers):
		return "This leads into the folder that Usher keeps its own data in. It is left out."
	case errors.Is(err, ErrNotRegular):
		return "This is no plain file but a folder, a device, a pipe or a socket. Usher leaves it alone."
	case errors.Is(err, fs.ErrNotExist):
		return "This was gone when Usher came to read it."
	case errors.Is(err, fs.ErrPermission):
		return "Usher may not read this. Allow it to the system user that Usher runs as."
	case errors.Is(err, syscall.ELOOP):
		return "This is a link that leads to itself."
	}
	var known *fs.PathError
	if errors.As(err, &known) {
		err = known.Err
	}
	return "This cannot be read: " + err.Error() + "."
}

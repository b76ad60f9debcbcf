package media

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Linux allows no longer ones: PATH_MAX and NAME_MAX.
const (
	maxPath = 4096
	maxName = 255
)

// BadFolder is why a folder cannot be used.
type BadFolder struct {
	Reason string // a whole sentence for the person who named the folder
}

func (e *BadFolder) Error() string { return e.Reason }

// CheckFolder returns the path in its plainest form when it is the absolute
// path of a folder that Usher can read. Any error is a *BadFolder.
func CheckFolder(path string) (clean string, err error) {
	if reason := malformed(path); reason != "" {
		return "", &BadFolder{reason}
	}
	clean = filepath.Clean(path)
	info, err := os.Stat(clean)
	if err != nil {
		return "", refuse(clean, err)
	}
	if !info.IsDir() {
		return "", &BadFolder{fmt.Sprintf("%s is a file. Name the folder that it lies in.", clean)}
	}
	if err := readEntry(clean); err != nil {
		return "", refuse(clean, err)
	}
	return clean, nil
}

// malformed says what is wrong with the text of a path, or nothing.
func malformed(path string) string {
	switch {
	case strings.TrimSpace(path) == "":
		return "Name a folder on the server, such as /srv/films."
	case !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl):
		return "The name of this folder holds characters that cannot be shown. Rename the folder and try again."
	case !filepath.IsAbs(path):
		return "Write the whole path of the folder, from the beginning: /srv/films rather than films."
	case len(path) > maxPath:
		return "This path is longer than the server’s disk allows."
	}
	for name := range strings.SplitSeq(path, string(filepath.Separator)) {
		if len(name) > maxName {
			return "A name in this path is longer than the server’s disk allows."
		}
	}
	return ""
}

// readEntry lists a little of the folder, since permission to see that a folder
// is there is not permission to look inside.
func readEntry(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close() //nolint:errcheck // it was only read
	if _, err := folder.ReadDir(1); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func refuse(path string, err error) *BadFolder {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &BadFolder{fmt.Sprintf("There is no folder %s on the server.", path)}
	case errors.Is(err, fs.ErrPermission):
		return &BadFolder{fmt.Sprintf("Usher may not read %s. Allow it to the system user that Usher runs as.", path)}
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &BadFolder{fmt.Sprintf("%s cannot be read: %v.", path, err)}
}

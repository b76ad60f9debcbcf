package scan

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"usher/media"
)

// printable is a path as it can be shown: it need not be text.
func printable(path string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, strings.ToValidUTF8(path, string(unicode.ReplacementChar)))
}

// unreachable says why a folder of a library cannot be read.
func unreachable(path string, err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Sprintf("There is no folder %s on the server now. Its titles stay as they are. If it lies on a disk that is not connected, connect it.", path)
	}
	return fmt.Sprintf("%s cannot be read. Its titles stay as they are. %s", path, media.WhyUnread(err))
}

// isEmpty says whether there is nothing at all in a folder.
func isEmpty(root *os.Root) (bool, error) {
	folder, err := root.Open(".")
	if err != nil {
		return false, err
	}
	defer folder.Close() //nolint:errcheck // it was only read
	names, err := folder.Readdirnames(1)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return len(names) == 0, err
}

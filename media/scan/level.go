package scan

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"path"
	"strings"

	"usher/store"
)

// readerVersion changes when titles are read in another way than before, so that
// everything is read again.
const readerVersion = 1

// level is a directory on the way from a library's folder down to where the
// walk is.
type level struct {
	path   string
	inode  inode
	above  *level
	beside map[string]store.FoundFile // NFO files and pictures, by their folded names
	told   [sha256.Size]byte          // a hash of these and of those above
}

// note remembers what lies in the directory that can tell about titles in it
// and below.
func (l *level) note(kind store.LibraryKind, found listing) {
	if kind == store.KindPhotos {
		return // pictures tell about themselves
	}
	l.beside = make(map[string]store.FoundFile)
	sum := sha256.New()
	if l.above != nil {
		sum.Write(l.above.told[:])
	}
	for _, file := range found.files {
		if !tells(file.Name) {
			continue
		}
		if folded := strings.ToLower(file.Name); l.beside[folded].Name == "" {
			l.beside[folded] = file
		}
		writeFile(sum, file)
	}
	// What lies loose in the library's folder tells about nothing below.
	if l.above != nil {
		sum.Sum(l.told[:0])
	}
}

// tells says whether a file of this name can be an NFO file or a poster.
func tells(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".nfo", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tbn":
		return true
	}
	return false
}

// signature is a hash of all that decides which titles a directory holds, but
// for what is inside its files.
func (l *level) signature(kind store.LibraryKind, found listing) []byte {
	sum := sha256.New()
	sum.Write([]byte{readerVersion})
	sum.Write([]byte(kind))
	if l.above != nil {
		sum.Write(l.above.told[:])
	}
	for _, file := range found.files {
		writeFile(sum, file)
	}
	return sum.Sum(nil)[:16]
}

// writeFile adds the name, size and time of a file to a hash.
func writeFile(sum hash.Hash, file store.FoundFile) {
	var numbers [16]byte
	binary.BigEndian.PutUint64(numbers[:8], uint64(file.Size))
	binary.BigEndian.PutUint64(numbers[8:], uint64(file.Modified.UnixNano()))
	sum.Write([]byte(file.Name))
	sum.Write([]byte{0})
	sum.Write(numbers[:])
}

// first is the first of these paths below the folder at which a file lies, as it
// is written there.
func (w *walker) first(here *level, paths []string) (at string, file store.FoundFile, found bool) {
	for _, candidate := range paths {
		folder, name := path.Split(candidate)
		folder = strings.TrimSuffix(folder, "/")
		up := here
		for up != nil && up.path != folder {
			up = up.above
		}
		if up == nil {
			continue
		}
		if file, found := up.beside[strings.ToLower(name)]; found {
			return path.Join(folder, file.Name), file, true
		}
	}
	return "", store.FoundFile{}, false
}

package media

import (
	"fmt"
	"path/filepath"
	"strings"

	"usher/store"
)

// Overlap says that two libraries share files on the disk.
type Overlap struct {
	Folder string        // of the library that was asked about
	Other  store.Library // the one that has the files too
	Theirs string        // its folder
}

// Overlaps finds the folders of library that lie in, hold or are folders of
// other libraries among all. It compares paths as they are written and does not
// ask the disk.
func Overlaps(library store.Library, all []store.Library) []Overlap {
	var found []Overlap
	for _, other := range all {
		if other.ID == library.ID {
			continue
		}
		for _, folder := range library.Folders {
			for _, theirs := range other.Folders {
				if within(folder, theirs) || within(theirs, folder) {
					found = append(found, Overlap{Folder: folder, Other: other, Theirs: theirs})
				}
			}
		}
	}
	return found
}

// Sentence explains the overlap to an administrator.
func (o Overlap) Sentence() string {
	switch {
	case o.Folder == o.Theirs:
		return fmt.Sprintf("%s belongs to the library %s too. Whoever may watch either of them sees its files.", o.Folder, o.Other.Name)
	case within(o.Folder, o.Theirs):
		return fmt.Sprintf("%s lies inside %s of the library %s. Whoever may watch %s sees its files too.", o.Folder, o.Theirs, o.Other.Name, o.Other.Name)
	}
	return fmt.Sprintf("%s holds %s of the library %s. Whoever may watch this library sees those files too.", o.Folder, o.Theirs, o.Other.Name)
}

// within says whether path is folder or lies inside of it.
func within(path, folder string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

package media

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"usher/store"
)

// Overlap says that two libraries, or a library and a personal folder, share
// files on the disk.
type Overlap struct {
	Folder string        // of the library that was asked about
	Other  store.Library // the one that has the files too
	Theirs string        // its folder
	Inside bool          // Folder lies inside Theirs
	Around bool          // Theirs lies inside Folder; with Inside, they are one
	Linked bool          // which the paths alone do not tell
}

// Overlaps finds the folders of library that lie in, hold or are folders of
// others among all, seen through symbolic links and mounts.
func Overlaps(library store.Library, all []store.Library) []Overlap {
	var found []Overlap
	var mine []spot
	for _, folder := range library.Folders {
		mine = append(mine, look(folder))
	}
	for _, other := range all {
		if other.ID == library.ID {
			continue
		}
		for _, folder := range other.Folders {
			theirs := look(folder)
			for _, s := range mine {
				o := Overlap{Folder: s.path, Other: other, Theirs: theirs.path, Inside: s.in(theirs), Around: theirs.in(s)}
				o.Linked = !within(s.path, theirs.path) && !within(theirs.path, s.path)
				if o.Inside || o.Around {
					found = append(found, o)
				}
			}
		}
	}
	return found
}

// owner is the other library as a sentence names it: “the library Films”,
// “Elsa’s folder”.
func (o Overlap) owner() string {
	if o.Other.UserID != 0 {
		return o.Other.Name
	}
	return "the library " + o.Other.Name
}

// theirs are those who see the files through the other library.
func (o Overlap) theirs() string {
	if o.Other.UserID != 0 {
		return "Whoever has " + o.Other.Name
	}
	return "Whoever may watch " + o.Other.Name
}

// through says that the paths alone do not tell of it.
func (o Overlap) through() string {
	if !o.Linked {
		return ""
	}
	return ", through a link or a mount"
}

// Sentence explains the overlap to an administrator.
func (o Overlap) Sentence() string {
	switch {
	case o.Inside && o.Around && o.Linked:
		return fmt.Sprintf("%s is the same folder as %s of %s%s. Whoever may watch either of them sees its files.", o.Folder, o.Theirs, o.owner(), o.through())
	case o.Inside && o.Around:
		return fmt.Sprintf("%s belongs to %s too. Whoever may watch either of them sees its files.", o.Folder, o.owner())
	case o.Inside:
		return fmt.Sprintf("%s lies inside %s of %s%s. %s sees its files too.", o.Folder, o.Theirs, o.owner(), o.through(), o.theirs())
	}
	return fmt.Sprintf("%s holds %s of %s%s. Whoever may watch this folder sees those files too.", o.Folder, o.Theirs, o.owner(), o.through())
}

// DataFolder is how a folder lies to the one in which Usher keeps its data.
type DataFolder string

// The ways a folder may lie to the data folder.
const (
	ApartFromData DataFolder = ""
	IsData        DataFolder = "is"
	InsideData    DataFolder = "inside"
	HoldsData     DataFolder = "holds"
)

// PosterFolder is where in the data folder posters are kept.
func PosterFolder(data string) string { return filepath.Join(data, "posters") }

// ToData tells how a folder lies to the data folder, seen through symbolic
// links and mounts. Where posters are kept counts as the data folder itself:
// those of hidden titles are among them.
func ToData(folder, data string) DataFolder {
	f, d := look(folder), look(data)
	switch {
	case f.same(d), f.in(look(PosterFolder(data))):
		return IsData
	case f.in(d):
		return InsideData
	case d.in(f):
		return HoldsData
	}
	return ApartFromData
}

// OpenedInData says whether a file that was opened by its path below a folder of
// a library lies in the data folder or where posters are kept, seen through
// symbolic links and mounts, or is another name of a file right in the data
// folder. Where the library's own folder lies inside the data folder, what is in
// it counts as the library's. It holds as well where the path leads to another
// file by now: that one has not been looked at.
func OpenedInData(opened os.FileInfo, folder, path, data string) bool {
	s := look(filepath.Join(folder, path))
	if len(s.up) == 0 || !os.SameFile(s.up[0], opened) {
		return true
	}
	if stat, ok := opened.Sys().(*syscall.Stat_t); ok && stat.Nlink > 1 && isOneOf(opened, data) {
		return true
	}
	own := []string{PosterFolder(data)}
	if ToData(folder, data) != InsideData {
		own = append(own, data)
	}
	return slices.ContainsFunc(own, func(own string) bool {
		info, err := os.Stat(own)
		return err == nil && slices.ContainsFunc(s.up, func(around os.FileInfo) bool { return os.SameFile(around, info) })
	})
}

// isOneOf says whether a file is one of those right in a folder, by whichever
// name. Of a folder that cannot be read it may be one.
func isOneOf(file os.FileInfo, folder string) bool {
	entries, err := os.ReadDir(folder)
	return err != nil || slices.ContainsFunc(entries, func(entry os.DirEntry) bool {
		info, err := entry.Info()
		return err == nil && os.SameFile(info, file)
	})
}

// Sentence warns an administrator of a folder that lies so; "" where nothing is
// to be said.
func (d DataFolder) Sentence(folder string) string {
	switch d {
	case IsData:
		return fmt.Sprintf("%s is where Usher keeps its own data. Choose another folder.", folder)
	case InsideData:
		return fmt.Sprintf("%s lies inside the folder in which Usher keeps its own data. A folder outside of it is safer: files there may be taken for Usher’s.", folder)
	case HoldsData:
		return fmt.Sprintf("%s holds the folder in which Usher keeps its own data. Scanning goes around that.", folder)
	case ApartFromData:
	}
	return ""
}

package media

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// spot is where on the disk a path leads: through symbolic links, and by
// whatever other name the same folder has, such as that of a bind mount.
type spot struct {
	path string        // as written, in its plainest form
	real string        // without symbolic links, where the disk answers
	up   []os.FileInfo // the folder itself, and those around it
}

// look asks the disk where a path leads. Of one that it does not know, only the
// text is known.
func look(path string) spot {
	s := spot{path: filepath.Clean(path)}
	s.real = s.path
	if target, err := filepath.EvalSymlinks(s.path); err == nil {
		s.real = target
	}
	for at := s.real; ; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil {
			s.up = append(s.up, info)
		} else if at == s.real {
			return s
		}
		if at == filepath.Dir(at) {
			return s
		}
	}
}

// in says whether s is o or lies inside of it.
func (s spot) in(o spot) bool {
	if within(s.path, o.path) || within(s.real, o.real) {
		return true
	}
	return len(o.up) > 0 && slices.ContainsFunc(s.up, func(around os.FileInfo) bool { return os.SameFile(around, o.up[0]) })
}

// same says whether both are one folder.
func (s spot) same(o spot) bool { return s.in(o) && o.in(s) }

// within says whether path is folder or lies inside of it, by their text.
func within(path, folder string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

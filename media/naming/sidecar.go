package naming

import "path"

// sidecars are the NFO files and pictures of a directory, by their names in
// lower case.
type sidecars map[string]string

func sidecarsOf(files []string) sidecars {
	found := make(sidecars)
	for _, file := range files {
		switch _, form := split(file); form {
		case "nfo", "jpg", "jpeg", "png", "webp":
			if lower := lowered(file); found[lower] == "" {
				found[lower] = file
			}
		}
	}
	return found
}

// shelf is a directory in which NFO files and posters may lie.
type shelf struct {
	directory string
	has       sidecars // nil where it is not known what lies there
}

// nfo are the paths of those NFO files of these names, without “.nfo”, that may
// be there.
func (s shelf) nfo(names ...string) []string {
	var paths []string
	for _, name := range names {
		paths = s.add(paths, name+".nfo")
	}
	return paths
}

// posters are the paths of pictures of these names, without what tells the
// format.
func (s shelf) posters(names ...string) []string {
	if s.has != nil && len(s.has) == 0 {
		return nil
	}
	forms := posterForms
	if s.has == nil {
		forms = posterForms[:3] // each is looked up on the disk
	}
	var paths []string
	for _, name := range names {
		for _, form := range forms {
			paths = s.add(paths, name+form)
		}
	}
	return paths
}

func (s shelf) add(paths []string, file string) []string {
	if s.has == nil {
		return append(paths, path.Join(s.directory, file))
	}
	if written, ok := s.has[lowered(file)]; ok {
		return append(paths, path.Join(s.directory, written))
	}
	return paths
}

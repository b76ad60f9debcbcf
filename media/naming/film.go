package naming

import (
	"iter"
	"path"
	"strings"

	"usher/store"
)

// readFilms reads a directory of a library of films.
//
// Several versions of one film (1080p and 2160p, a director's cut) stay titles
// of their own, with the version in the name: they are chosen between by people,
// they may be rated differently, and only parts are played one after the other.
func readFilms(directory string, files []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		media := mediaFiles(store.KindFilms, files)
		if item, ok := readDisc(store.TitleFilm, directory, media); ok {
			yield(item)
			return
		}
		groups := grouped(media, partOfFilm)
		found := make([]heading, len(groups))
		versions := make(map[filmKey]int)
		above := folderOf(directory)
		for i, g := range groups {
			found[i] = above.film(g, len(groups) == 1)
			versions[keyOf(found[i])]++
		}
		at := shelf{directory, sidecarsOf(files)}
		for i, g := range groups {
			name := found[i].name
			if versions[keyOf(found[i])] > 1 && found[i].version != "" {
				name += " – " + found[i].version
			}
			item := Item{
				Kind: store.TitleFilm, Files: g.files, Name: named(name, g.stem), Year: found[i].year,
				NFO: at.filmNFO(g, len(versions) == 1), Posters: at.filmPosters(g, len(versions) == 1),
			}
			if !yield(item) {
				return
			}
		}
	}
}

// filmKey is what two versions of a film have in common.
type filmKey struct {
	name string
	year int
}

func keyOf(h heading) filmKey { return filmKey{strings.ToLower(h.name), h.year} }

// folder is a directory as the folder of a film, with the number of the disc
// where there is a folder for each.
type folder struct {
	heading
	disc string
}

// folderOf reads the name of a directory; "" tells nothing.
func folderOf(directory string) folder {
	if directory == "" {
		return folder{}
	}
	name := readable(path.Base(directory))
	if n := discNumber(name); n > 0 && strings.Contains(directory, "/") {
		above := folderOf(path.Dir(directory))
		above.disc = tidy(name)
		return above
	}
	return folder{heading: readHeading(name, filmStyle, -1)}
}

// film names a film by its file, or by the folder where that knows better.
func (f folder) film(g group, only bool) heading {
	own := readHeading(g.stem, filmStyle, g.end)
	_, label, same := cutName(own.name, f.name)
	switch {
	case f.name == "":
	case own.name == "" || saysNothing(own.name):
		own.name, own.year = f.name, f.year
	case own.year != 0 && own.year != f.year:
	case same && f.year != 0:
		own.name, own.year = f.name, f.year
		if label != "" {
			own.version = label
		}
	case only && own.year == 0 && f.year != 0 && f.firm:
		own.name, own.year = f.name, f.year
	}
	if f.disc != "" {
		own.name += " – " + f.disc
	}
	return own
}

// cutName parts “Name - Label” behind a known name.
func cutName(full, name string) (before, label string, ok bool) {
	if name == "" || len(full) < len(name) || !strings.EqualFold(full[:len(name)], name) {
		return "", "", false
	}
	rest := full[len(name):]
	label, ok = strings.CutPrefix(rest, " - ")
	return full[:len(name)], label, ok || rest == ""
}

// saysNothing holds for names that programs give: movie, title_t00, 00001, and
// the long numbers of those who hide what they send.
func saysNothing(name string) bool {
	plain := strings.ToLower(strings.ReplaceAll(name, " ", ""))
	word := strings.TrimRight(plain, "0123456789")
	digits := len(plain) - len(word)
	switch {
	case emptyNames[word], digits > 0 && (word == "t" || word == "titlet" || word == "track" || word == "vts"):
		return true
	case word == "":
		return digits >= 5
	}
	return len(plain) >= 16 && digitsIn(plain) > 2 && strings.Trim(plain, "0123456789abcdef") == ""
}

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// filmNFO are the NFO files of a film; movie.nfo only where it lies alone.
func (s shelf) filmNFO(g group, alone bool) []string {
	paths := s.nfo(g.ownNames()...)
	if alone {
		paths = append(paths, s.nfo("movie")...)
	}
	return paths
}

// filmPosters are the posters of a film; those without its name only where it
// has a folder of its own.
func (s shelf) filmPosters(g group, alone bool) []string {
	if len(s.has) == 0 {
		return nil
	}
	names := make([]string, 0, 8)
	own := g.ownNames()
	for _, name := range own {
		names = append(names, name+"-poster")
	}
	if alone && s.directory != "" {
		names = append(names, "poster", "movie-poster", "movie", "folder", "cover")
	}
	for _, name := range own {
		names = append(names, name, name+"-cover", name+"-thumb")
	}
	return s.posters(names...)
}

// ownNames are the names of files about this one: that of the first part, and
// the one that the parts have in common.
func (g group) ownNames() []string {
	stem, _ := split(g.file)
	if len(g.files) > 1 && g.end > 0 && g.end < len(stem) && isPlain(stem) {
		return []string{stem, strings.TrimRight(stem[:g.end], separators)}
	}
	return []string{stem}
}

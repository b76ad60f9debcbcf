package naming

import (
	"path"
	"slices"
	"strings"

	"usher/store"
)

// systemFolders are what systems and other media servers keep for themselves:
// Synology, QNAP, Windows, macOS, Linux, Plex, in lower case.
var systemFolders = map[string]bool{
	"@eadir": true, "#recycle": true, "#snapshot": true, "@recycle": true, "@recently-snapshot": true, "@tmp": true, "@sharebin": true,
	"$recycle.bin": true, "recycler": true, "system volume information": true, "found.000": true, "lost+found": true,
	"__macosx": true, "network trash folder": true, "temporary items": true, "plex versions": true,
}

// extraFolders are beside or inside the folder of a film or series; the names
// are those of Plex, Jellyfin and Kodi.
var extraFolders = map[string]bool{
	"sample": true, "samples": true, "trailer": true, "trailers": true, "extras": true, "extra": true, "featurettes": true, "featurette": true,
	"behind the scenes": true, "deleted scenes": true, "interviews": true, "scenes": true, "shorts": true, "clips": true,
	"other": true, "others": true, "bonus": true, "specials": true, "backdrops": true, "theme-music": true, "proof": true,
}

// plainExtras are those of them that are nobody's genre or collection: they are
// left out in the library's own folder too.
var plainExtras = map[string]bool{
	"sample": true, "samples": true, "trailer": true, "trailers": true, "extras": true, "featurettes": true,
	"behind the scenes": true, "deleted scenes": true,
}

// Skip says whether a directory is not looked into at all, by the last element
// of its path below the library's folder: extras, samples, and what systems
// keep for themselves. Those above it were asked about before.
func Skip(kind store.LibraryKind, directory string) bool {
	if directory == "" {
		return false
	}
	name := path.Base(directory)
	if isHidden(name) {
		return true
	}
	name = lowered(name)
	if systemFolders[name] {
		return true
	}
	if !hasExtras(kind) {
		return false
	}
	inside := strings.Contains(directory, "/")
	switch {
	case kind == store.KindSeries && name == "specials": // season 0
		return false
	case kind == store.KindSeries && name == "extras": // there is a series of that name
		return inside
	case inside:
		return extraFolders[name]
	}
	return plainExtras[name]
}

// hasExtras says whether extras lie between the titles of such a library.
func hasExtras(kind store.LibraryKind) bool {
	return kind == store.KindFilms || kind == store.KindSeries
}

// Ignored says whether somebody has put a file beside these that asks media
// programs to pass by: such a directory is left out with all that is in it.
func Ignored(files []string) bool {
	return slices.Contains(files, ".nomedia") || slices.Contains(files, ".ignore")
}

// extraEnds are what the names of extras end with, behind a hyphen; a number
// may follow.
var extraEnds = setOf(`behindthescenes deleted deletedscene featurette interview scene short other extra extras clip`)

// sideEnds end the names of samples and trailers, behind any separator.
var sideEnds = setOf(`sample trailer`)

// isExtra holds for the names of samples, trailers and other extras.
func isExtra(stem string) bool {
	end := strings.TrimRight(lowered(stem), "0123456789 ")
	at := strings.LastIndexAny(end, "-._ ")
	last := end[at+1:]
	if sideEnds[last] || strings.HasPrefix(end, "sample-") || strings.HasPrefix(end, "sample.") {
		return true
	}
	return at > 0 && end[at] == '-' && end[at-1] != ' ' && extraEnds[last]
}

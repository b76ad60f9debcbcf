package naming

import (
	"iter"
	"path"
	"strings"

	"usher/store"
)

// readMusic reads a directory of a library of music. What is told here stands
// behind the tags: it names what has none.
func readMusic(directory string, files []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		media := mediaFiles(store.KindMusic, files)
		if len(media) == 0 {
			return
		}
		at := shelf{directory, sidecarsOf(files)}
		counted := areCounted(media)
		place := recordOf(at, counted)
		for _, file := range media {
			item := place.track(file, counted)
			if !yield(item) {
				return
			}
		}
	}
}

// record is what the folders above a track tell.
type record struct {
	artist, album *Holder // nil where they do not
	disc          int
	at            shelf
}

// recordOf reads Artist/Album, Artist - Album, and a folder of a disc in it. A
// single folder is an album when its tracks are counted, else an artist.
func recordOf(at shelf, counted bool) record {
	r := record{at: at}
	folder := at.directory
	if n := discNumber(readable(path.Base(folder))); n > 0 && strings.Contains(folder, "/") {
		r.disc, folder = n, path.Dir(folder)
	}
	if folder == "" {
		return r
	}
	name := readable(path.Base(folder))
	around := path.Dir(folder)
	artist, album, parted := strings.Cut(name, " - ")
	switch {
	case around != ".":
		above := readable(path.Base(around))
		r.artist = at.artist(above, around)
		if parted && strings.EqualFold(strings.TrimSpace(artist), strings.TrimSpace(above)) {
			name = album
		}
		r.album = at.album(name, folder)
	case parted && yearIn(strings.Trim(artist, "()[] ")) == 0:
		r.artist = at.artist(artist, "")
		r.album = at.album(album, folder)
	case counted || r.disc > 0:
		r.album = at.album(name, folder)
	default:
		r.artist = at.artist(name, folder)
	}
	return r
}

// artist is one with this name, and a folder where that is not "".
func (s shelf) artist(name, folder string) *Holder {
	plain, _ := withoutTags(name)
	plain = tidy(plain)
	switch strings.ToLower(plain) {
	case "va", "various", "various artists", "v.a.", "compilations":
		plain = "Various artists"
	}
	h := &Holder{Name: named(plain, name), Folder: folder}
	if folder != "" {
		in := s.in(folder)
		h.NFO = in.nfo("artist")
		h.Posters = in.posters("artist", "folder", "poster")
	}
	return h
}

// album is one with this name, in this folder: “Album (1999)”, “1999 - Album”,
// “(1999) Album [FLAC]”.
func (s shelf) album(name, folder string) *Holder {
	plain, _ := withoutTags(name)
	h := &Holder{Folder: folder}
	for _, word := range tokens(plain) {
		if at := bracketedYear(plain, word); at.year != 0 {
			h.Year = at.year
			plain = strings.TrimRight(plain[:at.start], " ") + " " + strings.TrimLeft(plain[at.end:], " ")
			break
		}
	}
	if year, rest, ok := strings.Cut(plain, " - "); ok && h.Year == 0 && yearIn(year) != 0 {
		h.Year, plain = yearIn(year), rest
	}
	h.Name = named(withoutSound(tidy(plain)), name)
	in := s.in(folder)
	h.NFO = in.nfo("album")
	h.Posters = in.posters("cover", "folder", "front", "album", "poster")
	if s.directory != folder {
		h.Posters = append(h.Posters, s.posters("cover", "folder", "front")...)
	}
	return h
}

// withoutSound takes “(FLAC)” and its like from the end of an album's name.
func withoutSound(name string) string {
	open := strings.LastIndexByte(name, '(')
	if open <= 0 || !strings.HasSuffix(name, ")") {
		return name
	}
	if words := tokens(name[open:]); len(words) > 0 && releaseWords[words[0].word] {
		return strings.TrimRight(name[:open], " ")
	}
	return name
}

// areCounted says whether the tracks of a folder begin with their numbers: one
// with a zero before, or all.
func areCounted(media []mediaFile) bool {
	all := len(media) > 1
	for _, file := range media {
		first := file.stem
		if first == "" || !isDigit(first[0]) {
			all = false
			continue
		}
		if len(first) > 2 && first[0] == '0' && isDigit(first[1]) {
			return true
		}
	}
	return all
}

// track makes a title of a file.
func (r record) track(file mediaFile, counted bool) Item {
	item := Item{Kind: store.TitleTrack, Files: []string{file.file}, Artist: r.artist, Album: r.album, Disc: r.disc}
	stem := file.stem
	if !strings.Contains(stem, " ") {
		stem = strings.ReplaceAll(stem, "_", " ")
	}
	name := stem
	if disc, track, rest, ok := leadingTrack(stem, counted); ok {
		item.Track, name = track, rest
		if disc > 0 {
			item.Disc = disc
		}
	} else if pieces := strings.Split(stem, " - "); len(pieces) < 10 {
		// Artist - 01 - Track, Artist - Album - 01 - Track
		for i := 1; i+1 < len(pieces); i++ {
			if isNumber(pieces[i]) && len(pieces[i]) <= 3 {
				item.Track, name = number(pieces[i]), strings.Join(pieces[i+1:], " - ")
				break
			}
		}
	}
	artist, own, parted := strings.Cut(name, " - ")
	switch {
	case parted && r.artist == nil && r.album == nil:
		item.Artist, name = r.at.artist(artist, ""), own
	case parted && r.artist != nil && strings.EqualFold(tidy(artist), r.artist.Name):
		name = own
	}
	item.Name = named(tidy(name), file.stem)
	stemOnDisk, _ := split(file.file)
	item.Posters = r.at.posters(stemOnDisk)
	return item
}

// leadingTrack reads “01 - Track”, “01. Track”, “1-02 Track” and, where tracks are
// counted or a zero says so, “01 Track”.
func leadingTrack(stem string, counted bool) (disc, track int, name string, ok bool) {
	track, end := digitsAt(stem, 0, 3)
	if track < 0 {
		return 0, 0, "", false
	}
	if end < len(stem) && stem[end] == '-' {
		if second, after := digitsAt(stem, end+1, 2); second >= 0 && after-end == 3 {
			disc, track, end = track, second, after
		}
	}
	rest := strings.TrimLeft(stem[end:], " ")
	marked := rest != "" && strings.IndexByte("-._)", rest[0]) >= 0
	switch {
	case rest == "":
		return disc, track, "Track " + stem[:end], counted || disc > 0
	case len(rest) == len(stem[end:]) && !marked: // “7th Heaven”
		return 0, 0, "", false
	case !marked && !counted && disc == 0 && stem[0] != '0': // “99 Balloons”
		return 0, 0, "", false
	}
	return disc, track, rest, true
}

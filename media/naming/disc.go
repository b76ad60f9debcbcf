package naming

import (
	"path"
	"strings"

	"usher/store"
)

// readDisc reads a directory that is the inside of a DVD or Blu-ray as one
// title, named by the folder around it.
//
// On a DVD the film is the set of titles with the most files, since each holds
// a gibibyte at most (VTS_02_1.VOB, VTS_02_2.VOB…); the menus (…_0.VOB) are left
// out. The names of a Blu-ray's streams do not say which is the film, so all of
// them belong to the title, in their order.
func readDisc(kind store.TitleKind, directory string, media []mediaFile) (Item, bool) {
	var files []string
	around := directory
	switch base := lowered(path.Base(directory)); {
	case base == "stream" && lowered(path.Base(path.Dir(directory))) == "bdmv":
		around = path.Dir(path.Dir(directory))
		for _, file := range media {
			files = append(files, file.file)
		}
	case base == "video_ts":
		around = path.Dir(directory)
		files = titleSet(media)
	default:
		files = titleSet(media)
	}
	if len(files) == 0 {
		return Item{}, false
	}
	if around == "." {
		around = ""
	}
	above := folderOf(around)
	name := above.name
	if name != "" && above.disc != "" {
		name += " – " + above.disc
	}
	outside := shelf{directory: around}
	return Item{
		Kind: kind, Files: files, Name: named(name, readable(path.Base(around))), Year: above.year,
		NFO:     append(outside.nfo("movie"), shelf{directory: directory}.nfo("VIDEO_TS", "index")...),
		Posters: outside.posters("poster", "folder", "cover"),
	}, true
}

// titleSet is the longest set of VTS_xx_y.VOB files, the first of several as
// long; nil when there are other media files beside them.
func titleSet(media []mediaFile) []string {
	sets := make(map[string][]string)
	var best string
	for _, file := range media {
		name := lowered(file.stem)
		if file.form == "iso" || !strings.HasPrefix(name, "vts_") && name != "video_ts" {
			return nil
		}
		set, part, ok := strings.Cut(strings.TrimPrefix(name, "vts_"), "_")
		if !ok || part == "0" || part == "ts" {
			continue
		}
		sets[set] = append(sets[set], file.file)
		if n := len(sets[set]) - len(sets[best]); best == "" || n > 0 || n == 0 && set < best {
			best = set
		}
	}
	return sets[best]
}

// discNumber is the number of a folder that holds one of several discs: “CD1”,
// “Disc 2”, “Disc 2 - Live”; 0 for any other.
func discNumber(name string) int {
	words := tokens(name)
	if len(words) == 0 {
		return 0
	}
	word := strings.TrimRight(words[0].word, "0123456789")
	digits := words[0].word[len(word):]
	if !discWords[word] || words[0].start > 0 {
		return 0
	}
	end := words[0].end
	if digits == "" && len(words) > 1 {
		digits, end = words[1].word, words[1].end
	}
	rest := strings.TrimLeft(name[end:], " ")
	if !isNumber(digits) || len(digits) > 2 || rest != "" && strings.IndexByte("-:([", rest[0]) < 0 {
		return 0
	}
	return number(digits)
}

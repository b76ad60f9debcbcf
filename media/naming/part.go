package naming

import (
	"slices"
	"strings"
)

// mediaFile is a file of the library's kind.
type mediaFile struct {
	file string // as it is on the disk
	stem string // as text, without what tells the format
	form string // what tells the format, in lower case
}

// group is what makes one title: a file, or several parts of one.
type group struct {
	mediaFile          // the first
	files     []string // all
	end       int      // where the number of the part begins in stem; -1 when there is none
}

// partAt is the place of “cd1” and its like in a name.
type partAt struct {
	start, end, number int
	word               string
}

// findPart is the last “cd1”, “Part 2”, “pt.3” or “disc-1” of a name.
func findPart(words []token) (partAt, bool) {
	for i := len(words) - 1; i >= 0; i-- {
		word := words[i].word
		prefix := strings.TrimRight(word, "0123456789")
		digits := word[len(prefix):]
		if digits == "" || len(digits) > 2 {
			continue
		}
		if partWords[prefix] {
			return partAt{words[i].start, words[i].end, number(digits), prefix}, true
		}
		if prefix == "" && i > 0 && partWords[words[i-1].word] && words[i].start-words[i-1].end <= 3 {
			return partAt{words[i-1].start, words[i].end, number(digits), words[i-1].word}, true
		}
	}
	return partAt{}, false
}

// partOfFilm says whether a part is one of a film's files. A “Part 2” before the
// year belongs to the name: such a film has a year of its own.
func partOfFilm(stem string, words []token, at partAt) bool {
	return at.isDisc() || findYear(stem, words, firstRelease(words), filmStyle).start <= at.start
}

// isDisc holds for “cd1”, which is never a part of a name, unlike “Part 1”.
func (p partAt) isDisc() bool { return p.word != "part" && p.word != "pt" }

// member is a file that may be one of several parts.
type member struct{ index, number, start int }

// grouped puts the parts of one title together. Parts are files whose names
// differ in nothing but the number, and which have a first among them.
func grouped(files []mediaFile, isPart func(stem string, words []token, at partAt) bool) []group {
	groups := make([]group, len(files))
	parts := make(map[string][]member)
	for i, file := range files {
		groups[i] = group{mediaFile: file, files: []string{file.file}, end: -1}
		words := tokens(file.stem)
		at, ok := findPart(words)
		if !ok || !isPart(file.stem, words, at) {
			continue
		}
		if at.isDisc() {
			groups[i].end = at.start
		}
		before := strings.TrimRight(file.stem[:at.start], separators)
		key := lowered(before + "\x00" + at.word + file.stem[at.end:] + "\x00" + file.form)
		parts[key] = append(parts[key], member{i, at.number, at.start})
	}
	for _, members := range parts {
		join(groups, members)
	}
	return slices.DeleteFunc(groups, func(g group) bool { return g.files == nil })
}

// join makes one group of members, if their numbers are those of parts.
func join(groups []group, members []member) {
	slices.SortStableFunc(members, func(a, b member) int { return a.number - b.number })
	for i := 1; i < len(members); i++ {
		if members[i].number == members[i-1].number {
			return
		}
	}
	if len(members) < 2 || members[0].number > 1 {
		return
	}
	first := &groups[members[0].index]
	first.end = members[0].start
	for _, m := range members[1:] {
		first.files = append(first.files, groups[m.index].files...)
		groups[m.index].files = nil
	}
}

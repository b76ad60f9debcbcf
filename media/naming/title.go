package naming

import (
	"strings"
)

// heading is what a name tells when it is read as “Name (Year) - what else”.
type heading struct {
	name    string // "" when nothing is left
	year    int
	firm    bool   // the year stands in brackets, or before release words
	version string // what tells this version from others: “Director’s Cut”, “2160p”
}

// style says how freely a year may stand in a name.
type style int

const (
	filmStyle   style = iota // a bare year behind the name is one
	seriesStyle              // so only where dots stand for spaces: “Space 1999” is a name
)

// readHeading reads a name. What begins at limit, where that is not negative,
// belongs to neither name nor year.
func readHeading(text string, as style, limit int) heading {
	if limit < 0 {
		limit = len(text)
	}
	plain, edition := withoutTags(text)
	words := tokens(plain)
	release := firstRelease(words)
	found := findYear(plain, words, release, as)

	end := limit
	if release < len(words) && words[release].start > 0 {
		end = min(end, words[release].start)
	}
	h := heading{year: found.year, firm: found.firm || found.year != 0 && release < len(words)}
	switch {
	case found.year == 0:
	case strings.Trim(plain[:found.start], separators) == "":
		h.name = withoutLoose(tidy(plain[min(found.end, end):end]), end < limit)
	default:
		end = min(end, found.start)
	}
	if h.name == "" {
		h.name = withoutLoose(tidy(plain[:end]), found.year == 0 && end < limit)
	}
	if plain != text && !strings.ContainsFunc(h.name, isLetter) {
		if whole := inBrackets(text, found); whole != "" {
			h.name = whole
		}
	}
	h.version = versionOf(plain, words, found, edition)
	return h
}

func isLetter(r rune) bool { return r >= 0x80 || isWordByte(byte(r)) && !isDigit(byte(r)) }

// inBrackets is a name that itself stands in brackets: “[REC] (2007)”, “[REC] 2”.
func inBrackets(text string, found yearAt) string {
	end := len(text)
	if found.year != 0 {
		end = found.start
	}
	first, rest, ok := strings.Cut(text[:end], "]")
	if !ok || !strings.HasPrefix(first, "[") || len(first) > 40 {
		return ""
	}
	return strings.TrimSpace(first + "]" + strings.TrimRight(rest, separators+"–"))
}

// firstRelease is the index of the first release word behind the first word, or
// of the first word when nothing but release words follow; len(words) for none.
func firstRelease(words []token) int {
	for i := range words {
		if releaseAt(words, i) && (i > 0 || words[i].end-words[i].start >= 4) {
			return i
		}
	}
	return len(words)
}

// yearAt is a year in a name, with the brackets around it.
type yearAt struct {
	year, start, end int
	firm             bool // in brackets
}

// findYear is the last year in round brackets, else the last bare one that may
// be a year.
func findYear(s string, words []token, release int, as style) yearAt {
	for i := len(words) - 1; i >= 0; i-- {
		if at := bracketedYear(s, words[i]); at.year != 0 {
			return at
		}
	}
	if as == seriesStyle && strings.Contains(s, " ") {
		return yearAt{}
	}
	for i := min(release, len(words)) - 1; i > 0; i-- {
		year := yearIn(words[i].word)
		if year != 0 && (as == seriesStyle && i == len(words)-1 || as == filmStyle && endsName(s, words, i, release)) {
			return yearAt{year: year, start: words[i].start, end: words[i].end}
		}
	}
	if as == filmStyle && len(words) > 1 && strings.HasPrefix(s[words[0].end:], " - ") && release > 1 {
		if year := yearIn(words[0].word); year != 0 && !looseAt(words, 1) {
			return yearAt{year: year, start: words[0].start, end: words[0].end}
		}
	}
	return yearAt{}
}

// bracketedYear reads “(1999)”, “(2005-2010)” and “(2005-)”.
func bracketedYear(s string, word token) yearAt {
	if word.start == 0 || s[word.start-1] != '(' {
		return yearAt{}
	}
	n := strings.IndexByte(s[word.start:min(len(s), word.start+20)], ')')
	if n < 0 {
		return yearAt{}
	}
	year := yearIn(s[word.start : word.start+n])
	return yearAt{year: year, start: word.start - 1, end: word.start + n + 1, firm: true}
}

// endsName says whether the name may end before word i, a bare year: nothing
// follows, or a release word, or what is set apart. With dots for spaces
// anything may follow, since people who write a sentence use spaces.
func endsName(s string, words []token, i, release int) bool {
	if i == len(words)-1 || release < len(words) || !strings.Contains(s, " ") || looseAt(words, i+1) {
		return true
	}
	between := s[words[i].end:words[i+1].start]
	return strings.ContainsAny(between, "-([{") || partWords[words[i+1].word]
}

// withoutLoose takes words such as PROPER from the end of a name: those in
// capitals, and any when a release word followed.
func withoutLoose(name string, released bool) string {
	for {
		at := strings.LastIndexByte(name, ' ')
		if at < 0 {
			return name
		}
		last := strings.Trim(name[at+1:], separators)
		if !looseWords[strings.ToLower(last)] || !released && !shouts(last, name) {
			return name
		}
		name = strings.TrimRight(name[:at], " -–")
	}
}

// shouts says whether a word is in capitals as releases write them, in a name
// that is not all so. “3D” may well belong to the name.
func shouts(word, name string) bool {
	return word == strings.ToUpper(word) && name != strings.ToUpper(name) && (len(word) > 2 || word == "4K" || word == "8K")
}

// versionOf is what follows “Name (Year) - ”, or the edition of a tag, or the
// words that versions are told apart by.
func versionOf(plain string, words []token, found yearAt, edition string) string {
	if edition != "" {
		return edition
	}
	if found.firm {
		if label, ok := strings.CutPrefix(strings.TrimLeft(plain[found.end:], " "), "- "); ok {
			return tidy(label)
		}
	}
	var told []string
	for i := range words {
		word := words[i].word
		if _, known := editions[word]; !known && i+1 < len(words) {
			word += words[i+1].word
		}
		if shown, ok := editions[word]; ok && i > 0 && words[i].start >= found.end && len(told) < 4 {
			told = append(told, shown)
		}
	}
	return strings.Join(told, " ")
}

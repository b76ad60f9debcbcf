package naming

import "strings"

// token is a word of a name: what stands between separators.
type token struct {
	start, end int
	word       string // in lower case
}

// separators stand between the words of a name.
const separators = " ._-()[]{},+~&#"

// isSeparator is the same as a table.
var isSeparator = func() (table [256]bool) {
	for i := range len(separators) {
		table[separators[i]] = true
	}
	return table
}()

// maxTokens bounds the words that are looked at.
const maxTokens = 200

// tokens are the words of s, in order.
func tokens(s string) []token {
	lower := strings.ToLower(s)
	if len(lower) != len(s) { // some letter is longer in lower case
		lower = lowered(s)
	}
	list := make([]token, 0, 16)
	for i := 0; i < len(s) && len(list) < maxTokens; {
		if isSeparator[s[i]] {
			i++
			continue
		}
		start := i
		for i < len(s) && !isSeparator[s[i]] {
			i++
		}
		list = append(list, token{start, i, lower[start:i]})
	}
	return list
}

// releaseAt says whether a release word begins with token i, which may be the
// first of two pieces, joined by one separator.
func releaseAt(list []token, i int) bool {
	if releaseWords[list[i].word] {
		return true
	}
	return i+1 < len(list) && list[i+1].start == list[i].end+1 && hasJoined(releaseWords, list[i].word, list[i+1].word)
}

// longestPair is more than any word in two pieces has, in bytes.
const longestPair = 16

// hasJoined says whether two pieces are a word of the set when joined.
func hasJoined(set wordSet, a, b string) bool {
	if len(a)+len(b) > longestPair {
		return false
	}
	var joined [longestPair]byte
	n := copy(joined[copy(joined[:], a):], b) + len(a)
	return set[string(joined[:n])]
}

// looseAt says whether token i is a word that releases are told apart by.
func looseAt(list []token, i int) bool { return looseWords[list[i].word] || releaseAt(list, i) }

// withoutTags is s with everything in square and curly brackets blotted out, at
// the same places, and the edition that a tag names: [Group], {edition-…},
// [imdbid-tt…]. A year in brackets stays, in round ones.
func withoutTags(s string) (rest, edition string) {
	if !strings.ContainsAny(s, "[{") {
		return s, ""
	}
	blot := byte('.')
	if strings.Contains(s, " ") {
		blot = ' '
	}
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		closing := byte(']')
		switch b[i] {
		case '[':
		case '{':
			closing = '}'
		default:
			continue
		}
		n := strings.IndexByte(s[i:], closing)
		if n < 0 {
			break
		}
		inner := s[i+1 : i+n]
		if yearIn(inner) != 0 {
			b[i], b[i+n] = '(', ')'
		} else {
			for j := i; j <= i+n; j++ {
				b[j] = blot
			}
		}
		if _, name, ok := strings.Cut(inner, "edition-"); ok {
			edition = strings.TrimSpace(name)
		}
		i += n
	}
	return string(b), edition
}

// Years that a name can tell. No film is older, and a later number is more
// likely a part of the name (2049, 2067).
const (
	firstYear = 1880
	lastYear  = 2040
)

// yearIn is the year that s is, alone or as the beginning of a range, or 0.
func yearIn(s string) int {
	if len(s) < 4 || !isNumber(s[:4]) {
		return 0
	}
	year := number(s[:4])
	if year < firstYear || year > lastYear {
		return 0
	}
	switch rest := strings.TrimLeft(s[4:], "-– "); {
	case s[4:] == "", rest == "" && len(s) < 9, len(rest) == 4 && len(s) < 12 && rest != s[4:] && isNumber(rest):
		return year
	}
	return 0
}

package naming

import "strings"

// marker is where a name tells the numbers of an episode.
type marker struct {
	start, end            int
	season, first, number int // number is the last; a season of noSeason is not told
}

// findEpisode reads S02E03-E04, s01e02e03, S01E01-03, Season 1 Episode 2, 1x02
// and Episode 12, whichever stands in a name.
func findEpisode(s string) (marker, bool) {
	lower := lowered(s)
	if m, ok := findCode(lower); ok {
		return m, true
	}
	words := tokens(lower)
	if m, ok := findWords(words); ok {
		return m, true
	}
	return findCross(lower)
}

// findCode reads S02E03 and what may follow it.
func findCode(s string) (marker, bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != 's' {
			continue
		}
		season, at := digitsAt(s, i+1, 4)
		if season < 0 {
			continue
		}
		joined := at < len(s) && s[at] == 'e'
		if i > 0 && isWordByte(s[i-1]) && !(joined && at == i+3) {
			continue
		}
		episode, end := episodeAt(s, skipSeparators(s, at, " ._-x"))
		if episode < 0 {
			continue
		}
		m := marker{start: i, end: end, season: season, first: episode, number: episode}
		m.extend(s)
		if m.end < len(s) && s[m.end] >= 'a' && s[m.end] <= 'd' && (m.end+1 == len(s) || !isWordByte(s[m.end+1])) {
			m.end++ // one half of an episode: S01E01a
		}
		return m, true
	}
	return marker{}, false
}

// episodeAt reads e03, ep03 and e.03 at a place; -1 when it is none.
func episodeAt(s string, i int) (episode, end int) {
	if i >= len(s) || s[i] != 'e' {
		return -1, i
	}
	i++
	if i < len(s) && s[i] == 'p' {
		i++
	}
	return digitsAt(s, skipSeparators(s, i, " ._"), 4)
}

// extend reads the numbers of further episodes in the same file.
func (m *marker) extend(s string) {
	for {
		i := skipSeparators(s, m.end, " ._-&")
		if i < len(s) && s[i] == 's' {
			if season, at := digitsAt(s, i+1, 4); season == m.season {
				i = at
			}
		}
		if episode, end := episodeAt(s, i); episode > m.number && episode < m.number+100 {
			m.number, m.end = episode, end
			continue
		}
		if m.end < len(s) && s[m.end] == '-' {
			m.extendBare(s, m.end+1)
		}
		return
	}
}

// extendBare reads the 03 of S01E01-03, if it can be nothing else: not the start
// of a name, and not 720p.
func (m *marker) extendBare(s string, i int) {
	episode, end := digitsAt(s, i, 3)
	if episode > m.number && episode < m.number+100 && (end == len(s) || !isWordByte(s[end])) {
		m.number, m.end = episode, end
	}
}

// findCross reads 1x02, 1x02-03 and 1x02x03.
func findCross(s string) (marker, bool) {
	for i := 1; i < len(s); i++ {
		if s[i] != 'x' || !isDigit(s[i-1]) {
			continue
		}
		start := i - 1
		if start > 0 && isDigit(s[start-1]) {
			start--
		}
		episode, end := digitsAt(s, i+1, 3)
		if start > 0 && isWordByte(s[start-1]) || episode < 0 || end-i < 3 || end < len(s) && isWordByte(s[end]) && s[end] != 'x' && s[end] != 'v' {
			continue
		}
		m := marker{start: start, end: end, season: number(s[start:i]), first: episode, number: episode}
		for m.end < len(s) && (s[m.end] == 'x' || s[m.end] == '-') {
			next := m.end + 1
			if again := s[start : i+1]; strings.HasPrefix(s[next:], again) {
				next += len(again)
			}
			before := m.number
			if m.extendBare(s, next); m.number == before {
				break
			}
		}
		return m, true
	}
	return marker{}, false
}

// findWords reads “Season 1 Episode 2”, “Staffel 1 Folge 2” and “Episode 12”.
func findWords(words []token) (marker, bool) {
	m := marker{season: noSeason}
	season := -1
	for i := range words {
		if n, last := numbered(words, i, seasonWords); n >= 0 {
			m.season, m.start, season = n, words[i].start, last
			continue
		}
		n, last := numbered(words, i, episodeWords)
		if n < 0 {
			continue
		}
		if season < 0 || i > season+1 {
			m.season, m.start = noSeason, words[i].start
		}
		m.end, m.first, m.number = words[last].end, n, n
		return m, true
	}
	return marker{}, false
}

// numbered is the number behind one of these words, joined to it or the next
// word, and where that is; -1 for none. A lone “e” has its number joined.
func numbered(words []token, i int, names wordSet) (n, last int) {
	word := strings.TrimRight(words[i].word, "0123456789")
	if !names[word] {
		return -1, i
	}
	digits, last := words[i].word[len(word):], i
	if digits == "" && i+1 < len(words) && word != "e" {
		digits, last = words[i+1].word, i+1
	}
	if !isNumber(digits) || len(digits) > 4 || word == "e" && len(digits) < 2 {
		return -1, i
	}
	return number(digits), last
}

// digitsAt reads a number of at most so many digits that begins at i and ends
// there too; -1 for none.
func digitsAt(s string, i, most int) (n, end int) {
	end = i
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	if end <= i || end-i > most {
		return -1, i
	}
	return number(s[i:end]), end
}

// skipSeparators is where what follows at most three separators begins.
func skipSeparators(s string, i int, among string) int {
	for n := 0; n < 3 && i < len(s) && strings.IndexByte(among, s[i]) >= 0; n++ {
		i++
	}
	return i
}

// findCounted reads the number of an episode that stands alone: behind a hyphen
// (Show - 012), at the start (01 - Pilot), or at the end (Show 12). All else is
// a name.
func findCounted(s string, words []token) (marker, bool) {
	release := len(words)
	for i := range words {
		if releaseAt(words, i) {
			release = i
			break
		}
	}
	best := -1
	for i := release - 1; i >= 0; i-- {
		before := ""
		if i > 0 {
			before = s[words[i-1].end:words[i].start]
		}
		dashed := strings.Contains(before, "-") && strings.Trim(before, "-") != "" || strings.Contains(before, "#")
		switch {
		case !counts(words[i].word), strings.Contains(before, "("):
		case i == 0, i == 1 && innerWords[words[0].word], dashed, i == release-1 && best < 0 && before != "-":
			best = i
		}
	}
	if best < 0 {
		return marker{}, false
	}
	digits, _, _ := strings.Cut(words[best].word, "v")
	n := number(digits)
	m := marker{start: words[best].start, end: words[best].end, season: noSeason, first: n, number: n}
	if best > 1 {
		if season, ok := strings.CutPrefix(words[best-1].word, "s"); ok && isNumber(season) && len(season) <= 2 { // “Show S2 - 05”
			m.season, m.start = number(season), words[best-1].start
		}
	}
	if m.end < len(s) && s[m.end] == '-' {
		m.extendBare(s, m.end+1)
	}
	return m, true
}

// counts holds for 12, 012 and 12v2, not for years.
func counts(word string) bool {
	digits, version, _ := strings.Cut(word, "v")
	return isNumber(digits) && len(digits) <= 4 && (version == "" && digits == word || isNumber(version)) && (len(digits) < 4 || yearIn(digits) < 1950)
}

package naming

import (
	"fmt"
	"strings"
)

// name is what follows the numbers of an episode, or what stands for a name.
func (t told) name(g group, item Item) string {
	name := t.rest
	if t.rest == "" {
		name = t.after
		if isGroup(name) {
			name = ""
		}
	}
	end := len(name)
	if g.end >= 0 {
		end = max(min(end, end-(len(g.stem)-g.end)), 0)
	}
	name = episodeHeading(name[:end])
	switch {
	case name != "":
		return named(name)
	case t.dated:
		return t.date.words()
	case item.LastNumber > item.Number:
		return fmt.Sprintf("Episodes %d–%d", item.Number, item.LastNumber)
	case item.Number > 0 || item.Season >= 0 && t.rest == "":
		return fmt.Sprintf("Episode %d", item.Number)
	}
	return named(tidy(g.stem), g.stem)
}

// episodeHeading is the name of an episode: up to the first release word, which
// may come at once, and without words such as PROPER at its end.
func episodeHeading(s string) string {
	plain, _ := withoutTags(s)
	words := tokens(plain)
	end := len(plain)
	for i := range words {
		if releaseAt(words, i) {
			end = words[i].start
			break
		}
	}
	name := withoutLoose(tidy(plain[:end]), end < len(plain))
	if last := strings.ToLower(name); looseWords[last] && (end < len(plain) || name == strings.ToUpper(name)) {
		return ""
	}
	if strings.HasSuffix(name, ")") {
		if open := strings.LastIndexByte(name, '('); open > 0 && yearIn(name[open+1:len(name)-1]) != 0 {
			name = strings.TrimRight(name[:open], " ")
		}
	}
	return name
}

// isGroup holds for what a release ends with: “-GRP” and nothing else.
func isGroup(after string) bool {
	group, ok := strings.CutPrefix(after, "-")
	return ok && group != "" && !strings.ContainsAny(group, separators) && group == strings.ToUpper(group)
}

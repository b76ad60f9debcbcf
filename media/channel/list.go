package channel

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"usher/media/plain"
	"usher/store"
)

// The bounds of one line of a list, in bytes.
const (
	maxLine       = 16 << 10
	maxAttributes = 64
)

// What marks lines of a list. The first two are as of old (Winamp), the others
// as Kodi and VLC write them.
const (
	markList  = "#EXTM3U"
	markEntry = "#EXTINF:"
	markGroup = "#EXTGRP:"
	markName  = "#PLAYLIST:"
	markHLS   = "#EXT-X-" // RFC 8216, section 4.3: what is no list of stations but one stream
)

// list reads an M3U list line by line. The library for it that is alive fetches
// what it reads by itself, from the disk as well.
type list struct {
	base *url.URL
	read store.ReadChannel

	marked bool            // it says that it is a list
	next   listed          // what was said of the next address
	groups []string        // as the last #EXTGRP said, for all until the next one
	tagged map[string]bool // ids that were met
}

// listed is what stands before an address.
type listed struct {
	name       string
	length     time.Duration
	timed      bool // the length was given
	attributes map[string]string
	groups     []string
}

func readList(text string, base *url.URL) (store.ReadChannel, error) {
	l := list{base: base, read: store.ReadChannel{Format: store.FormatList}}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, markHLS):
			return l.oneStream(), nil
		case len(line) > maxLine:
			l.read.Skipped++
			l.next = listed{}
		case strings.HasPrefix(line, "#"):
			l.mark(line)
		default:
			l.add(line)
		}
	}
	if !l.marked && len(l.read.Entries) == 0 {
		return l.read, errNeither
	}
	return l.read, nil
}

// oneStream is a source that is no list of stations but a stream itself.
func (l *list) oneStream() store.ReadChannel {
	address := l.base.String()
	entry := store.FoundEntry{Name: nameOf(address, l.read.Title), Address: address, MediaType: mediaTypes[".m3u8"], Live: true}
	return store.ReadChannel{Format: store.FormatList, Title: l.read.Title, Entries: []store.FoundEntry{entry}}
}

// mark takes a line that says something about the list or the next address.
func (l *list) mark(line string) {
	switch upper := strings.ToUpper(clipped(line, len(markName))); {
	case strings.HasPrefix(upper, markList):
		l.marked = true
	case strings.HasPrefix(upper, markEntry):
		l.marked = true
		groups := l.next.groups
		l.next = readInfo(line[len(markEntry):])
		l.next.groups = groups
	case strings.HasPrefix(upper, markGroup):
		l.groups = strings.Split(line[len(markGroup):], ";")
		l.next.groups = l.groups
	case strings.HasPrefix(upper, markName):
		l.read.Title = nameOf("", line[len(markName):])
	}
}

// readInfo reads what comes after #EXTINF: the length in seconds, attributes, a
// comma and the name.
func readInfo(info string) (next listed) {
	length, rest := info, ""
	if at := strings.IndexAny(info, " \t,"); at >= 0 {
		length, rest = info[:at], info[at:]
	}
	if seconds, err := strconv.ParseFloat(strings.TrimSpace(length), 64); err == nil {
		next.timed = true
		next.length = lengthOf(seconds)
	}
	next.attributes = make(map[string]string)
	for range maxAttributes {
		rest = strings.TrimLeft(rest, " \t")
		key, after, found := strings.Cut(rest, "=")
		if !found || strings.ContainsAny(key, " \t,\"") {
			break
		}
		value, tail := attributeValue(after)
		next.attributes[strings.ToLower(key)], rest = value, tail
	}
	if _, name, found := strings.Cut(rest, ","); found {
		next.name = name
	} else {
		next.name = rest
	}
	return next
}

// attributeValue is a value, within quotes or up to the next space or comma, and
// what comes after it.
func attributeValue(text string) (value, rest string) {
	if quoted, found := strings.CutPrefix(text, `"`); found {
		value, rest, _ = strings.Cut(quoted, `"`)
		return value, rest
	}
	at := strings.IndexAny(text, " \t,")
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at:]
}

// lengthOf is a length in seconds; 0 for what has none, or none that can be.
func lengthOf(seconds float64) time.Duration {
	const most = 1000 * time.Hour
	if !(seconds > 0 && seconds <= most.Seconds()) {
		return 0
	}
	return time.Duration(seconds * float64(time.Second))
}

// add takes an address, with what was said before it.
func (l *list) add(line string) {
	next := l.next
	l.next = listed{}
	line, _, _ = strings.Cut(line, "|") // after which Kodi says how to ask
	address := resolve(l.base, line)
	if address == "" || !l.marked && !strings.Contains(line, "://") || len(l.read.Entries) == store.MaxEntries {
		l.read.Skipped++
		return
	}
	entry := store.FoundEntry{
		ID: l.id(next.attributes["tvg-id"]), Name: nameOf(address, next.name, next.attributes["tvg-name"]), Address: address, MediaType: mediaType(address),
		Live: next.length == 0 && (next.timed || l.marked), Length: next.length, Groups: l.groupsOf(next), Rating: ratingOf(next.attributes),
	}
	if entry.Name == "" {
		l.read.Skipped++
		return
	}
	l.read.Entries = append(l.read.Entries, entry)
}

// id is what an entry says that it is known by. Lists give the same to several;
// these are known by their names.
func (l *list) id(said string) string {
	said = clipped(plain.Line(said), store.MaxTitleName)
	if said == "" || l.tagged[said] {
		return ""
	}
	if l.tagged == nil {
		l.tagged = make(map[string]bool)
	}
	l.tagged[said] = true
	return said
}

// groupsOf are the groups of an entry: its own, else those of the part of the
// list that it stands in.
func (l *list) groupsOf(next listed) []string {
	own := next.groups
	if title := next.attributes["group-title"]; title != "" {
		own = append(strings.Split(title, ";"), own...)
	}
	if own == nil {
		own = l.groups
	}
	return groupsFrom(own)
}

// groupsFrom are the groups that say something, few enough.
func groupsFrom(names []string) []string {
	var groups []string
	for _, name := range names {
		name = clipped(plain.Line(name), store.MaxLabel)
		if name != "" && len(groups) < store.MaxEntryGroups && !slices.Contains(groups, name) {
			groups = append(groups, name)
		}
	}
	return groups
}

// adults is the rating of what is for adults only.
const adults = "18+"

// ratingOf is the rating that the attributes give. A plain “rating” is what
// viewers thought of it.
func ratingOf(attributes map[string]string) string {
	for _, name := range []string{"tvg-rating", "content-rating", "age-rating"} {
		if rating := plain.Line(attributes[name]); rating != "" {
			return rating
		}
	}
	for _, name := range []string{"censored", "adult", "parent-code", "parental-lock"} {
		if value := attributes[name]; value != "" && value != "0" && !strings.EqualFold(value, "false") && !strings.EqualFold(value, "no") {
			return adults
		}
	}
	return ""
}

package channel

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"usher/store"
)

// The bounds of a feed. gofeed believes what it is given: it follows any nesting
// by calling itself, and keeps every element and every namespace.
const (
	maxDepth     = 48
	maxElements  = 600_000
	maxAttrs     = 24
	maxAllAttrs  = 400_000
	maxAttrBytes = 4 << 10
	maxTextBytes = 64 << 10 // of one element
	maxObjects   = 60_000   // of a feed in JSON
)

// namespaces are those that say something of podcasts, with the prefix under
// which they go on.
var namespaces = map[string]string{
	"": "", "http://www.w3.org/2005/Atom": "atom", "http://purl.org/atom/ns#": "atom03", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
	"http://purl.org/rss/1.0/": "rss1", "http://my.netscape.com/rdf/simple/0.9/": "rss09", "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
	"http://search.yahoo.com/mrss/": "media", "http://search.yahoo.com/mrss": "media", "http://purl.org/dc/elements/1.1/": "dc",
	"itunes": "itunes", "media": "media", "atom": "atom", "dc": "dc", // prefixes that nobody has declared
}

// declarations declare the prefixes above, as gofeed knows their namespaces.
const declarations = ` xmlns:atom="http://www.w3.org/2005/Atom" xmlns:atom03="http://purl.org/atom/ns#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"` +
	` xmlns:rss1="http://purl.org/rss/1.0/" xmlns:rss09="http://my.netscape.com/rdf/simple/0.9/" xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd"` +
	` xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"`

// sieve passes on what a feed says of podcasts as a small and even document:
// elements of known namespaces with their text, without declarations, comments
// and instructions, no deeper and no more of it than there can be.
type sieve struct {
	out      strings.Builder
	open     []string // names of the elements that are passed on, the outermost first
	texts    []int    // how much text each has
	items    int
	elements int
	attrs    int
	skipped  int // items beyond the bound
}

// sift is the feed as it is passed on, and how many items were left out.
func sift(text string) (sifted string, skipped int, err error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is text already
	var s sieve
	depth := 0
	left := -1 // the depth below which nothing is passed on
	for {
		token, err := decoder.Token()
		if err != nil {
			// Where a feed breaks off, what stands before that counts.
			if !errors.Is(err, io.EOF) && s.items == 0 {
				return "", 0, errBroken
			}
			s.end(0)
			return s.out.String(), s.skipped, nil
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth || s.elements > maxElements || s.attrs > maxAllAttrs {
				return "", 0, errDeep
			}
			if left < 0 && !s.start(token) {
				left = depth
			}
		case xml.EndElement:
			if left < 0 {
				s.end(len(s.open) - 1)
			} else if left == depth {
				left = -1
			}
			depth--
		case xml.CharData:
			if left < 0 {
				s.text(token)
			}
		}
	}
}

// start passes on the beginning of an element. It is false for one that says
// nothing of podcasts, with all in it.
func (s *sieve) start(token xml.StartElement) bool {
	prefix, known := namespaces[strings.TrimSpace(token.Name.Space)]
	if !known {
		prefix, known = namespaces[strings.ToLower(strings.TrimSpace(token.Name.Space))]
	}
	if !known || !plainName(token.Name.Local) {
		return false
	}
	if local := strings.ToLower(token.Name.Local); local == "item" || local == "entry" {
		if s.items == store.MaxEntries {
			s.skipped++
			return false
		}
		s.items++
	}
	name := token.Name.Local
	if prefix != "" {
		name = prefix + ":" + name
	}
	s.elements++
	s.out.WriteString("<" + name)
	if len(s.open) == 0 {
		s.out.WriteString(declarations)
	}
	for i, attr := range token.Attr {
		if i < maxAttrs && attr.Name.Space == "" && attr.Name.Local != "xmlns" && plainName(attr.Name.Local) {
			s.attrs++
			s.out.WriteString(" " + attr.Name.Local + `="`)
			s.escape(clipped(attr.Value, maxAttrBytes))
			s.out.WriteByte('"')
		}
	}
	s.out.WriteByte('>')
	s.open, s.texts = append(s.open, name), append(s.texts, 0)
	return true
}

// end passes on the ends of all open elements but so many.
func (s *sieve) end(but int) {
	for len(s.open) > max(but, 0) {
		last := len(s.open) - 1
		s.out.WriteString("</" + s.open[last] + ">")
		s.open, s.texts = s.open[:last], s.texts[:last]
	}
}

func (s *sieve) text(text []byte) {
	if len(s.open) == 0 {
		return
	}
	had := &s.texts[len(s.texts)-1]
	if rest := clipped(string(text), maxTextBytes-*had); rest != "" {
		*had += len(rest)
		s.escape(rest)
	}
}

func (s *sieve) escape(text string) {
	_ = xml.EscapeText(&s.out, []byte(text)) // a strings.Builder takes everything
}

// plainName says whether a name is one that podcasts use.
func plainName(name string) bool {
	return name != "" && len(name) <= 64 && !strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}) && !slices.Contains([]byte("-0123456789"), name[0])
}

// countObjects refuses a feed in JSON that has more objects or is nested deeper
// than podcasts are.
func countObjects(text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	objects, depth := 0, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errBroken
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			objects++
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if objects > maxObjects || depth > maxDepth {
			return errDeep
		}
	}
}

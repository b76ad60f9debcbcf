package nfo

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// roots are the elements that describe a title.
var roots = []string{"movie", "tvshow", "season", "episodedetails", "artist", "album", "musicvideo"}

// flowing are the elements in whose text there may be others, as in HTML.
var flowing = []string{"plot", "outline", "review", "biography"}

// parser reads a file element by element. It never looks ahead and never calls
// itself, so that no nesting is too deep.
type parser struct {
	text  string
	xml   *xml.Decoder
	depth int // of open elements

	infos   []Info
	problem string // what is wrong with the file, in a sentence

	root   string // the title at hand, "" between titles
	at     int    // its depth
	fields fields // what was read of it

	child string // the element at hand directly below the root, "" between those
	inner strings.Builder
}

func newParser(text string) *parser {
	p := &parser{text: text, xml: xml.NewDecoder(strings.NewReader(text))}
	p.xml.Strict = false
	p.xml.Entity = xml.HTMLEntity
	p.xml.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return p
}

// parse reads all titles that the text describes.
func (p *parser) parse() {
	for len(p.infos) < maxInfos {
		token, err := p.xml.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			p.breakOff()
			return
		}
		p.take(token)
	}
	p.problem = fmt.Sprintf("This NFO file describes more than %d titles. Only the first ones were read.", maxInfos-1)
}

// breakOff ends reading where the file is no XML any more. After its last title
// that is usual: Kodi lets addresses follow. Without a title it need not be XML
// at all: others call their notes NFO, too.
func (p *parser) breakOff() {
	if p.root == "" && (len(p.infos) > 0 || !describes(p.text)) {
		return
	}
	row, _ := p.xml.InputPos()
	p.problem = fmt.Sprintf("This NFO file is broken at line %d. Only what stands before that was read.", row)
	if p.root != "" {
		p.end()
	}
}

// describes says whether there is the beginning of a title in text.
func describes(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(roots, func(root string) bool {
		return strings.Contains(text, "<"+root+">") || strings.Contains(text, "<"+root+" ")
	})
}

func (p *parser) take(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		p.depth++
		p.open(strings.ToLower(token.Name.Local))
	case xml.EndElement:
		p.shut()
		p.depth--
	case xml.CharData:
		if p.child != "" && (p.depth == p.at+1 || slices.Contains(flowing, p.child)) {
			p.inner.Write(token)
		}
	}
}

// open begins an element. A title may have one element around it, as several
// episodes do.
func (p *parser) open(name string) {
	switch {
	case p.root == "" && p.depth <= 2 && slices.Contains(roots, name):
		p.root, p.at, p.fields = name, p.depth, make(fields)
	case p.root != "" && p.depth == p.at+1:
		p.child = name
		p.inner.Reset()
	}
}

// shut ends an element.
func (p *parser) shut() {
	switch {
	case p.root == "":
	case p.depth == p.at:
		p.end()
	case p.depth == p.at+1:
		p.fields.add(p.child, p.inner.String())
		p.child = ""
	}
}

// end ends the title at hand.
func (p *parser) end() {
	info := p.fields.info(p.root)
	for _, names := range []*[]string{&info.Tags, &info.Genres} {
		if len(*names) > maxNames {
			*names = (*names)[:maxNames]
			p.problem = fmt.Sprintf("This NFO file has more than %d tags or genres for one title. Only the first ones were read.", maxNames)
		}
	}
	p.infos = append(p.infos, info)
	p.root, p.child = "", ""
}

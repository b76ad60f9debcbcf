package plain

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that stand on lines of their own.
var blocks = []atom.Atom{
	atom.Address, atom.Article, atom.Blockquote, atom.Br, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Hr, atom.Li, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Table, atom.Tr, atom.Ul,
}

// silent are the elements whose content is no text.
var silent = []atom.Atom{atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Xmp}

// FromHTML is the text of a piece of HTML, with its lines, cleaned as by Lines.
// What is plain text already comes back as it is.
func FromHTML(markup string) string {
	if !strings.ContainsAny(markup, "<&") {
		return Lines(markup)
	}
	var text strings.Builder
	reader := html.NewTokenizer(strings.NewReader(markup))
	within := atom.Atom(0) // the silent element at hand
	for {
		kind := reader.Next()
		if kind == html.ErrorToken {
			return Lines(text.String())
		}
		token := reader.Token()
		switch {
		case within != 0:
			if kind == html.EndTagToken && token.DataAtom == within {
				within = 0
			}
		case kind == html.TextToken:
			text.WriteString(token.Data)
		case kind == html.StartTagToken && slices.Contains(silent, token.DataAtom):
			within = token.DataAtom
		case slices.Contains(blocks, token.DataAtom):
			text.WriteByte('\n')
			if token.DataAtom == atom.P && kind == html.StartTagToken {
				text.WriteByte('\n')
			}
		}
	}
}

package plain

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf16 "golang.org/x/text/encoding/unicode"
)

// declaration finds the encoding that a file says it has.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// Text is the content of a file as text that XML allows too, whatever it declares or
// does not declare. It is false for what is no text.
func Text(content []byte) (text string, ok bool) {
	if order, found := utf16Order(content); found {
		content, _ = utf16.UTF16(order, utf16.UseBOM).NewDecoder().Bytes(content)
	}
	content = withoutCutRune(bytes.TrimPrefix(content, []byte("\ufeff")))
	if bytes.IndexByte(content, 0) >= 0 {
		return "", false
	}
	if !utf8.Valid(content) {
		decoded, err := declared(content).NewDecoder().Bytes(content)
		if err != nil {
			return "", false
		}
		content = decoded
	}
	return strings.Map(allowed, string(content)), true
}

// utf16Order says whether content is UTF-16, by its mark (RFC 2781, section 3.2)
// or by the “<” that XML begins with (XML 1.0, appendix F), and in which order.
func utf16Order(content []byte) (order utf16.Endianness, found bool) {
	switch {
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}), bytes.HasPrefix(content, []byte{0, '<'}):
		return utf16.BigEndian, true
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}), bytes.HasPrefix(content, []byte{'<', 0}):
		return utf16.LittleEndian, true
	}
	return utf16.BigEndian, false
}

// withoutCutRune is content without the beginning of a character at its end,
// where reading has stopped in the middle.
func withoutCutRune(content []byte) []byte {
	for back := 1; back < utf8.UTFMax && back <= len(content); back++ {
		if last := content[len(content)-back:]; utf8.RuneStart(last[0]) {
			if last[0] >= utf8.RuneSelf && !utf8.FullRune(last) {
				return content[:len(content)-back]
			}
			break
		}
	}
	return content
}

// declared is the encoding that content declares, or what Windows has always
// written where it declares none that is known. What is UTF-8 never comes here,
// whatever it declares.
func declared(content []byte) encoding.Encoding {
	if match := declaration.FindSubmatch(content[:min(len(content), 200)]); match != nil {
		if named, err := htmlindex.Get(string(match[1])); err == nil && named != encoding.Replacement && named != utf16.UTF8 {
			return named
		}
	}
	return charmap.Windows1252
}

// allowed leaves out what may not be in XML (XML 1.0, section 2.2).
func allowed(r rune) rune {
	if r == '\uFFFE' || r == '\uFFFF' || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}

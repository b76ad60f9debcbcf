// Package plain makes plain text of what comes from outside: whatever its
// encoding, without markup, and without characters that make it read otherwise
// than it is written.
package plain

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Line is text on one line, cleaned.
func Line(text string) string {
	return strings.Join(strings.Fields(clean(text)), " ")
}

// Lines is text with its line breaks, cleaned.
func Lines(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
	all := strings.Split(text, "\n")
	for i := range all {
		all[i] = Line(all[i])
	}
	return strings.TrimSpace(emptyLines.ReplaceAllString(strings.Join(all, "\n"), "\n\n"))
}

var emptyLines = regexp.MustCompile(`\n{3,}`)

// clean is text in NFC, without control characters and without those that make
// text read otherwise than it is written (UAX #9).
func clean(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

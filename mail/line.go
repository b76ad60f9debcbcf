package mail

import (
	"strings"
	"unicode"
)

// maxLine bounds what goes into a header: longer ones are folded into many
// lines, which not every mail server likes.
const maxLine = 200

// oneLine is a text as a header can hold it: without line breaks and other
// control characters, and not too long.
func oneLine(text string) string {
	runes := []rune(strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "�"), func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r)
	}), " "))
	if len(runes) > maxLine {
		return string(runes[:maxLine-1]) + "…"
	}
	return string(runes)
}

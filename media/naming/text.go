package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"usher/store"
)

// maxRead is how much of a name is read, in bytes. File systems end names at
// 255; what is longer comes from nowhere good, and must cost no more.
const maxRead = 1000

// readable is a name from the disk as text: valid UTF-8 in NFC, without control
// characters and such as turn the direction of writing.
func readable(name string) string {
	name = cut(name, maxRead)
	if isPlain(name) {
		return name
	}
	if !utf8.ValidString(name) {
		name = decoded(name)
	}
	return norm.NFC.String(strings.Map(shown, name))
}

// isPlain holds for printable ASCII, which most names are.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// decoded reads what is no UTF-8 as Latin-1 (ISO 8859-1), when all that is
// beyond ASCII would be letters of it. Else U+FFFD stands for what is no text.
func decoded(name string) string {
	runes := make([]rune, 0, len(name))
	for i := range len(name) {
		if b := name[i]; b >= utf8.RuneSelf && (b < 0xC0 || b == 0xD7 || b == 0xF7) {
			return strings.ToValidUTF8(name, string(utf8.RuneError))
		}
		runes = append(runes, rune(name[i]))
	}
	return string(runes)
}

// shown maps spaces of all kinds to a plain one, and drops what leaves no mark
// of its own but turns the direction of writing (Unicode's Bidi_Control) or
// hides between letters. The joiners, which some scripts and emoji need, stay.
func shown(r rune) rune {
	switch {
	case r < utf8.RuneSelf && r >= ' ' && r != 0x7F:
		return r
	case unicode.Is(unicode.Bidi_Control, r), r == 0x200B, r == 0xFEFF:
		return -1
	case unicode.IsControl(r), unicode.IsSpace(r):
		return ' '
	}
	return r
}

// cut is the beginning of s, n bytes at most, that ends with a whole character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// named is the first of names that has something to show, as long as a title's
// name may be.
func named(names ...string) string {
	for _, name := range names {
		if name = strings.TrimSpace(cut(strings.TrimSpace(name), store.MaxTitleName)); strings.ContainsFunc(name, leavesMark) {
			return name
		}
	}
	return "Untitled"
}

func leavesMark(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r)
}

// tidy is a piece of a file's name as people write it: without what separates
// words at its ends, single spaces inside, and spaces for the dots and
// underscores of names that have none.
func tidy(piece string) string {
	piece = strings.TrimLeft(piece, " ._-–,)]}")
	open := strings.TrimRight(piece, " _-–,([{")
	if strings.Contains(strings.TrimSpace(piece), " ") {
		if endsWithSeparatingDot(open) && len(open) == len(piece) {
			open = strings.TrimRight(open, " ._-–")
		}
		return strings.Join(strings.Fields(strings.ReplaceAll(open, "_", " ")), " ")
	}
	return undotted(strings.TrimRight(open, " ._-–,([{"))
}

// endsWithSeparatingDot tells the dot of “Some Film.2010” from those of
// “S.W.A.T.” and “Wait...”.
func endsWithSeparatingDot(s string) bool {
	n := len(s)
	if n < 3 || s[n-1] != '.' {
		return false
	}
	return s[n-2] != '.' && s[n-3] != '.'
}

// shortened are words that keep their dot, when dots stand for spaces too.
var shortened = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "vs": true, "vol": true}

// undotted puts spaces for the dots between words, but leaves those of initials
// (S.W.A.T.), of shortened words (Mr., Vol.) and of decimals (2.0).
func undotted(s string) string {
	if !strings.ContainsAny(s, "._") {
		return s
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(s, "_", "._"), func(r rune) bool { return r == '.' })
	var out strings.Builder
	for i, part := range parts {
		after := ""
		if i+1 < len(parts) {
			after = parts[i+1]
		}
		word := strings.TrimPrefix(part, "_")
		out.WriteString(word)
		switch {
		case isInitial(part) && (isInitial(after) || i > 0 && isInitial(parts[i-1])):
			out.WriteByte('.')
			if isInitial(after) {
				continue
			}
		case len(word) <= 2 && len(after) <= 2 && isNumber(part) && isNumber(after):
			out.WriteByte('.')
			continue
		case after != "" && after[0] != '_' && shortened[strings.ToLower(part)]:
			out.WriteByte('.')
		}
		if word != "" {
			out.WriteByte(' ')
		}
	}
	return strings.TrimRight(out.String(), " ")
}

func isInitial(s string) bool { return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' }

func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isWordByte holds for what words are made of; everything beyond ASCII is taken
// for a letter.
func isWordByte(b byte) bool {
	return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= utf8.RuneSelf
}

// number is the value of digits, of which there are no more than a few.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// lowered is s with the letters of ASCII in lower case, as long as s is.
func lowered(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

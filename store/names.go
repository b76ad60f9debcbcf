package store

import (
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Limits of what is typed, in characters.
const (
	MaxName  = 64
	MaxEmail = 254 // RFC 5321, section 4.5.3.1.3, less the angle brackets
	MaxNote  = 2000
)

// CleanName is name as it is stored: NFC, trimmed, with single plain spaces
// between words. The message says what is wrong with it, or is "".
func CleanName(name string) (clean, message string) { return cleanName(name, MaxName) }

// cleanName is CleanName for names of at most so many characters.
func cleanName(name string, most int) (clean, message string) {
	if !utf8.ValidString(name) {
		return "", "This name has bytes in it that are no text. Type it again."
	}
	clean = norm.NFC.String(strings.Join(strings.FieldsFunc(name, isSpace), " "))
	visible := false
	for _, r := range clean {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return clean, "A name cannot hold line breaks or other control characters."
		case isInvisible(r):
			return clean, "There is an invisible character in this name. Type it again without it."
		case unicode.IsGraphic(r) && r != ' ' && !unicode.IsMark(r):
			visible = true
		}
	}
	switch n := utf8.RuneCountInString(clean); {
	case n == 0:
		return clean, "Type a name."
	case !visible:
		return clean, "A name needs at least one letter, number or symbol."
	case n > most:
		return clean, fmt.Sprintf("This name has %d characters. The longest possible is %d.", n, most)
	}
	return clean, ""
}

// CleanEmail is email as it is stored, trimmed; "" is none and allowed. The
// message says what is wrong with it, or is "".
func CleanEmail(email string) (clean, message string) {
	clean = norm.NFC.String(strings.TrimFunc(email, isSpace))
	if clean == "" {
		return "", ""
	}
	if len(clean) > MaxEmail {
		return clean, fmt.Sprintf("This e-mail address is longer than %d characters.", MaxEmail)
	}
	for _, r := range clean {
		if unicode.IsControl(r) || unicode.IsSpace(r) || isInvisible(r) || r == utf8.RuneError {
			return clean, "There is a space or an invisible character in this e-mail address."
		}
	}
	parsed, err := mail.ParseAddress(clean)
	if err != nil || parsed.Address != clean || strings.HasPrefix(clean, `"`) {
		return clean, "This is not an e-mail address. One looks like elsa@example.org."
	}
	return clean, ""
}

// cleanLines is a text of several lines as it is stored, with what such a text
// is called. Line breaks are kept as \n.
func cleanLines(what, text string, most int) (clean, message string) {
	clean = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if !utf8.ValidString(clean) {
		return "", "This " + what + " has bytes in it that are no text. Type it again."
	}
	if n := utf8.RuneCountInString(clean); n > most {
		return clean, fmt.Sprintf("This %s has %d characters. The longest possible is %d.", what, n, most)
	}
	return clean, ""
}

// maxQuoted is how much of what was typed a message repeats, in characters.
const maxQuoted = 80

// Quote is text in quotation marks, for a message about one among several
// things in a field. A long text is cut.
func Quote(text string) string {
	if shown := []rune(text); len(shown) > maxQuoted {
		text = string(shown[:maxQuoted]) + "…"
	}
	return "“" + text + "”"
}

// isSpace holds for the space and its kind (Unicode Zs), not for control
// characters such as tab and line break.
func isSpace(r rune) bool { return unicode.Is(unicode.Zs, r) }

// isInvisible holds for characters that leave no mark of their own: format
// characters and what Unicode calls default-ignorable (UAX #44), the blank
// Braille pattern, and code points that are private or not assigned.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
}

// nameKey is what makes a name or e-mail unique: without regard to case and
// Unicode form.
func nameKey(s string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

// maxTyped is more than anyone has to type, in bytes: a name of MaxName
// characters in any Unicode form, or an e-mail address.
const maxTyped = 1000

// typedKey is the nameKey of what somebody types to sign in, who may put more
// or other spaces than the name is stored with. Only the beginning counts of
// what can be nobody's: strangers send it, and folding it takes long.
func typedKey(s string) string { return nameKey(clip(strings.Join(strings.Fields(s), " "), maxTyped)) }

// sortName is what names are sorted and searched by: nameKey without accents,
// so that Åsa stands by Asa.
func sortName(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), nameKey(s))
	if err != nil || plain == "" {
		return nameKey(s)
	}
	return plain
}

// maxWords bounds how many words are searched for at once.
const maxWords = 24

// words are the folded words of a name, an e-mail or a search: runs of
// letters, numbers, marks and pictographs. A text of nothing but punctuation is one word.
func words(texts ...string) []string {
	var found []string
	seen := make(map[string]bool)
	add := func(word string) {
		if !seen[word] {
			seen[word] = true
			found = append(found, word)
		}
	}
	for _, text := range texts {
		for _, word := range wordsOf(sortName(text)) {
			add(word)
		}
	}
	return found
}

// wordsOf are the words of a text that is folded already.
func wordsOf(folded string) []string {
	found := strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So)
	})
	if len(found) == 0 {
		found = strings.Fields(folded)
	}
	return found
}

// afterPrefix is the least text greater than every text that begins with
// prefix, in SQLite's binary order of UTF-8.
func afterPrefix(prefix string) string { return prefix + string(unicode.MaxRune) }

// freeName is the name, or the first with a number after it that is not taken:
// “Priya Raman 2”.
func freeName(name string, isTaken func(string) (bool, error)) (string, error) {
	candidate := name
	for n := 2; ; n++ {
		taken, err := isTaken(candidate)
		if err != nil {
			return "", fmt.Errorf("look for a free name: %w", err)
		}
		if !taken {
			return candidate, nil
		}
		number := " " + strconv.Itoa(n)
		runes := []rune(name)
		candidate = strings.TrimRightFunc(string(runes[:min(len(runes), MaxName-len(number))]), unicode.IsSpace) + number
	}
}

// titleSort is by what a title is put in order: folded, without an article in
// front, as media servers do.
func titleSort(name string) string {
	folded := sortName(name)
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, found := strings.CutPrefix(folded, article); found && rest != "" {
			return rest
		}
	}
	return folded
}

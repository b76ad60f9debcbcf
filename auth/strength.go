package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"github.com/ccojocar/zxcvbn-go/matching"
	"golang.org/x/text/unicode/norm"
)

// A password has 8 to 256 characters, Unicode code points each counted as one,
// and no rules of composition: NIST SP 800-63B-4, section 3.1.1.2.
const (
	MinPasswordLength = 8
	MaxPasswordLength = 256
)

const (
	// lowestScore is the first zxcvbn score that withstands guessing against the
	// server itself: about 10^8 guesses.
	lowestScore = 2

	// measured is how much of a password zxcvbn looks at, since its work grows
	// faster than the length. What is that long is strong without the rest.
	measured = 100
)

// Strength is how well a password withstands guessing.
type Strength struct {
	Score    int    // 0 to 4, as zxcvbn counts
	Sentence string // for the meter: “Strong: years to guess.”
	OK       bool   // CheckPassword would take it
}

// WeakPassword is why a password is not taken.
type WeakPassword struct {
	Reason string // a whole sentence for the person who typed it
}

func (w *WeakPassword) Error() string { return w.Reason }

// CheckPassword returns nil for a password that may be used and a *WeakPassword
// for any other. What about names (the person's name and e-mail address, the
// server's name) is counted as known to a guesser.
func CheckPassword(password string, about ...string) error {
	_, err := measure(password, about)
	if err != nil {
		return err
	}
	return nil
}

// Measure tells how strong a password is, for the meter beside the field. It
// agrees with CheckPassword on what may be used.
func Measure(password string, about ...string) Strength {
	score, weak := measure(password, about)
	if weak != nil {
		return Strength{Score: score, Sentence: weak.Reason}
	}
	sentences := [...]string{
		lowestScore: "Fair: days to guess.",
		3:           "Good: months to guess.",
		4:           "Strong: years to guess.",
	}
	return Strength{Score: score, Sentence: sentences[score], OK: true}
}

func measure(password string, about []string) (int, *WeakPassword) {
	if !utf8.ValidString(password) {
		return 0, &WeakPassword{"This password holds characters that cannot be read. Type it again, please."}
	}
	if len(password) > maxPasswordBytes {
		return 0, &WeakPassword{tooLong}
	}
	password = norm.NFC.String(password)
	switch length := utf8.RuneCountInString(password); {
	case length < MinPasswordLength:
		return 0, &WeakPassword{"Too short: a password needs at least 8 characters."}
	case length > MaxPasswordLength:
		return 0, &WeakPassword{tooLong}
	}
	score, flaw := guess(password, knownWords(about))
	if score < lowestScore {
		return score, &WeakPassword{"Weak: " + flaw + ". Add a word or two that nobody would guess."}
	}
	return score, nil
}

const tooLong = "Too long: a password can have up to 256 characters."

// guess returns zxcvbn's score and what a guesser would make use of. Three
// patterns that this zxcvbn does not see are looked for here: dates, repeats
// of more than one character, and sequences outside of the Latin alphabet.
func guess(password string, known []string) (score int, flaw string) {
	runes := []rune(password)
	if len(runes) > measured {
		runes = runes[:measured]
		password = string(runes)
	}
	switch {
	case isDate(password):
		return 0, "it is a date"
	case isSequence(runes):
		return 0, "it follows a sequence, as abc and 123 do"
	}
	if unit := repeatedUnit(runes); unit != nil {
		// Repeating adds next to nothing for a guesser, so the unit is what counts.
		if score, _ := guess(string(unit), known); score < lowestScore {
			return score, "it repeats the same few characters"
		}
	}
	score, flaw = scoreOf(password, known)
	// zxcvbn's own way with "p4ssw0rd" tries every reading of every sign, which
	// takes seconds for a long password of such signs. One reading is enough.
	if plain := withoutSigns.Replace(password); plain != password {
		if s, f := scoreOf(plain, known); s < score {
			score, flaw = s, f
		}
	}
	return score, flaw
}

var withoutSigns = strings.NewReplacer(
	"@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t", "+", "t")

func scoreOf(password string, known []string) (int, string) {
	result := zxcvbn.PasswordStrength(password, known, matching.FilterL33tMatcher)
	flaw, longest := "it is made of few and simple parts", 0
	for _, match := range result.MatchSequence {
		if match.DictionaryName == ownWords {
			return result.Score, flaws[ownWords]
		}
		kind := match.Pattern
		if kind == "dictionary" {
			kind = match.DictionaryName
		}
		// Two letters are a word by accident more often than not.
		if text, ok := flaws[kind]; ok && len(match.Token) > max(longest, 2) {
			flaw, longest = text, len(match.Token)
		}
	}
	return result.Score, flaw
}

// ownWords is zxcvbn's name for the list of words that it is given.
const ownWords = "user_inputs"

// flaws explains each pattern that zxcvbn reports.
var flaws = map[string]string{
	ownWords:      "it is built on a name or an e-mail address that others know",
	"Passwords":   "it is built on one of the most common passwords",
	"English":     "it is built on a single common word",
	"MaleNames":   "it is built on a common name",
	"FemaleNames": "it is built on a common name",
	"Surname":     "it is built on a common name",
	"spatial":     "it is a row of keys on the keyboard",
	"repeat":      "it repeats the same few characters",
	"sequence":    "it follows a sequence, as abc and 123 do",
}

// knownWords are the words in about that a guesser would try: each whole, each
// part of three characters or more, and the parts run together.
func knownWords(about []string) []string {
	var words []string
	for _, text := range about {
		text = norm.NFC.String(text)
		parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, word := range append(parts, text, strings.Join(parts, "")) {
			if utf8.RuneCountInString(word) >= 3 {
				words = append(words, word)
			}
		}
	}
	return words
}

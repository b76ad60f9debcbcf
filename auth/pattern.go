package auth

import (
	"regexp"
	"slices"
)

// Dates as people write them, with or without signs between: day, month and
// year in any order, the year with two digits or four.
var (
	yearLast  = regexp.MustCompile(`^[0-3]?\d[-./ ]?[0-3]?\d[-./ ]?(?:19|20)?\d\d$`)
	yearFirst = regexp.MustCompile(`^(?:19|20)\d\d[-./ ]?[0-3]?\d[-./ ]?[0-3]?\d$`)
)

// isDate tells whether the whole password reads as a calendar date.
func isDate(password string) bool {
	return yearLast.MatchString(password) || yearFirst.MatchString(password)
}

// isSequence tells whether each character follows the one before at the same
// distance, in any alphabet: abcdefgh, 97531, абвгдежз, and aaaaaaaa too.
func isSequence(runes []rune) bool {
	if len(runes) < 3 {
		return false
	}
	step := runes[1] - runes[0]
	if step < -2 || step > 2 {
		return false
	}
	for i := 2; i < len(runes); i++ {
		if runes[i]-runes[i-1] != step {
			return false
		}
	}
	return true
}

// repeatedUnit returns the shortest beginning of which the whole is two or more
// repeats (the last may be cut short), or nil when there is none.
func repeatedUnit(runes []rune) []rune {
	for size := 1; size <= len(runes)/2; size++ {
		if slices.Equal(runes[size:], runes[:len(runes)-size]) {
			return runes[:size]
		}
	}
	return nil
}

package store

import "strings"

// ratings are the ages that ratings come to, by their plain form.
var ratings = map[string]int{
	"G": 0, "PG": 10, "PG-13": 13, "R": 17, "NC-17": 18,
	"TV-Y": 0, "TV-G": 0, "TV-Y7": 7, "TV-PG": 10, "TV-14": 14, "TV-MA": 17,
}

// ParseRating is the age that a rating comes to; it is not Known for what
// cannot be read, which counts as unrated.
func ParseRating(text string) Age {
	years, known := ratings[strings.ToUpper(strings.TrimSpace(text))]
	return Age{Known: known, Years: years}
}

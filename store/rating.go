package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ParseRating is the age that a rating comes to; it is not Known for what
// cannot be read, which counts as unrated. See ReadRating.
func ParseRating(text string) Age {
	_, age := ReadRating(text)
	return age
}

// ReadRating reads a rating as it is found in the wild: “Rated PG-13 for …”,
// “DE:FSK 12”, “ab 16”, “NR”. Of several it takes the first that can be read. A
// country before a rating decides whose it is. Without one it is that of the
// United States, else one that means the same in every country that has it, else
// the one for the highest age, else a plain age.
//
// What comes back is the rating alone, to be shown, and the age it comes to;
// reading the former again gives the latter. What cannot be read comes back as
// it is, with an age that is not Known.
func ReadRating(text string) (shown string, age Age) {
	text = strings.TrimSpace(clip(strings.ToValidUTF8(text, ""), maxRating))
	folded := strings.ReplaceAll(foldRating(text), " / ", "|")
	for piece := range strings.FieldsFuncSeq(folded, isRatingSeparator) {
		if shown, age := readPiece(strings.TrimSpace(piece)); age.Known {
			return shown, age
		}
	}
	return text, Age{}
}

// maxRating is how much of a rating is looked at, in characters. Some name the
// rating of every country there is.
const maxRating = 500

// foldRating is text in lower case and Unicode's compatibility form, with plain
// hyphens, single spaces, and bars for line breaks.
func foldRating(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || r == '−' {
			return '-'
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return strings.Join(lines, "|")
}

func isRatingSeparator(r rune) bool { return r == '|' || r == ',' || r == ';' }

// readPiece reads one rating, or several with slashes between. A slash may also
// belong to one, as in M/12 and de/12.
func readPiece(piece string) (shown string, age Age) {
	shown, age, said := readOne(piece)
	if said || !strings.Contains(piece, "/") {
		return shown, age
	}
	for part := range strings.SplitSeq(piece, "/") {
		if _, alone := plainAge(part); alone {
			continue // 7/10 is no rating but a verdict
		}
		if shown, age, _ := readOne(strings.TrimSpace(part)); age.Known {
			return shown, age
		}
	}
	return "", Age{}
}

// readOne reads one rating. It says something where it is one, or says that
// there is none.
func readOne(text string) (shown string, age Age, said bool) {
	text = withoutLead(text, ratingLeads)
	ratings, rest := countryOf(text)
	shown, age, said = ratings.read(withoutLead(rest, ratingLeads))
	if !said && rest != text { // “no recomendada …” is not about Norway
		return ratingsByCountry()[""].read(text)
	}
	return shown, age, said
}

// read reads a rating without its country, as readOne does.
func (ratings ratingsOf) read(text string) (shown string, age Age, said bool) {
	words := strings.Fields(text)
	for n := min(len(words), maxRatingWords); n > 0; n-- {
		if n < len(words) && !endsRating(words[n-1], words[n]) {
			continue
		}
		form := strings.Join(words[:n], " ")
		if noRating[ratingKey(form)] {
			return "", Age{}, true
		}
		if r, known := ratings.lookup(form); known {
			return r.shown, years(r.age), true
		}
	}
	return "", Age{}, false
}

// ratingLeads are the words before a rating that say that it is one.
var ratingLeads = []string{
	"rated", "rating", "mpaa rating", "age rating", "content rating", "certificate", "certification", "cert", "classification", "classified",
}

// maxRatingWords is more than the words of any rating: “não recomendado para
// menores de 12 anos”.
const maxRatingWords = 8

// endsRating says whether a rating may end with this word when that comes next:
// what follows gives the reason.
func endsRating(word, next string) bool {
	switch next {
	case "for", "due", "because", "contains", "containing", "with", "by", "on", "-":
		return true
	}
	return strings.HasPrefix(next, "(") || strings.HasPrefix(next, "[") || strings.HasSuffix(word, ":") || strings.HasSuffix(word, ".")
}

// noRating are the words for having none. An exempt film has not been looked at.
var noRating = map[string]bool{
	"nr": true, "ur": true, "na": true, "none": true, "unrated": true, "notrated": true, "notyetrated": true, "unclassified": true,
	"pending": true, "ratingpending": true, "notapplicable": true, "unknown": true, "exempt": true, "e": true,
}

package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// ratingsOf are the ratings of one country, or of all together, by their keys.
type ratingsOf map[string]reading

// reading is what a rating comes to, and how it is shown.
type reading struct {
	shown string
	age   int
}

// ratingKey is a folded rating by which it is looked up: its letters and digits.
func ratingKey(form string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, form)
}

// ratingsByCountry are the ratings by what may stand before them, those of no
// country in particular under "".
var ratingsByCountry = sync.OnceValue(func() map[string]ratingsOf {
	tables := ratingTables()
	anywhere := ratingsAnywhere(tables[0], tables[1:])
	all := map[string]ratingsOf{"": anywhere}
	for _, table := range tables {
		ratings := make(ratingsOf)
		for key, r := range table.readings(slices.Concat(table.ages, table.old)) {
			if elsewhere, known := anywhere.lookup(key); !known || elsewhere.age != r.age {
				r.shown = strings.ToUpper(table.names[0]) + ":" + r.shown
			}
			ratings[key] = r
			if body, rest, found := strings.Cut(foldRating(r.shown), " "); found && slices.Contains(table.names, body) {
				ratings[ratingKey(rest)] = r
			}
		}
		for _, name := range table.names {
			all[name] = ratings
		}
	}
	return all
})

// ratingsAnywhere are the ratings where no country is named: those of the United
// States, and of the others the one for the highest age. A child who sees too
// little can be helped; one who has seen too much cannot.
func ratingsAnywhere(first ratingTable, others []ratingTable) ratingsOf {
	all := make(ratingsOf)
	for _, table := range others {
		for key, r := range table.readings(table.ages) {
			if known, found := all[key]; !found || known.age < r.age {
				all[key] = r
			}
		}
	}
	maps.Copy(all, first.readings(first.ages))
	maps.DeleteFunc(all, func(key string, _ reading) bool { _, plain := plainAge(key); return plain })
	return all
}

// readings are the ratings by their keys. Of two with one key, the first is shown.
func (t ratingTable) readings(ages []ratingsAt) ratingsOf {
	all := make(ratingsOf)
	for _, at := range ages {
		for _, rating := range at.ratings {
			if key := ratingKey(foldRating(rating)); all[key].shown == "" {
				all[key] = reading{rating, at.age}
			}
		}
	}
	return all
}

// lookup is what a rating comes to in these tables: by its letters, or else by
// the age that it is.
func (ratings ratingsOf) lookup(form string) (reading, bool) {
	if r, known := ratings[ratingKey(form)]; known {
		return r, true
	}
	if r, known := ratings[ratingKey(withoutDescriptors(form))]; known {
		return r, true
	}
	age, known := plainAge(form)
	years := strconv.Itoa(age)
	if r, listed := ratings[years]; known && listed {
		return r, true
	}
	return reading{years, age}, known
}

// withoutDescriptors is a TV rating of the United States without the letters
// that may follow it, as in TV-MA-LSV: dialogue, language, sex and violence.
func withoutDescriptors(form string) string {
	at := strings.LastIndexAny(form, "- ")
	if at > 0 && strings.HasPrefix(form, "tv") && strings.Trim(form[at+1:], "dlsv") == "" {
		return form[:at]
	}
	return form
}

// countryOf takes the country, or the body that rates there, from the beginning
// of a folded text: “de:fsk 12”, “germany-12”, “fsk12”. Without one, the ratings
// are those of all countries.
func countryOf(text string) (ratings ratingsOf, rest string) {
	all := ratingsByCountry()
	for end := min(len(text), longestCountry) - 1; end > 1; end-- {
		ratings, known := all[text[:end]]
		if !known || !strings.ContainsRune(" :-/_=0123456789", rune(text[end])) {
			continue
		}
		_, rest := countryOf(strings.TrimLeft(text[end:], " :-/_="))
		return ratings, rest
	}
	return all[""], text
}

// longestCountry is more than the longest name of a country, in bytes.
const longestCountry = 40

package store

import (
	"strconv"
	"strings"
)

// MaxAge is the highest age that a rating comes to: Singapore's R21.
const MaxAge = 21

// ageLeads are the words before an age in a rating, longer ones first.
var ageLeads = []string{
	"freigegeben ab", "frei ab", "ab", "from", "over", "age", "ages", "aged",
	"interdit aux moins de", "déconseillé aux moins de", "moins de", "vanaf", "tillåten från", "från", "fra", "od",
	"no recomendada para menores de", "no recomendado para menores de", "não recomendado para menores de", "vietato ai minori di",
}

// ageTails are the words after an age in a rating.
var ageTails = []string{
	"and over", "and older", "and up", "and above", "or over", "or older", "years old", "years", "year", "yrs", "yo",
	"jahren", "jahre", "j", "ans", "años", "anos", "anni", "jaar", "år", "lat", "let", "лет", "+",
}

// plainAge is an age in words: “12+”, “ab 12 Jahren”, “16 years and over”.
func plainAge(form string) (age int, known bool) {
	form = strings.TrimLeft(withoutLead(form, ageLeads), "+-≥ ")
	digits := strings.TrimRight(form, ".: ")
	for range 2 { // “years” and “and over”
		for _, tail := range ageTails {
			if rest, found := strings.CutSuffix(digits, tail); found {
				digits = strings.TrimSpace(rest)
				break
			}
		}
	}
	if len(digits) > 2 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	age, err := strconv.Atoi(digits)
	return age, err == nil && age <= MaxAge
}

// withoutLead is a text without one of these before it, as a word of its own.
func withoutLead(text string, leads []string) string {
	for _, lead := range leads {
		if rest, found := strings.CutPrefix(text, lead); found && rest != "" && strings.ContainsRune(" :-=", rune(rest[0])) {
			return strings.TrimLeft(rest, " :-=")
		}
	}
	return text
}

// ageNames are the ratings of the United States by which people know an age.
var ageNames = map[int]string{0: "G", 7: "TV-Y7", 10: "PG", 13: "PG-13", 14: "TV-14", 17: "R", 18: "NC-17"}

// Name is what people call the age: “PG”, “age 6”, “unrated”.
func (a Age) Name() string {
	if !a.Known {
		return "unrated"
	}
	if name := ageNames[a.Years]; name != "" {
		return name
	}
	return "age " + strconv.Itoa(a.Years)
}

// Label is the age as a screen shows it in full: “PG (10)”, “age 6”, “unrated”.
func (a Age) Label() string {
	if a.Known && ageNames[a.Years] != "" {
		return a.Name() + " (" + strconv.Itoa(a.Years) + ")"
	}
	return a.Name()
}

// Value is the age as a form has it: its years, "" for one that is not Known.
func (a Age) Value() string {
	if !a.Known {
		return ""
	}
	return strconv.Itoa(a.Years)
}

// AgeOfValue is the age that a form has by this value. It is false for what is
// none.
func AgeOfValue(value string) (Age, bool) {
	if value == "" {
		return Age{}, true
	}
	years, err := strconv.Atoi(value)
	if err != nil || years < 0 || years > MaxAge {
		return Age{}, false
	}
	return Age{Known: true, Years: years}, true
}

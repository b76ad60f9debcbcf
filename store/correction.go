package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of what is typed about a title: the longest rating, in characters, how
// many labels, and the years that there are. 0 stands for no year.
const (
	MaxRating = 64
	MaxLabels = 50
	FirstYear = 1800
	LastYear  = 2100
)

// TitleCorrection is what an administrator corrects about one title or many.
type TitleCorrection struct {
	Set    Corrected // the facts that are to be as said next
	Back   Corrected // the facts that are to be as the disk has them; counts more than Set
	Name   string    // of one title alone
	Year   int       // 0 for none
	Rating string    // as written; "" for none
	Labels []string  // all that the title is to have
	Add    []string  // labels on top of those that it has, and so the next
	Remove []string
}

// Facts are those that the correction touches.
func (c TitleCorrection) Facts() Corrected {
	labels := c.Set.Labels || c.Back.Labels || len(c.Add) > 0 || len(c.Remove) > 0
	return Corrected{
		Name: c.Set.Name || c.Back.Name, Year: c.Set.Year || c.Back.Year,
		Rating: c.Set.Rating || c.Back.Rating, Labels: labels,
	}
}

// clean is the correction as it is stored. It answers an *Invalid with the
// fields name, year, rating, labels, add_labels and remove_labels.
func (c TitleCorrection) clean() (TitleCorrection, error) {
	var bad Invalid
	var message string
	if c.Set.Name {
		c.Name, message = cleanName(c.Name, MaxTitleName)
		bad.Add("name", message)
	}
	if c.Set.Year && c.Year != 0 && (c.Year < FirstYear || c.Year > LastYear) {
		bad.Add("year", fmt.Sprintf("Type a year from %d to %d, or none.", FirstYear, LastYear))
	}
	if c.Set.Rating {
		c.Rating, message = cleanRating(c.Rating)
		bad.Add("rating", message)
	}
	for _, list := range []struct {
		field  string
		labels *[]string
	}{{"labels", &c.Labels}, {"add_labels", &c.Add}, {"remove_labels", &c.Remove}} {
		*list.labels, message = cleanLabels(*list.labels)
		bad.Add(list.field, message)
	}
	return c, bad.Err()
}

func cleanRating(rating string) (clean, message string) {
	clean = norm.NFC.String(strings.Join(strings.Fields(rating), " "))
	switch n := utf8.RuneCountInString(clean); {
	case !utf8.ValidString(clean):
		return "", "This rating has bytes in it that are no text. Type it again."
	case strings.ContainsFunc(clean, func(r rune) bool { return r != ' ' && isInvisible(r) }):
		return clean, "There is an invisible character in this rating. Type it again without it."
	case n > MaxRating:
		return clean, fmt.Sprintf("This rating has %d characters. The longest possible is %d.", n, MaxRating)
	}
	return clean, ""
}

// cleanLabels are labels as they are stored, each once whatever its case.
func cleanLabels(labels []string) (clean []string, message string) {
	for _, label := range labels {
		plain := strings.Join(strings.Fields(label), " ")
		stored := CleanLabel(plain)
		switch {
		case stored == "" || slices.ContainsFunc(clean, func(other string) bool { return nameKey(other) == nameKey(stored) }):
			continue
		case stored != plain:
			message = Quote(plain) + " is too long for a label."
		case strings.ContainsFunc(plain, func(r rune) bool { return r != ' ' && isInvisible(r) }):
			message = "There is an invisible character in " + Quote(plain) + ". Type it again without it."
		}
		clean = append(clean, stored)
	}
	if len(clean) > MaxLabels {
		message = fmt.Sprintf("A title has at most %d labels.", MaxLabels)
	}
	return clean, message
}

// detail tells in the record what was corrected.
func (c TitleCorrection) detail() string {
	var parts []string
	say := func(set, back bool, fact, text, none string) {
		switch {
		case back:
			parts = append(parts, fact+" as on the disk")
		case set && text == "":
			parts = append(parts, none)
		case set:
			parts = append(parts, fact+" "+text)
		}
	}
	say(c.Set.Name, c.Back.Name, "name", Quote(c.Name), "")
	year := ""
	if c.Year != 0 {
		year = fmt.Sprint(c.Year)
	}
	say(c.Set.Year, c.Back.Year, "year", year, "no year")
	say(c.Set.Rating, c.Back.Rating, "rating", c.Rating, "no rating")
	say(c.Set.Labels, c.Back.Labels, "labels", strings.Join(c.Labels, ", "), "no labels")
	if !c.Back.Labels {
		say(len(c.Add) > 0, false, "with", strings.Join(c.Add, ", "), "")
		say(len(c.Remove) > 0, false, "without", strings.Join(c.Remove, ", "), "")
	}
	return strings.Join(parts, "; ")
}

package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits are all that holds somebody back besides access: the restrictions, and
// when the access ends.
type Limits struct {
	Restrictions
	EndsAt time.Time // zero: never
}

// Limits are all that holds u back besides access.
func (u User) Limits() Limits { return Limits{u.Restrictions, u.EndsAt} }

// unset says whether there is nothing to write: a time zone counts, though it
// limits nothing.
func (l Limits) unset() bool { return l.None() && l.TimeZone == "" && l.EndsAt.IsZero() }

// Watches is what is open to u: the access, less the channels where u may use
// none.
func (u User) Watches() Access {
	access := u.Access
	if u.Restrictions.NoChannels {
		access.AllChannels, access.Channels = false, nil
	}
	return access
}

// Words are what the restrictions come to, in a few words for each: “up to PG”,
// “no downloads”.
func (r Restrictions) Words() []string {
	var words []string
	add := func(is bool, text string) {
		if is {
			words = append(words, text)
		}
	}
	_, usual := PresetOf(r) // which goes without saying
	add(r.Rating.Known, "up to "+r.Rating.Name())
	add(r.HideUnrated != 0 && !usual, r.unratedWords())
	add(len(r.HideLabels) > 0, "hides "+labelWords(r.HideLabels))
	add(len(r.OnlyLabels) > 0, "only "+labelWords(r.OnlyLabels))
	add(r.Hours != Hours{}, r.Hours.words())
	add(r.NoDownloads, "no downloads")
	add(r.NoChannels, "no channels")
	add(r.NoAway, "at home only")
	add(r.Streams == 1, "1 stream")
	add(r.Streams > 1, strconv.Itoa(r.Streams)+" streams")
	return words
}

func (r Restrictions) unratedWords() string {
	if r.HideUnrated == AllKinds {
		return "nothing unrated"
	}
	return "no unrated " + kindNames(r.HideUnrated)
}

func kindNames(kinds KindSet) string {
	var names []string
	for _, kind := range kinds.Kinds() {
		names = append(names, strings.ToLower(kind.Label()))
	}
	return strings.Join(names, ", ")
}

// labelWords names one label, or says how many there are.
func labelWords(labels []string) string {
	if len(labels) == 1 {
		return "“" + labels[0] + "”"
	}
	return fmt.Sprintf("%d labels", len(labels))
}

// words are the hours where each day has the same, or else that there are some.
func (h Hours) words() string {
	text := h.Text()
	for _, day := range text[1:] {
		if day != text[0] {
			return "set hours"
		}
	}
	if text[0] == neverOpen {
		return "at no hour"
	}
	return text[0]
}

// changes names what is different afterwards, for the record; "" where nothing
// is.
func (l Limits) changes(after Limits) string {
	var changed []string
	note := func(differs bool, what, now string) {
		if differs {
			changed = append(changed, what+": "+now)
		}
	}
	note(l.Rating != after.Rating, "highest rating", after.Rating.limit())
	note(l.HideUnrated != after.HideUnrated, "hides unrated", orNothing(kindNames(after.HideUnrated)))
	note(!sameLabels(l.HideLabels, after.HideLabels), "hides", orNothing(strings.Join(after.HideLabels, ", ")))
	note(!sameLabels(l.OnlyLabels, after.OnlyLabels), "only", orNothing(strings.Join(after.OnlyLabels, ", ")))
	note(l.NoDownloads != after.NoDownloads, "may download", yesNo(!after.NoDownloads))
	note(l.NoChannels != after.NoChannels, "may use channels", yesNo(!after.NoChannels))
	note(l.NoAway != after.NoAway, "may sign in from away", yesNo(!after.NoAway))
	note(l.Streams != after.Streams, "streams at once", after.streamLimit())
	note(l.Hours != after.Hours, "hours", after.hoursLimit())
	note(l.TimeZone != after.TimeZone, "time zone", after.zoneName())
	note(!l.EndsAt.Equal(after.EndsAt), "last day", after.lastDay())
	return strings.Join(changed, "; ")
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// limit is a highest rating in words.
func (a Age) limit() string {
	if !a.Known {
		return "no limit"
	}
	return a.Label()
}

func (r Restrictions) streamLimit() string {
	if r.Streams == 0 {
		return "no limit"
	}
	return strconv.Itoa(r.Streams)
}

func (r Restrictions) hoursLimit() string {
	if r.Hours == (Hours{}) {
		return alwaysOpen
	}
	return r.Hours.words()
}

func (r Restrictions) zoneName() string {
	if r.TimeZone == "" {
		return "the server’s"
	}
	return r.TimeZone
}

func (l Limits) lastDay() string {
	if l.EndsAt.IsZero() {
		return "none"
	}
	return l.EndsAt.Add(-time.Millisecond).Format("2 January 2006")
}

func sameLabels(a, b []string) bool { return strings.Join(a, "\x1f") == strings.Join(b, "\x1f") }

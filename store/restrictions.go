package store

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Restrictions limit what somebody may watch, and when and how. The zero value
// limits nothing.
type Restrictions struct {
	Rating      Age      // the highest; not Known for no limit
	HideUnrated KindSet  // kinds of library of which what is unrated does not show
	HideLabels  []string // titles with one of these do not show
	OnlyLabels  []string // where there are some: titles without one of these do not show
	NoDownloads bool
	NoChannels  bool
	NoAway      bool // may sign in at home only
	Streams     int  // how many at once; 0 for no limit
	Hours       Hours
	TimeZone    string // IANA name in which the hours count, and times are shown; "" for the server's
}

// None says whether nothing is limited. A time zone alone limits nothing.
func (r Restrictions) None() bool {
	return !r.Rating.Known && r.HideUnrated == 0 && len(r.HideLabels)+len(r.OnlyLabels) == 0 &&
		!r.NoDownloads && !r.NoChannels && !r.NoAway && r.Streams == 0 && r.Hours == Hours{}
}

// Limits of restrictions.
const (
	MaxStreams    = 99
	MaxLabelRules = 100 // labels to hide, and as many to allow
)

// checkRestrictions cleans what is typed, and says what is wrong at the fields
// rating, hide_labels, only_labels, streams and time_zone.
func checkRestrictions(in Restrictions, problems *Invalid) Restrictions {
	if in.Rating.Known && (in.Rating.Years < 0 || in.Rating.Years > MaxAge) {
		problems.Add("rating", "Choose one of the ratings, or no limit.")
	}
	if !in.Rating.Known {
		in.Rating = Age{}
	}
	in.HideUnrated &= AllKinds
	in.HideLabels = checkLabels("hide_labels", in.HideLabels, problems)
	in.OnlyLabels = checkLabels("only_labels", in.OnlyLabels, problems)
	for _, label := range in.OnlyLabels {
		if slices.ContainsFunc(in.HideLabels, func(hidden string) bool { return nameKey(hidden) == nameKey(label) }) {
			problems.Add("only_labels", Quote(label)+" stands among the labels to hide, too. Leave it in one of the two.")
		}
	}
	if in.Streams < 0 || in.Streams > MaxStreams {
		problems.Add("streams", fmt.Sprintf("Type a number from 1 to %d, or leave it empty for no limit.", MaxStreams))
	}
	in.TimeZone = checkTimeZone(in.TimeZone, problems)
	return in
}

// checkTimeZone cleans the name of a time zone, "" for the server's, and says at
// time_zone where there is none of this name.
func checkTimeZone(typed string, problems *Invalid) string {
	name := strings.TrimSpace(typed)
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		problems.Add("time_zone", Quote(name)+" is no time zone that Usher knows. One looks like Europe/Stockholm.")
	}
	return name
}

// checkLabels are the labels as they are stored, each once, by name.
func checkLabels(field string, typed []string, problems *Invalid) []string {
	var labels []string
	seen := make(map[string]bool)
	for _, label := range typed {
		clean := CleanLabel(label)
		if utf8.RuneCountInString(strings.TrimSpace(label)) > MaxLabel {
			problems.Add(field, fmt.Sprintf("%s is longer than the %d characters of a label.", Quote(label), MaxLabel))
		}
		if key := nameKey(clean); clean != "" && !seen[key] {
			seen[key] = true
			labels = append(labels, clean)
		}
	}
	if len(labels) > MaxLabelRules {
		problems.Add(field, fmt.Sprintf("There are %d labels. Name at most %d.", len(labels), MaxLabelRules))
	}
	slices.SortFunc(labels, func(a, b string) int { return strings.Compare(nameKey(a), nameKey(b)) })
	return labels
}

// KindSet is a set of kinds of library, a bit for each in the order of
// LibraryKinds.
type KindSet uint8

// AllKinds holds every kind.
const AllKinds KindSet = 31

// Has says whether the kind is in the set.
func (s KindSet) Has(kind LibraryKind) bool { return s&bitOf(kind) != 0 }

// With is the set with the kind in it.
func (s KindSet) With(kind LibraryKind) KindSet { return s | bitOf(kind) }

// Without is the set with the kind taken out.
func (s KindSet) Without(kind LibraryKind) KindSet { return s &^ bitOf(kind) }

// Kinds are those in the set, in their order.
func (s KindSet) Kinds() []LibraryKind {
	return slices.DeleteFunc(LibraryKinds(), func(kind LibraryKind) bool { return !s.Has(kind) })
}

func bitOf(kind LibraryKind) KindSet {
	at := slices.Index(LibraryKinds(), kind)
	if at < 0 {
		return 0
	}
	return 1 << at
}

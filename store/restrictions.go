package store

import "slices"

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
	TimeZone    string // IANA name in which the hours count; "" for the server's
}

// None says whether nothing is limited. A time zone alone limits nothing.
func (r Restrictions) None() bool {
	return !r.Rating.Known && r.HideUnrated == 0 && len(r.HideLabels)+len(r.OnlyLabels) == 0 &&
		!r.NoDownloads && !r.NoChannels && !r.NoAway && r.Streams == 0 && r.Hours == Hours{}
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

func bitOf(kind LibraryKind) KindSet {
	at := slices.Index(LibraryKinds(), kind)
	if at < 0 {
		return 0
	}
	return 1 << at
}

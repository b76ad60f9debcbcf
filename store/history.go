package store

import "time"

const (
	// TracksKept is the length from which a track is gone on with where
	// somebody stopped: talks and books are, songs begin anew.
	TracksKept = 15 * time.Minute
	// keptFrom is the position below which nothing is written down: somebody
	// had a look.
	keptFrom = 15 * time.Second
	// nearEnd is how long before its end a title counts as watched, unless a
	// twentieth of it is less.
	nearEnd = time.Minute
	// littleMoved is how far a position may be from the one that was saved
	// without being saved itself.
	littleMoved = 3 * time.Second
	// seenAnew is how old the time at which something was seen last may get
	// while it plays on.
	seenAnew = time.Minute
	// longest bounds positions and lengths, which are told by browsers.
	longest = 1000 * time.Hour
)

// What is something to watch: a title, or an entry of a channel.
type What struct {
	Title, Entry int64 // one of them is 0
}

// Position is where somebody is in a title, as the page that plays it tells.
type Position struct {
	Part   int           // the file, from 1
	At     time.Duration // in that part
	Length time.Duration // of that part; 0 is not known
	Ended  bool          // the part is over
}

// Headway is how far somebody has come with a title; the zero Headway is
// theirs who have not begun.
type Headway struct {
	Part     int           // in which they stopped, from 1
	Position time.Duration // in that part; 0 is its beginning
	Length   time.Duration // of that part; 0 is not known
	Watched  bool          // to the end, or marked so
	SeenAt   time.Time     // when it was last played or marked
}

// Begun says whether there is a place to go on from.
func (p Headway) Begun() bool { return p.Position > 0 || p.Part > 1 }

// Left is how much of the part is left; 0 where it is not known.
func (p Headway) Left() time.Duration {
	if !p.Begun() {
		return 0
	}
	return max(0, p.Length-p.Position)
}

// Percent is how much of the part has been seen, from 0 to 100; 0 where its
// length is not known.
func (p Headway) Percent() int {
	if p.Length <= 0 {
		return 0
	}
	return int(min(100, 100*p.Position/p.Length))
}

// playable is what decides how a position in something is kept.
type playable struct {
	kind  TitleKind // "" for an entry of a channel
	parts int
	live  bool // without an end, so that there is nothing to go on from
}

// kept is whether a position in it is worth keeping.
func (w playable) kept(length time.Duration) bool {
	return !w.live && (w.kind != TitleTrack || length >= TracksKept)
}

// over is the progress after a page has told a position over what it was
// before, and whether that is worth writing down.
func (at Position) over(before Headway, of playable, now time.Time) (after Headway, worth bool) {
	at = at.clean(of.parts)
	after = before
	after.Part, after.Position, after.Length = 1, 0, at.Length
	switch {
	case at.atEnd() && at.Part < of.parts:
		after.Part = at.Part + 1
	case at.atEnd() && !of.live:
		after.Watched = true
	case at.Part == 1 && at.At < keptFrom:
		return before, false
	case of.kept(at.Length):
		after.Part, after.Position = at.Part, at.At
	}
	if now.Sub(before.SeenAt) >= seenAnew || after.Watched && !before.Watched || after.Begun() != before.Begun() {
		after.SeenAt = now
	}
	moved := (after.Position - before.Position).Abs() >= littleMoved
	return after, moved || after.Part != before.Part || after.Watched != before.Watched || after.SeenAt != before.SeenAt
}

// clean is the position within what there is.
func (at Position) clean(parts int) Position {
	at.Part = min(max(1, at.Part), max(1, parts))
	at.Length = min(max(0, at.Length), longest)
	at.At = min(max(0, at.At), longest)
	if at.Length > 0 {
		at.At = min(at.At, at.Length)
	}
	return at
}

// atEnd says whether the part has been seen: up to its last minute, or its last
// twentieth where that is less.
func (at Position) atEnd() bool {
	return at.Ended || at.Length > 0 && at.Length-at.At <= min(nearEnd, at.Length/20)
}

// HistoryAPage is how much one page of a history or of favourites holds.
const HistoryAPage = 50

// HistoryFilter narrows a history.
type HistoryFilter string

// The filters of a history.
const (
	HistoryAll      HistoryFilter = ""
	HistoryFilms    HistoryFilter = "films"
	HistoryEpisodes HistoryFilter = "episodes"
	HistoryMusic    HistoryFilter = "music"
	HistoryVideos   HistoryFilter = "videos"
	HistoryChannels HistoryFilter = "channels"
)

// HistoryQuery asks for one page of what somebody has watched, or of their
// favourites.
type HistoryQuery struct {
	User   int64
	Filter HistoryFilter
	Search string // finds the beginning of any word of the name, or of what it lies in; every word must be found
	Page   int    // from 1; less is 1, more than there are is the last
}

// Clean is the query with an unknown filter left out.
func (q HistoryQuery) Clean() HistoryQuery {
	switch q.Filter {
	case HistoryFilms, HistoryEpisodes, HistoryMusic, HistoryVideos, HistoryChannels:
	default:
		q.Filter = HistoryAll
	}
	return q
}

// Viewed is something in a history, among favourites or recommended: a title, as
// in a TitlePage, or an entry of a channel, without its plot.
type Viewed struct {
	Title   Title        // zero for an entry
	Entry   ChannelEntry // zero for a title
	Headway Headway      // zero for what was never watched
}

// HistoryPage is one page of a history.
type HistoryPage struct {
	Viewed []Viewed
	Total  int // over all pages
	Page   int // from 1
	Pages  int // at least 1
}

// lets says whether the filter lets something through.
func (f HistoryFilter) lets(v viewing) bool {
	switch f {
	case HistoryFilms:
		return v.kind == TitleFilm
	case HistoryEpisodes:
		return v.kind == TitleEpisode || v.kind == TitleSeries || v.kind == TitleSeason
	case HistoryMusic:
		return v.kind == TitleTrack || v.kind == TitleAlbum || v.kind == TitleArtist
	case HistoryVideos:
		return v.kind == TitleVideo
	case HistoryChannels:
		return v.Entry != 0
	case HistoryAll:
	}
	return true
}

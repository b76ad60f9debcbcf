package views

import (
	"slices"
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// TitlePage is a title with what it lies in and what lies in it.
type TitlePage struct {
	Layout  ui.Layout
	Title   store.Title
	Library store.Library
	Root    store.Title   // the series or artist at the top; zero for none
	Parent  store.Title   // what it lies in; zero for none, and for the root itself
	Inside  []store.Title // seasons, episodes, albums or tracks, by their numbers
	Admin   bool          // the viewer may correct it in the admin area
	Plays   bool          // the viewer may play it; Player.Refused says why not
	Player  Player        // of what has a picture that moves, or sound
	Around  Around        // of a picture
	Start   Way           // of what holds others: to what is to be played now
	Beside  []store.Title // of a track: its album, with itself

	Download bool // the viewer may download it

	Marks     bool                    // the viewer looks with their own eyes, and may mark it
	Favourite bool                    // it is one of theirs
	Headway   map[int64]store.Headway // how far they have come with it and with what is listed
	Seen, All int                     // of what holds others: how many of those inside they have watched
}

// face is the title whose poster stands on the page: its own, or else that of
// what it lies in.
func (p TitlePage) face() store.Title {
	for _, t := range []store.Title{p.Title, p.Parent, p.Root} {
		if t.Poster != "" {
			return t
		}
	}
	return p.Title
}

// crumb is a way back to what a title lies in.
type crumb struct{ href, label string }

// crumbs lead back to what the title lies in, the library first.
func (p TitlePage) crumbs() []crumb {
	crumbs := []crumb{{WatchAddress(p.Library.ID), LibraryName(p.Library)}}
	for _, t := range []store.Title{p.Root, p.Parent} {
		if t.ID != 0 {
			crumbs = append(crumbs, crumb{TitleAddress(t.ID), t.Name})
		}
	}
	return crumbs
}

// browse is the title’s library narrowed to a genre or label.
func (p TitlePage) browse(q store.TitleQuery) string {
	q.Library, q.Kind = p.Library.ID, p.Library.Kind.Shelves()[0]
	for _, kind := range p.Library.Kind.Shelves() {
		if kind == p.Title.Kind {
			q.Kind = kind
		}
	}
	q.Sort = q.Kind.Sorts()[0]
	return BrowsePage{Library: p.Library}.address(q)
}

func (p TitlePage) genreAddress(genre string) string {
	return p.browse(store.TitleQuery{Genre: genre})
}

func (p TitlePage) labelAddress(label string) string {
	return p.browse(store.TitleQuery{Label: label})
}

// line is what stands below the name: the year, the number, how much is inside.
func (p TitlePage) line() string {
	t := p.Title
	switch t.Kind {
	case store.TitleEpisode:
		return joined(" · ", numbered("Episode", t), dated("Aired on", t))
	case store.TitleTrack:
		return joined(" · ", numbered("Track", t), yearText(t.Year))
	case store.TitlePicture:
		if t.Date.IsZero() {
			return ""
		}
		return "Taken on " + dayAndTime(t.Date)
	case store.TitleVideo:
		return joined(" · ", yearText(t.Year), dated("Filmed on", t))
	case store.TitleFilm:
		return yearText(t.Year)
	case store.TitleSeries, store.TitleSeason, store.TitleArtist, store.TitleAlbum:
	}
	return joined(" · ", yearText(t.Year), p.inside())
}

// inside counts what lies in the title.
func (p TitlePage) inside() string {
	if len(p.Inside) == 0 {
		return ""
	}
	one, many := titleNoun(p.Inside[0].Kind)
	return ui.Count(len(p.Inside), one, many)
}

// numbered is the number of an episode or track after its word: "Episodes 3–4";
// "" where its name says just that.
func numbered(word string, t store.Title) string {
	number := numberText(t)
	switch {
	case number == "":
		return ""
	case t.LastNumber > t.Number:
		return word + "s " + number
	case t.Name == word+" "+number:
		return ""
	}
	return word + " " + number
}

func dated(words string, t store.Title) string {
	if t.Date.IsZero() {
		return ""
	}
	return words + " " + day(t.Date)
}

// WindowTitle is what the browser calls the page.
func (p TitlePage) WindowTitle() string {
	switch p.Title.Kind {
	case store.TitleSeason, store.TitleAlbum, store.TitleEpisode, store.TitleTrack:
		return joined(", ", p.Root.Name, p.Title.Name)
	default:
		return p.Title.Name
	}
}

// disc is one disc of an album, or all of it.
type disc struct {
	heading string
	tracks  []store.Title
}

// discs are the tracks by disc; one disc needs no heading.
func (p TitlePage) discs() []disc {
	var discs []disc
	for i, t := range p.Inside {
		if i == 0 || t.Disc != p.Inside[i-1].Disc {
			discs = append(discs, disc{heading: "Disc " + strconv.Itoa(t.Disc)})
		}
		last := &discs[len(discs)-1]
		last.tracks = append(last.tracks, t)
	}
	if len(discs) == 1 {
		discs[0].heading = ""
	}
	for i := range discs {
		if discs[i].heading == "Disc 0" {
			discs[i].heading = "Without a disc"
		}
	}
	return discs
}

// ofKind are those inside that are of a kind.
func (p TitlePage) ofKind(kind store.TitleKind) []store.Title {
	var titles []store.Title
	for _, t := range p.Inside {
		if t.Kind == kind {
			titles = append(titles, t)
		}
	}
	return titles
}

// anyPoster says whether one of the titles has a poster: a list without any does
// without the tiles as well.
func anyPoster(titles []store.Title) bool {
	return slices.ContainsFunc(titles, func(t store.Title) bool { return t.Poster != "" })
}

// streamAddress is where the bytes of a title are.
func streamAddress(t store.Title) string { return TitleAddress(t.ID) + "/stream" }

// pictureAddress is where the large image of a picture is.
func pictureAddress(t store.Title) string { return TitleAddress(t.ID) + "/picture/" + t.Poster }

// NewPlayer is what plays the title of a page, as far as the title itself says
// it.
func NewPlayer(p TitlePage) Player {
	player := Player{Home: TitleAddress(p.Title.ID), Download: p.Download, Name: p.Title.Name, By: p.Root.Name, From: p.Parent.Name, Part: 1, Parts: 1, Sound: p.Title.Kind == store.TitleTrack}
	if face := p.face(); face.Poster != "" {
		player.Poster = posterAddress(face)
	}
	return player
}

// watched says whether the viewer has watched all of it.
func (p TitlePage) watched() bool {
	if p.Title.Kind.Holds() {
		return p.All > 0 && p.Seen == p.All
	}
	return p.Headway[p.Title.ID].Watched
}

// Marks are what a viewer has noted about a title or an entry of a channel. The
// zero Marks are those of nobody, who can note nothing.
type Marks struct {
	Home      string // its address
	Ends      bool   // it can be watched to its end
	Watched   bool
	Favourite bool
}

// marks are those of the viewer about the title.
func (p TitlePage) marks() Marks {
	if !p.Marks {
		return Marks{}
	}
	return Marks{Home: TitleAddress(p.Title.ID), Ends: p.Title.Kind != store.TitlePicture, Watched: p.watched(), Favourite: p.Favourite}
}

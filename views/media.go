package views

import (
	"strconv"
	"strings"

	"usher/store"
	"usher/views/ui"
)

// Shelf is a list of media that administrators keep in order.
type Shelf string

// The shelves, named as in their addresses.
const (
	Libraries Shelf = "libraries"
	Channels  Shelf = "channels"
)

// Address is the address of the list.
func (s Shelf) Address() string { return "/admin/" + string(s) }

// AddressOf is the address of one of the list.
func (s Shelf) AddressOf(id int64) string { return s.Address() + "/" + strconv.FormatInt(id, 10) }

// editAddress is where what one is called, and where it lies, are changed.
func (s Shelf) editAddress(id int64) string {
	if s == Libraries {
		return s.AddressOf(id) + "/folders"
	}
	return s.AddressOf(id)
}

// Title is the heading of the list.
func (s Shelf) Title() string {
	if s == Libraries {
		return "Libraries"
	}
	return "Channels"
}

// one is what the list holds.
func (s Shelf) one() string {
	if s == Libraries {
		return "library"
	}
	return "channel"
}

// formTitle is the heading of the form of one with this id and name; 0 is a
// new one.
func (s Shelf) formTitle(id int64, name string) string {
	if id == 0 {
		return "New " + s.one()
	}
	return name
}

// formAction is where that form is sent.
func (s Shelf) formAction(id int64) string {
	if id == 0 {
		return s.Address() + "/new"
	}
	return s.AddressOf(id)
}

// MediaItem is a library or a channel on its shelf.
type MediaItem struct {
	ID     int64
	Name   string
	Icon   string
	Kind   string // in words, where there is more to say than the name
	Place  string // its folders or its address
	Chosen int    // for how many people it was chosen
	Size   string // how much is in it: “148 films”; "" for what has none
	State  string // what is the matter with it, or happens to it; "" for nothing
	Bad    bool   // the state asks for attention
}

// line is what stands below the name.
func (i MediaItem) line() string { return joined(" · ", i.Kind, i.Size) }

// LibraryState tells how a library is in a list: whether it can be read, and is
// being scanned.
func LibraryState(l store.Library, open []store.Job) (state string, bad bool) {
	if unreachable(l) {
		return "Unreachable", true
	}
	for _, job := range open {
		if job.LibraryID == l.ID && job.State == store.JobRunning {
			return "Being scanned", false
		}
	}
	return "", false
}

// LibrarySize is how much is in a library, in words.
func LibrarySize(l store.Library, titles int) string { return countTitles(titles, l.Kind.Kinds()[0]) }

func (i MediaItem) stateBadge() string {
	if i.Bad {
		return "bad"
	}
	return "accent"
}

func (i MediaItem) chosenFor() string {
	if i.Chosen == 0 {
		return "Chosen for nobody"
	}
	return "Chosen for " + ui.CountOf(i.Chosen, "person", "people")
}

// LibraryItem is a library as lists show it.
func LibraryItem(l store.Library) MediaItem {
	return MediaItem{ID: l.ID, Name: l.Name, Icon: libraryIcon(l.Kind), Kind: kindOf(l), Place: ui.Names(l.Folders, 0)}
}

// kindOf is what the library holds, "" where its name says so already.
func kindOf(l store.Library) string {
	if kind := l.Kind.Label(); !strings.EqualFold(kind, l.Name) {
		return kind
	}
	return ""
}

// ChannelItem is a channel as lists show it.
func ChannelItem(c store.Channel) MediaItem {
	return MediaItem{ID: c.ID, Name: c.Name, Icon: "tv", Place: c.Address}
}

func libraryIcon(kind store.LibraryKind) string {
	switch kind {
	case store.KindFilms:
		return "film"
	case store.KindSeries:
		return "cards"
	case store.KindMusic:
		return "music"
	case store.KindPhotos:
		return "picture"
	case store.KindHomeVideos:
		return "video"
	}
	return "folder"
}

// MediaListPage shows a shelf.
type MediaListPage struct {
	Layout ui.Layout
	Shelf  Shelf
	Items  []MediaItem
	Moved  int64 // what was just moved; its button keeps the focus
	Up     bool  // which way
}

func (p MediaListPage) intro() string {
	count := ui.Count(len(p.Items), p.Shelf.one(), string(p.Shelf))
	if len(p.Items) == 1 {
		return count + ". Everyone with all " + string(p.Shelf) + " sees it."
	}
	return count + ", in the order in which everyone sees them."
}

// focus says whether the button that moves the item at a place up or down gets
// the focus: the one just pressed, or the other when there is no further to go.
func (p MediaListPage) focus(at int, up bool) bool {
	if p.Items[at].ID != p.Moved {
		return false
	}
	if at == 0 {
		return !up
	}
	if at == len(p.Items)-1 {
		return up
	}
	return up == p.Up
}

// MediaDeletePage asks before a library or channel is deleted.
type MediaDeletePage struct {
	Layout ui.Layout
	Shelf  Shelf
	Item   MediaItem
}

func (p MediaDeletePage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title:  "Delete the " + p.Shelf.one() + " " + p.Item.Name + "?",
		Action: p.Shelf.AddressOf(p.Item.ID) + "/delete",
		Button: "Delete " + p.Item.Name,
		Cancel: p.Shelf.Address(),
		Danger: true,
	}
}

// losers says who can watch it no more.
func (p MediaDeletePage) losers() string {
	all := "everyone with all " + string(p.Shelf)
	switch p.Item.Chosen {
	case 0:
		return "It was chosen for nobody by name, but " + all + " loses it."
	case 1:
		return "One person for whom it was chosen loses it, and so does " + all + "."
	}
	return ui.Count(p.Item.Chosen, "person", "people") + " for whom it was chosen lose it, and so does " + all + "."
}

func (p MediaDeletePage) stays() string {
	if p.Shelf == Libraries {
		return "The files on the disk stay where they are."
	}
	return "What is at its address stays as it is."
}

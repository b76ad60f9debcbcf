package views

import (
	"usher/store"
	"usher/views/ui"
)

// LibraryPage adds a library, or changes one.
type LibraryPage struct {
	Layout   ui.Layout
	Library  store.Library // as saved; the zero Library for a new one
	Name     string        // as typed, and so the next two
	Kind     string
	Folders  string
	Missing  []string // why folders of it cannot be read now
	Shared   []string // which folders it shares with other libraries
	Data     []string // which of them hold Usher's own data, or lie in it
	Problems Problems
}

// Title is the heading of the page.
func (p LibraryPage) Title() string { return Libraries.formTitle(p.Library.ID, p.Library.Name) }

func kindOptions() []ui.Option {
	var options []ui.Option
	for _, kind := range store.LibraryKinds() {
		options = append(options, ui.Option{Value: string(kind), Label: kind.Label()})
	}
	return options
}

package views

import (
	"usher/store"
	"usher/views/ui"
)

// PersonalFolder is the card about a user's personal folder, for administrators
// alone.
type PersonalFolder struct {
	Person   Person
	Folder   store.Library // the zero Library for none
	Kind     string        // as typed, and so the next
	Path     string
	Shared   []string // what it has in common with others
	Trouble  []string // why it cannot be read, or that it lies around Usher's own data
	MaySet   bool
	Problems Problems
}

func (p PersonalFolder) action() string { return p.Person.address("/folder") }

func (p PersonalFolder) kind() ui.SelectProps {
	return ui.SelectProps{Name: "folder_kind", Label: "What it holds", Value: p.Kind, Error: p.Problems.At("folder_kind"), Options: kindOptions()}
}

func (p PersonalFolder) path() ui.FieldProps {
	return ui.FieldProps{
		Name: "folder_path", Label: "Folder on the server", Value: p.Path, Error: p.Problems.At("folder_path"), Autocomplete: "off",
		Help: "The whole path, such as /srv/photos. Usher reads it and changes nothing in it.", Required: true,
	}
}

// RemoveFolderPage asks before a personal folder is taken out of Usher.
type RemoveFolderPage struct {
	Layout ui.Layout
	Person Person
	Folder store.Library
}

func (p RemoveFolderPage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title: "Take the folder of " + p.Person.User.Name + " out of Usher?", Action: p.Person.address("/folder/remove"),
		Button: "Take it out", Cancel: p.Person.address("/access"), Danger: true,
	}
}

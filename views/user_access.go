package views

import (
	"usher/store"
	"usher/views/ui"
)

// AccessPage is the Access tab of one user.
type AccessPage struct {
	Layout ui.Layout
	Person Person
	Actor  store.Actor
	Choice AccessChoice
	Folder PersonalFolder
}

package views

import (
	"usher/store"
	"usher/views/ui"
)

// OwnProfilePage is where somebody changes their own name, e-mail and picture.
type OwnProfilePage struct {
	Layout ui.Layout
	User   store.User

	Name, Email, Current string // as typed
	Problems             Problems
	Picture              Problems // with the picture, which is sent by itself
}

func (p OwnProfilePage) who() string {
	help := "You sign in with your name or your e-mail address."
	if p.User.Kind == store.KindGuest {
		help += " Only you can change them."
	}
	return help
}

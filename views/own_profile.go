package views

import (
	"usher/store"
	"usher/views/ui"
)

// OwnProfilePage is where a guest changes their own name and e-mail.
type OwnProfilePage struct {
	Layout ui.Layout
	User   store.User

	Name, Email, Current string // as typed
	Problems             Problems
}

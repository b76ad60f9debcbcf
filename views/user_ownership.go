package views

import "usher/views/ui"

// OwnershipPage asks the owner before the ownership goes to someone else.
type OwnershipPage struct {
	Layout ui.Layout
	Person Person
}

package views

import (
	"usher/store"
	"usher/views/ui"
)

// RestrictionsPage is the Restrictions tab of one user.
type RestrictionsPage struct {
	Layout   ui.Layout
	Person   Person
	Actor    store.Actor
	Fields   RestrictionFields
	Ends     string // the last day, as a date field has it
	Problems Problems
}

// endsHelp says what the end date does.
func endsHelp(name string) string {
	return "The last day on which " + name + " may come in. Leave it empty for never."
}

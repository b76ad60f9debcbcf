package views

import "usher/views/ui"

// UserActivityPage is the Activity tab of one user.
type UserActivityPage struct {
	Layout  ui.Layout
	Person  Person
	Records ActivityRecords
}

package views

import (
	"time"

	"usher/views/ui"
)

// PlayerLinkPage shows an address to open something in a player with, once: the
// server keeps only its hash, so the page is the answer to the form that made it.
type PlayerLinkPage struct {
	Layout  ui.Layout
	Name    string    // of what it opens
	Back    string    // the page of that
	Address string    // for a player
	List    string    // where a list for players is, in which the address stands
	Ends    time.Time // in the time zone to show
}

// Package door holds the pages at which people come in and go out: set-up,
// sign-in, one-time links.
package door

import (
	"time"

	"usher/web/page"
)

// Handlers answer at the door.
type Handlers struct {
	*page.Core
	measuring *budget
}

// New are the handlers around core.
func New(core *page.Core) *Handlers {
	return &Handlers{Core: core, measuring: newBudget(time.Now)}
}

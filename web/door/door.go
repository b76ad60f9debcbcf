// Package door holds the pages at which people come in and go out: set-up,
// sign-in, one-time links.
package door

import (
	"golang.org/x/time/rate"

	"usher/web/page"
)

// Handlers answer at the door.
type Handlers struct {
	*page.Core
	measuring *rate.Limiter
}

// How often the strength of a password is measured for all who type, in a
// second and at once. The measure costs a little, and strangers can ask for it.
const (
	measuresPerSecond = 40
	measuresAtOnce    = 80
)

// New are the handlers around core.
func New(core *page.Core) *Handlers {
	return &Handlers{Core: core, measuring: rate.NewLimiter(measuresPerSecond, measuresAtOnce)}
}

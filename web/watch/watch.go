// Package watch holds the user-facing side: what people may watch.
package watch

import "usher/web/page"

// Handlers answer for whoever is signed in, about what they may watch.
type Handlers struct {
	*page.Core
}

// New are the handlers around core.
func New(core *page.Core) *Handlers { return &Handlers{core} }

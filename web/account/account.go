// Package account holds the pages on which people look after themselves.
package account

import "usher/web/page"

// Handlers answer for whoever is signed in, about themselves.
type Handlers struct {
	*page.Core
}

// New are the handlers around core.
func New(core *page.Core) *Handlers { return &Handlers{core} }

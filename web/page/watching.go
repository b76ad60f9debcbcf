package page

import (
	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
)

// Watching is the user whose eyes the user-facing side is seen with.
func (v *Viewer) Watching() store.User { return v.User }

// WatchLayout is Layout for a page of the user-facing side: the side bar also
// leads to the libraries that are open. The section of a library is its address.
func (p *Core) WatchLayout(c echo.Context, title, section string, libraries []store.Library) (ui.Layout, error) {
	layout, err := p.Layout(c, title, section)
	for _, library := range libraries {
		layout.Libraries = append(layout.Libraries, views.LibraryLink(library))
	}
	return layout, err
}

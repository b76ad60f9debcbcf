// Package admin holds the pages of the admin area.
package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/media/poster"
	"usher/web/page"
)

// Handlers answer in the admin area.
type Handlers struct {
	*page.Core
	posters *poster.Posters
}

// New are the handlers around core, with the posters of titles.
func New(core *page.Core, posters *poster.Posters) *Handlers { return &Handlers{core, posters} }

// Entrance leads to the first page of the admin area.
func (h *Handlers) Entrance(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, "/admin/users")
}

// Package admin holds the pages of the admin area.
package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// Handlers answer in the admin area.
type Handlers struct {
	*page.Core
}

// New are the handlers around core.
func New(core *page.Core) *Handlers { return &Handlers{core} }

// Entrance leads to the first page of the admin area.
func (h *Handlers) Entrance(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, "/admin/users")
}

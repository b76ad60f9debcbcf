package account

import (
	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// Picture is a user's picture, for themself and for administrators. To anyone
// else it does not exist. Its address has its hash, so it never changes.
func (h *Handlers) Picture(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	if viewer := page.From(c); id != viewer.User.ID && !viewer.Admin() {
		return echo.ErrNotFound
	}
	jpeg, err := h.Store.Picture(c.Request().Context(), id, c.Param("hash"))
	if err != nil {
		return err
	}
	return page.SendPicture(c, c.Param("hash"), jpeg)
}

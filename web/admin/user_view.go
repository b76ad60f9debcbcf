package admin

import (
	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// ViewAs shows the user-facing side as a user sees it, from its home on.
func (h *Handlers) ViewAs(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	if err := h.Store.ViewAs(c.Request().Context(), viewer.Actor(), viewer.Session.ID, u.ID); err != nil {
		if problems, ok := page.Invalid(err); ok {
			return h.NotDone(c, about(u, ""), problems[0].Message)
		}
		return err
	}
	return h.Done(c, "/", "")
}

// StopViewing leads back to the user as whom an administrator was viewing.
func (h *Handlers) StopViewing(c echo.Context) error {
	viewer := page.From(c)
	id, err := h.Store.StopViewing(c.Request().Context(), viewer.Actor(), viewer.Session.ID)
	if err != nil {
		return err
	}
	if id == 0 {
		return h.Done(c, "/", "")
	}
	u, err := h.Store.User(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return h.Done(c, about(u, ""), "You see what you yourself see again.")
}

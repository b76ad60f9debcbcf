package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// AccessForm shows the Access tab.
func (h *Handlers) AccessForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, u, views.TabAccess)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Access(views.AccessPage{
		Layout: layout, Person: head, Actor: page.From(c).Actor(),
		Choice: views.AccessChoice{Access: u.Access, Libraries: head.Libraries, Channels: head.Channels},
	}))
}

// SaveAccess changes what a user may watch.
func (h *Handlers) SaveAccess(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form accessForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.SetAccess(c.Request().Context(), page.From(c).Actor(), form.access(), u.ID); err != nil {
		return err
	}
	return h.Done(c, about(u, "/access"), "What "+u.Name+" may watch is saved. It counts at once.")
}

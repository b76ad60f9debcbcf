package admin

import (
	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// user is whom the route names, or store.ErrNotFound or a 404.
func (h *Handlers) user(c echo.Context) (store.User, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.User{}, err
	}
	return h.Store.User(c.Request().Context(), id)
}

// person is the frame of a page about u: the shell, and the head with its tabs.
func (h *Handlers) person(c echo.Context, u store.User, tab views.PersonTab) (ui.Layout, views.Person, error) {
	head := views.Person{User: u, Now: h.Now(c), Tab: tab, Actor: page.From(c).Actor()}
	var err error
	if head.Libraries, head.Channels, err = h.Store.Media(c.Request().Context()); err != nil {
		return ui.Layout{}, head, err
	}
	if head.Devices, err = h.Store.CountDevices(c.Request().Context(), u.ID); err != nil {
		return ui.Layout{}, head, err
	}
	layout, err := h.Layout(c, u.Name, section(u))
	return layout, head, err
}

// about is the address of a page about u.
func about(u store.User, under string) string { return views.UserAddress(u.ID) + under }

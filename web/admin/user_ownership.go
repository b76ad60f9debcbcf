package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// heir is the administrator whom the route names, to whom the viewer may hand
// the ownership over; else store.ErrForbidden.
func (h *Handlers) heir(c echo.Context) (store.User, error) {
	u, err := h.user(c)
	if err == nil && !page.From(c).Actor().MayHandOver(u) {
		err = fmt.Errorf("hand over to user %d: %w", u.ID, store.ErrForbidden)
	}
	return u, err
}

// OwnershipForm asks before the ownership goes to someone else.
func (h *Handlers) OwnershipForm(c echo.Context) error {
	heir, err := h.heir(c)
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, heir, views.TabProfile)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Ownership(views.OwnershipPage{Layout: layout, Person: head}))
}

// HandOver makes an administrator the owner in the viewer's place.
func (h *Handlers) HandOver(c echo.Context) error {
	heir, err := h.heir(c)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	if err := h.Store.HandOver(c.Request().Context(), viewer.Actor(), heir.ID, viewer.Session.ID); err != nil {
		return err
	}
	return h.Done(c, about(heir, ""), heir.Name+" is the owner now, and you are an administrator.")
}

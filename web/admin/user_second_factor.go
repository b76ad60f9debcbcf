package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// RemoveSecondFactorForm asks before a user's second factor goes.
func (h *Handlers) RemoveSecondFactorForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MayResetPassword(u) {
		return store.ErrForbidden
	}
	if !u.SecondFactor() {
		return c.Redirect(http.StatusSeeOther, about(u, "/sign-in"))
	}
	layout, err := h.Layout(c, "Remove the second factor of "+u.Name+"?", "users")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RemoveSecondFactor(views.RemoveSecondFactorPage{Layout: layout, User: u}))
}

// RemoveSecondFactor takes a user's second factor away.
func (h *Handlers) RemoveSecondFactor(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if err := h.Store.RemoveSecondFactor(c.Request().Context(), page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	return h.Done(c, about(u, "/sign-in"), "The second factor of "+u.Name+" is removed. "+u.Name+" can set up a new one under My account.")
}

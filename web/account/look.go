package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/web/page"
)

// lookForm is how somebody chooses light or dark, on the page of their account or
// in the menu of all pages.
type lookForm struct {
	Look string `form:"look"`
	Next string `form:"next"` // where the menu was; "" on the page
}

// SaveLook chooses whether pages are light or dark for the viewer. A script that
// has painted them already is answered with nothing.
func (h *Handlers) SaveLook(c echo.Context) error {
	var form lookForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.SetLook(c.Request().Context(), page.From(c).Actor(), store.Look(form.Look)); err != nil {
		return err
	}
	if page.WantsJSON(c) {
		return c.NoContent(http.StatusNoContent)
	}
	if form.Next != "" {
		return c.Redirect(http.StatusSeeOther, auth.SafeNext(form.Next))
	}
	return h.Done(c, "/account", "Your look is saved.")
}

// timeZoneForm is what the form for one's own time zone sends.
type timeZoneForm struct {
	TimeZone string `form:"time_zone"`
}

// SaveTimeZone chooses the time zone in which times are shown to the viewer.
func (h *Handlers) SaveTimeZone(c echo.Context) error {
	var form timeZoneForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	err := h.Store.SetTimeZone(c.Request().Context(), page.From(c).Actor(), form.TimeZone)
	if problems, ok := page.Invalid(err); ok {
		return h.showAccount(c, http.StatusUnprocessableEntity, &form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, "/account", "Your time zone is saved.")
}

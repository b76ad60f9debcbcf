package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
)

// UserActivity shows what a user did and what was done for them.
func (h *Handlers) UserActivity(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	records, err := h.activityRecords(c, about(u, "/activity"), u.ID, "What "+u.Name+" does, and what is done for "+u.Name+", will stand here.")
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, u, views.TabActivity)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.UserActivity(views.UserActivityPage{Layout: layout, Person: head, Records: records}))
}

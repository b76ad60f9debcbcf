package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Activity shows what happened on the server, newest first.
func (h *Handlers) Activity(c echo.Context) error {
	layout, err := h.Layout(c, "Activity", "activity")
	if err != nil {
		return err
	}
	records, err := h.activityRecords(c, "/admin/activity", 0, "Every change and every sign-in is written down here as it happens.")
	if err != nil {
		return err
	}
	kept := page.From(c).Settings.ActivityKept
	return h.Render(c, http.StatusOK, views.Activity(views.ActivityPage{Layout: layout, Records: records, KeptDays: int(kept / store.Day)}))
}

package admin

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
)

// activityRecords reads the records that a page at address asks for with q
// and before. A userID other than 0 asks for one user's only.
func (h *Handlers) activityRecords(c echo.Context, address string, userID int64, nothing string) (views.ActivityRecords, error) {
	// A before that is no number asks for the newest, as none does.
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	query := store.ActivityQuery{Search: c.QueryParam("q"), UserID: userID, Before: before}
	records, err := h.Store.Activity(c.Request().Context(), query)
	return views.ActivityRecords{
		Address: address, Search: query.Search, Before: before, Page: records, Now: h.Now(c), Nothing: nothing,
	}, err
}

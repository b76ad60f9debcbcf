package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// LibraryOverview shows what a library has, its folders, and its last scan.
func (h *Handlers) LibraryOverview(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	model := views.LibraryOverviewPage{
		Head: views.LibraryHead{Library: library, Tab: views.LibraryOverviewTab}, Actor: page.From(c).Actor(), Now: h.Now(c),
	}
	for _, kind := range library.Kind.Kinds() {
		counts, err := h.Store.ShelfCounts(ctx, library, kind)
		if err != nil {
			return err
		}
		model.Kinds = append(model.Kinds, views.KindCounts{Kind: kind, ShelfCounts: counts})
	}
	if model.Job, err = h.latestJob(c, library.ID); err != nil {
		return err
	}
	if model.Shared, err = h.sharedFolders(ctx, library); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, library.Name, string(views.Libraries)); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.LibraryOverview(model))
}

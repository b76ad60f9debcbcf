package watch

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Search looks for a name in all libraries that are open to the user.
func (h *Handlers) Search(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c).Watching().ID
	model := views.SearchPage{Search: page.SearchText(c.QueryParams(), maxSearch)}
	var err error
	if model.Libraries, err = h.Store.OpenLibraries(ctx, viewer); err != nil {
		return err
	}
	if model.Search != "" {
		query := store.TitleQuery{Viewer: viewer, Search: model.Search, Page: page.Number(c.QueryParams())}
		if model.Found, err = h.Store.Titles(ctx, query.Clean()); err != nil {
			return err
		}
	}
	if model.Holders, err = h.Store.HolderNames(ctx, model.Found.Titles); err != nil {
		return err
	}
	if model.Headway, err = h.headway(c, model.Found.Titles...); err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, "Search", "search", model.Libraries); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Search(model))
}

package watch

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// Title shows one title. One that is hidden is answered as one that does not
// exist.
func (h *Handlers) Title(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	model := views.TitlePage{}
	if model.Title, err = h.Store.VisibleTitle(ctx, viewer.Watching().ID, id); err != nil {
		return err
	}
	libraries, library, err := h.openLibrary(c, model.Title.LibraryID)
	if err != nil {
		return err
	}
	model.Library, model.Admin = library, viewer.Admin() && !viewer.ViewingAs() && library.UserID == 0
	if err := h.around(c, &model); err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, model.WindowTitle(), views.WatchAddress(library.ID), libraries); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Title(model))
}

// around adds what the title lies in, and what lies in it.
func (h *Handlers) around(c echo.Context, model *views.TitlePage) (err error) {
	ctx, viewer, title := c.Request().Context(), page.From(c).Watching().ID, model.Title
	if title.Kind.Holds() {
		if model.Inside, err = h.Store.TitlesIn(ctx, viewer, title.ID); err != nil {
			return err
		}
	}
	if title.RootID != 0 {
		if model.Root, err = h.Store.VisibleTitle(ctx, viewer, title.RootID); err != nil {
			return err
		}
	}
	if title.ParentID != 0 && title.ParentID != title.RootID {
		if model.Parent, err = h.Store.VisibleTitle(ctx, viewer, title.ParentID); err != nil {
			return err
		}
	}
	return nil
}

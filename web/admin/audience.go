package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// LibraryAudience shows the users to whom a library is open.
func (h *Handlers) LibraryAudience(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var model views.AudiencePage
	if model.Library, err = h.Store.AnyLibrary(c.Request().Context(), id); err != nil {
		return err
	}
	found, all, err := h.Store.LibraryAudience(c.Request().Context(), id, page.Number(c.QueryParams()))
	if err != nil {
		return err
	}
	return h.audience(c, model, found, all)
}

// TitleAudience shows the users who see a title.
func (h *Handlers) TitleAudience(c echo.Context) (err error) {
	var model views.AudiencePage
	if model.Title, model.Library, err = h.anyTitle(c); err != nil {
		return err
	}
	found, all, err := h.Store.TitleAudience(c.Request().Context(), model.Title.ID, page.Number(c.QueryParams()))
	if err != nil {
		return err
	}
	return h.audience(c, model, found, all)
}

func (h *Handlers) audience(c echo.Context, model views.AudiencePage, found store.UserPage, all int) (err error) {
	model.PeopleList = views.PeopleList{Actor: page.From(c).Actor(), Found: found, Now: h.Now(c)}
	model.All = all
	libraries, channels, err := h.Store.Media(c.Request().Context())
	if err != nil {
		return err
	}
	model.PeopleList.Libraries, model.PeopleList.Channels = libraries, channels
	if model.Layout, err = h.Layout(c, "Who sees this?", "libraries"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Audience(model))
}

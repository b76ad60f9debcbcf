package admin

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Why tells an administrator rule by rule why a user sees a title, or does not:
// any title there is, for any user.
func (h *Handlers) Why(c echo.Context) error {
	ctx := c.Request().Context()
	model := views.WhyPage{Now: h.Now(c), Search: page.SearchText(c.QueryParams(), maxSearch)}
	var err error
	if model.Title, model.Library, err = h.anyTitle(c); err != nil {
		return err
	}
	if user := strings.TrimSpace(c.QueryParam("user")); user != "" {
		id, err := strconv.ParseInt(user, 10, 64)
		if err != nil {
			return store.ErrNotFound
		}
		if model.Asked, err = h.Store.ExplainTitle(ctx, id, model.Title.ID); err != nil {
			return err
		}
	}
	for _, list := range []store.List{store.ListLocal, store.ListGuests} {
		found, err := h.Store.Users(ctx, store.UserQuery{List: list, Search: model.Search})
		if err != nil {
			return err
		}
		model.People = append(model.People, found.Users...)
	}
	if model.Layout, err = h.Layout(c, "Why?", "libraries"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Why(model))
}

// anyTitle is the title that the route names with its library, which may be
// somebody's own folder.
func (h *Handlers) anyTitle(c echo.Context) (title store.Title, library store.Library, err error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return title, library, err
	}
	if title, err = h.Store.Title(c.Request().Context(), id); err != nil {
		return title, library, err
	}
	library, err = h.Store.AnyLibrary(c.Request().Context(), title.LibraryID)
	return title, library, err
}

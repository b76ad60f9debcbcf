package watch

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// recently is how many of the titles added last the first page shows of each
// library.
const recently = 12

// Home greets whoever is signed in and shows with what they may go on, and what
// they may watch.
func (h *Handlers) Home(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	user, err := h.Store.User(ctx, viewer.Watching().ID)
	if err != nil {
		return err
	}
	libraries, channels, err := h.Store.Media(ctx)
	if err != nil {
		return err
	}
	model := views.HomePage{Name: user.Name, None: len(libraries)+len(channels) == 0, Admin: viewer.Actor().IsAdministrator() && !viewer.ViewingAs(), All: channels}
	if !viewer.ViewingAs() {
		if model.Own, err = h.Store.OwnRows(ctx, user.ID); err != nil {
			return err
		}
	}
	open, err := h.Store.OpenLibraries(ctx, user.ID)
	if err != nil {
		return err
	}
	for _, library := range open {
		shown, err := h.homeLibrary(c, user, library)
		if err != nil {
			return err
		}
		model.Libraries = append(model.Libraries, shown)
	}
	model.Channels = user.Watches().ChannelsOf(channels)
	if model.Holders, err = h.Store.HolderNames(ctx, model.Titles()); err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, "Home", "home", open); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Home(model))
}

// homeLibrary is a library as the first page shows it to the user.
func (h *Handlers) homeLibrary(c echo.Context, user store.User, library store.Library) (views.HomeLibrary, error) {
	ctx, shown := c.Request().Context(), views.HomeLibrary{Library: library}
	var err error
	if shown.Titles, err = h.Store.CountTitles(ctx, user.ID, library); err != nil {
		return shown, err
	}
	shown.Recent, err = h.Store.RecentlyAdded(ctx, user.ID, library, recently)
	return shown, err
}

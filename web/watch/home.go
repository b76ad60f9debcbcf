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

// Home greets whoever is signed in and shows what they may watch.
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
	model := views.HomePage{Name: user.Name, None: len(libraries)+len(channels) == 0, Admin: viewer.Actor().IsAdministrator() && !viewer.ViewingAs()}
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
	for _, channel := range user.Watches().ChannelsOf(channels) {
		model.Channels = append(model.Channels, views.ChannelItem(channel))
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
	if shown.Recent.Titles, err = h.Store.RecentlyAdded(ctx, user.ID, library, recently); err != nil {
		return shown, err
	}
	shown.Recent.Holders, err = h.Store.HolderNames(ctx, shown.Recent.Titles)
	return shown, err
}

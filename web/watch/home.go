package watch

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// Home greets whoever is signed in and shows what they may watch.
func (h *Handlers) Home(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	user, err := h.Store.User(ctx, viewer.User.ID)
	if err != nil {
		return err
	}
	libraries, channels, err := h.Store.Media(ctx)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Home", "home")
	if err != nil {
		return err
	}
	model := views.HomePage{
		Layout: layout, Name: user.Name,
		None: len(libraries)+len(channels) == 0, Admin: viewer.Actor().IsAdministrator(),
	}
	for _, library := range user.Access.LibrariesOf(libraries) {
		model.Libraries = append(model.Libraries, views.LibraryItem(library))
	}
	for _, channel := range user.Access.ChannelsOf(channels) {
		model.Channels = append(model.Channels, views.ChannelItem(channel))
	}
	return h.Render(c, http.StatusOK, views.Home(model))
}

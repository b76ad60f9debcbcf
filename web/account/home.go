package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// Account shows the viewer's own account.
func (h *Handlers) Account(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	// The session's user is without access and the age of the password.
	u, err := h.Store.User(ctx, viewer.User.ID)
	if err != nil {
		return err
	}
	libraries, channels, err := h.Store.Media(ctx)
	if err != nil {
		return err
	}
	links, err := h.Store.Links(ctx, u.ID)
	if err != nil {
		return err
	}
	providers, err := h.Store.Providers(ctx)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "My account", "account")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Account(views.AccountPage{
		Layout: layout, User: u, Session: viewer.Session, Libraries: libraries, Channels: channels,
		Links: links, Offered: len(providers) > 0, SendsMail: viewer.Settings.SendsMail(), Now: h.Store.Now(),
	}))
}

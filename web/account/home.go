package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Account shows the viewer's own account.
func (h *Handlers) Account(c echo.Context) error {
	return h.showAccount(c, http.StatusOK, nil, nil)
}

// showAccount draws the page, with what was typed of a time zone where that was
// refused.
func (h *Handlers) showAccount(c echo.Context, status int, typed *timeZoneForm, problems []store.Problem) error {
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
	model := views.AccountPage{
		Layout: layout, User: u, Session: viewer.Session, Libraries: libraries, Channels: channels,
		Links: links, Offered: len(providers) > 0, SendsMail: viewer.Settings.SendsMail(), Actor: viewer.Actor(), Now: h.Now(c),
		TimeZone: u.Restrictions.TimeZone, ServerZone: page.ZoneName(), Problems: problems,
	}
	if typed != nil {
		model.TimeZone = typed.TimeZone
	}
	return h.Render(c, status, views.Account(model))
}

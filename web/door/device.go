package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// DeviceLinkForm shows the device of a link in a letter, and asks whether to end
// it. Looking at a link does not use it up.
func (h *Handlers) DeviceLinkForm(c echo.Context) error {
	d, u, err := h.Store.DeviceByLink(c.Request().Context(), auth.HashToken(c.Param("token")))
	if err != nil {
		return h.refuseDeviceLink(c, err)
	}
	return h.Render(c, http.StatusOK, views.DeviceLink(h.deviceLinkPage(c, d, u)))
}

// EndDeviceWithLink signs a device out, once, and says what to do next.
func (h *Handlers) EndDeviceWithLink(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	d, u, err := h.Store.EndDeviceByLink(ctx, auth.HashToken(c.Param("token")), viewer.Actor())
	if err != nil {
		return h.refuseDeviceLink(c, err)
	}
	h.EndPlays(ctx, u.ID)
	model := h.deviceLinkPage(c, d, u)
	model.Ended = true
	if viewer.SignedIn() && viewer.Session.Device == d.ID {
		model.SignedIn = 0
		if err := h.Sessions.End(c.Request(), c.Response()); err != nil {
			return err
		}
	}
	return h.Render(c, http.StatusOK, views.DeviceLink(model))
}

func (h *Handlers) deviceLinkPage(c echo.Context, d store.Device, u store.User) views.DeviceLinkPage {
	viewer := page.From(c)
	return views.DeviceLinkPage{
		ServerName: viewer.Settings.ServerName, Action: c.Request().URL.EscapedPath(), Device: d, User: u, SignedIn: viewer.User.ID,
		Recovers: viewer.Settings.MailsStrangers() && u.MayRecover(h.Store.Now()), Now: h.Now(c),
	}
}

func (h *Handlers) refuseDeviceLink(c echo.Context, err error) error {
	if errors.Is(err, store.ErrBadLink) {
		return h.Render(c, http.StatusNotFound, views.BadDeviceLink(page.From(c).Settings.ServerName))
	}
	return err
}

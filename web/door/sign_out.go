package door

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// SignOut ends the session. Where a provider has vouched for it, the next page
// offers to sign out there as well.
func (h *Handlers) SignOut(c echo.Context) error { return h.leaveFor(c, "/sign-in?signed-out=1") }

// leaveFor ends the session and leads on.
func (h *Handlers) leaveFor(c echo.Context, to string) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	if viewer.SignedIn() {
		vouched, err := h.Store.Vouched(ctx, viewer.Session.ID)
		if err != nil {
			return err
		}
		if err := h.Store.CloseSession(ctx, viewer.Actor(), viewer.Session.ID); err != nil {
			return err
		}
		h.EndPlays(ctx, viewer.User.ID)
		if err := h.Connect.OfferFarewell(c.Response(), c.Request(), vouched); err != nil {
			return err
		}
	}
	if err := h.Sessions.End(c.Request(), c.Response()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, to)
}

package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// connectOf is what there is to tell about how u signs in through Connect.
func (h *Handlers) connectOf(c echo.Context, u store.User) (views.UserConnect, error) {
	ctx, viewer := c.Request().Context(), page.From(c)
	address, configured := page.BaseURL(c)
	model := views.UserConnect{
		User: u, Actor: viewer.Actor(), SendsMail: viewer.Settings.SendsMail(), Address: address + "/account/connect", OwnServer: configured, Now: h.Now(c),
	}
	var err error
	if model.Links, err = h.Store.Links(ctx, u.ID); err != nil {
		return model, err
	}
	providers, err := h.Store.Providers(ctx)
	model.Offered = len(providers) > 0
	return model, err
}

// MailConnectLink e-mails a user where to link an account elsewhere.
func (h *Handlers) MailConnectLink(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	address, _ := page.BaseURL(c)
	err = h.Store.MailConnectLink(c.Request().Context(), page.From(c).Actor(), u.ID, address)
	if problems, ok := page.Invalid(err); ok {
		return h.NotDone(c, about(u, "/sign-in"), problems[0].Message)
	}
	if err != nil {
		return err
	}
	return h.Done(c, about(u, "/sign-in"), "An e-mail to "+u.Name+" is on its way."+borrowed(c))
}

// unlinkForm is what the question about unlinking a user sends.
type unlinkForm struct {
	Issuer string `form:"issuer"`
}

// linked is the user whom the route names, and the account at the issuer that
// the viewer may take away.
func (h *Handlers) linked(c echo.Context, issuer string) (u store.User, link store.Link, links int, err error) {
	if u, err = h.user(c); err != nil {
		return u, link, 0, err
	}
	if !page.From(c).Actor().MayUnlink(u) {
		return u, link, 0, fmt.Errorf("unlink user %d: %w", u.ID, store.ErrForbidden)
	}
	link, links, err = h.LinkAt(c, u.ID, issuer)
	return u, link, links, err
}

// UnlinkForm asks before an account elsewhere signs a user in no more. One's
// own is asked about under My account, with the password.
func (h *Handlers) UnlinkForm(c echo.Context) error {
	u, link, links, err := h.linked(c, c.QueryParam("issuer"))
	if err != nil {
		return err
	}
	if u.ID == page.From(c).User.ID {
		return c.Redirect(http.StatusSeeOther, "/account/connect")
	}
	layout, err := h.Layout(c, "Unlink "+u.Name, "users")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Unlink(views.UnlinkPage{Layout: layout, User: u, Link: link, Links: links}))
}

// Unlink takes an account elsewhere away from a local user.
func (h *Handlers) Unlink(c echo.Context) error {
	var form unlinkForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	u, link, _, err := h.linked(c, form.Issuer)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	if u.ID == viewer.User.ID {
		return c.Redirect(http.StatusSeeOther, "/account/connect")
	}
	if _, err := h.Store.Unlink(c.Request().Context(), viewer.Actor(), u.ID, link.Issuer, 0); err != nil {
		return err
	}
	return h.Done(c, about(u, "/sign-in"), u.Name+" does not sign in with "+link.Where()+" any more.")
}

package admin

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// MakeResetLink makes a one-time link and shows it, this once.
func (h *Handlers) MakeResetLink(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if viewer := page.From(c); u.ID != viewer.User.ID && !viewer.Actor().MayResetPassword(u) {
		return h.refusePassword(c, u, notSettable(u))
	}
	token, hash := auth.NewToken()
	ends, err := h.Store.MakeResetLink(c.Request().Context(), page.From(c).Actor(), u.ID, hash)
	if err != nil {
		return err
	}
	return h.showLink(c, http.StatusOK, u, madeLink{token: token, ends: ends, again: about(u, "/sign-in"), againLabel: "Back to " + string(views.TabSignIn)})
}

// MailResetLink e-mails a one-time link to the user.
func (h *Handlers) MailResetLink(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if viewer := page.From(c); u.ID != viewer.User.ID && !viewer.Actor().MayResetPassword(u) {
		return h.refusePassword(c, u, notSettable(u))
	}
	address, _ := page.BaseURL(c)
	err = h.Store.MailResetLink(c.Request().Context(), page.From(c).Actor(), u.ID, address)
	if problems, ok := page.Invalid(err); ok {
		return h.NotDone(c, about(u, "/sign-in"), "No link is sent. "+problems[0].Message)
	}
	if err != nil {
		return err
	}
	return h.linkMailed(c, about(u, "/sign-in"), "", u)
}

// linkMailed says after what else was done where a link was sent.
func (h *Handlers) linkMailed(c echo.Context, to, done string, u store.User) error {
	return h.Done(c, to, done+"A link to choose a password is on its way to "+u.Email+". It works once, for 24 hours."+borrowed(c))
}

// madeLink is a one-time link that was just made.
type madeLink struct {
	token             string
	ends              time.Time
	again, againLabel string // where to go for another
}

// showLink shows a one-time link, this once.
func (h *Handlers) showLink(c echo.Context, status int, u store.User, link madeLink) error {
	layout, err := h.Layout(c, "A link for "+u.Name, "users")
	if err != nil {
		return err
	}
	address, configured := page.BaseURL(c)
	return h.Render(c, status, views.UserLink(views.UserLinkPage{
		Layout: layout, UserID: u.ID, Name: u.Name, HasPassword: u.HasPassword, Link: address + "/reset/" + link.token, Ends: h.In(c, link.ends),
		Address: address, AddressConfigured: configured, SendsMail: page.From(c).Settings.SendsMail(), Again: link.again, AgainLabel: link.againLabel,
	}))
}

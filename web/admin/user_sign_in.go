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

// signInRulesForm is what the Password and sign-in tab sends.
type signInRulesForm struct {
	MayChangePassword string `form:"may_change_password"`
	LocalAccess       string `form:"local_access"`
}

// SignInRulesForm shows the Password and sign-in tab.
func (h *Handlers) SignInRulesForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	until, err := h.Store.ResetPendingUntil(c.Request().Context(), u.ID)
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, u, views.TabSignIn)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	return h.Render(c, http.StatusOK, views.SignInRules(views.SignInRulesPage{
		Layout: layout, Person: head, Actor: viewer.Actor(), HomeNetworks: viewer.Settings.HomeNetworks, LinkUntil: until,
	}))
}

// SaveSignInRules changes how a user may sign in.
func (h *Handlers) SaveSignInRules(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form signInRulesForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in := store.SignInRules{MayChangePassword: page.Checked(form.MayChangePassword), LocalAccess: page.Checked(form.LocalAccess)}
	if err := h.Store.UpdateSignInRules(c.Request().Context(), page.From(c).Actor(), u.ID, in); err != nil {
		return err
	}
	return h.Done(c, about(u, "/sign-in"), "How "+u.Name+" signs in is saved.")
}

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
		Layout: layout, UserID: u.ID, Name: u.Name, HasPassword: u.HasPassword, Link: address + "/reset/" + link.token, Ends: link.ends,
		Address: address, AddressConfigured: configured, Again: link.again, AgainLabel: link.againLabel,
	}))
}

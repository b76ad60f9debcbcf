package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// signInRulesForm is what the Password and sign-in tab sends.
type signInRulesForm struct {
	MayChangePassword string `form:"may_change_password"`
	LocalAccess       string `form:"local_access"`
	Hidden            string `form:"hidden"`
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
	letter, err := h.Store.LatestLetter(c.Request().Context(), u.ID, store.LetterReset)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	layout, head, err := h.person(c, u, views.TabSignIn)
	if err != nil {
		return err
	}
	connect, err := h.connectOf(c, u)
	if err != nil {
		return err
	}
	devices, err := h.deviceRule(c, u)
	if err != nil {
		return err
	}
	known, err := h.Store.CredentialsByID(c.Request().Context(), u.ID)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	return h.Render(c, http.StatusOK, views.SignInRules(views.SignInRulesPage{
		Layout: layout, Person: head, Actor: viewer.Actor(), HomeNetworks: viewer.Settings.HomeNetworks, LinkUntil: h.In(c, until),
		SendsMail: viewer.Settings.SendsMail(), Letter: letter, Connect: connect, Devices: devices,
		PINLost: h.Porter.PINLost(known.PINHash),
	}))
}

// SaveSignInRules changes how a user may sign in. Where that is not for
// administrators to decide, it changes who is among the faces alone.
func (h *Handlers) SaveSignInRules(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form signInRulesForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), page.From(c).Actor()
	in := store.SignInRules{MayChangePassword: page.Checked(form.MayChangePassword), LocalAccess: page.Checked(form.LocalAccess), Hidden: page.Checked(form.Hidden)}
	if actor.MayChangeSignIn(u) {
		err = h.Store.UpdateSignInRules(ctx, actor, u.ID, in)
	} else {
		err = h.Store.SetHidden(ctx, actor, u.ID, in.Hidden)
	}
	if err != nil {
		return err
	}
	return h.Done(c, about(u, "/sign-in"), "How "+u.Name+" signs in is saved.")
}

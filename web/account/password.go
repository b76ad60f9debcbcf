package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// passwordForm is what the page for one's own password sends.
type passwordForm struct {
	Current       string `form:"current"`
	Password      string `form:"password"`
	SignOutOthers string `form:"sign_out_others"`
}

// showPassword draws the page with what was typed.
func (h *Handlers) showPassword(c echo.Context, status int, form passwordForm, problems []store.Problem) error {
	viewer := page.From(c)
	others, err := h.Store.OtherSessions(c.Request().Context(), viewer.User.ID, viewer.Session.ID)
	if err != nil {
		return err
	}
	return h.Render(c, status, views.Password(views.PasswordPage{
		ServerName: viewer.Settings.ServerName, User: viewer.User, Own: true, MayRemove: viewer.Actor().MayRemovePassword(viewer.User),
		Others: others, Current: form.Current, Password: form.Password, KeepOthers: !page.Checked(form.SignOutOthers), Problems: problems,
	}))
}

// PasswordForm asks for a new password of one's own.
func (h *Handlers) PasswordForm(c echo.Context) error {
	if answered, err := h.changeable(c, http.StatusOK); answered {
		return err
	}
	return h.showPassword(c, http.StatusOK, passwordForm{SignOutOthers: "on"}, nil)
}

// ChangePassword sets the viewer's own password. Who has none needs no current
// one.
func (h *Handlers) ChangePassword(c echo.Context) error {
	if answered, err := h.changeable(c, http.StatusForbidden); answered {
		return err
	}
	var form passwordForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.changePassword(c, form); err != nil {
		if problems, status, ok := page.Refused(c, err); ok {
			return h.showPassword(c, status, form, problems)
		}
		return err
	}
	message := "Your new password is saved, and your other devices are signed out."
	if !page.Checked(form.SignOutOthers) {
		message = "Your new password is saved."
	}
	return h.Done(c, "/account", message)
}

// changeable refuses, with why, where the viewer may not set their own
// password. answered says that it did.
func (h *Handlers) changeable(c echo.Context, status int) (answered bool, err error) {
	viewer := page.From(c)
	switch {
	case viewer.Session.Strength.MaySetPassword(viewer.User):
		return false, nil
	case !viewer.User.MayChangePassword:
		return true, h.askAnother(c, status)
	}
	return true, h.refuseUnvouched(c, status, "set a password")
}

func (h *Handlers) changePassword(c echo.Context, form passwordForm) error {
	proven, err := h.proveIfAny(c, form.Current)
	if err != nil {
		return err
	}
	ctx, viewer := c.Request().Context(), page.From(c)
	hash, err := h.NewPassword(ctx, form.Password, "password", proven.Name, proven.Email, viewer.Settings.ServerName)
	if err != nil {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	keepOthers := !page.Checked(form.SignOutOthers)
	if err := h.Store.ChangeOwnPassword(ctx, viewer.Actor(), proven, hash, session, viewer.Session.ID, keepOthers); err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	return h.Sessions.Begin(c.Request(), c.Response(), token)
}

// proveIfAny asks for the current password where there is one. The store
// refuses the change if there is another by then.
func (h *Handlers) proveIfAny(c echo.Context, current string) (store.Credentials, error) {
	viewer := page.From(c)
	if viewer.User.HasPassword {
		return h.Prove(c, current, "current")
	}
	return store.Credentials{User: viewer.User}, nil
}

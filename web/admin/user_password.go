package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// passwordForm is what the password page for someone else sends.
type passwordForm struct {
	Password string `form:"password"`
}

func passwordPage(c echo.Context, u store.User) views.PasswordPage {
	viewer := page.From(c)
	return views.PasswordPage{
		ServerName: viewer.Settings.ServerName, User: u, MayRemove: viewer.Actor().MayRemovePassword(u),
	}
}

// settable leads on where the viewer cannot set u's password here: to the page
// for one's own, or to a refusal with why. answered says that it did.
func (h *Handlers) settable(c echo.Context, u store.User) (answered bool, err error) {
	viewer := page.From(c)
	if u.ID == viewer.User.ID {
		return true, c.Redirect(http.StatusSeeOther, "/account/password")
	}
	if !viewer.Actor().MayResetPassword(u) {
		return true, h.refusePassword(c, u, notSettable(u))
	}
	return false, nil
}

// notSettable says why nobody but u sets u's password.
func notSettable(u store.User) string {
	switch u.Kind {
	case store.KindGuest:
		return u.Name + " is a guest, and the account belongs to " + u.Name + " alone: no administrator can set, see or reset its password. If " + u.Name + " cannot sign in any more, delete the guest and send a new invitation."
	case store.KindGuestAccount:
		return u.Name + " is the account for whoever visits. It never has a password, and signs in at home only."
	case store.KindLocal, store.KindInvited, store.KindWaiting:
	}
	return u.Name + " is the owner of this server, and nobody else can change the owner’s password."
}

func (h *Handlers) refusePassword(c echo.Context, u store.User, sentence string) error {
	return h.Render(c, http.StatusForbidden, views.RefusePassword(views.PasswordRefusal{
		ServerName: page.From(c).Settings.ServerName, Title: "This password stays", Sentence: sentence, Back: about(u, "/sign-in"),
	}))
}

// PasswordForm asks for a new password for someone else.
func (h *Handlers) PasswordForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if answered, err := h.settable(c, u); answered {
		return err
	}
	return h.Render(c, http.StatusOK, views.Password(passwordPage(c, u)))
}

// SetPassword sets someone else's password and signs them out everywhere.
func (h *Handlers) SetPassword(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if answered, err := h.settable(c, u); answered {
		return err
	}
	var form passwordForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, viewer := c.Request().Context(), page.From(c)
	hash, err := h.NewPassword(ctx, form.Password, "password", u.Name, u.Email, viewer.Settings.ServerName)
	if problems, ok := page.Invalid(err); ok {
		model := passwordPage(c, u)
		model.Password, model.Problems = form.Password, problems
		return h.Render(c, http.StatusUnprocessableEntity, views.Password(model))
	}
	if err != nil {
		return err
	}
	if err := h.Store.ResetPassword(ctx, viewer.Actor(), u.ID, hash); err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	return h.Done(c, about(u, "/sign-in"), u.Name+" has a new password and is signed out everywhere. Tell "+u.Name+" what it is.")
}

// removable is settable for taking the password away.
func (h *Handlers) removable(c echo.Context, u store.User) (answered bool, err error) {
	if answered, err := h.settable(c, u); answered {
		return true, err
	}
	switch {
	case page.From(c).Actor().MayRemovePassword(u):
		return false, nil
	case !u.HasPassword:
		return true, h.refusePassword(c, u, u.Name+" has no password that could be removed.")
	}
	return true, h.refusePassword(c, u, u.Name+" is an administrator, and an administrator always has a password. Set a new one instead.")
}

// RemovePasswordForm says what it means to be without a password.
func (h *Handlers) RemovePasswordForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if answered, err := h.removable(c, u); answered {
		return err
	}
	return h.Render(c, http.StatusOK, views.RemovePassword(passwordPage(c, u)))
}

// RemovePassword takes someone else's password away and signs them out
// everywhere.
func (h *Handlers) RemovePassword(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if answered, err := h.removable(c, u); answered {
		return err
	}
	ctx := c.Request().Context()
	if err := h.Store.RemovePassword(ctx, page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	how := "by name alone"
	if u.AtHomeByPIN() {
		how = "with the PIN"
	}
	return h.Done(c, about(u, "/sign-in"), u.Name+" has no password any more, and signs in at home "+how+".")
}

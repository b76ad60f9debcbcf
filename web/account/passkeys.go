package account

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// passkeyForm is what the script sends that has had a passkey made.
type passkeyForm struct {
	Passkey string `form:"passkey"`
}

// PasskeysForm shows the viewer's passkeys.
func (h *Handlers) PasskeysForm(c echo.Context) error {
	if !page.From(c).User.MayHavePasskeys() {
		return store.ErrForbidden
	}
	return h.showPasskeys(c, http.StatusOK, nil)
}

func (h *Handlers) showPasskeys(c echo.Context, status int, problems []store.Problem) error {
	viewer := page.From(c)
	passkeys, err := h.Store.Passkeys(c.Request().Context(), viewer.User.ID)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Passkeys", "account")
	if err != nil {
		return err
	}
	model := views.AccountPasskeysPage{
		Layout: layout, User: viewer.User, Passkeys: passkeys, May: viewer.Session.Strength.MayChangePasskeys(viewer.User), Confirm: viewer.Actor().Unconfirmed,
		Site: auth.PasskeySite(c.Request(), viewer.Settings), Now: h.Store.Now(), Problems: problems,
	}
	if auth.Secure(viewer.Settings) {
		model.Address = viewer.Settings.Address
	}
	return h.Render(c, status, views.AccountPasskeys(model))
}

// AskPasskey tells the script how to have a passkey made for the viewer.
func (h *Handlers) AskPasskey(c echo.Context) error {
	viewer := page.From(c)
	if !viewer.Session.Strength.MayChangePasskeys(viewer.User) {
		return store.ErrForbidden
	}
	if viewer.Actor().Unconfirmed { // what the device makes meanwhile could not be kept
		return store.ErrConfirm
	}
	options, err := h.Passkeys.AskNew(c.Response(), c.Request(), viewer.User)
	return h.Core.AskPasskey(c, options, err)
}

// AddPasskey keeps the passkey that was made for the viewer.
func (h *Handlers) AddPasskey(c echo.Context) error {
	var form passkeyForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	if !viewer.Session.Strength.MayChangePasskeys(viewer.User) {
		return store.ErrForbidden
	}
	if viewer.Actor().Unconfirmed { // what was asked is asked once: it must not be used up before
		return store.ErrConfirm
	}
	made, err := h.Passkeys.Made(c.Request(), viewer.User, form.Passkey)
	var refused *auth.Refused
	if errors.As(h.PasskeyRefusal(err), &refused) {
		return h.showPasskeys(c, http.StatusForbidden, []store.Problem{{Message: refused.Reason}})
	}
	if err != nil {
		return err
	}
	codes, hashes := h.Porter.NewRecoveryCodes(viewer.User.ID)
	first, err := h.Store.AddPasskey(c.Request().Context(), viewer.Actor(), store.NewPasskey{
		Passkey: made, By: viewer.Session.Strength, Session: viewer.Session.ID, Recovery: hashes,
	})
	if problems, ok := page.Invalid(err); ok {
		return h.showPasskeys(c, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	if first {
		return h.showRecoveryCodes(c, codes, views.PasskeysPath)
	}
	return h.Done(c, views.PasskeysPath, "You can sign in with this passkey from now on.")
}

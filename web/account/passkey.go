package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// passkeyNameForm is what the page of one passkey sends.
type passkeyNameForm struct {
	Name string `form:"name"`
}

// ownPasskey is the viewer's passkey with the id in the route, or
// store.ErrNotFound.
func (h *Handlers) ownPasskey(c echo.Context) (store.Passkey, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Passkey{}, err
	}
	return h.Store.OwnPasskey(c.Request().Context(), page.From(c).User.ID, id)
}

// PasskeyForm shows one of the viewer's passkeys.
func (h *Handlers) PasskeyForm(c echo.Context) error {
	passkey, err := h.ownPasskey(c)
	if err != nil {
		return err
	}
	return h.showPasskey(c, http.StatusOK, passkey, passkeyNameForm{passkey.Name}, nil)
}

func (h *Handlers) showPasskey(c echo.Context, status int, passkey store.Passkey, form passkeyNameForm, problems []store.Problem) error {
	layout, err := h.Layout(c, passkey.Name, "account")
	if err != nil {
		return err
	}
	viewer := page.From(c)
	return h.Render(c, status, views.Passkey(views.PasskeyPage{
		Layout: layout, Passkey: passkey, May: viewer.Session.Strength.MayChangePasskeys(viewer.User), Name: form.Name, Problems: problems,
	}))
}

// RenamePasskey gives one of the viewer's passkeys another name.
func (h *Handlers) RenamePasskey(c echo.Context) error {
	passkey, err := h.ownPasskey(c)
	if err != nil {
		return err
	}
	var form passkeyNameForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	err = h.Store.RenamePasskey(c.Request().Context(), page.From(c).Actor(), passkey.ID, form.Name)
	if problems, ok := page.Invalid(err); ok {
		return h.showPasskey(c, http.StatusUnprocessableEntity, passkey, form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, views.PasskeysPath, "The name of the passkey is saved.")
}

// RemovePasskeyForm asks before one of the viewer's passkeys is removed.
func (h *Handlers) RemovePasskeyForm(c echo.Context) error {
	passkey, err := h.ownPasskey(c)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	has, err := h.Store.Passkeys(c.Request().Context(), viewer.User.ID)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Remove "+passkey.Name, "account")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RemovePasskey(views.RemovePasskeyPage{Layout: layout, User: viewer.User, Passkey: passkey, Last: len(has) == 1}))
}

// RemovePasskey makes one of the viewer's passkeys good for nothing.
func (h *Handlers) RemovePasskey(c echo.Context) error {
	passkey, err := h.ownPasskey(c)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	if err := h.Store.RemovePasskey(c.Request().Context(), viewer.Actor(), viewer.Session.Strength, passkey.ID); err != nil {
		return err
	}
	return h.Done(c, views.PasskeysPath, passkey.Name+" is removed.")
}

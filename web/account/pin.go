package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// pinForm is what the page for one's own PIN sends, and the question about
// removing it.
type pinForm struct {
	Current string `form:"current"` // the password; without one, the PIN
	PIN     string `form:"pin"`
}

func pinPage(c echo.Context, form pinForm, problems []store.Problem) views.PINPage {
	viewer := page.From(c)
	model := views.PINPage{ServerName: viewer.Settings.ServerName, User: viewer.User, Own: true, Problems: problems}
	if viewer.User.HasPassword {
		model.Current = form.Current
	}
	return model
}

// PINForm asks for a new PIN of one's own.
func (h *Handlers) PINForm(c echo.Context) error {
	if answered, err := h.withoutPIN(c); answered {
		return err
	}
	return h.Render(c, http.StatusOK, views.PIN(pinPage(c, pinForm{}, nil)))
}

// SetPIN sets the viewer's own PIN.
func (h *Handlers) SetPIN(c echo.Context) error {
	if answered, err := h.withoutPIN(c); answered {
		return err
	}
	var form pinForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.setPIN(c, form); err != nil {
		if problems, status, ok := page.Refused(c, err); ok {
			return h.Render(c, status, views.PIN(pinPage(c, form, problems)))
		}
		return err
	}
	return h.Done(c, "/account", "Your new PIN is saved. It is asked for when somebody picks you at home.")
}

// setPIN looks at the new PIN first, so that a slip there costs no try.
func (h *Handlers) setPIN(c echo.Context, form pinForm) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	hash, err := h.NewPIN(ctx, viewer.User.ID, form.PIN, "pin")
	if err != nil {
		return err
	}
	proven, err := h.provePIN(c, form.Current)
	if err != nil {
		return err
	}
	if err := h.Store.SetOwnPIN(ctx, viewer.Actor(), proven, hash, viewer.Session.ID); err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	return nil
}

// provePIN asks for the password where there is one, or else for the PIN where
// there is one. The store refuses the change if there is another by then.
func (h *Handlers) provePIN(c echo.Context, current string) (store.Credentials, error) {
	if viewer := page.From(c); viewer.User.HasPassword || !viewer.User.HasPIN {
		return h.proveIfAny(c, current)
	}
	return h.ProvePIN(c, current, "current")
}

// RemovePINForm says what it means to be without a PIN.
func (h *Handlers) RemovePINForm(c echo.Context) error {
	if answered, err := h.withoutPIN(c); answered {
		return err
	}
	if !page.From(c).User.HasPIN {
		return c.Redirect(http.StatusSeeOther, "/account/pin")
	}
	return h.Render(c, http.StatusOK, views.RemovePIN(pinPage(c, pinForm{}, nil)))
}

// RemovePIN takes the viewer's own PIN away.
func (h *Handlers) RemovePIN(c echo.Context) error {
	if answered, err := h.withoutPIN(c); answered {
		return err
	}
	viewer := page.From(c)
	if !viewer.User.HasPIN {
		return c.Redirect(http.StatusSeeOther, "/account/pin")
	}
	var form pinForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	proven, err := h.provePIN(c, form.Current)
	if err != nil {
		if problems, status, ok := page.Refused(c, err); ok {
			return h.Render(c, status, views.RemovePIN(pinPage(c, form, problems)))
		}
		return err
	}
	ctx := c.Request().Context()
	if err := h.Store.RemoveOwnPIN(ctx, viewer.Actor(), proven, viewer.Session.ID); err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	return h.Done(c, "/account", "Your PIN is gone.")
}

// withoutPIN refuses, with why, where the viewer cannot have a PIN or may not set
// one in this session. answered says that it did.
func (h *Handlers) withoutPIN(c echo.Context) (answered bool, err error) {
	viewer := page.From(c)
	var sentence string
	switch {
	case viewer.Session.Strength.MaySetPIN(viewer.User):
		return false, nil
	case viewer.User.Kind == store.KindGuestAccount:
		sentence = "This account is for everyone who visits, so it never has a PIN. At home, its name alone signs you in."
	case viewer.User.Kind != store.KindLocal:
		sentence = "A PIN is for those who are picked on a shared screen at home. Guests are not shown there: you sign in with an account of your own."
	default:
		return true, h.refuseUnvouched(c, http.StatusForbidden, "set a PIN")
	}
	return true, h.refuse(c, http.StatusForbidden, "There is no PIN", sentence)
}

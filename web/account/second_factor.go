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

// secondFactorPage is what the viewer is asked for besides the password.
func (h *Handlers) secondFactorPage(c echo.Context, title string) (model views.SecondFactorPage, err error) {
	ctx, viewer := c.Request().Context(), page.From(c)
	u, now := viewer.User, h.Store.Now()
	demanded := viewer.Settings.AdminSecondFactor && viewer.Actor().IsAdministrator() && !u.SecondFactor()
	model = views.SecondFactorPage{User: u, Demanded: demanded, Next: auth.SafeNext(c.QueryParam("next")), Now: now}
	if model.Layout, err = h.Layout(c, title, "account"); err != nil {
		return model, err
	}
	made, err := h.Store.Authenticator(ctx, u.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return model, err
	}
	model.MadeAt = made.MadeAt
	model.Left, err = h.Store.RecoveryCodesLeft(ctx, u.ID)
	return model, err
}

// SecondFactor shows what the viewer is asked for besides the password.
func (h *Handlers) SecondFactor(c echo.Context) error {
	model, err := h.secondFactorPage(c, "Second factor")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.SecondFactor(model))
}

// RemoveAuthenticatorForm asks before the viewer's authenticator goes.
func (h *Handlers) RemoveAuthenticatorForm(c echo.Context) error {
	model, err := h.secondFactorPage(c, "Remove your authenticator?")
	if err != nil {
		return err
	}
	if !model.User.Codes {
		return c.Redirect(http.StatusSeeOther, views.SecondFactorAddress("", ""))
	}
	return h.Render(c, http.StatusOK, views.RemoveAuthenticator(model))
}

// RemoveAuthenticator asks the viewer for no more codes.
func (h *Handlers) RemoveAuthenticator(c echo.Context) error {
	if err := h.Store.RemoveAuthenticator(c.Request().Context(), page.From(c).Actor()); err != nil {
		return err
	}
	return h.Done(c, views.SecondFactorAddress("", ""), "Your authenticator is removed. Usher asks you for no more codes.")
}

// MakeRecoveryCodes makes new recovery codes and shows them, this once.
func (h *Handlers) MakeRecoveryCodes(c echo.Context) error {
	viewer := page.From(c)
	codes, hashes := h.Porter.NewRecoveryCodes(viewer.User.ID)
	if err := h.Store.MakeRecoveryCodes(c.Request().Context(), viewer.Actor(), hashes); err != nil {
		return err
	}
	return h.showRecoveryCodes(c, codes, views.SecondFactorAddress("", ""))
}

func (h *Handlers) showRecoveryCodes(c echo.Context, codes []string, next string) error {
	viewer := page.From(c)
	return h.Render(c, http.StatusOK, views.RecoveryCodes(views.RecoveryCodesPage{
		ServerName: viewer.Settings.ServerName, User: viewer.User, Codes: codes, Next: next,
	}))
}

// recoveryForm is what the page of recovery codes sends to get them as a file.
type recoveryForm struct {
	Codes []string `form:"code"`
}

// RecoveryCodesText sends recovery codes back as a file. It takes only such as
// are the viewer's: whatever else was sent is no text of ours.
func (h *Handlers) RecoveryCodesText(c echo.Context) error {
	var form recoveryForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	if len(form.Codes) > store.RecoveryCodes {
		return echo.ErrBadRequest
	}
	codes, err := h.Porter.OwnRecoveryCodes(c.Request().Context(), viewer.User.ID, form.Codes)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="usher-recovery-codes.txt"`)
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(views.RecoveryCodesText(viewer.Settings.ServerName, viewer.User.Name, codes)))
}

package door

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// resetForm is what the page of a reset link sends.
type resetForm struct {
	Password string `form:"password"`
}

func resetPage(c echo.Context, u store.User) views.ResetPage {
	return views.ResetPage{
		ServerName: page.From(c).Settings.ServerName, Action: c.Request().URL.EscapedPath(), Name: u.Name, Email: u.Email, HasOne: u.HasPassword,
	}
}

// ResetForm asks for a new password. Looking at a link does not use it up.
func (h *Handlers) ResetForm(c echo.Context) error {
	u, err := h.Store.ResetLinkUser(c.Request().Context(), auth.HashToken(c.Param("token")))
	if err != nil {
		return h.refuseReset(c, err)
	}
	return h.Render(c, http.StatusOK, views.Reset(resetPage(c, u)))
}

// Reset sets the password, once, and signs the user in, where nothing more is
// asked for.
func (h *Handlers) Reset(c echo.Context) error {
	var form resetForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, link := c.Request().Context(), auth.HashToken(c.Param("token"))
	u, err := h.Store.ResetLinkUser(ctx, link)
	if err != nil {
		return h.refuseReset(c, err)
	}
	viewer := page.From(c)
	hash, err := h.NewPassword(ctx, form.Password, "password", u.Name, u.Email, viewer.Settings.ServerName)
	if problems, ok := page.Invalid(err); ok {
		model := resetPage(c, u)
		model.Password, model.Problems = form.Password, problems
		return h.Render(c, http.StatusUnprocessableEntity, views.Reset(model))
	}
	if err != nil {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	if u, err = h.Store.UseResetLink(ctx, link, hash, session); err != nil {
		return h.refuseReset(c, err)
	}
	if u.SecondFactor() {
		return h.toSecondStep(c, token, url.Values{"saved": {"1"}})
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return h.Done(c, "/", "Your new password is saved, and you are signed in.")
}

func (h *Handlers) refuseReset(c echo.Context, err error) error {
	if errors.Is(err, store.ErrBadLink) || errors.Is(err, store.ErrNotFound) {
		return h.Render(c, http.StatusNotFound, views.BadLink(page.From(c).Settings.ServerName))
	}
	return err
}

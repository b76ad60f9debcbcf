package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// forgotForm is what somebody sends who has forgotten the password.
type forgotForm struct {
	Name string `form:"name"`
}

// ForgotForm asks whose password was forgotten, or says that it has been done.
// Where it can do nothing, it says whom to ask.
func (h *Handlers) ForgotForm(c echo.Context) error {
	settings := page.From(c).Settings
	if !settings.MailsStrangers() || c.QueryParam("what") == views.ForgotPIN {
		return h.sayWhomToAsk(c, http.StatusOK)
	}
	return h.Render(c, http.StatusOK, views.Forgot(views.ForgotPage{ServerName: settings.ServerName, Asked: c.QueryParam("asked") != ""}))
}

// Forgot has a link e-mailed, where there is somebody to e-mail it to. Its
// answer is the same either way.
func (h *Handlers) Forgot(c echo.Context) error {
	var form forgotForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	model := views.ForgotPage{ServerName: viewer.Settings.ServerName, Name: form.Name}
	if form.Name == "" {
		model.Problem = "Type your name or your e-mail address."
		return h.Render(c, http.StatusUnprocessableEntity, views.Forgot(model))
	}
	err := h.Porter.Forgot(c.Request().Context(), form.Name, viewer.Location)
	var throttled *auth.Throttled
	switch {
	case errors.As(err, &throttled):
		model.Wait = throttled.Wait
		page.RetryAfter(c, throttled.Wait)
		return h.Render(c, http.StatusTooManyRequests, views.Forgot(model))
	case errors.Is(err, store.ErrForbidden):
		return h.sayWhomToAsk(c, http.StatusForbidden)
	case err != nil:
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/sign-in/forgot?asked=1")
}

// sayWhomToAsk says who can help where no e-mail does: at home the administrators
// who show there by name, away nobody by name.
func (h *Handlers) sayWhomToAsk(c echo.Context, status int) error {
	viewer := page.From(c)
	model := views.NoRecoveryPage{ServerName: viewer.Settings.ServerName, PIN: c.QueryParam("what") == views.ForgotPIN}
	if viewer.Location.Home {
		keepers, err := h.Store.Keepers(c.Request().Context())
		if err != nil {
			return err
		}
		model.Keepers = keepers
	}
	return h.Render(c, status, views.NoRecovery(model))
}

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

// authenticatorForm is what the pages send that set an authenticator up.
type authenticatorForm struct {
	Code string `form:"code"`
	Next string `form:"next"`
}

// BeginAuthenticator makes a secret for a new authenticator of the viewer's.
func (h *Handlers) BeginAuthenticator(c echo.Context) error {
	var form authenticatorForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	token, err := h.Porter.BeginAuthenticator(c.Request().Context(), page.From(c).Actor())
	if err != nil {
		return err
	}
	if err := h.Sessions.BeginChallenge(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, views.SecondFactorAddress("/authenticator", auth.SafeNext(form.Next)))
}

// secret is that of the authenticator which the viewer is setting up, or
// store.ErrBadLink.
func (h *Handlers) secret(c echo.Context) (secret string, challenge []byte, err error) {
	challenge, _, err = h.Sessions.Challenge(c.Request())
	if err != nil {
		return "", nil, err
	}
	secret, err = h.Porter.NewAuthenticator(c.Request().Context(), page.From(c).User.ID, challenge)
	return secret, challenge, err
}

// AuthenticatorForm shows the secret, and asks for a code of it.
func (h *Handlers) AuthenticatorForm(c echo.Context) error {
	return h.askCode(c, http.StatusOK, authenticatorForm{Next: auth.SafeNext(c.QueryParam("next"))}, "")
}

func (h *Handlers) askCode(c echo.Context, status int, form authenticatorForm, problem string) error {
	secret, _, err := h.secret(c)
	if errors.Is(err, store.ErrBadLink) {
		return h.beginAgain(c, form.Next)
	}
	if err != nil {
		return err
	}
	viewer := page.From(c)
	return h.Render(c, status, views.NewAuthenticator(views.NewAuthenticatorPage{
		ServerName: viewer.Settings.ServerName, User: viewer.User, Secret: secret, Next: form.Next, Problem: problem,
	}))
}

// beginAgain leads back from what was begun too long ago, or is finished.
func (h *Handlers) beginAgain(c echo.Context, next string) error {
	return h.NotDone(c, views.SecondFactorAddress("", next), "This was begun more than ten minutes ago, or is finished already. If there is no authenticator yet, begin once more.")
}

// AuthenticatorPicture is the QR code with the secret.
func (h *Handlers) AuthenticatorPicture(c echo.Context) error {
	secret, _, err := h.secret(c)
	if err != nil {
		return err
	}
	viewer := page.From(c)
	picture, err := auth.AuthenticatorPicture(secret, viewer.Settings.ServerName, viewer.User.Name)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", picture)
}

// SetAuthenticator has the viewer asked for codes, once one has shown that the new
// authenticator works.
func (h *Handlers) SetAuthenticator(c echo.Context) error {
	var form authenticatorForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	form.Next = auth.SafeNext(form.Next)
	viewer := page.From(c)
	_, challenge, err := h.secret(c)
	var recovery []string
	if err == nil {
		recovery, err = h.Porter.SetAuthenticator(c.Request().Context(), viewer.Actor(), viewer.Session.ID, challenge, form.Code)
	}
	switch {
	case errors.Is(err, auth.ErrWrong):
		return h.askCode(c, http.StatusUnprocessableEntity, form, "This is not the code that shows now. Is the clock of your phone right?")
	case errors.Is(err, store.ErrBadLink):
		return h.beginAgain(c, form.Next)
	case err != nil:
		return err
	}
	if err := h.Sessions.EndChallenge(c.Request(), c.Response()); err != nil {
		return err
	}
	next := form.Next
	if next == "/" {
		next = views.SecondFactorAddress("", "")
	}
	if len(recovery) == 0 {
		return h.Done(c, next, "Your new authenticator is set up, and the one before is not asked any more.")
	}
	return h.showRecoveryCodes(c, recovery, next)
}

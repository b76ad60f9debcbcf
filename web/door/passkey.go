package door

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/web/page"
)

// passkeyForm is what the script sends that has had a passkey shown.
type passkeyForm struct {
	Passkey string `form:"passkey"`
	Next    string `form:"next"`
}

// AskPasskey tells the script how to have a passkey shown, whosever it is.
func (h *Handlers) AskPasskey(c echo.Context) error {
	options, err := h.Passkeys.Ask(c.Response(), c.Request())
	return h.Core.AskPasskey(c, options, err)
}

// PasskeySignIn signs in whoever has shown a passkey, or shows the sign-in page
// with why not.
func (h *Handlers) PasskeySignIn(c echo.Context) error {
	var form passkeyForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	form.Next = auth.SafeNext(form.Next)
	token, err := h.passkeySession(c, form.Passkey)
	if err != nil {
		path := signInPath
		if page.From(c).SignedIn() {
			path = switchPath
		}
		return h.refuseSignIn(c, path, signInForm{Next: form.Next}, h.PasskeyRefusal(err))
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, form.Next)
}

// passkeySession opens a session for whoever has shown the passkey, and answers
// its token.
func (h *Handlers) passkeySession(c echo.Context, answer string) (token string, err error) {
	viewer := page.From(c)
	shown, err := h.Passkeys.Shown(c.Request(), answer, viewer.Location)
	if err != nil {
		return "", err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return "", err
	}
	replaces := max(viewer.Session.ID, viewer.Dormant) // at most one is there
	return token, h.Porter.SignInByPasskey(c.Request().Context(), shown, viewer.Location, session, replaces)
}

// stepWithPasskey finishes a sign-in with a passkey of the user whose password was
// right.
func (h *Handlers) stepWithPasskey(c echo.Context, challenge []byte, u store.User, answer string, session store.NewSession, replaces int64) error {
	if err := h.ShowPasskey(c, u, answer); err != nil {
		return err
	}
	return h.Porter.FinishSignIn(c.Request().Context(), challenge, store.Proof{Factor: store.FactorPasskey}, session, replaces)
}

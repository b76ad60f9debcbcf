package page

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/views/ui"
)

// AskPasskey answers the script that has a passkey made or shown: with what to ask
// the browser for, or why there is nothing to ask.
func (p *Core) AskPasskey(c echo.Context, options any, err error) error {
	var refused *auth.Refused
	if errors.As(p.PasskeyRefusal(err), &refused) {
		return c.JSON(http.StatusForbidden, views.PlainError{Message: refused.Reason})
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, options)
}

// PasskeyRefusal is err with a sentence for people where it is about a passkey
// that does not work, and writes to the log why; other errors are answered as
// they are.
func (p *Core) PasskeyRefusal(err error) error {
	if errors.Is(err, auth.ErrPasskey) {
		p.Log.Warn("a passkey does not work", "error", err)
	}
	switch {
	case !errors.Is(err, auth.ErrPasskey):
		return err
	case errors.Is(err, store.ErrBadLink):
		return &auth.Refused{Reason: "That took too long, or was sent twice. Try again."}
	}
	return &auth.Refused{Reason: "This passkey does not work here. Try again, or sign in another way."}
}

// ShowPasskey checks the passkey that the browser has shown, which has to be one
// of u's. It answers store.Invalid with why it is not, with *auth.Throttled after
// too many.
func (p *Core) ShowPasskey(c echo.Context, u store.User, answer string) error {
	shown, err := p.Passkeys.Shown(c.Request(), answer, From(c).Location)
	if err == nil && shown.UserID != u.ID {
		return store.Refuse("This passkey is somebody else’s. Choose one of your own.")
	}
	var refused *auth.Refused
	var throttled *auth.Throttled
	switch err = p.PasskeyRefusal(err); {
	case errors.As(err, &refused):
		return store.Refuse(refused.Reason)
	case errors.As(err, &throttled):
		return errors.Join(store.Refuse("There were too many tries. Try again in "+ui.Wait(throttled.Wait)+"."), err)
	}
	return err
}

// confirmByPasskey is Confirm for a passkey, which proves enough alone.
func (p *Core) confirmByPasskey(c echo.Context, answer string) error {
	ctx, viewer := c.Request().Context(), From(c)
	checked, err := p.Store.CredentialsByID(ctx, viewer.User.ID)
	if err != nil {
		return err
	}
	if err := p.ShowPasskey(c, viewer.User, answer); err != nil {
		return err
	}
	return p.Confirmed(c, checked, store.Proof{Factor: store.FactorPasskey})
}

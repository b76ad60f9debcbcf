package page

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
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

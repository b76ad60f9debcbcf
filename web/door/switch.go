package door

import (
	"github.com/labstack/echo/v4"

	"usher/auth"
)

// SwitchForm shows who could be in the place of whoever is signed in.
func (h *Handlers) SwitchForm(c echo.Context) error {
	return h.askWho(c, switchPath, auth.SafeNext(c.QueryParam("next")))
}

// Switch signs somebody else in, in the place of whoever is signed in, or shows
// the page again with why not: then nothing has changed.
func (h *Handlers) Switch(c echo.Context) error { return h.signIn(c, switchPath) }

package door

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/web/page"
)

// strengthForm is what a password field sends while somebody types.
type strengthForm struct {
	Password   string `form:"password"`
	Name       string `form:"name"`
	Email      string `form:"email"`
	ServerName string `form:"server_name"`
	About      string `form:"about"` // what else a guesser knows
}

// strengthAnswer is what the meter shows.
type strengthAnswer struct {
	Score int    `json:"score"` // 0 to 4
	Text  string `json:"text"`
	OK    bool   `json:"ok"`
}

// PasswordStrength measures a password for the meter beside its field. It is
// the same measure that a form is checked with.
func (h *Handlers) PasswordStrength(c echo.Context) error {
	var form strengthForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	var strength auth.Strength
	measured := h.measuring.spend(func() {
		strength = auth.Measure(form.Password, form.Name, form.Email, form.ServerName, form.About, viewer.Settings.ServerName, viewer.User.Name, viewer.User.Email)
	})
	if !measured {
		page.RetryAfter(c, time.Second)
		return c.JSON(http.StatusTooManyRequests, strengthAnswer{})
	}
	return c.JSON(http.StatusOK, strengthAnswer{Score: strength.Score, Text: strength.Sentence, OK: strength.OK})
}

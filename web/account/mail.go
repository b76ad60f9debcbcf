package account

import (
	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// mailForm is what an administrator wants e-mail about.
type mailForm struct {
	WantsMail string `form:"wants_mail"`
}

// SaveMail says whether the viewer gets e-mail about those who come.
func (h *Handlers) SaveMail(c echo.Context) error {
	var form mailForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	wants := page.Checked(form.WantsMail)
	if err := h.Store.WantMail(c.Request().Context(), page.From(c).Actor(), wants); err != nil {
		return err
	}
	if wants {
		return h.Done(c, "/account", "Usher e-mails you when somebody comes.")
	}
	return h.Done(c, "/account", "Usher does not e-mail you any more when somebody comes.")
}

// deviceMailForm is whether somebody wants e-mail about new devices.
type deviceMailForm struct {
	Wants string `form:"wants_device_mail"`
}

// SaveDeviceMail says whether the viewer gets e-mail about new devices of theirs.
func (h *Handlers) SaveDeviceMail(c echo.Context) error {
	var form deviceMailForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	wants := page.Checked(form.Wants)
	if err := h.Store.WantDeviceMail(c.Request().Context(), page.From(c).Actor(), wants); err != nil {
		return err
	}
	if wants {
		return h.Done(c, "/account", "Usher e-mails you when you sign in on a new device.")
	}
	return h.Done(c, "/account", "Usher does not e-mail you any more when you sign in on a new device.")
}

package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// removalForm is what the question about removing one's own password sends.
type removalForm struct {
	Current string `form:"current"`
}

func (h *Handlers) askRemoval(c echo.Context, status int, form removalForm, problems []store.Problem) error {
	viewer := page.From(c)
	return h.Render(c, status, views.RemovePassword(views.PasswordPage{
		ServerName: viewer.Settings.ServerName, User: viewer.User, Own: true, Current: form.Current, Problems: problems,
	}))
}

// removable refuses, with why, where the viewer's own password cannot be
// taken away. answered says that it did.
func (h *Handlers) removable(c echo.Context) (answered bool, err error) {
	viewer := page.From(c)
	switch {
	case !viewer.User.MayChangePassword:
		return true, h.askAnother(c, http.StatusForbidden)
	case viewer.Actor().MayRemovePassword(viewer.User):
		return false, nil
	case !viewer.User.HasPassword:
		return true, h.refuse(c, http.StatusForbidden, "There is no password", "You have no password that could be removed.")
	case viewer.User.Kind == store.KindGuest:
		return true, h.refuse(c, http.StatusForbidden, "Your password stays", "Only those who live here can sign in by name alone, so a guest keeps the password. You can change it.")
	}
	return true, h.refuse(c, http.StatusForbidden, "Your password stays", "An administrator always has a password: the admin area asks for it. You can change yours.")
}

// RemovePasswordForm says what it means to be without a password.
func (h *Handlers) RemovePasswordForm(c echo.Context) error {
	if answered, err := h.removable(c); answered {
		return err
	}
	return h.askRemoval(c, http.StatusOK, removalForm{}, nil)
}

// RemovePassword takes the viewer's own password away. Away from home that
// signs them out.
func (h *Handlers) RemovePassword(c echo.Context) error {
	if answered, err := h.removable(c); answered {
		return err
	}
	var form removalForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	proven, err := h.Prove(c, form.Current, "current")
	if err != nil {
		if problems, status, ok := page.Refused(c, err); ok {
			return h.askRemoval(c, status, form, problems)
		}
		return err
	}
	viewer := page.From(c)
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if err := h.Store.RemoveOwnPassword(ctx, viewer.Actor(), proven, session, viewer.Session.ID); err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	how := "by your name alone"
	if viewer.User.AtHomeByPIN() {
		how = "with your PIN"
	}
	return h.Done(c, "/account", "Your password is gone. You sign in at home, "+how+".")
}

// askAnother says whom to ask for a new password, if anybody.
func (h *Handlers) askAnother(c echo.Context, status int) error {
	if page.From(c).User.Kind == store.KindGuestAccount {
		return h.refuse(c, status, "There is no password", "This account is for everyone who visits, so it never has a password. At home, its name alone signs you in.")
	}
	owner, err := h.Store.Owner(c.Request().Context())
	if err != nil {
		return err
	}
	return h.refuse(c, status, "Your password stays", "Your account may not change its own password. Ask "+owner.Name+", or another administrator of this server, to set a new one for you.")
}

func (h *Handlers) refuse(c echo.Context, status int, title, sentence string) error {
	return h.Render(c, status, views.RefusePassword(views.PasswordRefusal{
		ServerName: page.From(c).Settings.ServerName, Title: title, Sentence: sentence, Back: "/account",
	}))
}

package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// unlinkForm is what the question about unlinking sends.
type unlinkForm struct {
	Issuer   string `form:"issuer"`
	Password string `form:"password"`
}

// UnlinkForm asks before an account elsewhere signs the viewer in no more.
func (h *Handlers) UnlinkForm(c echo.Context) error {
	return h.askUnlink(c, http.StatusOK, unlinkForm{Issuer: c.QueryParam("issuer")}, nil)
}

func (h *Handlers) askUnlink(c echo.Context, status int, form unlinkForm, problems []store.Problem) error {
	viewer := page.From(c)
	link, links, err := h.LinkAt(c, viewer.User.ID, form.Issuer)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Unlink "+link.Where(), "account")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.Unlink(views.UnlinkPage{
		Layout: layout, Own: true, User: viewer.User, Link: link, Links: links, Password: form.Password, Problems: problems,
	}))
}

// Unlink takes the account away from the viewer, who has typed the password
// again or, having none, has signed in through Connect. A guest with no other
// way in ends with it.
func (h *Handlers) Unlink(c echo.Context) error {
	var form unlinkForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	link, _, err := h.LinkAt(c, viewer.User.ID, form.Issuer)
	if err != nil {
		return err
	}
	if err := h.proveToUnlink(c, form); err != nil {
		if problems, status, ok := page.Refused(c, err); ok {
			return h.askUnlink(c, status, form, problems)
		}
		return err
	}
	ended, err := h.Store.Unlink(c.Request().Context(), viewer.Actor(), viewer.User.ID, link.Issuer, viewer.Session.ID)
	if err != nil {
		return err
	}
	if ended {
		if err := h.Sessions.End(c.Request(), c.Response()); err != nil {
			return err
		}
		return h.Render(c, http.StatusOK, views.RefuseConnect(views.ConnectRefusal{
			ServerName: viewer.Settings.ServerName, Title: "You are no guest here any more", Back: "/sign-in", BackLabel: "Go to the sign-in page",
			Sentences: []string{"Your account at " + link.Where() + " is unlinked, and everything of yours on this server is deleted. If you are invited again, you are welcome."},
		}))
	}
	return h.Done(c, "/account/connect", "You do not sign in with "+link.Where()+" any more.")
}

func (h *Handlers) proveToUnlink(c echo.Context, form unlinkForm) error {
	viewer := page.From(c)
	if viewer.User.HasPassword {
		_, err := h.Prove(c, form.Password, "password")
		return err
	}
	if viewer.Session.Strength != store.StrengthConnect {
		return store.Refuse("You did not come in through Connect this time. Sign out, sign in with Connect, and unlink it then.")
	}
	return nil
}

package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// profileForm is what the page for one's own name and e-mail sends.
type profileForm struct {
	Name    string `form:"name"`
	Email   string `form:"email"`
	Current string `form:"current"`
}

// showProfile draws the page with what was typed, for those who may change it.
func (h *Handlers) showProfile(c echo.Context, status int, form profileForm, problems []store.Problem) error {
	viewer := page.From(c)
	layout, err := h.Layout(c, "My profile", "account")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.OwnProfile(views.OwnProfilePage{
		Layout: layout, User: viewer.User, Name: form.Name, Email: form.Email, Current: form.Current, Problems: problems,
	}))
}

// ProfileForm asks a guest for a new name or e-mail. Whose name is for
// administrators is refused.
func (h *Handlers) ProfileForm(c echo.Context) error {
	viewer := page.From(c)
	if !viewer.Actor().MayEditSelf(viewer.User) {
		return echo.ErrForbidden
	}
	return h.showProfile(c, http.StatusOK, profileForm{Name: viewer.User.Name, Email: viewer.User.Email}, nil)
}

// SaveProfile changes the viewer's own name and e-mail.
func (h *Handlers) SaveProfile(c echo.Context) error {
	viewer := page.From(c)
	if !viewer.Actor().MayEditSelf(viewer.User) {
		return echo.ErrForbidden
	}
	var form profileForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	proven, err := h.proveIfAny(c, form.Current)
	if err == nil {
		err = h.Store.UpdateOwnProfile(c.Request().Context(), viewer.Actor(), proven, store.OwnProfile{Name: form.Name, Email: form.Email})
	}
	if problems, status, ok := page.Refused(c, err); ok {
		return h.showProfile(c, status, form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, "/account", "Your profile is saved.")
}

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

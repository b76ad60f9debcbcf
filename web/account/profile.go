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

// showProfile draws the page with what was typed, and with what is wrong with it or
// with a picture.
func (h *Handlers) showProfile(c echo.Context, status int, form profileForm, problems, picture []store.Problem) error {
	layout, err := h.Layout(c, "My profile", "account")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.OwnProfile(views.OwnProfilePage{
		Layout: layout, User: page.From(c).User, Name: form.Name, Email: form.Email, Current: form.Current, Problems: problems, Picture: picture,
	}))
}

// ProfileForm asks for a new name, e-mail or picture of one's own.
func (h *Handlers) ProfileForm(c echo.Context) error {
	if answered, err := h.editable(c); answered {
		return err
	}
	return h.showProfile(c, http.StatusOK, profileOf(page.From(c).User), nil, nil)
}

// profileOf is the form with what u has now.
func profileOf(u store.User) profileForm { return profileForm{Name: u.Name, Email: u.Email} }

// editable refuses, with why, where the viewer may not change their own profile.
// answered says that it did.
func (h *Handlers) editable(c echo.Context) (answered bool, err error) {
	viewer := page.From(c)
	switch {
	case !viewer.Actor().MayEditSelf(viewer.User):
		return true, echo.ErrForbidden
	case !viewer.Session.Strength.Vouches(viewer.User):
		return true, h.refuseUnvouched(c, http.StatusForbidden, "change your profile")
	}
	return false, nil
}

// refuseUnvouched says that whoever came in by the name alone has to sign in in
// another way before they do something.
func (h *Handlers) refuseUnvouched(c echo.Context, status int, what string) error {
	way := "with a passkey"
	if page.From(c).User.Linked {
		way = "with Connect"
	}
	return h.refuse(c, status, "Sign in "+way+" first",
		"You came in by your name alone, as anyone at home could. Sign out, sign in "+way+", and "+what+" then.")
}

// SaveProfile changes the viewer's own name and e-mail.
func (h *Handlers) SaveProfile(c echo.Context) error {
	if answered, err := h.editable(c); answered {
		return err
	}
	viewer := page.From(c)
	var form profileForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	proven, err := h.proveIfAny(c, form.Current)
	if err == nil {
		err = h.Store.UpdateOwnProfile(c.Request().Context(), viewer.Actor(), proven, viewer.Session.ID, store.OwnProfile{Name: form.Name, Email: form.Email})
	}
	if problems, status, ok := page.Refused(c, err); ok {
		return h.showProfile(c, status, form, problems, nil)
	}
	if err != nil {
		return err
	}
	return h.Done(c, "/account", "Your profile is saved.")
}

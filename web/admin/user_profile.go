package admin

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// profileForm is what the Profile tab sends.
type profileForm struct {
	Name          string `form:"name"`
	Email         string `form:"email"`
	Note          string `form:"note"`
	Administrator string `form:"administrator"`
	Disabled      string `form:"disabled"`
	MayEdit       string `form:"may_edit_profile"`
	Ends          string `form:"ends"`
}

// profileOf is the form with what u has now.
func profileOf(u store.User) profileForm {
	form := profileForm{Name: u.Name, Email: u.Email, Note: u.Note, Ends: views.EndsValue(u)}
	if u.Role != store.RoleUser {
		form.Administrator = "on"
	}
	if u.Disabled {
		form.Disabled = "on"
	}
	if u.MayEditProfile {
		form.MayEdit = "on"
	}
	return form
}

// profile is u's profile as the form changes it. A field that was not offered
// to the actor leaves what is there; one that is filled in all the same goes
// to the store, which refuses it.
func (f profileForm) profile(actor store.Actor, u store.User) (in store.Profile, problems []store.Problem) {
	if !actor.MayRename(u) {
		f.Name, f.Email = cmp.Or(f.Name, u.Name), cmp.Or(f.Email, u.Email)
	}
	in = store.Profile{
		Name: f.Name, Email: f.Email, Note: f.Note, Administrator: u.Role != store.RoleUser, Disabled: u.Disabled,
		Locked: !u.MayEditProfile, EndsAt: u.EndsAt,
	}
	if actor.MayAppoint(u) || page.Checked(f.Administrator) {
		in.Administrator = page.Checked(f.Administrator)
	}
	if actor.MayDisable(u) || page.Checked(f.Disabled) {
		in.Disabled = page.Checked(f.Disabled)
	}
	if actor.MayLockProfile(u) {
		in.Locked = !page.Checked(f.MayEdit)
	}
	if !actor.MayDisable(u) && f.Ends == "" {
		return in, nil
	}
	in.EndsAt, problems = endsAt(f.Ends, u)
	return in, problems
}

// endsAt is when access ends that lasts through the day that was typed. A day
// that is the one on the screen already leaves u's end as it is, to the
// millisecond.
func endsAt(typed string, u store.User) (time.Time, []store.Problem) {
	ends := strings.TrimSpace(typed)
	if ends == views.EndsValue(u) {
		return u.EndsAt, nil
	}
	if ends == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, ends, time.Local)
	if err != nil {
		return u.EndsAt, []store.Problem{{Field: "ends", Message: "This is not a day. One looks like 2027-03-31."}}
	}
	return store.EndOf(day), nil
}

// ProfileForm shows the Profile tab.
func (h *Handlers) ProfileForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	return h.showProfile(c, http.StatusOK, u, profileOf(u), nil)
}

func (h *Handlers) showProfile(c echo.Context, status int, u store.User, form profileForm, problems []store.Problem) error {
	layout, head, err := h.person(c, u, views.TabProfile)
	if err != nil {
		return err
	}
	return h.Render(c, status, views.Profile(views.ProfilePage{
		Layout: layout, Person: head, Actor: page.From(c).Actor(),
		Name: form.Name, Email: form.Email, Note: form.Note, Ends: form.Ends,
		Administrator: page.Checked(form.Administrator), Disabled: page.Checked(form.Disabled), MayEdit: page.Checked(form.MayEdit), Problems: problems,
	}))
}

// SaveProfile changes who a user is.
func (h *Handlers) SaveProfile(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	actor := page.From(c).Actor()
	if !actor.MayEdit(u) {
		return fmt.Errorf("edit user %d: %w", u.ID, store.ErrForbidden)
	}
	var form profileForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, found := form.profile(actor, u)
	err = h.Store.UpdateProfile(c.Request().Context(), actor, u.ID, in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showProfile(c, http.StatusUnprocessableEntity, u, form, problems)
	}
	if err != nil {
		return err
	}
	name, _ := store.CleanName(in.Name)
	return h.Done(c, about(u, ""), name+"’s profile is saved.")
}

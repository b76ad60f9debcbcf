package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// limitsForm is what the Restrictions tab sends.
type limitsForm struct {
	restrictionsForm
	Ends string `form:"ends"`
}

// RestrictionsForm shows the Restrictions tab.
func (h *Handlers) RestrictionsForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	return h.showRestrictions(c, http.StatusOK, u, limitsForm{restrictionsFormOf(u.Restrictions), views.EndsValue(u)}, nil)
}

func (h *Handlers) showRestrictions(c echo.Context, status int, u store.User, form limitsForm, problems []store.Problem) error {
	layout, head, err := h.person(c, u, views.TabRestrictions)
	if err != nil {
		return err
	}
	model := views.RestrictionsPage{Layout: layout, Person: head, Actor: page.From(c).Actor(), Ends: form.Ends, Problems: problems}
	if model.Actor.MayRestrict(u) {
		if model.Fields, err = h.restrictionFields(c, form.restrictionsForm, trial{user: u, access: u.Access, was: u.Sight()}, problems); err != nil {
			return err
		}
	}
	return h.Render(c, status, views.Restrictions(model))
}

// SaveRestrictions changes what limits a user, unless a button was pressed that
// shows something first.
func (h *Handlers) SaveRestrictions(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	actor := page.From(c).Actor()
	if !actor.MayRestrict(u) {
		return fmt.Errorf("restrict user %d: %w", u.ID, store.ErrForbidden)
	}
	var form limitsForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	form.Restrictions = "on"
	if !actor.MayDisable(u) && form.Ends == "" { // it was not offered
		form.Ends = views.EndsValue(u)
	}
	in, found := form.limits(form.Ends, u)
	if form.unsaved() {
		form.restrictionsForm = form.filled()
		return h.showRestrictions(c, http.StatusOK, u, form, found)
	}
	err = h.Store.SetRestrictions(c.Request().Context(), actor, u.ID, in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showRestrictions(c, http.StatusUnprocessableEntity, u, form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, about(u, "/restrictions"), "The restrictions of "+u.Name+" are saved. They count at once.")
}

// trial is whom a trial of restrictions is about, and what it is held against.
type trial struct {
	user   store.User   // the zero User for somebody new
	access store.Access // as the form has it
	was    store.Sight
}

// newcomerFields are the access and the restrictions of somebody who is not here
// yet, with all that the form of them shows. They are tried against none.
func (h *Handlers) newcomerFields(c echo.Context, access store.Access, form restrictionsForm, problems []store.Problem) (choice views.AccessChoice, fields views.RestrictionFields, err error) {
	if choice, err = h.accessChoice(c.Request().Context(), access); err != nil {
		return choice, fields, err
	}
	fields, err = h.restrictionFields(c, form.filled(), trial{access: access, was: store.Sight{Access: access}}, problems)
	return choice, fields, err
}

// restrictionFields are the fields with all that they show.
func (h *Handlers) restrictionFields(c echo.Context, form restrictionsForm, about trial, problems []store.Problem) (views.RestrictionFields, error) {
	fields := form.fields(problems)
	fields.UserID, fields.Zone = about.user.ID, page.ZoneName()
	fields.WithAccess = about.user.ID == 0 || !about.user.Kind.Present()
	r, _ := form.restrictions()
	fields.Open = form.unsaved() || fields.Wrong()
	var err error
	if fields.Labels, err = h.Store.CommonLabels(c.Request().Context()); err != nil {
		return fields, err
	}
	fields.Trial, err = h.try(c, about, r)
	return fields, err
}

// try tells what would stay visible with the restrictions.
func (h *Handlers) try(c echo.Context, about trial, r store.Restrictions) (views.RestrictionTrial, error) {
	words := views.RestrictionWords(store.Limits{Restrictions: r}, time.Local)
	found, err := h.Store.TryRestrictions(c.Request().Context(), page.From(c).Actor(), about.user.ID, store.Sight{Access: about.access, Restrictions: r}, about.was)
	if _, wrong := page.Invalid(err); wrong {
		return views.RestrictionTrial{Words: words, Problem: "This shows as soon as the rating and the labels can be read."}, nil
	}
	return views.RestrictionTrial{Trial: found, Words: words}, err
}

// tryForm is a form with restrictions that is not sent off yet, and how it stood
// before the last change.
type tryForm struct {
	About      string `form:"about"`
	Was        string `form:"was"` // the form of then, encoded
	WithAccess string `form:"with_access"`
	accessForm
	restrictionsForm
}

// TryRestrictions answers a script that asks what would stay visible.
func (h *Handlers) TryRestrictions(c echo.Context) error {
	var form, before tryForm
	if err := page.BindLong(c, &form); err != nil {
		return err
	}
	was, err := url.ParseQuery(form.Was)
	if err != nil {
		return echo.ErrBadRequest
	}
	if err := page.Decode(was, &before); err != nil {
		return err
	}
	about := trial{access: form.access()}
	if ids := page.IDs([]string{form.About}); len(ids) > 0 {
		if about.user, err = h.tried(c, ids[0]); err != nil {
			return err
		}
	}
	about.was.Access = before.access()
	if form.WithAccess == "" {
		about.access, about.was.Access = about.user.Access, about.user.Access
	}
	about.was.Restrictions, _ = before.restrictions()
	r, _ := form.restrictions()
	shown, err := h.try(c, about, r)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RestrictionTrialShown(shown))
}

// tried is the user with this id, or the guest that an invitation will make.
func (h *Handlers) tried(c echo.Context, id int64) (store.User, error) {
	u, err := h.Store.User(c.Request().Context(), id)
	if err == nil {
		return u, nil
	}
	i, invited := h.Store.Invitation(c.Request().Context(), id)
	if invited != nil {
		return store.User{}, err
	}
	return i.User, nil
}

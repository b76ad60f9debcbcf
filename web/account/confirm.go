package account

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// confirmForm is what the page sends that asks for the password once more.
type confirmForm struct {
	Password string `form:"password"`
	Code     string `form:"code"`
	Passkey  string `form:"passkey"`
	Next     string `form:"next"`
}

// ConfirmForm asks for the password once more, on the way to a page that wants
// it. Who has given it lately goes on.
func (h *Handlers) ConfirmForm(c echo.Context) error {
	viewer, next := page.From(c), auth.SafeNext(c.QueryParam("next"))
	if !viewer.Unconfirmed() && !entering(viewer) {
		return c.Redirect(http.StatusSeeOther, next)
	}
	return h.askToConfirm(c, http.StatusOK, confirmForm{Next: next}, nil)
}

// entering says whether the viewer is an administrator to whom the admin area
// opens with the proof that is asked for.
func entering(viewer *page.Viewer) bool {
	return viewer.Actor().IsAdministrator() && viewer.Lacks() == page.LacksProof
}

// Confirm notes that the viewer has given the password, and leads on.
func (h *Handlers) Confirm(c echo.Context) error {
	var form confirmForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	form.Next = auth.SafeNext(form.Next)
	err := h.Core.Confirm(c, page.Confirmation{Password: form.Password, Code: form.Code, Passkey: form.Passkey})
	if problems, status, ok := page.Refused(c, err); ok {
		return h.askToConfirm(c, status, form, problems)
	}
	if page.ConfirmationOver(err) {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, form.Next)
}

func (h *Handlers) askToConfirm(c echo.Context, status int, form confirmForm, problems []store.Problem) error {
	model, err := h.ConfirmPage(c, form.Next)
	if err != nil {
		return err
	}
	model.Why, model.Action, model.Back = whyConfirm(page.From(c)), "/account/confirm", "/"
	model.Carried = []ui.Hidden{{Name: "next", Value: form.Next}}
	model.Password, model.Code, model.Problems = form.Password, form.Code, problems
	return h.Render(c, status, views.Confirm(model))
}

// whyConfirm says why somebody who is signed in is asked for the password.
func whyConfirm(viewer *page.Viewer) string {
	switch {
	case !entering(viewer):
		return "What comes next decides about your account, so Usher asks for your password once more."
	case viewer.Session.Strength.Proven():
		return "The admin area asks for a second factor besides your password."
	case viewer.Session.ProvenAt.IsZero():
		return "The admin area asks for your password, since you came in without it."
	}
	hours := int(viewer.Settings.AdminHours / time.Hour)
	return fmt.Sprintf("The admin area asks for your password again: the last time was more than %s ago.", ui.CountOf(hours, "hour", "hours"))
}

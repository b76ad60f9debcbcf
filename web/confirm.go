package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// confirmPrefix begins the names of what is typed to confirm a form, beside the
// fields of that form.
const confirmPrefix = "confirm_"

// confirmation is what a form brings that was asked to be confirmed.
type confirmation struct {
	Password *string `form:"confirm_password"` // nil where it was not asked for yet
	Code     string  `form:"confirm_code"`
	Passkey  string  `form:"confirm_passkey"` // shown in place of both
	Back     string  `form:"confirm_back"`
}

// confirmable asks for the password where a change has answered store.ErrConfirm,
// which has changed nothing then. The page that asks carries all that was sent,
// and sends it once more with the password, which is checked before the change is
// tried again. Whoever asked for a page is led through /account/confirm to it.
func (s *Server) confirmable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if !errors.Is(err, store.ErrConfirm) || page.WantsJSON(c) {
			return err
		}
		if c.Request().Method != http.MethodPost {
			return leadTo(c, "/account/confirm")
		}
		var form confirmation
		if unfit := page.BindLong(c, &form); unfit != nil {
			return err // files cannot be carried
		}
		typed := page.Confirmation{Prefix: confirmPrefix, Code: form.Code, Passkey: form.Passkey}
		switch {
		case form.Password != nil:
			typed.Password = *form.Password
		case form.Passkey == "":
			return s.askToConfirm(c, http.StatusForbidden, form, nil)
		}
		err = s.Confirm(c, typed)
		if problems, status, ok := page.Refused(c, err); ok {
			return s.askToConfirm(c, status, form, problems)
		}
		if page.ConfirmationOver(err) {
			return toSignIn(c)
		}
		if err != nil {
			return err
		}
		return next(c)
	}
}

// askToConfirm carries what was sent in hidden fields, with secrets such as a
// password of a mail server in it. Nothing keeps that page: it is no-store, and
// its address is that of the form.
func (s *Server) askToConfirm(c echo.Context, status int, form confirmation, problems []store.Problem) error {
	r := c.Request()
	back := form.Back
	if from, err := url.Parse(r.Referer()); back == "" && err == nil {
		back = from.RequestURI()
	}
	back = auth.SafeNext(back)
	model, err := s.ConfirmPage(c, back)
	if err != nil {
		return err
	}
	model.Why = "This decides about more than what you see, so Usher asks for your password once more. Nothing that you typed is lost."
	if page.From(c).Lacks() == page.LacksProof {
		model.Why = "The admin area asks for your password. Nothing that you typed is lost."
	}
	model.Action, model.Back, model.Prefix, model.Problems = r.URL.RequestURI(), back, confirmPrefix, problems
	model.Carried = append(views.Carried(r.PostForm, confirmPrefix), views.CarriedBack(confirmPrefix, back))
	if model.Code = form.Code; form.Password != nil {
		model.Password = *form.Password
	}
	return s.Render(c, status, views.Confirm(model))
}

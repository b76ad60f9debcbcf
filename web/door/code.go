package door

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

// codeForm is what the second step of a sign-in sends.
type codeForm struct {
	Code    string `form:"code"`
	Passkey string `form:"passkey"` // shown in place of a code
	Next    string `form:"next"`
}

// toSecondStep leads from a password that was right to what is asked for besides
// it. The query may say more for that page.
func (h *Handlers) toSecondStep(c echo.Context, token string, query url.Values) error {
	if err := h.Sessions.BeginChallenge(c.Request(), c.Response(), token); err != nil {
		return err
	}
	to := "/sign-in/code"
	if len(query) > 0 {
		to += "?" + query.Encode()
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// nextQuery says where to go afterwards, unless that is home.
func nextQuery(next string) url.Values {
	if next == "/" {
		return nil
	}
	return url.Values{"next": {next}}
}

// halfway is whose sign-in the browser has yet to finish. Where there is none,
// answered says that the browser was told so.
func (h *Handlers) halfway(c echo.Context) (challenge []byte, u store.User, answered bool, err error) {
	challenge, begun, err := h.Sessions.Challenge(c.Request())
	if err != nil || !begun {
		return nil, u, true, errors.Join(err, c.Redirect(http.StatusSeeOther, "/sign-in"))
	}
	u, err = h.Porter.Halfway(c.Request().Context(), challenge)
	if errors.Is(err, store.ErrBadLink) {
		return nil, u, true, h.signInAgain(c)
	}
	return challenge, u, err != nil, err
}

// signInAgain says that a sign-in cannot be finished any more.
func (h *Handlers) signInAgain(c echo.Context) error {
	if err := h.Sessions.EndChallenge(c.Request(), c.Response()); err != nil {
		return err
	}
	return h.refuseStep(c, "Please sign in once more", "This sign-in was begun too long ago, is finished already, or the password has changed since. Nothing is wrong: begin again with your name and password.")
}

func (h *Handlers) refuseStep(c echo.Context, title, sentence string) error {
	return h.Render(c, http.StatusForbidden, views.RefuseConnect(views.ConnectRefusal{
		ServerName: page.From(c).Settings.ServerName, Title: title, Sentences: []string{sentence}, Back: "/sign-in", BackLabel: "Sign in",
	}))
}

// CodeForm asks for the second step of a sign-in.
func (h *Handlers) CodeForm(c echo.Context) error {
	_, u, answered, err := h.halfway(c)
	if answered {
		return err
	}
	model := codePage(c, u, auth.SafeNext(c.QueryParam("next")))
	model.Saved, model.Recovery = c.QueryParam("saved") != "", c.QueryParam("recovery") != ""
	return h.Render(c, http.StatusOK, views.Code(model))
}

func codePage(c echo.Context, u store.User, next string) views.CodePage {
	settings := page.From(c).Settings
	model := views.CodePage{ServerName: settings.ServerName, User: u, Next: next, Passkeys: auth.PasskeySite(c.Request(), settings) != ""}
	if auth.Secure(settings) {
		model.Address = settings.Address
	}
	return model
}

// Code finishes a sign-in with a code of the authenticator, a recovery code or a
// passkey.
func (h *Handlers) Code(c echo.Context) error {
	challenge, u, answered, err := h.halfway(c)
	if answered {
		return err
	}
	var form codeForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	viewer, next := page.From(c), auth.SafeNext(form.Next)
	replaces := max(viewer.Session.ID, viewer.Dormant) // at most one is there
	if form.Passkey != "" {
		err = h.stepWithPasskey(c, challenge, u, form.Passkey, session, replaces)
	} else {
		err = h.Porter.FinishWithCode(c.Request().Context(), challenge, form.Code, session, replaces)
	}
	if err != nil {
		return h.refuseCode(c, codePage(c, u, next), err)
	}
	return h.finish(c, token, next)
}

// finish begins the session that a second step has opened.
func (h *Handlers) finish(c echo.Context, token, next string) error {
	if err := h.Sessions.EndChallenge(c.Request(), c.Response()); err != nil {
		return err
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, next)
}

// refuseCode asks again with what is wrong, or says why it cannot go on.
func (h *Handlers) refuseCode(c echo.Context, model views.CodePage, why error) error {
	if problems, status, ok := page.Refused(c, why); ok { // about a passkey
		model.Refusal = problems[0].Message
		return h.Render(c, status, views.Code(model))
	}
	var throttled *auth.Throttled
	var refused *auth.Refused
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(why, &throttled):
		status, model.Wait = http.StatusTooManyRequests, throttled.Wait
		page.RetryAfter(c, throttled.Wait)
	case errors.As(why, &refused):
		return h.refuseStep(c, "You cannot come in", refused.Reason)
	case errors.Is(why, store.ErrBadLink):
		return h.signInAgain(c)
	case errors.Is(why, auth.ErrSealed):
		status, model.Sealed = http.StatusForbidden, true
	default:
		if model.Problem = page.CodeProblem(why); model.Problem == "" {
			return why
		}
	}
	return h.Render(c, status, views.Code(model))
}

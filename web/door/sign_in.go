package door

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// signInForm is what the pages send at which people come in.
type signInForm struct {
	User     string `form:"user"` // who was picked among the faces
	PIN      string `form:"pin"`
	Name     string `form:"name"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// picked is the id of who was picked, 0 for nobody. Away there are no faces.
func (f signInForm) picked(viewer *page.Viewer) int64 {
	id, err := strconv.ParseInt(f.User, 10, 64)
	if err != nil || !viewer.Location.Home {
		return 0
	}
	return id
}

// typed is what whoever was picked has typed.
func (f signInForm) typed() store.Asking {
	switch {
	case f.PIN != "":
		return store.AsksPIN
	case f.Password != "":
		return store.AsksPassword
	}
	return store.AsksNothing
}

// SignInForm shows who is there, or asks for a name and a password. Who is signed
// in already goes on.
func (h *Handlers) SignInForm(c echo.Context) error {
	next := auth.SafeNext(c.QueryParam("next"))
	if page.From(c).SignedIn() {
		return c.Redirect(http.StatusSeeOther, next)
	}
	return h.askWho(c, signInPath, next)
}

// SignIn signs somebody in, or shows the page again with why not.
func (h *Handlers) SignIn(c echo.Context) error { return h.signIn(c, signInPath) }

func (h *Handlers) signIn(c echo.Context, path string) error {
	var form signInForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	form.Next = auth.SafeNext(form.Next)
	if viewer.SignedIn() && form.picked(viewer) == viewer.User.ID {
		return c.Redirect(http.StatusSeeOther, form.Next)
	}
	if refusal := wrongScheme(c, viewer); refusal != "" {
		doorway, err := h.doorway(c, path, form.Next)
		if err != nil {
			return err
		}
		doorway.Problem = refusal
		return h.Render(c, http.StatusUnprocessableEntity, views.SignIn(views.SignInPage{Doorway: doorway, Name: form.Name}))
	}
	token, err := h.try(c, form)
	if err != nil {
		return h.refuseSignIn(c, path, form, err)
	}
	if viewer.SignedIn() {
		h.EndPlays(c.Request().Context(), viewer.User.ID)
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, form.Next)
}

// try is a try to sign in with what the form says.
func (h *Handlers) try(c echo.Context, form signInForm) (token string, err error) {
	viewer, picked := page.From(c), form.picked(page.From(c))
	browser, err := h.Sessions.Browser(c.Request())
	if err != nil {
		return "", err
	}
	return h.Porter.SignIn(c.Request().Context(), auth.Attempt{
		User: picked, PIN: form.PIN, Name: form.Name, Password: form.Password, Location: viewer.Location,
		Browser: browser, UserAgent: c.Request().UserAgent(), Replaces: max(viewer.Session.ID, viewer.Dormant), // at most one is there
	})
}

// refuseSignIn shows the page again, or leads to the second step. Its answer is
// the same to the byte for every cause that a stranger could be after.
func (h *Handlers) refuseSignIn(c echo.Context, path string, form signInForm, why error) error {
	var needs *auth.NeedsFactor
	if errors.As(why, &needs) {
		return h.toSecondStep(c, needs.Token, nextQuery(form.Next))
	}
	doorway, err := h.doorway(c, path, form.Next)
	if err != nil {
		return err
	}
	picked := form.picked(page.From(c))
	var throttled *auth.Throttled
	var refused *auth.Refused
	wrong := errors.Is(why, auth.ErrWrong) || errors.Is(why, auth.ErrPINForm)
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(why, &throttled):
		status = http.StatusTooManyRequests
		if form.PIN == "" { // of a PIN its field tells
			doorway.Wait = throttled.Wait
		}
		page.RetryAfter(c, throttled.Wait)
	case errors.As(why, &refused):
		status, doorway.Problem = http.StatusForbidden, refused.Reason
	case picked != 0 && wrong, errors.Is(why, auth.ErrNoFace), errors.Is(why, auth.ErrAsksPIN):
	case wrong:
		doorway.Problem = "That name and password do not belong together. Try again, or ask an administrator for a link to set a new password."
		if doorway.Recovers {
			doorway.Problem = "That name and password do not belong together. Try again, or have a link to set a new password e-mailed to you."
		}
	default:
		return why
	}
	if picked != 0 {
		return h.askFace(c, status, doorway, face{id: picked, tried: wrong || errors.Is(why, auth.ErrAsksPIN), typed: form.typed(), pin: page.PINProblem(why)})
	}
	return h.askNamed(c, status, doorway, form, why)
}

// wrongScheme tells somebody who came over plain http to a server whose
// address is https where to go: the browser would not keep the cookie here.
func wrongScheme(c echo.Context, viewer *page.Viewer) string {
	origin, err := url.Parse(c.Request().Header.Get(echo.HeaderOrigin))
	if err != nil || origin.Scheme != "http" || !auth.Secure(viewer.Settings) {
		return ""
	}
	return "Signing in works over https only. Open " + viewer.Settings.Address + " and sign in there."
}

package door

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/views"
	"usher/web/page"
)

// signInForm is what the sign-in page sends.
type signInForm struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// SignInForm shows the sign-in page. Who is signed in already goes on, but for
// an administrator without the password who wants to enter the admin area.
func (h *Handlers) SignInForm(c echo.Context) error {
	viewer := page.From(c)
	next := auth.SafeNext(c.QueryParam("next"))
	model, err := h.signInPage(c, signInForm{Next: next})
	if err != nil {
		return err
	}
	if viewer.SignedIn() {
		if !strengthen(viewer, next) {
			return c.Redirect(http.StatusSeeOther, next)
		}
		model.Name, model.Strengthen = viewer.User.Name, true
	}
	return h.Render(c, http.StatusOK, views.SignIn(model))
}

// strengthen says whether the viewer comes to type the password that the admin
// area asks for.
func strengthen(viewer *page.Viewer, next string) bool {
	return viewer.Actor().IsAdministrator() && !viewer.Admin() && needsPassword(next)
}

func needsPassword(next string) bool {
	return next == "/admin" || strings.HasPrefix(next, "/admin/") || strings.HasPrefix(next, "/admin?") || strings.HasPrefix(next, "/users/")
}

func (h *Handlers) signInPage(c echo.Context, form signInForm) (views.SignInPage, error) {
	viewer := page.From(c)
	providers, err := h.Store.Providers(c.Request().Context())
	if err != nil {
		return views.SignInPage{}, err
	}
	signedOut := c.QueryParam("signed-out") != ""
	model := views.SignInPage{
		ServerName: viewer.Settings.ServerName, Name: form.Name, Next: form.Next,
		AtHome: viewer.Location.Home, Away: viewer.Dormant != 0, SignedOut: signedOut,
		Register: !viewer.SignedIn() && viewer.Settings.RegistrationShut() == "",
		Recovers: viewer.Settings.MailsStrangers(), Providers: views.SignInChoices(providers, form.Next),
	}
	if farewell, offered := h.Connect.Farewell(c.Request()); offered && signedOut {
		for _, provider := range providers {
			if provider.ID == farewell.Provider {
				model.Farewell = provider.Name
			}
		}
	}
	return model, nil
}

// SignIn signs somebody in, or shows the page again with why not.
func (h *Handlers) SignIn(c echo.Context) error {
	var form signInForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	form.Next = auth.SafeNext(form.Next)
	if refusal := wrongScheme(c, viewer); refusal != "" {
		model, err := h.signInPage(c, form)
		if err != nil {
			return err
		}
		model.Problem = refusal
		return h.Render(c, http.StatusUnprocessableEntity, views.SignIn(model))
	}
	browser, err := h.Sessions.Browser(c.Request())
	if err != nil {
		return err
	}
	token, err := h.Porter.SignIn(c.Request().Context(), auth.Attempt{
		Name: form.Name, Password: form.Password, Location: viewer.Location,
		Browser: browser, UserAgent: c.Request().UserAgent(), Replaces: max(viewer.Session.ID, viewer.Dormant), // at most one is there
	})
	if err != nil {
		return h.refuseSignIn(c, form, err)
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, form.Next)
}

// refuseSignIn shows the page again. Its answer is the same to the byte for
// every cause that a stranger could be after.
func (h *Handlers) refuseSignIn(c echo.Context, form signInForm, why error) error {
	model, err := h.signInPage(c, form)
	if err != nil {
		return err
	}
	var throttled *auth.Throttled
	var refused *auth.Refused
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(why, &throttled):
		status, model.Wait = http.StatusTooManyRequests, throttled.Wait
		page.RetryAfter(c, throttled.Wait)
	case errors.As(why, &refused):
		status, model.Problem = http.StatusForbidden, refused.Reason
	case errors.Is(why, auth.ErrWrong):
		model.Problem = "That name and password do not belong together. Try again, or ask an administrator for a link to set a new password."
		if model.Recovers {
			model.Problem = "That name and password do not belong together. Try again, or have a link to set a new password e-mailed to you."
		}
	default:
		return why
	}
	return h.Render(c, status, views.SignIn(model))
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

// SignOut ends the session. Where a provider has vouched for it, the next page
// offers to sign out there as well.
func (h *Handlers) SignOut(c echo.Context) error { return h.leaveFor(c, "/sign-in?signed-out=1") }

// leaveFor ends the session and leads on.
func (h *Handlers) leaveFor(c echo.Context, to string) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	if viewer.SignedIn() {
		vouched, err := h.Store.Vouched(ctx, viewer.Session.ID)
		if err != nil {
			return err
		}
		if err := h.Store.CloseSession(ctx, viewer.Actor(), viewer.Session.ID); err != nil {
			return err
		}
		if err := h.Connect.OfferFarewell(c.Response(), c.Request(), vouched); err != nil {
			return err
		}
	}
	if err := h.Sessions.End(c.Request(), c.Response()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, to)
}

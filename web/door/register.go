package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

const (
	registerPath = "/register"
	waitsPath    = registerPath + "/waiting"
)

// registerForm is what the pages of registration send: the e-mail address where
// it is to be proven, else the name and the password.
type registerForm struct {
	Email    string `form:"email"`
	Name     string `form:"name"`
	Password string `form:"password"`
}

// RegisterForm asks for an e-mail address where it has to be proven, else for
// a name and a password. It answers store.Shut where nobody can register.
func (h *Handlers) RegisterForm(c echo.Context) error {
	if err := h.Store.CheckRegistration(c.Request().Context()); err != nil {
		return err
	}
	if page.From(c).SignedIn() {
		return h.hasAccount(c)
	}
	return h.showRegister(c, http.StatusOK, registerForm{}, "", nil)
}

// Register sends a link to the address, or registers at once where none is
// asked for.
func (h *Handlers) Register(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	if err := h.Store.CheckRegistration(ctx); err != nil {
		return err
	}
	var form registerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if !viewer.Settings.MailsStrangers() {
		return h.register(c, form, "", nil)
	}
	if viewer.SignedIn() {
		return h.hasAccount(c)
	}
	err := h.Porter.CountStranger(ctx, viewer.Location)
	if err == nil {
		err = h.Store.AskToRegister(ctx, form.Email)
	}
	if err != nil {
		return h.refuseRegister(c, form, "", err)
	}
	return h.Render(c, http.StatusOK, views.RegisterSent(viewer.Settings.ServerName, form.Email))
}

// RegisterLinkForm asks whoever has proven an e-mail address for a name and a
// password. Looking at a link does not use it up.
func (h *Handlers) RegisterLinkForm(c echo.Context) error {
	proven, _, err := h.provenAddress(c)
	if err != nil {
		return h.refuseRegister(c, registerForm{}, "", err)
	}
	if page.From(c).SignedIn() {
		return h.hasAccount(c)
	}
	return h.showRegister(c, http.StatusOK, registerForm{}, proven, nil)
}

// RegisterWithLink registers whoever has proven an e-mail address, once.
func (h *Handlers) RegisterWithLink(c echo.Context) error {
	var form registerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	proven, link, err := h.provenAddress(c)
	if err != nil {
		return h.refuseRegister(c, form, "", err)
	}
	return h.register(c, form, proven, link)
}

// provenAddress is the address that the link in the request proves.
func (h *Handlers) provenAddress(c echo.Context) (email string, link []byte, err error) {
	ctx, link := c.Request().Context(), auth.HashToken(c.Param("token"))
	if err := h.Store.CheckRegistration(ctx); err != nil {
		return "", nil, err
	}
	email, err = h.Store.ProvenAddress(ctx, link)
	return email, link, err
}

// register makes the account. The link is nil where no address is proven.
func (h *Handlers) register(c echo.Context, form registerForm, proven string, link []byte) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	if viewer.SignedIn() {
		return h.hasAccount(c)
	}
	if refusal := wrongScheme(c, viewer); refusal != "" {
		return h.refuseRegister(c, form, proven, store.Refuse(refusal))
	}
	if err := h.Porter.CountStranger(ctx, viewer.Location); err != nil {
		return h.refuseRegister(c, form, proven, err)
	}
	hash, err := h.NewPassword(ctx, form.Password, "password", form.Name, proven, viewer.Settings.ServerName)
	found, weak := page.Invalid(err)
	if err != nil && !weak {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	u, err := h.Store.Register(ctx, store.Registrant{LinkHash: link, Name: form.Name, PasswordHash: hash}, session, found...)
	if err != nil {
		return h.refuseRegister(c, form, proven, err)
	}
	if u.Kind == store.KindWaiting {
		return c.Redirect(http.StatusSeeOther, waitsPath)
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return h.Done(c, "/", "Welcome, "+u.Name+". You have an account now, and are signed in.")
}

// RegisterWaits says what happens next to whoever has registered.
func (h *Handlers) RegisterWaits(c echo.Context) error {
	return h.Render(c, http.StatusOK, views.RegisterWaits(page.From(c).Settings.ServerName))
}

// hasAccount leads on whoever is signed in.
func (h *Handlers) hasAccount(c echo.Context) error {
	return h.NotDone(c, "/", "You are signed in as "+page.From(c).User.Name+", and have an account. To register somebody else, sign out first.")
}

func (h *Handlers) showRegister(c echo.Context, status int, form registerForm, proven string, problems views.Problems) error {
	settings := page.From(c).Settings
	return h.Render(c, status, views.Register(views.RegisterPage{
		ServerName: settings.ServerName, Action: c.Request().URL.EscapedPath(), Approval: settings.Registration == store.RegistrationApproval,
		AskEmail: proven == "" && settings.MailsStrangers(), Domains: settings.RegistrationDomains, Proven: proven,
		Email: form.Email, Name: form.Name, Password: form.Password, Problems: problems,
	}))
}

// refuseRegister shows the page again with what is wrong. Other errors are
// returned.
func (h *Handlers) refuseRegister(c echo.Context, form registerForm, proven string, err error) error {
	var throttled *auth.Throttled
	if errors.As(err, &throttled) {
		page.RetryAfter(c, throttled.Wait)
		problem := store.Problem{Message: "There were many tries from where you are. Try again in " + ui.Wait(throttled.Wait) + "."}
		return h.showRegister(c, http.StatusTooManyRequests, form, proven, views.Problems{problem})
	}
	if problems, ok := page.Invalid(err); ok {
		return h.showRegister(c, http.StatusUnprocessableEntity, form, proven, problems)
	}
	if errors.Is(err, store.ErrBadLink) {
		return h.Render(c, http.StatusNotFound, views.BadRegistrationLink(page.From(c).Settings.ServerName))
	}
	return err
}

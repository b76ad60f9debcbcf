package admin

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

const newUserPath = usersPath + "/new"

// newUserForm is what the form for a new user sends.
type newUserForm struct {
	Name  string `form:"name"`
	Email string `form:"email"`
	accessForm
	restrictionsForm
	Ends        string `form:"ends"`
	FirstSignIn string `form:"first_sign_in"`
	Password    string `form:"password"`
	Then        string `form:"then"`
}

// NewUserForm asks for a new user. Its address may hold the choices of the one
// before (newUserForm.another).
func (h *Handlers) NewUserForm(c echo.Context) error {
	form, access := newUserForm{FirstSignIn: views.FirstByLink}, store.FullAccess()
	if kept := c.QueryParams(); kept.Has("first_sign_in") {
		form.FirstSignIn, access = kept.Get("first_sign_in"), accessFrom(kept).access()
		if err := page.Decode(kept, &form.restrictionsForm); err != nil {
			return err
		}
	}
	return h.showNewUser(c, http.StatusOK, form, access, nil)
}

// another is the address of an empty form with the same choices.
func (f newUserForm) another() string {
	kept := accessValues(f.access())
	f.keep(kept)
	kept.Set("first_sign_in", f.FirstSignIn)
	return newUserPath + "?" + kept.Encode()
}

func (h *Handlers) showNewUser(c echo.Context, status int, form newUserForm, access store.Access, problems []store.Problem) error {
	choice, fields, err := h.newcomerFields(c, access, form.restrictionsForm, problems)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "New user", "users")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.NewUser(views.NewUserPage{
		Layout: layout, Name: form.Name, Email: form.Email, Choice: choice, Restrictions: fields, Ends: form.Ends, SendsMail: page.From(c).Settings.SendsMail(), FirstSignIn: form.FirstSignIn, Password: form.Password, Problems: problems,
	}))
}

// NewUser makes a user. With a one-time link it answers with the link, since
// it cannot be shown later.
func (h *Handlers) NewUser(c echo.Context) error {
	var form newUserForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if form.FirstSignIn == "" {
		form.FirstSignIn = views.FirstByLink
	}
	ctx, actor := c.Request().Context(), page.From(c).Actor()
	if form.unsaved() {
		return h.showNewUser(c, http.StatusOK, form, form.access(), nil)
	}
	in, token, err := h.newUser(c, form)
	found, weak := page.Invalid(err)
	if err != nil && !weak {
		return err
	}
	limits, wrong := form.limits(form.Ends, store.User{})
	in.Limits, found = limits, append(found, wrong...)
	u, err := h.Store.CreateUser(ctx, actor, in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showNewUser(c, http.StatusUnprocessableEntity, form, form.access(), problems)
	}
	if err != nil {
		return err
	}
	if token != "" {
		return h.showLink(c, http.StatusCreated, u, madeLink{token: token, ends: u.CreatedAt.Add(store.ResetLinkLife), again: form.another(), againLabel: "Add another"})
	}
	to := usersPath
	if form.Then == "another" {
		to = form.another()
	}
	if in.MailLink {
		return h.linkMailed(c, to, u.Name+" is added. ", u)
	}
	if u.HasPassword {
		return h.Done(c, to, u.Name+" is added, and can sign in with the password you have set.")
	}
	return h.Done(c, to, u.Name+" is added, and can sign in at home with the name alone.")
}

// newUser is what the form asks for, with the token of the one-time link if it
// asks for one. It answers store.Invalid for the first sign-in.
func (h *Handlers) newUser(c echo.Context, form newUserForm) (in store.NewUser, token string, err error) {
	in = store.NewUser{Name: form.Name, Email: form.Email, Access: form.access()}
	switch form.FirstSignIn {
	case views.FirstByMail:
		in.MailLink = true
		in.BaseURL, _ = page.BaseURL(c)
		err = mailable(page.From(c).Settings, form.Email)
	case views.FirstByLink:
		token, in.LinkHash = auth.NewToken()
	case views.FirstByPassword:
		in.PasswordHash, err = h.NewPassword(c.Request().Context(), form.Password, "password", form.Name, form.Email, page.From(c).Settings.ServerName)
	case views.FirstByName:
	default:
		err = &store.Invalid{Problems: []store.Problem{{Field: "first_sign_in", Message: "Choose how the first sign-in works."}}}
	}
	return in, token, err
}

// mailable answers store.Invalid where no link can be e-mailed to the address.
func mailable(settings store.Settings, email string) error {
	switch {
	case !settings.SendsMail():
		return &store.Invalid{Problems: []store.Problem{{Field: "first_sign_in", Message: "E-mail is not set up on this server. Copy a link instead."}}}
	case strings.TrimSpace(email) == "":
		return &store.Invalid{Problems: []store.Problem{{Field: "email", Message: "Type the address that the link goes to."}}}
	}
	return nil
}

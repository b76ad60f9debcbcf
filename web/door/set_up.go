package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// setUpForm is what the set-up page sends.
type setUpForm struct {
	Code       string `form:"code"`
	Name       string `form:"name"`
	Email      string `form:"email"`
	Password   string `form:"password"`
	ServerName string `form:"server_name"`
}

func (f setUpForm) page(problems views.Problems) views.SetUpPage {
	return views.SetUpPage{ServerName: f.ServerName, Code: f.Code, Name: f.Name, Email: f.Email, Password: f.Password, Problems: problems}
}

// FinishSetUp is what every page answers until there is an owner.
func (h *Handlers) FinishSetUp(c echo.Context) error {
	return h.Render(c, http.StatusServiceUnavailable, views.FinishSetUp(false))
}

// SetUpForm shows the set-up page to whoever has the code.
func (h *Handlers) SetUpForm(c echo.Context) error {
	form := setUpForm{Code: c.QueryParam("code"), ServerName: page.From(c).Settings.ServerName}
	if err := h.Store.CheckSetUp(c.Request().Context(), auth.HashToken(form.Code)); err != nil {
		return h.refuseSetUp(c, form, err)
	}
	return h.Render(c, http.StatusOK, views.SetUp(form.page(nil)))
}

// SetUp makes the owner and signs them in.
func (h *Handlers) SetUp(c echo.Context) error {
	var form setUpForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	// The code is checked before anything costs: a stranger gets no hashing.
	if err := h.Store.CheckSetUp(ctx, auth.HashToken(form.Code)); err != nil {
		return h.refuseSetUp(c, form, err)
	}
	hash, err := h.NewPassword(ctx, form.Password, "password", form.Name, form.Email, form.ServerName)
	found, weak := page.Invalid(err)
	if err != nil && !weak {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	owner := store.NewUser{Name: form.Name, Email: form.Email, PasswordHash: hash}
	if _, err := h.Store.SetUp(ctx, auth.HashToken(form.Code), owner, form.ServerName, session, found...); err != nil {
		return h.refuseSetUp(c, form, err)
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return h.Done(c, "/admin/users", "Usher is yours. Add the people who live here, and the libraries they may watch.")
}

func (h *Handlers) refuseSetUp(c echo.Context, form setUpForm, err error) error {
	if errors.Is(err, store.ErrBadLink) {
		return h.Render(c, http.StatusForbidden, views.FinishSetUp(true))
	}
	if problems, ok := page.Invalid(err); ok {
		return h.Render(c, http.StatusUnprocessableEntity, views.SetUp(form.page(problems)))
	}
	return err
}

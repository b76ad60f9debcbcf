package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// backForm is what a button in the menu of a row sends.
type backForm struct {
	Back string `form:"back"`
}

// DisableUser keeps a user out, and signs them out.
func (h *Handlers) DisableUser(c echo.Context) error { return h.setDisabled(c, true) }

// EnableUser lets a user in again.
func (h *Handlers) EnableUser(c echo.Context) error { return h.setDisabled(c, false) }

func (h *Handlers) setDisabled(c echo.Context, disabled bool) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form backForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.SetDisabled(c.Request().Context(), page.From(c).Actor(), disabled, u.ID); err != nil {
		return err
	}
	return h.Done(c, page.ComeBack(form.Back, listOf(u)), disabledMessage([]store.User{u}, disabled))
}

// disabledMessage says what became of the users.
func disabledMessage(users []store.User, disabled bool) string {
	switch {
	case disabled && len(users) == 1:
		return users[0].Name + " is disabled, and signed out everywhere."
	case disabled:
		return people(users) + " are disabled, and signed out everywhere."
	}
	return people(users) + " may sign in again."
}

// people names users in a message.
func people(users []store.User) string { return views.People(users, 3) }

// DeleteUserForm asks before a user is deleted.
func (h *Handlers) DeleteUserForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MayDelete(u) {
		return fmt.Errorf("delete user %d: %w", u.ID, store.ErrForbidden)
	}
	return h.askDelete(c, []store.User{u}, about(u, "/delete"), page.CameFrom(c, listOf(u)))
}

func (h *Handlers) askDelete(c echo.Context, users []store.User, action, back string) error {
	layout, err := h.Layout(c, "Delete?", section(users...))
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.DeleteUsers(views.DeleteUsersPage{Layout: layout, Users: users, Action: action, Back: back}))
}

// DeleteUser deletes a user, and leads back to the list.
func (h *Handlers) DeleteUser(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form backForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.DeleteUsers(c.Request().Context(), page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	return h.Done(c, backToList(form.Back, listOf(u)), u.Name+" is deleted.")
}

package admin

import "github.com/labstack/echo/v4"

// ChangeUsers is not there yet.
func (h *Handlers) ChangeUsers(echo.Context) error { return echo.ErrNotFound }

// DisableUser is not there yet.
func (h *Handlers) DisableUser(echo.Context) error { return echo.ErrNotFound }

// EnableUser is not there yet.
func (h *Handlers) EnableUser(echo.Context) error { return echo.ErrNotFound }

// DeleteUserForm is not there yet.
func (h *Handlers) DeleteUserForm(echo.Context) error { return echo.ErrNotFound }

// DeleteUser is not there yet.
func (h *Handlers) DeleteUser(echo.Context) error { return echo.ErrNotFound }

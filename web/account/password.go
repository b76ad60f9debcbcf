package account

import "github.com/labstack/echo/v4"

// PasswordForm is not there yet.
func (h *Handlers) PasswordForm(echo.Context) error { return echo.ErrNotFound }

// ChangePassword is not there yet.
func (h *Handlers) ChangePassword(echo.Context) error { return echo.ErrNotFound }

// RemovePasswordForm is not there yet.
func (h *Handlers) RemovePasswordForm(echo.Context) error { return echo.ErrNotFound }

// RemovePassword is not there yet.
func (h *Handlers) RemovePassword(echo.Context) error { return echo.ErrNotFound }

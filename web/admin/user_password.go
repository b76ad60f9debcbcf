package admin

import "github.com/labstack/echo/v4"

// PasswordForm is not there yet.
func (h *Handlers) PasswordForm(echo.Context) error { return echo.ErrNotFound }

// SetPassword is not there yet.
func (h *Handlers) SetPassword(echo.Context) error { return echo.ErrNotFound }

// RemovePasswordForm is not there yet.
func (h *Handlers) RemovePasswordForm(echo.Context) error { return echo.ErrNotFound }

// RemovePassword is not there yet.
func (h *Handlers) RemovePassword(echo.Context) error { return echo.ErrNotFound }

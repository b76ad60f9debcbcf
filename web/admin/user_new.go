package admin

import "github.com/labstack/echo/v4"

// NewUserForm is not there yet.
func (h *Handlers) NewUserForm(echo.Context) error { return echo.ErrNotFound }

// NewUser is not there yet.
func (h *Handlers) NewUser(echo.Context) error { return echo.ErrNotFound }

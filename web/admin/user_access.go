package admin

import "github.com/labstack/echo/v4"

// AccessForm is not there yet.
func (h *Handlers) AccessForm(echo.Context) error { return echo.ErrNotFound }

// SaveAccess is not there yet.
func (h *Handlers) SaveAccess(echo.Context) error { return echo.ErrNotFound }

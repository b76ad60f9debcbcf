package admin

import "github.com/labstack/echo/v4"

// Users is not there yet.
func (h *Handlers) Users(echo.Context) error { return echo.ErrNotFound }

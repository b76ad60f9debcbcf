package admin

import "github.com/labstack/echo/v4"

// Activity is not there yet.
func (h *Handlers) Activity(echo.Context) error { return echo.ErrNotFound }

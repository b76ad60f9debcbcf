package admin

import "github.com/labstack/echo/v4"

// UserActivity is not there yet.
func (h *Handlers) UserActivity(echo.Context) error { return echo.ErrNotFound }

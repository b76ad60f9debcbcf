package account

import "github.com/labstack/echo/v4"

// Picture is not there yet.
func (h *Handlers) Picture(echo.Context) error { return echo.ErrNotFound }

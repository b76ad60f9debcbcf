package account

import "github.com/labstack/echo/v4"

// Account is not there yet.
func (h *Handlers) Account(echo.Context) error { return echo.ErrNotFound }

package watch

import "github.com/labstack/echo/v4"

// Home is not there yet.
func (h *Handlers) Home(echo.Context) error { return echo.ErrNotFound }

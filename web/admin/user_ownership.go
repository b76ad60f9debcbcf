package admin

import "github.com/labstack/echo/v4"

// OwnershipForm is not there yet.
func (h *Handlers) OwnershipForm(echo.Context) error { return echo.ErrNotFound }

// HandOver is not there yet.
func (h *Handlers) HandOver(echo.Context) error { return echo.ErrNotFound }

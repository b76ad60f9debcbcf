package admin

import "github.com/labstack/echo/v4"

// ProfileForm is not there yet.
func (h *Handlers) ProfileForm(echo.Context) error { return echo.ErrNotFound }

// SaveProfile is not there yet.
func (h *Handlers) SaveProfile(echo.Context) error { return echo.ErrNotFound }

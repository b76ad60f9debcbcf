package admin

import "github.com/labstack/echo/v4"

// SettingsForm is not there yet.
func (h *Handlers) SettingsForm(echo.Context) error { return echo.ErrNotFound }

// SaveSettings is not there yet.
func (h *Handlers) SaveSettings(echo.Context) error { return echo.ErrNotFound }

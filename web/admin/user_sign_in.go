package admin

import "github.com/labstack/echo/v4"

// SignInRulesForm is not there yet.
func (h *Handlers) SignInRulesForm(echo.Context) error { return echo.ErrNotFound }

// SaveSignInRules is not there yet.
func (h *Handlers) SaveSignInRules(echo.Context) error { return echo.ErrNotFound }

// MakeResetLink is not there yet.
func (h *Handlers) MakeResetLink(echo.Context) error { return echo.ErrNotFound }

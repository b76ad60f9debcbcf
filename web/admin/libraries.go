package admin

import "github.com/labstack/echo/v4"

// Libraries is not there yet.
func (h *Handlers) Libraries(echo.Context) error { return echo.ErrNotFound }

// NewLibraryForm is not there yet.
func (h *Handlers) NewLibraryForm(echo.Context) error { return echo.ErrNotFound }

// NewLibrary is not there yet.
func (h *Handlers) NewLibrary(echo.Context) error { return echo.ErrNotFound }

// LibraryForm is not there yet.
func (h *Handlers) LibraryForm(echo.Context) error { return echo.ErrNotFound }

// SaveLibrary is not there yet.
func (h *Handlers) SaveLibrary(echo.Context) error { return echo.ErrNotFound }

// MoveLibrary is not there yet.
func (h *Handlers) MoveLibrary(echo.Context) error { return echo.ErrNotFound }

// DeleteLibraryForm is not there yet.
func (h *Handlers) DeleteLibraryForm(echo.Context) error { return echo.ErrNotFound }

// DeleteLibrary is not there yet.
func (h *Handlers) DeleteLibrary(echo.Context) error { return echo.ErrNotFound }

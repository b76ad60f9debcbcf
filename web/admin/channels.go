package admin

import "github.com/labstack/echo/v4"

// Channels is not there yet.
func (h *Handlers) Channels(echo.Context) error { return echo.ErrNotFound }

// NewChannelForm is not there yet.
func (h *Handlers) NewChannelForm(echo.Context) error { return echo.ErrNotFound }

// NewChannel is not there yet.
func (h *Handlers) NewChannel(echo.Context) error { return echo.ErrNotFound }

// ChannelForm is not there yet.
func (h *Handlers) ChannelForm(echo.Context) error { return echo.ErrNotFound }

// SaveChannel is not there yet.
func (h *Handlers) SaveChannel(echo.Context) error { return echo.ErrNotFound }

// MoveChannel is not there yet.
func (h *Handlers) MoveChannel(echo.Context) error { return echo.ErrNotFound }

// DeleteChannelForm is not there yet.
func (h *Handlers) DeleteChannelForm(echo.Context) error { return echo.ErrNotFound }

// DeleteChannel is not there yet.
func (h *Handlers) DeleteChannel(echo.Context) error { return echo.ErrNotFound }

package admin

import "github.com/labstack/echo/v4"

// PictureForm is not there yet.
func (h *Handlers) PictureForm(echo.Context) error { return echo.ErrNotFound }

// SavePicture is not there yet.
func (h *Handlers) SavePicture(echo.Context) error { return echo.ErrNotFound }

// RemovePicture is not there yet.
func (h *Handlers) RemovePicture(echo.Context) error { return echo.ErrNotFound }

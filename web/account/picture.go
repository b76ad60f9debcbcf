package account

import (
	"errors"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/web/page"
)

// Picture is a user's picture, for themself, for administrators, and at home for
// whoever may pick the user among the faces. To anyone else it does not exist.
// Its address has its hash, so it never changes.
func (h *Handlers) Picture(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	viewer := page.From(c)
	if id != viewer.User.ID && !viewer.Admin() {
		_, err := h.Porter.Face(c.Request().Context(), id, viewer.Location)
		if errors.Is(err, auth.ErrNoFace) {
			return echo.ErrNotFound
		}
		if err != nil {
			return err
		}
	}
	jpeg, err := h.Store.Picture(c.Request().Context(), id, c.Param("hash"))
	if err != nil {
		return err
	}
	return page.SendPicture(c, c.Param("hash"), jpeg)
}

// SavePicture gives the viewer a picture.
func (h *Handlers) SavePicture(c echo.Context) error {
	if answered, err := h.editable(c); answered {
		return err
	}
	viewer := page.From(c)
	portrait, err := page.ReceivePortrait(c)
	if problem, status, ok := page.RefusedPortrait(err); ok {
		return h.showProfile(c, status, profileOf(viewer.User), nil, []store.Problem{{Field: "picture", Message: problem}})
	}
	if err != nil {
		return err
	}
	if err := h.Store.SetPicture(c.Request().Context(), viewer.Actor(), viewer.User.ID, portrait); err != nil {
		return err
	}
	return h.Done(c, "/account", "You have a new picture.")
}

// RemovePicture takes the viewer's picture away.
func (h *Handlers) RemovePicture(c echo.Context) error {
	if answered, err := h.editable(c); answered {
		return err
	}
	viewer := page.From(c)
	if err := h.Store.RemovePicture(c.Request().Context(), viewer.Actor(), viewer.User.ID); err != nil {
		return err
	}
	return h.Done(c, "/account", "Your picture is gone.")
}

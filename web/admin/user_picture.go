package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// PictureForm asks for a picture on a page of its own.
func (h *Handlers) PictureForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MayEdit(u) {
		return fmt.Errorf("picture of user %d: %w", u.ID, store.ErrForbidden)
	}
	return h.showPictureForm(c, http.StatusOK, u, "")
}

func (h *Handlers) showPictureForm(c echo.Context, status int, u store.User, problem string) error {
	layout, head, err := h.person(c, u, views.TabProfile)
	if err != nil {
		return err
	}
	model := views.PicturePage{Layout: layout, Person: head}
	if problem != "" {
		model.Problems = views.Problems{{Field: "picture", Message: problem}}
	}
	return h.Render(c, status, views.Picture(model))
}

// SavePicture gives a user a picture.
func (h *Handlers) SavePicture(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	actor := page.From(c).Actor()
	if !actor.MayEdit(u) {
		return fmt.Errorf("picture of user %d: %w", u.ID, store.ErrForbidden)
	}
	portrait, err := page.ReceivePortrait(c)
	if problem, status, ok := page.RefusedPortrait(err); ok {
		return h.showPictureForm(c, status, u, problem)
	}
	if err != nil {
		return err
	}
	if err := h.Store.SetPicture(c.Request().Context(), actor, u.ID, portrait); err != nil {
		return err
	}
	return h.Done(c, about(u, ""), u.Name+" has a new picture.")
}

// RemovePicture takes a user's picture away.
func (h *Handlers) RemovePicture(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if err := h.Store.RemovePicture(c.Request().Context(), page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	return h.Done(c, about(u, ""), "The picture of "+u.Name+" is gone.")
}

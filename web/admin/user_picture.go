package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/media"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

const (
	// maxUpload is a picture with what a form puts around it.
	maxUpload = media.MaxPictureBytes + 64<<10
	// maxUnread is how much of an upload that is too large is still read, so
	// that the browser has sent it all and shows the answer. Most browsers show
	// a broken connection otherwise.
	maxUnread = 64 << 20
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
	portrait, err := receivePortrait(c)
	var bad *media.BadPicture
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return h.showPictureForm(c, http.StatusRequestEntityTooLarge, u, "This picture is larger than 8 MB. Send a smaller one.")
	case errors.As(err, &bad):
		return h.showPictureForm(c, http.StatusUnprocessableEntity, u, bad.Reason)
	case err != nil:
		return err
	}
	if err := h.Store.SetPicture(c.Request().Context(), actor, u.ID, portrait); err != nil {
		return err
	}
	return h.Done(c, about(u, ""), u.Name+" has a new picture.")
}

// receivePortrait reads the picture in the form as it arrives, without keeping
// the form. It answers what media.Portrait does, *http.MaxBytesError for a
// form that is too large, and an echo.HTTPError for what is no such form.
func receivePortrait(c echo.Context) ([]byte, error) {
	r := c.Request()
	whole := r.Body
	r.Body = http.MaxBytesReader(c.Response(), whole, maxUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType).SetInternal(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, &media.BadPicture{Reason: "Choose a picture first."}
		}
		if err != nil {
			return nil, unread(err, whole)
		}
		if part.FormName() != "picture" || part.FileName() == "" {
			continue
		}
		portrait, err := media.Portrait(r.Context(), part)
		return portrait, unread(err, whole)
	}
}

// unread reads the rest of an upload that was refused on the way, and tells a
// form that is too large from one that cannot be read.
func unread(why error, whole io.Reader) error {
	if why == nil {
		return nil
	}
	// What cannot be read any more is not wanted anyway.
	_, _ = io.CopyN(io.Discard, whole, maxUnread)
	var large *http.MaxBytesError
	var bad *media.BadPicture
	if errors.As(why, &large) || errors.As(why, &bad) {
		return why
	}
	return echo.NewHTTPError(http.StatusBadRequest).SetInternal(why)
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

package page

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/media"
)

const (
	// maxUpload is a picture with what a form puts around it.
	maxUpload = media.MaxPictureBytes + 64<<10
	// maxUnread is how much of an upload that is too large is still read, so
	// that the browser has sent it all and shows the answer. Most browsers show
	// a broken connection otherwise.
	maxUnread = 64 << 20
)

// ReceivePortrait reads the picture in the form as it arrives, without keeping
// the form. It answers what media.Portrait does, *http.MaxBytesError for a
// form that is too large, and an echo.HTTPError for what is no such form.
func ReceivePortrait(c echo.Context) ([]byte, error) {
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

// RefusedPortrait is what is wrong with a picture that ReceivePortrait refused,
// and the status to show its form again with. Other errors are returned by the
// handler as they are.
func RefusedPortrait(err error) (problem string, status int, ok bool) {
	var bad *media.BadPicture
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return "This picture is larger than 8 MB. Send a smaller one.", http.StatusRequestEntityTooLarge, true
	case errors.As(err, &bad):
		return bad.Reason, http.StatusUnprocessableEntity, true
	}
	return "", 0, false
}

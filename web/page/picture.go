package page

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// SendPicture answers with a JPEG picture whose address changes with it, so that
// browsers keep it for good, each for its own user.
func SendPicture(c echo.Context, version string, jpeg []byte) error {
	tag, header := `"`+version+`"`, c.Response().Header()
	header.Set(echo.HeaderCacheControl, "private, max-age=31536000, immutable")
	header.Set("Vary", "Cookie") // one browser may have several users
	header.Set("ETag", tag)
	if c.Request().Header.Get("If-None-Match") == tag {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, "image/jpeg", jpeg)
}

package admin

import (
	"github.com/labstack/echo/v4"

	"usher/media/poster"
	"usher/web/page"
)

// TitlePoster is the small picture of a title, whoever may see the title, but
// for those in personal folders.
func (h *Handlers) TitlePoster(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := h.Store.AnyPoster(ctx, id)
	if err != nil {
		return err
	}
	if found.Version != c.Param("version") {
		return echo.ErrNotFound
	}
	jpeg, err := h.posters.JPEG(ctx, found, poster.Small)
	if err != nil {
		return err
	}
	return page.SendPicture(c, found.Version, jpeg)
}

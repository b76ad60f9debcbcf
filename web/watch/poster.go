package watch

import (
	"github.com/labstack/echo/v4"

	"usher/media/poster"
	"usher/store"
	"usher/web/page"
)

// Poster is the small picture of a title, for whoever sees the title. Its
// address has its version, so it never changes.
func (h *Handlers) Poster(c echo.Context) error { return h.poster(c, poster.Small) }

// Picture is a picture as its own page shows it.
func (h *Handlers) Picture(c echo.Context) error { return h.poster(c, poster.Large) }

func (h *Handlers) poster(c echo.Context, size poster.Size) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := h.Store.VisiblePoster(ctx, page.From(c).Watching().ID, id)
	if err != nil {
		return err
	}
	if found.Version != c.Param("version") || size == poster.Large && found.Kind != store.TitlePicture {
		return echo.ErrNotFound
	}
	jpeg, err := h.posters.JPEG(ctx, found, size)
	if err != nil {
		return err
	}
	return page.SendPicture(c, found.Version, jpeg)
}

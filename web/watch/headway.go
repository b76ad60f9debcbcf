package watch

import (
	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/web/page"
)

// headway is how far the viewer has come with each of the titles, by id. While
// they view as somebody else it is nobody's: what people watch is theirs alone.
func (h *Handlers) headway(c echo.Context, titles ...store.Title) (map[int64]store.Headway, error) {
	viewer := page.From(c)
	if viewer.ViewingAs() {
		return nil, nil
	}
	ids := make([]int64, len(titles))
	for i, title := range titles {
		ids[i] = title.ID
	}
	return h.Store.Progress(c.Request().Context(), viewer.User.ID, ids)
}

// entryHeadway is headway for entries of channels.
func (h *Handlers) entryHeadway(c echo.Context, entries ...store.ChannelEntry) (map[int64]store.Headway, error) {
	viewer := page.From(c)
	if viewer.ViewingAs() {
		return nil, nil
	}
	ids := make([]int64, len(entries))
	for i, entry := range entries {
		ids[i] = entry.ID
	}
	return h.Store.EntryProgress(c.Request().Context(), viewer.User.ID, ids)
}

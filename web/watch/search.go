package watch

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// entriesFound is how many entries of each channel a search shows.
const entriesFound = 6

// Search looks for a name in all libraries and channels that are open to the
// user.
func (h *Handlers) Search(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c).Watching().ID
	model := views.SearchPage{Search: page.SearchText(c.QueryParams(), maxSearch)}
	var err error
	if model.Libraries, err = h.Store.OpenLibraries(ctx, viewer); err != nil {
		return err
	}
	if model.Search != "" {
		query := store.TitleQuery{Viewer: viewer, Search: model.Search, Page: page.Number(c.QueryParams())}
		if model.Found, err = h.Store.Titles(ctx, query.Clean()); err != nil {
			return err
		}
		if model.Found.Page == 1 {
			if model.Channels, err = h.searchChannels(c, model.Search); err != nil {
				return err
			}
		}
	}
	if model.Holders, err = h.Store.HolderNames(ctx, model.Found.Titles); err != nil {
		return err
	}
	if model.Headway, err = h.headway(c, model.Found.Titles...); err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, "Search", "search", model.Libraries); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Search(model))
}

// searchChannels looks for a name in each channel that is open to the user.
func (h *Handlers) searchChannels(c echo.Context, search string) (found []views.FoundInChannel, err error) {
	ctx, viewer := c.Request().Context(), page.From(c).Watching().ID
	channels, err := h.Store.OpenChannels(ctx, viewer)
	if err != nil {
		return nil, err
	}
	for _, channel := range channels {
		list, err := h.Store.Entries(ctx, store.EntryQuery{Viewer: viewer, Channel: channel.ID, Search: search})
		if err != nil {
			return nil, err
		}
		if list.Total == 0 {
			continue
		}
		in := views.FoundInChannel{Channel: channel, Total: list.Total}
		in.Rows.Entries = list.Entries[:min(len(list.Entries), entriesFound)]
		if in.Rows.Headway, err = h.entryHeadway(c, in.Rows.Entries...); err != nil {
			return nil, err
		}
		found = append(found, in)
	}
	return found, nil
}

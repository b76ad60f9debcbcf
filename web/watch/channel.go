package watch

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Channel shows what the user sees of a channel, a page at a time. One that is
// not open to them is answered as one that does not exist.
func (h *Handlers) Channel(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c).Watching().ID
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	model := views.ChannelWatchPage{Now: h.Now(c)}
	if model.Channel, err = h.Store.OpenChannel(ctx, viewer, id); err != nil {
		return err
	}
	if model.Source, err = h.Store.ChannelSource(ctx, id); err != nil {
		return err
	}
	model.Query = entryQuery(viewer, id, c.QueryParams())
	if model.Found, err = h.Store.Entries(ctx, model.Query); err != nil {
		return err
	}
	if model.Groups, err = h.Store.EntryGroups(ctx, viewer, id); err != nil {
		return err
	}
	model.Rows.Entries = model.Found.Entries
	if model.Rows.Headway, err = h.entryHeadway(c, model.Found.Entries...); err != nil {
		return err
	}
	if model.Layout, err = h.Shell(c, model.Channel.Name, views.WatchChannelAddress(id)); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.ChannelWatch(model))
}

// entryQuery is the page of a channel that an address asks for. What cannot be
// read is taken as not given.
func entryQuery(viewer, channel int64, values url.Values) store.EntryQuery {
	q := store.EntryQuery{
		Viewer: viewer, Channel: channel, Search: page.SearchText(values, maxSearch), Group: facet(values.Get("group")),
		Sort: store.EntrySort(values.Get("sort")), Page: page.Number(values),
	}
	if !slices.Contains([]store.EntrySort{store.EntriesByName, store.EntriesOldest}, q.Sort) {
		q.Sort = store.EntriesAsUsual
	}
	return q
}

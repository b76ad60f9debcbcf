package watch

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/media/format"
	"usher/media/relay"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Entry shows a station or an episode of a channel, and plays it.
func (h *Handlers) Entry(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	entry, err := h.entry(c, viewer)
	if err != nil {
		return err
	}
	model := views.EntryPage{Entry: entry}
	if model.Channel, err = h.Store.OpenChannel(ctx, viewer.Watching().ID, entry.ChannelID); err != nil {
		return err
	}
	if model.Source, err = h.Store.ChannelSource(ctx, entry.ChannelID); err != nil {
		return err
	}
	if model.Before, model.After, err = h.Store.EntriesBeside(ctx, viewer.Watching().ID, entry); err != nil {
		return err
	}
	if err := h.playEntry(c, &model); err != nil {
		return err
	}
	if model.Layout, err = h.Shell(c, entry.Name, views.WatchChannelAddress(entry.ChannelID)); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Entry(model))
}

// entry is what the route names, if the viewer sees it; store.ErrNotFound or a
// 404 otherwise.
func (h *Handlers) entry(c echo.Context, viewer *page.Viewer) (store.ChannelEntry, error) {
	channel, err := page.ID(c, "id")
	if err != nil {
		return store.ChannelEntry{}, err
	}
	id, err := page.ID(c, "entry")
	if err != nil {
		return store.ChannelEntry{}, err
	}
	return h.visibleEntry(c.Request().Context(), viewer, channel, id)
}

// visibleEntry is an entry of a channel that the viewer sees, or
// store.ErrNotFound.
func (h *Handlers) visibleEntry(ctx context.Context, viewer *page.Viewer, channel, id int64) (store.ChannelEntry, error) {
	entry, err := h.Store.VisibleEntry(ctx, viewer.Watching().ID, id)
	if err == nil && entry.ChannelID != channel {
		err = fmt.Errorf("entry %d of channel %d: %w", id, channel, store.ErrNotFound)
	}
	return entry, err
}

// source is where an entry lies, and where its parts are asked for.
func source(entry store.ChannelEntry) relay.Source {
	return relay.Source{
		Entry: entry.ID, Address: entry.Address, MediaType: entry.MediaType,
		Parts: views.EntryAddress(entry.ChannelID, entry.ID) + "/part/",
	}
}

// playEntry adds to the page of an entry what plays it, and what the viewer has
// noted about it.
func (h *Handlers) playEntry(c echo.Context, model *views.EntryPage) error {
	viewer, entry := page.From(c), model.Entry
	model.Player = views.NewEntryPlayer(*model)
	if viewer.ViewingAs() {
		model.Player.Refused = refusedLooking(viewer)
		return nil
	}
	so, err := h.entryHeadway(c, entry)
	if err != nil {
		return err
	}
	favourite, err := h.Store.IsFavourite(c.Request().Context(), viewer.User.ID, store.What{Entry: entry.ID})
	if err != nil {
		return err
	}
	model.Player.Open = true
	model.Plays, model.Marks = true, views.NewEntryMarks(entry, so[entry.ID], favourite)
	startAt(c, &model.Player, so[entry.ID])
	model.Player.Type = source(entry).Kind()
	model.Player.Sound = strings.HasPrefix(model.Player.Type, "audio/")
	if verdict := format.Called(model.Player.Type).Verdict(); verdict.Answer == format.Nowhere {
		model.Player.Refused = verdict.Why
	}
	return nil
}

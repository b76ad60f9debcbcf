package admin

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

func (h *Handlers) channels() shelf {
	return shelf{
		Shelf:  views.Channels,
		items:  h.channelItems,
		move:   h.Store.MoveChannel,
		remove: h.Store.DeleteChannel,
	}
}

// channelItems are the channels as their list shows them.
func (h *Handlers) channelItems(c echo.Context) ([]views.MediaItem, error) {
	ctx, now := c.Request().Context(), h.Now(c)
	open, err := h.Store.OpenJobs(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := h.Store.ChannelSources(ctx)
	if err != nil {
		return nil, err
	}
	return shelfItems(ctx, h.Store.Channels, h.Store.ChannelUsers, func(c store.Channel) views.MediaItem {
		item := views.ChannelItem(c)
		item.Size = views.ChannelSize(sources[c.ID], now)
		item.State, item.Bad = views.ChannelState(sources[c.ID], open)
		return item
	})
}

// Channels lists the channels.
func (h *Handlers) Channels(c echo.Context) error { return h.showShelf(c, h.channels()) }

// MoveChannel moves a channel up or down.
func (h *Handlers) MoveChannel(c echo.Context) error { return h.moveOn(c, h.channels()) }

// DeleteChannelForm asks before a channel is deleted.
func (h *Handlers) DeleteChannelForm(c echo.Context) error { return h.askToDelete(c, h.channels()) }

// DeleteChannel deletes a channel.
func (h *Handlers) DeleteChannel(c echo.Context) error { return h.deleteFrom(c, h.channels()) }

// channelForm is what the form of a channel sends.
type channelForm struct {
	Name    string `form:"name"`
	Address string `form:"address"`
}

func (f channelForm) input() store.ChannelInput {
	return store.ChannelInput{Name: f.Name, Address: f.Address}
}

// NewChannelForm shows the empty form.
func (h *Handlers) NewChannelForm(c echo.Context) error {
	return h.showChannel(c, http.StatusOK, store.Channel{}, channelForm{}, nil)
}

// NewChannel adds a channel.
func (h *Handlers) NewChannel(c echo.Context) error {
	var form channelForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	id, err := h.Store.AddChannel(c.Request().Context(), page.From(c).Actor(), form.input())
	if err != nil {
		return h.refuseChannel(c, store.Channel{}, form, err)
	}
	return h.channelDone(c, id, " is added, and is read as soon as it is its turn. Everyone with all channels has it already.")
}

// ChannelForm shows a channel.
func (h *Handlers) ChannelForm(c echo.Context) error {
	channel, err := h.channel(c)
	if err != nil {
		return err
	}
	return h.showChannel(c, http.StatusOK, channel, channelForm{Name: channel.Name, Address: channel.Address}, nil)
}

// SaveChannel changes a channel.
func (h *Handlers) SaveChannel(c echo.Context) error {
	channel, err := h.channel(c)
	if err != nil {
		return err
	}
	var form channelForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.UpdateChannel(c.Request().Context(), page.From(c).Actor(), channel.ID, form.input()); err != nil {
		return h.refuseChannel(c, channel, form, err)
	}
	if channel.Address != strings.TrimSpace(form.Address) {
		return h.channelDone(c, channel.ID, " is saved, and is read from its new address as soon as it is its turn.")
	}
	return h.channelDone(c, channel.ID, " is saved.")
}

// RefreshChannel asks for a channel to be read again.
func (h *Handlers) RefreshChannel(c echo.Context) error {
	channel, err := h.channel(c)
	if err != nil {
		return err
	}
	if _, err := h.Store.AskRefresh(c.Request().Context(), page.From(c).Actor(), channel.ID); err != nil {
		return err
	}
	return h.Done(c, page.CameFrom(c, views.Channels.AddressOf(channel.ID)), channel.Name+" is read as soon as it is its turn.")
}

// channel is the channel that the route names.
func (h *Handlers) channel(c echo.Context) (store.Channel, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Channel{}, err
	}
	return h.Store.Channel(c.Request().Context(), id)
}

func (h *Handlers) channelDone(c echo.Context, id int64, what string) error {
	channel, err := h.Store.Channel(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return h.Done(c, views.Channels.Address(), channel.Name+what)
}

func (h *Handlers) refuseChannel(c echo.Context, channel store.Channel, form channelForm, err error) error {
	problems, ok := page.Invalid(err)
	if !ok {
		return err
	}
	return h.showChannel(c, http.StatusUnprocessableEntity, channel, form, problems)
}

func (h *Handlers) showChannel(c echo.Context, status int, channel store.Channel, form channelForm, problems views.Problems) error {
	viewer := page.From(c)
	model := views.ChannelPage{
		Channel: channel, Name: form.Name, Address: form.Address, Problems: problems,
		Clock: viewer.Settings.RefreshEvery > 0, Actor: viewer.Actor(), Now: h.Now(c),
	}
	var err error
	if channel.ID != 0 {
		ctx := c.Request().Context()
		if model.Source, err = h.Store.ChannelSource(ctx, channel.ID); err != nil {
			return err
		}
		if model.Job, err = h.Store.LatestRefresh(ctx, channel.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	if model.Layout, err = h.Layout(c, model.Title(), string(views.Channels)); err != nil {
		return err
	}
	return h.Render(c, status, views.Channel(model))
}

package watch

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/media/relay"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
	"usher/web/page"
)

// passOn answers a request with what a source has.
type passOn func(w http.ResponseWriter, r *http.Request, s relay.Source) error

// EntryStream passes on what an entry of a channel plays. It is a play like that
// of a title: each request is decided anew, and what flows goes on for as long as
// it may.
func (h *Handlers) EntryStream(c echo.Context) error { return h.passOn(c, h.relay.Serve) }

// EntryPart passes on a part of an entry that comes in parts.
func (h *Handlers) EntryPart(c echo.Context) error { return h.passOn(c, h.part(c)) }

// part passes on the part that the route names.
func (h *Handlers) part(c echo.Context) passOn {
	return func(w http.ResponseWriter, r *http.Request, s relay.Source) error {
		err := h.relay.ServePart(w, r, s, c.Param("part"))
		if errors.Is(err, relay.ErrPart) {
			return fmt.Errorf("part of entry %d: %w", s.Entry, store.ErrNotFound)
		}
		return err
	}
}

func (h *Handlers) passOn(c echo.Context, pass passOn) error {
	entry, err := h.entry(c, page.From(c))
	if err != nil {
		return err
	}
	begin, err := h.beginEntry(c, page.From(c), entry)
	if err != nil {
		return err
	}
	return h.relayed(c, source(entry), pass, begin, func() (playing.Begin, error) { return h.stillEntry(c, entry) })
}

// relayed passes on what a source has. What begins, and whether it may go on, is
// as Flow has it.
func (h *Handlers) relayed(c echo.Context, from relay.Source, pass passOn, begin playing.Begin, again func() (playing.Begin, error)) error {
	if c.Request().Method == http.MethodHead {
		begin.What = playing.What{} // only looks, but the source is asked
	}
	return h.Flow(c, begin, again, func(w *stream.Writer) error {
		err := pass(w, c.Request().WithContext(w.Context()), from)
		if errors.Is(err, relay.ErrBroken) {
			panic(http.ErrAbortHandler) // nobody takes what was sent for the whole
		}
		return err
	})
}

// TellEntryPosition hears how far a page has come with an entry of a channel, as
// TellPosition does for titles.
func (h *Handlers) TellEntryPosition(c echo.Context) error {
	viewer := page.From(c)
	entry, err := h.entry(c, viewer)
	if err != nil {
		return err
	}
	begin, err := h.beginEntry(c, viewer, entry)
	if err != nil {
		return err
	}
	return h.tellPosition(c, begin)
}

// beginEntry is an entry of a channel as it plays in the viewer's browser.
func (h *Handlers) beginEntry(c echo.Context, viewer *page.Viewer, entry store.ChannelEntry) (playing.Begin, error) {
	ctx, begin := c.Request().Context(), inBrowser(c, viewer)
	channel, err := h.Store.Channel(ctx, entry.ChannelID)
	if err != nil {
		return begin, err
	}
	begin.What.Entry, begin.Source, begin.Name = entry.ID, channel.Name, channel.Name+", "+entry.Name
	begin.Limit, err = h.Store.StreamLimit(ctx, viewer.User.ID)
	return begin, err
}

// stillEntry decides anew whether what flows may go on: for whoever is signed in
// by now, with what they see by now.
func (h *Handlers) stillEntry(c echo.Context, entry store.ChannelEntry) (playing.Begin, error) {
	viewer, err := h.ViewerAgain(c)
	if err != nil {
		return playing.Begin{}, err
	}
	now, err := h.visibleEntry(c.Request().Context(), viewer, entry.ChannelID, entry.ID)
	if err != nil {
		return playing.Begin{}, err
	}
	return h.beginEntry(c, viewer, now)
}

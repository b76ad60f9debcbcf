package watch

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
	"usher/web/page"
)

// claimed is a player that has the address that it came with to itself.
type claimed struct {
	link   store.PlayerLink
	viewer *page.Viewer // whose session the address is from
}

// claim is the player that asks, as of now, or store.ErrNotFound.
func (h *Handlers) claim(c echo.Context) (by claimed, err error) {
	r := c.Request()
	player := store.Player{Address: page.From(c).Location.Text(), UserAgent: r.UserAgent()}
	if by.link, err = h.Store.ClaimPlayerLink(r.Context(), auth.HashToken(c.Param("token")), player); err != nil {
		return by, err
	}
	by.viewer, err = h.ViewerOf(c, by.link.Session)
	return by, err
}

// as is what begins in the player rather than in the browser.
func (by claimed) as(c echo.Context, begin playing.Begin) playing.Begin {
	begin.Device.Link, begin.DeviceName = by.link.ID, playerName(c.Request().UserAgent())
	return begin
}

// playerName says what a player is by its User-Agent: text that it makes up, so
// nothing is decided by it.
func playerName(userAgent string) string {
	for begin, name := range map[string]string{"VLC/": "VLC", "libmpv": "mpv", "mpv": "mpv", "Lavf/": "A player", "IINA": "IINA", "Kodi": "Kodi"} {
		if strings.HasPrefix(userAgent, begin) {
			return name
		}
	}
	if name := auth.DeviceName(userAgent); name != auth.UnknownDevice {
		return name
	}
	return "A player"
}

// playTitleBy sends a title to a player.
func (h *Handlers) playTitleBy(c echo.Context, by claimed) error {
	ctx, part := c.Request().Context(), by.link.Part
	if text := c.QueryParam("part"); text != "" {
		var err error
		if part, err = strconv.Atoi(text); err != nil {
			return echo.ErrNotFound
		}
	}
	asked, err := h.visiblePiece(ctx, by.viewer, by.link.What.Title, part)
	if err != nil {
		return err
	}
	begin, err := h.begin(c, by.viewer, asked.title)
	if err != nil {
		return err
	}
	return h.send(c, asked, stream.Inline, by.as(c, begin), func() (playing.Begin, error) {
		by, err := h.claim(c)
		if err != nil {
			return playing.Begin{}, err
		}
		now, err := h.stillThere(ctx, by.viewer, asked)
		if err != nil {
			return playing.Begin{}, err
		}
		begin, err := h.begin(c, by.viewer, now.title)
		return by.as(c, begin), err
	})
}

// playEntryBy passes an entry of a channel on to a player.
func (h *Handlers) playEntryBy(c echo.Context, by claimed, pass passOn) error {
	entry, begin, err := h.entryBy(c, by)
	if err != nil {
		return err
	}
	from := source(entry)
	from.Parts = "/play/" + c.Param("token") + "/part/"
	return h.relayed(c, from, pass, begin, func() (playing.Begin, error) {
		by, err := h.claim(c)
		if err != nil {
			return playing.Begin{}, err
		}
		_, begin, err := h.entryBy(c, by)
		return begin, err
	})
}

// entryBy is the entry that a player plays, as of now.
func (h *Handlers) entryBy(c echo.Context, by claimed) (entry store.ChannelEntry, begin playing.Begin, err error) {
	if entry, err = h.Store.VisibleEntry(c.Request().Context(), by.viewer.User.ID, by.link.What.Entry); err != nil {
		return entry, begin, err
	}
	begin, err = h.beginEntry(c, by.viewer, entry)
	return entry, by.as(c, begin), err
}

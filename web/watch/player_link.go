package watch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/media"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// playerForm asks for an address to open a title in a player with.
type playerForm struct {
	Part string `form:"part"` // to begin with; not sent for what has one
}

// OpenInPlayer makes an address for a player to open a title with, and shows it,
// this once.
func (h *Handlers) OpenInPlayer(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var form playerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	part := 1
	if form.Part != "" {
		if part, err = strconv.Atoi(form.Part); err != nil {
			return echo.ErrBadRequest
		}
	}
	asked, err := h.visiblePiece(c.Request().Context(), page.From(c), id, part)
	if err != nil {
		return err
	}
	model := views.PlayerLinkPage{Name: asked.title.Name, Back: views.TitleAddress(id)}
	name := asked.title.Name + path.Ext(asked.file.Path)
	return h.showPlayerLink(c, model, store.What{Title: id}, part, name)
}

// OpenEntryInPlayer is OpenInPlayer for an entry of a channel.
func (h *Handlers) OpenEntryInPlayer(c echo.Context) error {
	entry, err := h.entry(c, page.From(c))
	if err != nil {
		return err
	}
	model := views.PlayerLinkPage{Name: entry.Name, Back: views.EntryAddress(entry.ChannelID, entry.ID)}
	return h.showPlayerLink(c, model, store.What{Entry: entry.ID}, 1, entry.Name)
}

// showPlayerLink makes an address that ends with the name, and shows it.
func (h *Handlers) showPlayerLink(c echo.Context, model views.PlayerLinkPage, what store.What, part int, name string) (err error) {
	token, hash := auth.NewToken()
	if model.Ends, err = h.Store.MakePlayerLink(c.Request().Context(), page.From(c).Session, what, part, hash); err != nil {
		return err
	}
	model.Ends = h.In(c, model.Ends)
	name = media.SafeName(name)
	base, _ := page.BaseURL(c)
	model.Address = base + playAddress(token, name)
	model.List = playAddress(token, name+playlist)
	if model.Layout, err = h.Shell(c, "Open in a player", model.Back); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.PlayerLink(model))
}

func playAddress(token, name string) string { return "/play/" + token + "/" + url.PathEscape(name) }

// playlist is what the name of a list for players ends with.
const playlist = ".m3u"

// Play answers a player, which knows no cookies: the first one that comes with
// the token in the address, and from then on that one alone. It plays what its
// user may at every byte, and as one of what they play at once. Everybody else
// reads that there is nothing.
func (h *Handlers) Play(c echo.Context) error {
	if name, ok := strings.CutSuffix(path.Base(c.Request().URL.Path), playlist); ok {
		return h.playList(c, name)
	}
	by, err := h.claim(c)
	if err != nil {
		return err
	}
	if by.link.What.Entry != 0 {
		return unnamed(h.playEntryBy(c, by, h.relay.Serve))
	}
	return unnamed(h.playTitleBy(c, by))
}

// unnamed is an error without what it tells its user of what they play: the
// address may have come into other hands.
func unnamed(err error) error {
	var many *playing.TooMany
	var stopped *playing.Stopped
	switch {
	case errors.As(err, &many):
		return echo.NewHTTPError(http.StatusTooManyRequests, "too many plays")
	case errors.As(err, &stopped):
		return store.ErrForbidden
	}
	return err
}

// PlayPart is Play for a part of an entry that comes in parts.
func (h *Handlers) PlayPart(c echo.Context) error {
	by, err := h.claim(c)
	if err != nil {
		return err
	}
	if by.link.What.Entry == 0 {
		return fmt.Errorf("part of title %d: %w", by.link.What.Title, store.ErrNotFound)
	}
	return unnamed(h.playEntryBy(c, by, h.part(c)))
}

// playList answers with a list for players, in which the address stands: opening
// it opens the player. It is for the browser, and claims nothing.
func (h *Handlers) playList(c echo.Context, name string) error {
	ctx, token := c.Request().Context(), c.Param("token")
	link, err := h.Store.PlayerLink(ctx, auth.HashToken(token))
	if err != nil {
		return err
	}
	if _, err := h.ViewerOf(c, link.Session); err != nil {
		return err
	}
	parts := 1
	if link.What.Title != 0 {
		if _, err := h.Store.VisibleTitle(ctx, link.Session.User.ID, link.What.Title); err != nil {
			return err
		}
		files, err := h.Store.MediaFiles(ctx, link.What.Title)
		if err != nil {
			return err
		}
		parts = max(1, len(files))
	}
	base, _ := page.BaseURL(c)
	name = media.SafeName(name)
	list := "#EXTM3U\n"
	for part := link.Part; part <= parts; part++ {
		list += "#EXTINF:-1," + name + "\n" + base + playAddress(token, name)
		if part > 1 {
			list += "?part=" + strconv.Itoa(part)
		}
		list += "\n"
	}
	header := c.Response().Header()
	header.Set(echo.HeaderContentDisposition, stream.Disposition(stream.Attachment, name+playlist))
	return c.Blob(http.StatusOK, "audio/x-mpegurl", []byte(list))
}

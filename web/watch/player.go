package watch

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/views"
	"usher/web/page"
)

// play adds to the page of a title that has files what plays it.
func (h *Handlers) play(c echo.Context, model *views.TitlePage) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	player := views.NewPlayer(*model)
	if viewer.ViewingAs() {
		player.Refused = "What " + viewer.Watching().Name + " plays, and how far, is " + viewer.Watching().Name + "’s own business. It cannot be played while you view Usher that way."
		model.Player = player
		return nil
	}
	files, err := h.Store.MediaFiles(ctx, model.Title.ID)
	if err != nil {
		return err
	}
	model.Plays = true
	player.Part, player.Parts = part(c, len(files)), max(1, len(files))
	model.Player = player
	return nil
}

// part is the part of a title that an address asks for, of so many.
func part(c echo.Context, parts int) int {
	number, err := strconv.Atoi(c.QueryParam("part"))
	if err != nil || number < 1 || number > parts {
		return 1
	}
	return number
}

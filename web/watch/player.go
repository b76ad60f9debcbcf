package watch

import (
	"context"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/media/format"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// play adds to the page of a title that has files what plays it.
func (h *Handlers) play(c echo.Context, model *views.TitlePage) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	player := views.NewPlayer(*model)
	if viewer.ViewingAs() {
		player.Refused = refusedLooking(viewer)
		model.Player = player
		return nil
	}
	files, err := h.Store.MediaFiles(ctx, model.Title.ID)
	if err != nil {
		return err
	}
	model.Plays = true
	player.Parts = parts(files)
	startAt(c, &player, model.Headway[model.Title.ID])
	h.look(c, model.Title.ID, &player, files)
	before, after, err := h.Store.Neighbours(ctx, viewer.User.ID, model.Title)
	player.Previous, player.Next = views.TitleWay("Previous", before), views.TitleWay("Next", after)
	model.Player = player
	return err
}

// look says of the part that is to play what it is, whether any browser plays it,
// and which subtitles go along with it.
func (h *Handlers) look(c echo.Context, title int64, player *views.Player, files []store.MediaFile) {
	at := slices.IndexFunc(files, func(f store.MediaFile) bool { return f.Part == player.Part })
	if at < 0 {
		player.Refused = "Its file is not here just now."
		return
	}
	player.Open = true
	ctx, cancel := context.WithTimeout(c.Request().Context(), lookTime)
	defer cancel()
	known := h.format(ctx, title, files[at])
	player.Type = known.Type()
	if verdict := known.Verdict(); verdict.Answer == format.Nowhere {
		player.Refused = verdict.Why
	} else {
		player.Doubt = verdict.Why
	}
	if known.Audio() && !known.Video() {
		player.Sound = true
	}
	if !player.Sound && player.Refused == "" {
		player.Subtitles = h.subtitles(ctx, title, files[at])
		chooseSubtitles(player.Subtitles, c.Request().Header.Get("Accept-Language"))
	}
}

// startAt says with which part it begins, and where: where the viewer stopped,
// unless the address asks for something else.
func startAt(c echo.Context, player *views.Player, so store.Headway) {
	player.Begun = so.Begun()
	player.Part = part(c, player.Parts)
	if player.Part == 0 {
		player.Part = min(max(1, so.Part), player.Parts)
	}
	if c.QueryParam("from") != "start" && player.Part == so.Part {
		player.At = so.Position
	}
}

// parts is how many parts a title has, counting those that are missing between.
func parts(files []store.MediaFile) int {
	most := 1
	for _, file := range files {
		most = max(most, file.Part)
	}
	return most
}

// refusedLooking is why nothing plays while an administrator views as somebody.
func refusedLooking(viewer *page.Viewer) string {
	name := viewer.Watching().Name
	return "What " + name + " plays, and how far, is " + name + "’s own business. It cannot be played while you view Usher that way."
}

// part is the part of a title that an address asks for, of so many; 0 for none.
func part(c echo.Context, parts int) int {
	number, err := strconv.Atoi(c.QueryParam("part"))
	if err != nil || number < 1 || number > parts {
		return 0
	}
	return number
}

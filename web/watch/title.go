package watch

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Title shows one title. One that is hidden is answered as one that does not
// exist.
func (h *Handlers) Title(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	model := views.TitlePage{}
	if model.Title, err = h.Store.VisibleTitle(ctx, viewer.Watching().ID, id); err != nil {
		return err
	}
	model.Title.AddedAt = h.In(c, model.Title.AddedAt)
	libraries, library, err := h.openLibrary(c, model.Title.LibraryID)
	if err != nil {
		return err
	}
	model.Library, model.Admin = library, viewer.Admin() && !viewer.ViewingAs() && library.UserID == 0
	if err := h.around(c, &model); err != nil {
		return err
	}
	if err := h.own(c, &model); err != nil {
		return err
	}
	switch {
	case model.Title.Kind == store.TitlePicture:
		err = h.picture(c, &model)
	case model.Title.Kind.Holds():
		err = h.goOn(c, &model)
	default:
		err = h.play(c, &model)
	}
	if err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, model.WindowTitle(), views.WatchAddress(library.ID), libraries); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Title(model))
}

// around adds what the title lies in, and what lies in it.
func (h *Handlers) around(c echo.Context, model *views.TitlePage) (err error) {
	ctx, viewer, title := c.Request().Context(), page.From(c).Watching().ID, model.Title
	if title.Kind.Holds() {
		if model.Inside, err = h.Store.TitlesIn(ctx, viewer, title.ID); err != nil {
			return err
		}
	}
	if title.Kind == store.TitleTrack {
		if model.Beside, err = h.Store.TitlesIn(ctx, viewer, title.ParentID); err != nil {
			return err
		}
	}
	if title.RootID != 0 {
		if model.Root, err = h.Store.VisibleTitle(ctx, viewer, title.RootID); err != nil {
			return err
		}
	}
	if title.ParentID != 0 && title.ParentID != title.RootID {
		if model.Parent, err = h.Store.VisibleTitle(ctx, viewer, title.ParentID); err != nil {
			return err
		}
	}
	return nil
}

// own adds what is the viewer's own: how far they have come, and what they have
// noted.
func (h *Handlers) own(c echo.Context, model *views.TitlePage) (err error) {
	ctx, viewer, title := c.Request().Context(), page.From(c), model.Title
	if model.Marks = !viewer.ViewingAs(); !model.Marks {
		return nil
	}
	if model.Favourite, err = h.Store.IsFavourite(ctx, viewer.User.ID, store.What{Title: title.ID}); err != nil {
		return err
	}
	if title.Kind.Downloads() {
		if model.Download, err = h.Store.MayDownload(ctx, viewer.User.ID); err != nil {
			return err
		}
	}
	if title.Kind.Holds() {
		if model.Seen, model.All, err = h.Store.WatchedInside(ctx, viewer.User.ID, title.ID); err != nil {
			return err
		}
	}
	model.Headway, err = h.headway(c, slices.Concat([]store.Title{title}, model.Inside, model.Beside)...)
	return err
}

// goOn adds to the page of what holds others the way to what is played now.
func (h *Handlers) goOn(c echo.Context, model *views.TitlePage) error {
	viewer := page.From(c)
	if viewer.ViewingAs() {
		return nil
	}
	first, err := h.Store.FirstIn(c.Request().Context(), viewer.User.ID, model.Title)
	if err != nil || first.Title.ID == 0 {
		return err
	}
	in := model.Title
	if at := slices.IndexFunc(model.Inside, func(t store.Title) bool { return t.ID == first.Title.ParentID }); at >= 0 {
		in = model.Inside[at]
	}
	model.Start = views.StartWay(first, in, model.Seen > 0)
	return nil
}

// picture adds to the page of a picture what hangs around it on the wall.
func (h *Handlers) picture(c echo.Context, model *views.TitlePage) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	var err error
	if model.Around.Previous, model.Around.Next, err = h.Store.PicturesAround(ctx, viewer.Watching().ID, model.Title); err != nil {
		return err
	}
	if viewer.ViewingAs() {
		return nil
	}
	files, err := h.Store.MediaFiles(ctx, model.Title.ID)
	if err != nil || len(files) == 0 {
		return err
	}
	model.Around.Original, model.Around.Moves = shown(files[0].Path)
	return nil
}

// shown says of a picture, by the name of its file, whether browsers show it as it
// is, and whether it may move.
func shown(name string) (original, moves bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".gif", ".webp":
		return true, true
	case ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".avif", ".bmp":
		return true, false
	}
	return false, false
}

package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// shelf is what libraries and channels have in common: a list in an order, of
// things that can be moved and deleted.
type shelf struct {
	views.Shelf
	items  func(echo.Context) ([]views.MediaItem, error)
	move   func(ctx context.Context, actor store.Actor, id int64, up bool) error
	remove func(ctx context.Context, actor store.Actor, id int64) error
}

// shelfItems lists what all answers, with how many people were given each.
func shelfItems[T any](ctx context.Context, all func(context.Context) ([]T, error), given func(context.Context) (map[int64]int, error), item func(T) views.MediaItem) ([]views.MediaItem, error) {
	things, err := all(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := given(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]views.MediaItem, len(things))
	for i, thing := range things {
		items[i] = item(thing)
		items[i].Chosen = chosen[items[i].ID]
	}
	return items, nil
}

// item is the one on the shelf that the route names, with all that are there.
func (s shelf) item(c echo.Context) (item views.MediaItem, items []views.MediaItem, err error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return item, nil, err
	}
	items, err = s.items(c)
	if err != nil {
		return item, nil, err
	}
	at := slices.IndexFunc(items, func(i views.MediaItem) bool { return i.ID == id })
	if at < 0 {
		return item, nil, fmt.Errorf("%s %d: %w", s.Shelf, id, store.ErrNotFound)
	}
	return items[at], items, nil
}

// showShelf shows the list.
func (h *Handlers) showShelf(c echo.Context, s shelf) error {
	items, err := s.items(c)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, s.Title(), string(s.Shelf))
	if err != nil {
		return err
	}
	// What was moved is only where the focus goes: a number that is none is nobody.
	moved, _ := strconv.ParseInt(c.QueryParam("moved"), 10, 64)
	return h.Render(c, http.StatusOK, views.MediaList(views.MediaListPage{
		Layout: layout, Shelf: s.Shelf, Items: items, Moved: moved, Up: c.QueryParam("to") == "up",
	}))
}

// moveForm is what the buttons that move something send.
type moveForm struct {
	To string `form:"to"`
}

// moveOn moves one of the list up or down, and leads back to the list with the
// focus where it was.
func (h *Handlers) moveOn(c echo.Context, s shelf) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var form moveForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if form.To != "up" && form.To != "down" {
		return echo.ErrBadRequest
	}
	if err := s.move(c.Request().Context(), page.From(c).Actor(), id, form.To == "up"); err != nil {
		return err
	}
	item, items, err := s.item(c)
	if err != nil {
		return err
	}
	back := url.Values{"moved": {strconv.FormatInt(id, 10)}, "to": {form.To}}
	return h.Done(c, s.Address()+"?"+back.Encode(), fmt.Sprintf("%s is number %d of %d now.", item.Name, slices.Index(items, item)+1, len(items)))
}

// askToDelete asks before one of the list is deleted.
func (h *Handlers) askToDelete(c echo.Context, s shelf) error {
	item, _, err := s.item(c)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Delete "+item.Name, string(s.Shelf))
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.MediaDelete(views.MediaDeletePage{Layout: layout, Shelf: s.Shelf, Item: item}))
}

// deleteFrom deletes one of the list.
func (h *Handlers) deleteFrom(c echo.Context, s shelf) error {
	item, _, err := s.item(c)
	if err != nil {
		return err
	}
	if err := s.remove(c.Request().Context(), page.From(c).Actor(), item.ID); err != nil {
		return err
	}
	return h.Done(c, s.Address(), item.Name+" is deleted.")
}

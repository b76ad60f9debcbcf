package watch

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// History shows the viewer what they have watched.
func (h *Handlers) History(c echo.Context) error { return h.ownList(c, views.History, h.Store.History) }

// Favourites shows the viewer what they have marked as favourites.
func (h *Handlers) Favourites(c echo.Context) error {
	return h.ownList(c, views.Favourites, h.Store.Favourites)
}

func (h *Handlers) ownList(c echo.Context, list views.OwnList, find func(context.Context, store.HistoryQuery) (store.HistoryPage, error)) (err error) {
	ctx := c.Request().Context()
	model := views.OwnPage{List: list, Query: historyQuery(page.From(c).User.ID, c.QueryParams()), Now: h.Now(c)}
	if model.Found, err = find(ctx, model.Query); err != nil {
		return err
	}
	if model.Holders, err = h.Store.HolderNames(ctx, titlesOf(model.Found.Viewed)); err != nil {
		return err
	}
	if model.Channels, err = h.Store.Channels(ctx); err != nil {
		return err
	}
	if model.Layout, err = h.Shell(c, list.Title(), list.Section()); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Own(model))
}

// titlesOf are the titles among what was watched.
func titlesOf(viewed []store.Viewed) []store.Title {
	titles := make([]store.Title, 0, len(viewed))
	for _, v := range viewed {
		if v.Title.ID != 0 {
			titles = append(titles, v.Title)
		}
	}
	return titles
}

// historyQuery is the page that an address asks for. What cannot be read is taken
// as not given.
func historyQuery(user int64, values url.Values) store.HistoryQuery {
	q := store.HistoryQuery{User: user, Filter: store.HistoryFilter(values.Get("show")), Search: page.SearchText(values, maxSearch), Page: page.Number(values)}
	return q.Clean()
}

// ClearHistoryForm asks before the viewer's history is cleared.
func (h *Handlers) ClearHistoryForm(c echo.Context) error {
	found, err := h.Store.History(c.Request().Context(), store.HistoryQuery{User: page.From(c).User.ID})
	if err != nil {
		return err
	}
	layout, err := h.Shell(c, "Clear history", views.History.Section())
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.ClearHistory(layout, found.Total))
}

// ClearHistory clears the viewer's history.
func (h *Handlers) ClearHistory(c echo.Context) error {
	if err := h.Store.ClearHistory(c.Request().Context(), page.From(c).Actor()); err != nil {
		return err
	}
	return h.Done(c, string(views.History), "Your history is cleared.")
}

package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// usersPath is where the list of users is.
const usersPath = "/admin/users"

// Users shows a page of the list of users.
func (h *Handlers) Users(c echo.Context) error {
	ctx, query := c.Request().Context(), userQuery(store.ListLocal, c.QueryParams())
	found, err := h.Store.Users(ctx, query)
	if err != nil {
		return err
	}
	libraries, channels, err := h.Store.Media(ctx)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Users", "users")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Users(views.UsersPage{
		Layout: layout, Actor: page.From(c).Actor(), Query: query, Found: found,
		Libraries: libraries, Channels: channels, Now: h.Store.Now(),
	}))
}

// maxSearch is how much of what is searched for is looked at: nothing that can
// be found is longer.
const maxSearch = store.MaxEmail

// userQuery is the page of a list that an address asks for. What cannot be read
// is taken as not given.
func userQuery(list store.List, values url.Values) store.UserQuery {
	search := strings.TrimSpace(strings.ToValidUTF8(values.Get("q"), ""))
	if len(search) > maxSearch {
		search = strings.ToValidUTF8(search[:maxSearch], "")
	}
	number, err := strconv.Atoi(values.Get("page"))
	if err != nil {
		number = 1
	}
	return store.UserQuery{
		List: list, Search: search, Filter: store.UserFilter(values.Get("filter")), Sort: store.UserSort(values.Get("sort")), Page: number,
	}.Clean()
}

// comeBack is the address on this server that a form returns to.
func comeBack(back string) string {
	if back = auth.SafeNext(back); back != "/" {
		return back
	}
	return usersPath
}

// backToList is comeBack where a page about the user may be gone: only the
// list itself will do.
func backToList(back string) string {
	back = comeBack(back)
	if back == usersPath || strings.HasPrefix(back, usersPath+"?") {
		return back
	}
	return usersPath
}

// cameFrom is the page of this server from which somebody followed a link. A
// browser that does not tell costs only the place in the list.
func cameFrom(c echo.Context) string {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host {
		return usersPath
	}
	return comeBack(from.RequestURI())
}

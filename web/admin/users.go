package admin

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// usersPath is where the list of users is.
const usersPath = "/admin/users"

// Users shows a page of the list of local users, and the first of everyone
// else whom the same query finds.
func (h *Handlers) Users(c echo.Context) error {
	ctx, query := c.Request().Context(), userQuery(store.ListLocal, c.QueryParams())
	model := views.UsersPage{SendsMail: page.From(c).Settings.SendsMail()}
	var err error
	if model.PeopleList, err = h.peopleList(c, query); err != nil {
		return err
	}
	if model.Guests, err = h.firstUsers(ctx, store.ListGuests, model.PeopleList); err != nil {
		return err
	}
	if model.Invited, err = h.firstInvitations(ctx, model.PeopleList); err != nil {
		return err
	}
	if model.Waiting, err = h.firstWaiting(ctx, model.PeopleList, model.Address()); err != nil {
		return err
	}
	if model.AllWaiting, err = h.Store.CountUsers(ctx, store.ListWaiting, store.FilterEveryone); err != nil {
		return err
	}
	if model.GuestAccountOpen, err = h.Store.GuestAccountOpen(ctx); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, "Users", "users"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Users(model))
}

// peopleList is the page of the list that query asks for.
func (h *Handlers) peopleList(c echo.Context, query store.UserQuery) (list views.PeopleList, err error) {
	list = views.PeopleList{Actor: page.From(c).Actor(), Query: query, Now: h.Now(c)}
	if list.Found, err = h.Store.Users(c.Request().Context(), query); err != nil {
		return list, err
	}
	list.Libraries, list.Channels, err = h.Store.Media(c.Request().Context())
	return list, err
}

// maxSearch is how much of what is searched for is looked at: nothing that can
// be found is longer.
const maxSearch = store.MaxEmail

// userQuery is the page of a list that an address asks for. What cannot be read
// is taken as not given.
func userQuery(list store.List, values url.Values) store.UserQuery {
	return store.UserQuery{
		List: list, Search: page.SearchText(values, maxSearch), Filter: store.UserFilter(values.Get("filter")), Sort: store.UserSort(values.Get("sort")), Page: page.Number(values),
	}.Clean()
}

// backToList is page.ComeBack where a page about the user may be gone: only a list
// itself will do.
func backToList(back, list string) string {
	back = page.ComeBack(back, list)
	path, _, _ := strings.Cut(back, "?")
	if path == usersPath || path == guestsPath || path == invitationsPath {
		return back
	}
	return list
}

// listOf is the list that u is on.
func listOf(u store.User) string { return views.ListPath(u.Kind.List()) }

// section is the entry of the side bar for a page about these users.
func section(users ...store.User) string {
	for _, u := range users {
		if u.Kind != store.KindGuest {
			return "users"
		}
	}
	return "guests"
}

package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// guestsPath is where the list of guests is.
const guestsPath = "/admin/guests"

// Guests shows a page of the list of guests.
func (h *Handlers) Guests(c echo.Context) error {
	model := views.GuestsPage{}
	var err error
	if model.PeopleList, err = h.peopleList(c, userQuery(store.ListGuests, c.QueryParams())); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, "Guests", "guests"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Guests(model))
}

// EnableGuestAccount lets visitors in by the guest account, and leads to what it
// may watch.
func (h *Handlers) EnableGuestAccount(c echo.Context) error {
	u, made, err := h.Store.EnableGuestAccount(c.Request().Context(), page.From(c).Actor())
	if err != nil {
		return err
	}
	to := about(u, "/access")
	switch {
	case made:
		return h.Done(c, to, "Visitors can sign in at home as "+u.Name+". Choose what they may watch: nothing is open to them yet.")
	case u.Expired(h.Store.Now()):
		return h.DoneBut(c, about(u, ""), u.Name+" is enabled again, but its end date has come. Choose a later one, or none, to let visitors in.")
	}
	return h.Done(c, to, "Visitors can sign in at home as "+u.Name+" again. What they may watch is as it was.")
}

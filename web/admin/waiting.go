package admin

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

const (
	waitingPath = usersPath + "/waiting"
	decided     = "This was decided by somebody in the meantime. Nothing was changed."
)

// Waiting shows a page of those who have registered and wait for approval.
func (h *Handlers) Waiting(c echo.Context) error {
	ctx, query := c.Request().Context(), userQuery(store.ListWaiting, c.QueryParams())
	query.Filter, query.Sort = store.FilterEveryone, store.SortNewest
	found, err := h.Store.Users(ctx, query)
	if err != nil {
		return err
	}
	list, err := h.waitingList(ctx, found, h.Now(c), views.WaitingAddress(query.Search, found.Page))
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Waiting for approval", "users")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Waiting(views.WaitingPage{
		Layout: layout, List: list, Search: query.Search, Page: found.Page, Pages: found.Pages,
	}))
}

// waitingList is what pages show of those who were found, with what they will
// get. Whatever is done with them leads back to back.
func (h *Handlers) waitingList(ctx context.Context, found store.UserPage, now time.Time, back string) (views.WaitingList, error) {
	rules, err := h.Store.RegistrationRules(ctx)
	if err != nil {
		return views.WaitingList{}, err
	}
	libraries, channels, err := h.Store.Media(ctx)
	return views.WaitingList{
		Users: found.Users, Total: found.Total, Access: rules.Access, Libraries: libraries, Channels: channels, Now: now, Back: back,
	}, err
}

// DecideWaiting approves or refuses everyone who is ticked, all or none.
func (h *Handlers) DecideWaiting(c echo.Context) error {
	var form selectionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ids, back := form.ids(), page.ComeBack(form.Back, usersPath)
	if refusal := unfitNumber(ids); refusal != "" {
		return h.NotDone(c, back, refusal)
	}
	users := make([]store.User, 0, len(ids))
	for _, id := range ids {
		u, err := h.Store.Waiting(c.Request().Context(), id)
		if err != nil {
			return h.unchanged(c, back, decided, err)
		}
		users = append(users, u)
	}
	switch {
	case form.Action == "approve":
		return h.approve(c, back, users)
	case form.Action == "refuse" && page.Checked(form.Confirmed):
		return h.refuse(c, back, users)
	case form.Action == "refuse":
		return h.askRefuse(c, users, waitingPath, back)
	}
	return echo.ErrBadRequest
}

// ApproveUser lets in somebody who waits.
func (h *Handlers) ApproveUser(c echo.Context) error { return h.decide(c, h.approve) }

// RefuseUser deletes the registration of somebody who waits.
func (h *Handlers) RefuseUser(c echo.Context) error { return h.decide(c, h.refuse) }

// decide runs a decision about the one user that the address names.
func (h *Handlers) decide(c echo.Context, decision func(echo.Context, string, []store.User) error) error {
	var form backForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	u, err := h.waitingUser(c)
	if err != nil {
		return h.unchanged(c, page.ComeBack(form.Back, usersPath), decided, err)
	}
	return decision(c, page.ComeBack(form.Back, usersPath), []store.User{u})
}

// waitingUser is the one who waits that the address names.
func (h *Handlers) waitingUser(c echo.Context) (store.User, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.User{}, err
	}
	return h.Store.Waiting(c.Request().Context(), id)
}

func (h *Handlers) approve(c echo.Context, back string, users []store.User) error {
	viewer := page.From(c)
	if err := h.Store.Approve(c.Request().Context(), viewer.Actor(), userIDs(users)...); err != nil {
		return h.unchanged(c, back, decided, err)
	}
	done := people(users) + " " + isOrAre(users) + " approved, and may sign in now."
	for _, u := range users {
		if u.Email != "" && viewer.Settings.SendsMail() {
			return h.Done(c, back, done+" An e-mail says so.")
		}
	}
	return h.Done(c, back, done)
}

func (h *Handlers) refuse(c echo.Context, back string, users []store.User) error {
	if err := h.Store.RefuseWaiting(c.Request().Context(), page.From(c).Actor(), userIDs(users)...); err != nil {
		return h.unchanged(c, back, decided, err)
	}
	return h.Done(c, back, people(users)+" "+isOrAre(users)+" refused.")
}

// RefuseForm asks before a registration is refused.
func (h *Handlers) RefuseForm(c echo.Context) error {
	u, err := h.waitingUser(c)
	if err != nil {
		return err
	}
	return h.askRefuse(c, []store.User{u}, about(u, "/refuse"), page.CameFrom(c, usersPath))
}

func (h *Handlers) askRefuse(c echo.Context, users []store.User, action, back string) error {
	layout, err := h.Layout(c, "Refuse?", "users")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RefuseWaiting(views.RefusePage{Layout: layout, Users: users, Action: action, Back: back}))
}

func userIDs(users []store.User) []int64 {
	ids := make([]int64, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	return ids
}

func isOrAre(users []store.User) string {
	if len(users) == 1 {
		return "is"
	}
	return "are"
}

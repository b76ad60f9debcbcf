package admin

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// selectionForm is what the list sends about those who are ticked, and the
// questions that come of it.
type selectionForm struct {
	Action    string   `form:"action"`
	ID        []string `form:"id"`
	Confirmed string   `form:"confirmed"`
	Back      string   `form:"back"`
	accessForm
	Preset string `form:"preset"`
	Rating string `form:"rating"`
}

// ids are the users who are ticked, each once, in the order of the list.
func (f selectionForm) ids() []int64 {
	seen := make(map[int64]bool)
	return slices.DeleteFunc(page.IDs(f.ID), func(id int64) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
}

// Sentences for a selection that nothing can be done with.
const (
	nobodySelected = "Nobody is selected. Tick people in the list first, then choose what to do."
	somebodyGone   = "Somebody among those you selected has been deleted in the meantime. Nothing was changed."
)

// ChangeUsers does the same to every user who is ticked, to all or to none.
// What keeps it from one of them is said, and nothing is changed.
func (h *Handlers) ChangeUsers(c echo.Context) error {
	var form selectionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ids, back := form.ids(), backToList(form.Back, usersPath)
	if refusal := unfitNumber(ids); refusal != "" {
		return h.NotDone(c, back, refusal)
	}
	users, err := h.Store.UsersByID(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	if len(users) < len(ids) {
		return h.NotDone(c, back, somebodyGone)
	}
	return h.unchanged(c, back, somebodyGone, h.changeSelected(c, form, users))
}

// unfitNumber says why nothing can be done with so many people at once, or "".
func unfitNumber(ids []int64) string {
	switch {
	case len(ids) == 0:
		return nobodySelected
	case len(ids) > store.MaxSelected:
		return fmt.Sprintf("That is more than %d people at once. Select fewer.", store.MaxSelected)
	}
	return ""
}

// unchanged leads back where a change was refused, with why, or with gone where
// somebody is not there any more. Other errors are answered as they are.
func (h *Handlers) unchanged(c echo.Context, back, gone string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return h.NotDone(c, back, gone)
	}
	if invalid := (*store.Invalid)(nil); errors.As(err, &invalid) {
		return h.NotDone(c, back, invalid.Error()+" Nothing was changed.")
	}
	return err
}

func (h *Handlers) changeSelected(c echo.Context, form selectionForm, users []store.User) error {
	ctx, actor, ids, back := c.Request().Context(), page.From(c).Actor(), form.ids(), backToList(form.Back, usersPath)
	switch form.Action {
	case "disable", "enable":
		disabled := form.Action == "disable"
		if err := h.Store.SetDisabled(ctx, actor, disabled, ids...); err != nil {
			return err
		}
		return h.Done(c, back, disabledMessage(users, disabled))
	case "delete":
		return h.deleteSelected(c, form, users)
	case "access":
		return h.giveAccess(c, form, users)
	case "restrict":
		return h.restrictSelected(c, form, users)
	}
	return echo.ErrBadRequest
}

// deleteSelected asks first, then deletes.
func (h *Handlers) deleteSelected(c echo.Context, form selectionForm, users []store.User) error {
	actor, back := page.From(c).Actor(), backToList(form.Back, usersPath)
	if !page.Checked(form.Confirmed) {
		if err := actor.Refusal(users, store.Actor.MayDelete); err != nil {
			return err
		}
		return h.askDelete(c, users, usersPath, back)
	}
	if err := h.Store.DeleteUsers(c.Request().Context(), actor, form.ids()...); err != nil {
		return err
	}
	if len(users) == 1 {
		return h.Done(c, back, users[0].Name+" is deleted.")
	}
	return h.Done(c, back, people(users)+" are deleted.")
}

// giveAccess asks what the users may watch, then has it so.
func (h *Handlers) giveAccess(c echo.Context, form selectionForm, users []store.User) error {
	ctx, actor, back := c.Request().Context(), page.From(c).Actor(), backToList(form.Back, usersPath)
	if page.Checked(form.Confirmed) {
		if err := h.Store.SetAccess(ctx, actor, form.access(), form.ids()...); err != nil {
			return err
		}
		return h.Done(c, back, "What "+people(users)+" may watch is saved. It counts at once.")
	}
	if err := actor.Refusal(users, store.Actor.MayRestrict); err != nil {
		return err
	}
	choice, err := h.accessChoice(ctx, commonAccess(users))
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Give access", section(users...))
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.GiveAccess(views.GiveAccessPage{Layout: layout, Selected: views.Selected{Users: users, Back: back}, Choice: choice}))
}

// commonAccess is what all of the users may watch alike, or everything where
// they differ.
func commonAccess(users []store.User) store.Access {
	access := users[0].Access
	for _, u := range users[1:] {
		if !u.Access.Equal(access) {
			return store.FullAccess()
		}
	}
	return access
}

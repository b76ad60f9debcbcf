package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// invitationsPath is where the list of invitations is.
const invitationsPath = "/admin/invitations"

// Invitations shows a page of the list of pending invitations.
func (h *Handlers) Invitations(c echo.Context) error {
	model := views.InvitationsPage{Query: userQuery(store.ListInvited, c.QueryParams())}
	var err error
	if model.Found, err = h.Store.Invitations(c.Request().Context(), model.Query); err != nil {
		return err
	}
	if model.Rows, err = h.invitationRows(c, model.Found.Invitations); err != nil {
		return err
	}
	model.Rows.Pick = true
	if model.Layout, err = h.Layout(c, "Invitations", "invitations"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Invitations(model))
}

// invitationRows are the invitations as a list shows them.
func (h *Handlers) invitationRows(c echo.Context, invitations []store.Invitation) (views.InvitationRows, error) {
	libraries, channels, err := h.Store.Media(c.Request().Context())
	return views.InvitationRows{
		Invitations: invitations, Libraries: libraries, Channels: channels,
		Now: h.Now(c), SendsMail: page.From(c).Settings.SendsMail(),
	}, err
}

// Sentences for invitations that nothing can be done with.
const (
	noInvitationSelected = "No invitation is selected. Tick some in the list first, then choose what to do."
	invitationGone       = "That invitation has been accepted or revoked in the meantime. Nothing was changed."
	invitationsGone      = "One of those invitations has been accepted or revoked in the meantime. Nothing was changed."
)

// ChangeInvitations revokes the invitations that are ticked, all or none, after
// it has asked.
func (h *Handlers) ChangeInvitations(c echo.Context) error {
	var form selectionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ids, back := form.ids(), backToList(form.Back, invitationsPath)
	if len(ids) == 0 {
		return h.NotDone(c, back, noInvitationSelected)
	}
	if form.Action != "revoke" {
		return echo.ErrBadRequest
	}
	invitations, err := h.Store.InvitationsByID(c.Request().Context(), ids[:min(len(ids), store.MaxSelected)])
	if err != nil {
		return err
	}
	switch {
	case len(ids) <= store.MaxSelected && len(invitations) < len(ids):
		return h.NotDone(c, back, invitationsGone)
	case page.Checked(form.Confirmed):
		err := h.Store.RevokeInvitations(c.Request().Context(), page.From(c).Actor(), ids...)
		return h.afterInvitation(c, err, back, invitationsGone, revokedMessage(invitations))
	}
	return h.askRevoke(c, invitations, invitationsPath, back)
}

// afterInvitation leads on after something was done about invitations, or says
// why it was not.
func (h *Handlers) afterInvitation(c echo.Context, err error, back, gone, done string) error {
	problems, invalid := page.Invalid(err)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return h.NotDone(c, backToList(back, invitationsPath), gone)
	case invalid:
		return h.NotDone(c, back, problems[0].Message)
	case err != nil:
		return err
	}
	return h.Done(c, back, done)
}

func (h *Handlers) askRevoke(c echo.Context, invitations []store.Invitation, action, back string) error {
	layout, err := h.Layout(c, "Revoke?", "invitations")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Revoke(views.RevokePage{Layout: layout, Invitations: invitations, Action: action, Back: back}))
}

func revokedMessage(invitations []store.Invitation) string {
	if len(invitations) == 1 {
		return "The invitation of " + invitations[0].User.Name + " is revoked. Its link works no more."
	}
	return "The invitations of " + invited(invitations) + " are revoked. Their links work no more."
}

package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// invitation is the one that the route names, or store.ErrNotFound or a 404.
func (h *Handlers) invitation(c echo.Context) (store.Invitation, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Invitation{}, err
	}
	return h.Store.Invitation(c.Request().Context(), id)
}

// InvitationForm shows one invitation: what has become of it, and what it
// offers. One that has been accepted leads to its guest.
func (h *Handlers) InvitationForm(c echo.Context) error {
	i, err := h.invitation(c)
	if errors.Is(err, store.ErrNotFound) {
		return h.showAccepted(c, err)
	}
	if err != nil {
		return err
	}
	form := offerForm{restrictionsForm: restrictionsFormOf(i.User.Restrictions), termsForm: termsForm{Ends: views.EndsValue(i.User), Greeting: i.Greeting}}
	return h.showInvitation(c, http.StatusOK, i, i.User.Access, form, nil)
}

// showAccepted leads to the guest that the invitation in the route has made, or
// answers gone.
func (h *Handlers) showAccepted(c echo.Context, gone error) error {
	u, err := h.user(c)
	if errors.Is(err, store.ErrNotFound) || err == nil && u.Kind != store.KindGuest {
		return gone
	}
	if err != nil {
		return err
	}
	return h.Done(c, about(u, ""), u.Name+" has accepted the invitation.")
}

func (h *Handlers) showInvitation(c echo.Context, status int, i store.Invitation, access store.Access, form offerForm, problems []store.Problem) error {
	model := views.InvitationForm{Invitation: i, Terms: form.termsForm.fields(problems), Problems: problems}
	var err error
	if model.Rows, err = h.invitationRows(c, nil); err != nil {
		return err
	}
	model.Terms.Expires = views.Expiry(i, model.Rows.Now)
	if model.Choice, err = h.accessChoice(c.Request().Context(), access); err != nil {
		return err
	}
	about := trial{user: i.User, access: access, was: i.User.Sight()}
	if model.Restrictions, err = h.restrictionFields(c, form.filled(), about, problems); err != nil {
		return err
	}
	model.Letter, err = h.Store.LatestLetter(c.Request().Context(), i.User.ID, store.LetterInvitation)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if model.Layout, err = h.Layout(c, i.User.Name, "invitations"); err != nil {
		return err
	}
	return h.Render(c, status, views.Invitation(model))
}

// SaveInvitation changes what an invitation offers.
func (h *Handlers) SaveInvitation(c echo.Context) error {
	i, err := h.invitation(c)
	if err != nil {
		return err
	}
	var form offerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if form.unsaved() {
		return h.showInvitation(c, http.StatusOK, i, form.access(), form, nil)
	}
	in, found := form.terms(i.User)
	err = h.Store.ChangeInvitation(c.Request().Context(), page.From(c).Actor(), i.User.ID, in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showInvitation(c, http.StatusUnprocessableEntity, i, form.access(), form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, views.InvitationAddress(i.User.ID), "The invitation of "+i.User.Name+" is saved. Its link shows what it offers now.")
}

// FreshLink makes a new link for an invitation and shows it, this once.
func (h *Handlers) FreshLink(c echo.Context) error {
	id, back, err := h.aboutInvitation(c)
	if err != nil {
		return err
	}
	token, hash := auth.NewToken()
	i, err := h.Store.FreshLink(c.Request().Context(), page.From(c).Actor(), id, hash)
	if err != nil {
		return h.afterInvitation(c, err, back, invitationGone, "")
	}
	if back != views.InvitationAddress(id) {
		back = backToList(back, invitationsPath)
	}
	return h.showInvitationLinks(c, http.StatusOK, []store.Invitation{i}, []string{token}, back)
}

// SendInvitation sends the e-mail of an invitation again.
func (h *Handlers) SendInvitation(c echo.Context) error {
	id, back, err := h.aboutInvitation(c)
	if err != nil {
		return err
	}
	address, _ := page.BaseURL(c)
	err = h.Store.SendAgain(c.Request().Context(), page.From(c).Actor(), id, address)
	return h.afterInvitation(c, err, back, invitationGone, "The invitation is on its way again. Links from before work no more."+borrowed(c))
}

// aboutInvitation is the invitation that a button is about, and the page to
// return to: its own, or a list.
func (h *Handlers) aboutInvitation(c echo.Context) (id int64, back string, err error) {
	if id, err = page.ID(c, "id"); err != nil {
		return 0, "", err
	}
	var form backForm
	if err := page.Bind(c, &form); err != nil {
		return 0, "", err
	}
	return id, page.ComeBack(form.Back, invitationsPath), nil
}

// RevokeInvitationForm asks before an invitation is revoked.
func (h *Handlers) RevokeInvitationForm(c echo.Context) error {
	i, err := h.invitation(c)
	if err != nil {
		return err
	}
	return h.askRevoke(c, []store.Invitation{i}, views.InvitationAddress(i.User.ID)+"/revoke", page.CameFrom(c, invitationsPath))
}

// RevokeInvitation revokes an invitation.
func (h *Handlers) RevokeInvitation(c echo.Context) error {
	id, back, err := h.aboutInvitation(c)
	if err != nil {
		return err
	}
	i, err := h.Store.Invitation(c.Request().Context(), id)
	if err == nil {
		err = h.Store.RevokeInvitations(c.Request().Context(), page.From(c).Actor(), id)
	}
	return h.afterInvitation(c, err, backToList(back, invitationsPath), invitationGone, revokedMessage([]store.Invitation{i}))
}

package door

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/web/page"
)

// ConnectSignIn leads to a provider, to sign in there. Who is signed in already
// goes on, but for somebody who is asked to prove it once more.
func (h *Handlers) ConnectSignIn(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	viewer := page.From(c)
	next := auth.SafeNext(c.QueryParam("next"))
	if viewer.SignedIn() && !viewer.Unconfirmed() {
		return c.Redirect(http.StatusSeeOther, next)
	}
	return h.goTo(c, auth.Trip{Purpose: auth.PurposeSignIn, Provider: id, Next: next})
}

// ConnectJoin leads to a provider, to accept an invitation with an account
// there. A link that does not work says so on the page of the invitation.
func (h *Handlers) ConnectJoin(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	token := c.Param("token")
	if page.From(c).SignedIn() {
		return toInvitation(c, token)
	}
	_, err = h.Store.InvitationByLink(c.Request().Context(), auth.HashToken(token))
	if errors.Is(err, store.ErrBadLink) {
		return toInvitation(c, token)
	}
	if err != nil {
		return err
	}
	return h.goTo(c, auth.Trip{Purpose: auth.PurposeJoin, Provider: id, Invitation: token})
}

func toInvitation(c echo.Context, token string) error {
	return c.Redirect(http.StatusSeeOther, "/join/"+url.PathEscape(token))
}

// goTo leads to the provider, from the server's own address.
func (h *Handlers) goTo(c echo.Context, trip auth.Trip) error {
	if !page.OwnHost(c) {
		return c.Redirect(http.StatusSeeOther, page.From(c).Settings.Address+c.Request().URL.RequestURI())
	}
	address, err := h.SetOff(c, trip)
	if err != nil {
		return h.ConnectFailed(c, err)
	}
	return c.Redirect(http.StatusSeeOther, address)
}

// ConnectReturn is where providers send browsers back to.
func (h *Handlers) ConnectReturn(c echo.Context) error {
	arrival, err := h.Connect.Arrive(c.Response(), c.Request())
	if err != nil {
		return h.ConnectFailed(c, err)
	}
	switch arrival.Trip.Purpose {
	case auth.PurposeSignIn:
		return h.signInWith(c, arrival)
	case auth.PurposeJoin:
		return h.joinWith(c, arrival)
	case auth.PurposeLink:
		return h.linkWith(c, arrival)
	}
	return echo.ErrBadRequest
}

func (h *Handlers) signInWith(c echo.Context, arrival auth.Arrival) error {
	viewer := page.From(c)
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	session.Vouched = arrival.Vouched
	replaces := max(viewer.Session.ID, viewer.Dormant) // at most one is there
	u, err := h.Store.ConnectSignIn(c.Request().Context(), arrival.Identity, session, replaces)
	switch {
	case errors.Is(err, store.ErrNotLinked):
		return h.refuseStranger(c, arrival)
	case errors.Is(err, store.ErrForbidden) && u.Disabled:
		return h.refuseConnect(c, arrival, "This account is disabled", "An administrator can enable it again.")
	case errors.Is(err, store.ErrForbidden) && u.BarredFrom(session.AtHome) && !u.Expired(h.Store.Now()):
		return h.refuseConnect(c, arrival, "This account is for use at home only", "Sign in again when you are home. An administrator can allow it from away, too.")
	case errors.Is(err, store.ErrForbidden):
		return h.refuseConnect(c, arrival, "This account has ended", "It ended on "+u.LastDay().Format("2 January 2006")+". An administrator can lengthen it.")
	case err != nil:
		return err
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, arrival.Trip.Next)
}

// refuseStranger tells somebody whose account is linked to nobody here how to
// come in all the same.
func (h *Handlers) refuseStranger(c echo.Context, arrival auth.Arrival) error {
	provider, err := h.Store.Provider(c.Request().Context(), arrival.Trip.Provider)
	if err != nil {
		return err
	}
	return h.refuseConnect(c, arrival, "You are not known here yet",
		"You have signed in at "+provider.Name+", but nobody on "+page.From(c).Settings.ServerName+" is linked to that account.",
		"If you are invited, open the link of your invitation, and continue with "+provider.Name+" there. If not, ask somebody who runs this server to invite you.",
		"If you have a name and a password here, sign in with them, and link your account under My account.")
}

func (h *Handlers) refuseConnect(c echo.Context, arrival auth.Arrival, title string, sentences ...string) error {
	return h.ConnectRefused(c, http.StatusForbidden, title, arrival.Trip, sentences...)
}

// joinWith makes the guest of an invitation. Somebody who is signed in is asked
// to sign out first, on the page of the invitation.
func (h *Handlers) joinWith(c echo.Context, arrival auth.Arrival) error {
	viewer, invitation := page.From(c), arrival.Trip.Invitation
	if viewer.SignedIn() {
		return toInvitation(c, invitation)
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	session.Vouched = arrival.Vouched
	u, err := h.Store.JoinWithConnect(c.Request().Context(), auth.HashToken(invitation), arrival.Identity, session)
	if errors.Is(err, store.ErrBadLink) {
		return toInvitation(c, invitation)
	}
	if problems, ok := page.Invalid(err); ok {
		return h.refuseConnect(c, arrival, "This account is taken", problems[0].Message)
	}
	if err != nil {
		return err
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return h.welcome(c, u)
}

// linkWith links the account of whoever is signed in, in the session in which
// that was begun.
func (h *Handlers) linkWith(c echo.Context, arrival auth.Arrival) error {
	viewer := page.From(c)
	if !viewer.SignedIn() || viewer.Session.ID != arrival.Trip.Session {
		return h.refuseConnect(c, arrival, "You are not the one who began this",
			"This was begun while somebody else was signed in, or you have signed out since. Nothing was linked. Begin again.")
	}
	err := h.Store.LinkConnect(c.Request().Context(), viewer.Actor(), viewer.Session.ID, arrival.Identity)
	if problems, ok := page.Invalid(err); ok {
		return h.NotDone(c, "/account/connect", problems[0].Message)
	}
	if err != nil {
		return err
	}
	provider, err := h.Store.Provider(c.Request().Context(), arrival.Trip.Provider)
	if err != nil {
		return err
	}
	return h.Done(c, "/account/connect", "You can sign in with "+provider.Name+" from now on.")
}

// ConnectSignOut leads to the provider, to sign out there as well.
func (h *Handlers) ConnectSignOut(c echo.Context) error {
	address, err := h.Connect.TakeFarewell(c.Response(), c.Request(), page.SignedOutURL(c))
	if errors.Is(err, store.ErrNotFound) {
		return c.Redirect(http.StatusSeeOther, "/sign-in?signed-out=1")
	}
	if err != nil {
		return h.ConnectFailed(c, err)
	}
	return c.Redirect(http.StatusSeeOther, address)
}

package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// pinForm is what the page for someone else's PIN sends.
type pinForm struct {
	PIN string `form:"pin"`
}

func pinPage(c echo.Context, u store.User, problems []store.Problem) views.PINPage {
	return views.PINPage{ServerName: page.From(c).Settings.ServerName, User: u, Problems: problems}
}

// pinUser is the user whose PIN the viewer may set. Else answered says that
// somebody was led on: for one's own to the page that asks for what there is, or
// to a refusal with why.
func (h *Handlers) pinUser(c echo.Context) (u store.User, answered bool, err error) {
	u, err = h.user(c)
	if err != nil {
		return u, true, err
	}
	viewer := page.From(c)
	if u.ID == viewer.User.ID {
		return u, true, c.Redirect(http.StatusSeeOther, "/account/pin")
	}
	if viewer.Actor().MaySetPIN(u) {
		return u, false, nil
	}
	sentence := u.Name + " is the owner of this server, and nobody else can change the owner’s PIN."
	switch u.Kind {
	case store.KindGuest:
		sentence = u.Name + " is a guest, and guests are not shown among the faces at home. So there is nothing that a PIN could open."
	case store.KindGuestAccount:
		sentence = u.Name + " is the account for whoever visits. It never has a PIN."
	case store.KindLocal, store.KindInvited, store.KindWaiting:
	}
	return u, true, h.Render(c, http.StatusForbidden, views.RefusePassword(views.PasswordRefusal{
		ServerName: viewer.Settings.ServerName, Title: "No PIN can be set here", Sentence: sentence, Back: about(u, "/sign-in"),
	}))
}

// PINForm asks for a new PIN for someone else.
func (h *Handlers) PINForm(c echo.Context) error {
	u, answered, err := h.pinUser(c)
	if answered {
		return err
	}
	return h.Render(c, http.StatusOK, views.PIN(pinPage(c, u, nil)))
}

// SetPIN sets someone else's PIN.
func (h *Handlers) SetPIN(c echo.Context) error {
	u, answered, err := h.pinUser(c)
	if answered {
		return err
	}
	var form pinForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	hash, err := h.NewPIN(ctx, u.ID, form.PIN, "pin")
	if problems, ok := page.Invalid(err); ok {
		return h.Render(c, http.StatusUnprocessableEntity, views.PIN(pinPage(c, u, problems)))
	}
	if err != nil {
		return err
	}
	if err := h.Store.SetPIN(ctx, page.From(c).Actor(), u.ID, hash); err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	return h.Done(c, about(u, "/sign-in"), u.Name+" has a new PIN. Tell "+u.Name+" what it is.")
}

// RemovePINForm says what it means to be without a PIN.
func (h *Handlers) RemovePINForm(c echo.Context) error {
	u, answered, err := h.pinUser(c)
	if answered {
		return err
	}
	if !u.HasPIN {
		return c.Redirect(http.StatusSeeOther, about(u, "/sign-in"))
	}
	return h.Render(c, http.StatusOK, views.RemovePIN(pinPage(c, u, nil)))
}

// RemovePIN takes someone else's PIN away.
func (h *Handlers) RemovePIN(c echo.Context) error {
	u, answered, err := h.pinUser(c)
	if answered {
		return err
	}
	ctx := c.Request().Context()
	if err := h.Store.RemovePIN(ctx, page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	return h.Done(c, about(u, "/sign-in"), u.Name+" has no PIN any more.")
}

package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// joinForm is what the page of an invitation sends.
type joinForm struct {
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password"`
	SignOut  string `form:"sign_out"`
}

// showJoin draws the page with what was typed.
func (h *Handlers) showJoin(c echo.Context, status int, i store.Invitation, form joinForm, problems []store.Problem) error {
	libraries, channels, err := h.Store.Media(c.Request().Context())
	if err != nil {
		return err
	}
	providers, err := h.Store.Providers(c.Request().Context())
	if err != nil {
		return err
	}
	viewer, action := page.From(c), c.Request().URL.EscapedPath()
	return h.Render(c, status, views.Join(views.JoinPage{
		ServerName: viewer.Settings.ServerName, Action: action, Invitation: i, Providers: views.JoinChoices(providers, action),
		Libraries: libraries, Channels: channels, SignedIn: viewer.User.Name,
		Name: form.Name, Email: form.Email, Password: form.Password, Problems: problems,
	}))
}

// JoinForm says who invites to what. Somebody who is signed in is asked to
// sign out first, and HEAD is no looking: neither opens the invitation.
func (h *Handlers) JoinForm(c echo.Context) error {
	ctx := c.Request().Context()
	i, err := h.Store.InvitationByLink(ctx, auth.HashToken(c.Param("token")))
	if err != nil {
		return h.refuseJoin(c, err)
	}
	if c.Request().Method == http.MethodGet && !page.From(c).SignedIn() {
		// A full disk must not keep a guest from reading.
		if err := h.Store.NoteOpened(ctx, i.User.ID); err != nil {
			h.Log.Warn("cannot note that an invitation was opened", "invitation", i.User.ID, "error", err)
		}
	}
	return h.showJoin(c, http.StatusOK, i, joinForm{Email: i.User.Email}, nil)
}

// Join makes the guest, once, and signs them in.
func (h *Handlers) Join(c echo.Context) error {
	var form joinForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, viewer, link := c.Request().Context(), page.From(c), auth.HashToken(c.Param("token"))
	i, err := h.Store.InvitationByLink(ctx, link)
	if err != nil {
		return h.refuseJoin(c, err)
	}
	if page.Checked(form.SignOut) {
		return h.leaveFor(c, c.Request().URL.EscapedPath())
	}
	if viewer.SignedIn() {
		return h.showJoin(c, http.StatusUnprocessableEntity, i, form, nil)
	}
	hash, err := h.NewPassword(ctx, form.Password, "password", form.Name, form.Email, i.Inviter, i.User.Email, viewer.Settings.ServerName)
	found, weak := page.Invalid(err)
	if err != nil && !weak {
		return err
	}
	token, session, err := h.NewSession(c)
	if err != nil {
		return err
	}
	guest, err := h.Store.Join(ctx, link, store.NewGuest{Name: form.Name, Email: form.Email, PasswordHash: hash}, session, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showJoin(c, http.StatusUnprocessableEntity, i, form, problems)
	}
	if err != nil {
		return h.refuseJoin(c, err)
	}
	if err := h.Sessions.Begin(c.Request(), c.Response(), token); err != nil {
		return err
	}
	return h.welcome(c, guest)
}

// welcome leads somebody in who has just become a guest.
func (h *Handlers) welcome(c echo.Context, guest store.User) error {
	return h.Done(c, "/", "Welcome, "+guest.Name+". You are a guest of "+page.From(c).Settings.ServerName+" now.")
}

func (h *Handlers) refuseJoin(c echo.Context, err error) error {
	if errors.Is(err, store.ErrBadLink) {
		return h.Render(c, http.StatusNotFound, views.BadInvitation(page.From(c).Settings.ServerName))
	}
	return err
}

package account

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// connectForm is what the page about Connect sends.
type connectForm struct {
	Provider string `form:"provider"`
	Password string `form:"password"`
}

// ConnectForm shows the accounts elsewhere with which the viewer signs in.
func (h *Handlers) ConnectForm(c echo.Context) error {
	if !page.From(c).User.MayLink() {
		return store.ErrForbidden
	}
	return h.showConnect(c, http.StatusOK, connectForm{}, nil)
}

func (h *Handlers) showConnect(c echo.Context, status int, form connectForm, problems []store.Problem) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	links, err := h.Store.Links(ctx, viewer.User.ID)
	if err != nil {
		return err
	}
	providers, err := h.Store.Providers(ctx)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Connect", "account")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.AccountConnect(views.AccountConnectPage{
		Layout: layout, User: viewer.User, Links: links, Providers: providers, Now: h.Now(c), Password: form.Password, Problems: problems,
	}))
}

// LinkConnect leads to a provider, to link an account there, after the viewer
// has typed the password again.
func (h *Handlers) LinkConnect(c echo.Context) error {
	var form connectForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	if !viewer.User.MayLink() {
		return store.ErrForbidden
	}
	if !viewer.User.HasPassword {
		return h.showConnect(c, http.StatusUnprocessableEntity, form, nil)
	}
	if viewer.AsksCode() { // whoever comes through Connect is asked for none
		return store.ErrConfirm
	}
	provider, err := h.chosenProvider(c, form)
	if err == nil {
		_, err = h.Prove(c, form.Password, "password")
	}
	if problems, status, ok := page.Refused(c, err); ok {
		return h.showConnect(c, status, form, problems)
	}
	if err != nil {
		return err
	}
	address, err := h.SetOff(c, auth.Trip{Purpose: auth.PurposeLink, Provider: provider.ID, Session: viewer.Session.ID})
	if err != nil {
		return h.ConnectFailed(c, err)
	}
	c.Response().Header().Set("Refresh", "0; url="+address)
	return h.Render(c, http.StatusOK, views.LeaveForConnect(views.ConnectLeave{
		ServerName: viewer.Settings.ServerName, Provider: provider.Name, Address: address,
	}))
}

// chosenProvider is the provider that the form names, or store.Invalid.
func (h *Handlers) chosenProvider(c echo.Context, form connectForm) (store.Provider, error) {
	if !page.OwnHost(c) {
		return store.Provider{}, store.Refuse("Linking works under " + page.From(c).Settings.Address + " only. Open it there.")
	}
	providers, err := h.Store.Providers(c.Request().Context())
	if err != nil {
		return store.Provider{}, err
	}
	// What is no number is no provider.
	id, _ := strconv.ParseInt(form.Provider, 10, 64)
	at := slices.IndexFunc(providers, func(p store.Provider) bool { return p.ID == id })
	if at < 0 {
		return store.Provider{}, store.Refuse("This provider is not set up here any more. Choose another.")
	}
	return providers[at], nil
}

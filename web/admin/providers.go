package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// providerForm is what the form of a provider sends.
type providerForm struct {
	Name         string `form:"name"`
	Issuer       string `form:"issuer"`
	ClientID     string `form:"client_id"`
	ClientSecret string `form:"client_secret"`
}

// input is the form as the store takes it, with what is wrong with the way to
// the provider.
func (f providerForm) input() (store.ProviderInput, []store.Problem) {
	bad := &store.Invalid{}
	bad.Add("issuer", auth.IssuerProblem(f.Issuer))
	return store.ProviderInput(f), bad.Problems
}

// Providers lists the providers with which people may sign in.
func (h *Handlers) Providers(c echo.Context) error {
	return h.showProviders(c, views.ProvidersPage{})
}

// CheckProvider asks a provider now, and says what was found. Only the owner
// may: it makes this server ask another.
func (h *Handlers) CheckProvider(c echo.Context) error {
	provider, err := h.provider(c)
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MayChangeSettings() {
		return store.ErrForbidden
	}
	found := h.Connect.Check(c.Request().Context(), provider)
	return h.showProviders(c, views.ProvidersPage{Checked: provider.ID, Finding: views.ProviderFinding(found)})
}

func (h *Handlers) showProviders(c echo.Context, model views.ProvidersPage) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	owner, err := h.Store.Owner(ctx)
	if err != nil {
		return err
	}
	model.MayChange, model.Owner, model.Addresses = viewer.Actor().MayChangeSettings(), owner.Name, providerAddresses(c)
	if model.Providers, err = h.Store.Providers(ctx); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, "Connect", "settings"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Providers(model))
}

func providerAddresses(c echo.Context) views.ProviderAddresses {
	_, configured := page.BaseURL(c)
	return views.ProviderAddresses{Callback: page.CallbackURL(c), SignedOut: page.SignedOutURL(c), Configured: configured}
}

// provider is the provider that the route names.
func (h *Handlers) provider(c echo.Context) (store.Provider, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Provider{}, err
	}
	return h.Store.Provider(c.Request().Context(), id)
}

// NewProviderForm shows the empty form.
func (h *Handlers) NewProviderForm(c echo.Context) error {
	return h.showProvider(c, http.StatusOK, store.Provider{}, providerForm{}, nil)
}

// NewProvider adds a provider. Only the owner may.
func (h *Handlers) NewProvider(c echo.Context) error {
	var form providerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, found := form.input()
	if _, err := h.Store.AddProvider(c.Request().Context(), page.From(c).Actor(), in, found...); err != nil {
		return h.refuseProvider(c, store.Provider{}, form, err)
	}
	return h.Done(c, views.ProvidersAddress, "The provider is added, and the sign-in page offers it.")
}

// ProviderForm shows a provider, to whoever may not change it to read.
func (h *Handlers) ProviderForm(c echo.Context) error {
	provider, err := h.provider(c)
	if err != nil {
		return err
	}
	form := providerForm{Name: provider.Name, Issuer: provider.Issuer, ClientID: provider.ClientID}
	return h.showProvider(c, http.StatusOK, provider, form, nil)
}

// SaveProvider changes a provider. Only the owner may.
func (h *Handlers) SaveProvider(c echo.Context) error {
	provider, err := h.provider(c)
	if err != nil {
		return err
	}
	var form providerForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, found := form.input()
	if err := h.Store.UpdateProvider(c.Request().Context(), page.From(c).Actor(), provider.ID, in, found...); err != nil {
		return h.refuseProvider(c, provider, form, err)
	}
	return h.Done(c, views.ProvidersAddress, "The provider is saved.")
}

func (h *Handlers) refuseProvider(c echo.Context, provider store.Provider, form providerForm, err error) error {
	problems, ok := page.Invalid(err)
	if !ok {
		return err
	}
	return h.showProvider(c, http.StatusUnprocessableEntity, provider, form, problems)
}

func (h *Handlers) showProvider(c echo.Context, status int, provider store.Provider, form providerForm, problems views.Problems) error {
	owner, err := h.Store.Owner(c.Request().Context())
	if err != nil {
		return err
	}
	model := views.ProviderPage{
		MayChange: page.From(c).Actor().MayChangeSettings(), Owner: owner.Name, Provider: provider, Addresses: providerAddresses(c),
		Problems: problems, Name: form.Name, Issuer: form.Issuer, ClientID: form.ClientID, ClientSecret: form.ClientSecret,
	}
	if model.Layout, err = h.Layout(c, model.Title(), "settings"); err != nil {
		return err
	}
	return h.Render(c, status, views.Provider(model))
}

// maxLinkedNames is how many of those are named who sign in with a provider.
const maxLinkedNames = 12

// RemoveProviderForm asks before a provider goes, and says who signs in with
// it.
func (h *Handlers) RemoveProviderForm(c echo.Context) error {
	provider, err := h.provider(c)
	if err != nil {
		return err
	}
	if provider.Fixed || !page.From(c).Actor().MayChangeSettings() {
		return store.ErrForbidden
	}
	model := views.ProviderRemovePage{Provider: provider}
	if model.Linked, model.Total, err = h.Store.LinkedThrough(c.Request().Context(), provider.Issuer, maxLinkedNames); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, "Remove "+provider.Name, "settings"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.ProviderRemove(model))
}

// RemoveProvider takes a provider away. Only the owner may.
func (h *Handlers) RemoveProvider(c echo.Context) error {
	provider, err := h.provider(c)
	if err != nil {
		return err
	}
	if err := h.Store.RemoveProvider(c.Request().Context(), page.From(c).Actor(), provider.ID); err != nil {
		return err
	}
	return h.Done(c, views.ProvidersAddress, provider.Name+" is removed. Nobody signs in with it any more.")
}

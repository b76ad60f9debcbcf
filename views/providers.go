package views

import (
	"slices"
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// ProvidersPage is the Connect tab of the settings: the providers with which
// people may sign in.
type ProvidersPage struct {
	Layout    ui.Layout
	MayChange bool   // the viewer is the owner
	Owner     string // who may
	Providers []store.Provider
	Checked   int64 // the provider that has just been asked; 0 for none
	Finding   ProviderFinding
	Addresses ProviderAddresses
}

// ProviderFinding is what asking a provider has shown.
type ProviderFinding struct {
	Problem    string // "" when it answers as it should
	EndSession bool   // people can sign out there from here
}

func (f ProviderFinding) sentence() string {
	switch {
	case f.Problem != "":
		return f.Problem
	case f.EndSession:
		return "It answers as it should, and people can sign out there from here."
	}
	return "It answers as it should. It has no way to sign out there from here."
}

// ProviderAddresses are what has to be typed at a provider about this server.
type ProviderAddresses struct {
	Callback   string
	SignedOut  string
	Configured bool // the server's address is set; else they are made of the one in the browser
}

// ProviderPage adds a provider, or changes one.
type ProviderPage struct {
	Layout    ui.Layout
	MayChange bool
	Owner     string
	Provider  store.Provider // as saved; the zero Provider for a new one
	Addresses ProviderAddresses
	Problems  Problems

	Name, Issuer, ClientID, ClientSecret string // as typed; a saved secret is never shown
}

// Title is the heading of the page.
func (p ProviderPage) Title() string {
	if p.Provider.ID == 0 {
		return "New provider"
	}
	return p.Provider.Name
}

// mayEdit says whether the form can be sent.
func (p ProviderPage) mayEdit() bool { return p.MayChange && !p.Provider.Fixed }

func (p ProviderPage) action() string {
	if p.Provider.ID == 0 {
		return ProvidersAddress + "/new"
	}
	return ProviderAddress(p.Provider.ID)
}

func (p ProviderPage) field(f ui.FieldProps) ui.FieldProps {
	f.Error, f.Autocomplete, f.Required = p.Problems.At(f.Name), "off", p.mayEdit()
	f.ReadOnly = !p.mayEdit()
	return f
}

func (p ProviderPage) secretHelp() string {
	if p.Provider.ClientSecret != "" {
		return "One is saved, and is never shown. Leave this empty to keep it."
	}
	return "As the provider shows it. Leave it empty if the provider gives none."
}

// ProvidersAddress is where the providers are.
const ProvidersAddress = "/admin/settings/connect"

// ProviderAddress is where the provider with this id is.
func ProviderAddress(id int64) string { return ProvidersAddress + "/" + strconv.FormatInt(id, 10) }

// ProviderRemovePage asks before a provider goes.
type ProviderRemovePage struct {
	Layout   ui.Layout
	Provider store.Provider
	Linked   []string // the names of some who sign in with it
	Total    int      // how many those are in all
}

func (p ProviderRemovePage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title: "Remove " + p.Provider.Name + "?", Action: ProviderAddress(p.Provider.ID) + "/remove", Button: "Remove " + p.Provider.Name,
		Cancel: ProviderAddress(p.Provider.ID), Danger: true,
	}
}

// losers says who signs in with the provider.
func (p ProviderRemovePage) losers() string {
	if p.Total == 0 {
		return "Nobody is linked through it."
	}
	names := slices.Clone(p.Linked)
	if more := p.Total - len(names); more > 0 {
		names = append(names, ui.CountOf(more, "other", "others"))
	}
	return ui.Count(p.Total, "person is", "people are") + " linked through it: " + sequence(names) + "."
}

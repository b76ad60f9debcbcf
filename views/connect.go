package views

import (
	"net/url"
	"strconv"

	"usher/store"
)

// ConnectRefusal says why somebody who comes from a provider goes no further.
type ConnectRefusal struct {
	ServerName      string
	Title           string
	Sentences       []string
	Back, BackLabel string
}

// ConnectLeave is the page between a form and a provider: browsers let no form
// lead to another site, but a page does.
type ConnectLeave struct {
	ServerName string
	Provider   string
	Address    string // at the provider
}

// ProviderChoice is a provider that somebody may continue with.
type ProviderChoice struct {
	Name string
	Href string
}

// SignInChoices are the providers to sign in with, and then go on to next.
func SignInChoices(providers []store.Provider, next string) []ProviderChoice {
	query := ""
	if next != "" && next != "/" {
		query = "?" + url.Values{"next": {next}}.Encode()
	}
	return providerChoices(providers, "", query)
}

// JoinChoices are the providers to accept an invitation with; under is the
// address of the invitation.
func JoinChoices(providers []store.Provider, under string) []ProviderChoice {
	return providerChoices(providers, under, "")
}

func providerChoices(providers []store.Provider, under, query string) []ProviderChoice {
	choices := make([]ProviderChoice, len(providers))
	for i, p := range providers {
		choices[i] = ProviderChoice{Name: p.Name, Href: under + "/connect/" + strconv.FormatInt(p.ID, 10) + query}
	}
	return choices
}

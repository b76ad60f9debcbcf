package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/internal/provider"
	"usher/store"
)

func providerForm(p *provider.Provider) url.Values {
	return url.Values{"name": {"Home accounts"}, "issuer": {p.Issuer}, "client_id": {provider.ClientID}, "client_secret": {provider.ClientSecret}}
}

const providersAddress = "/admin/settings/connect"

func TestSetUpProvider(t *testing.T) {
	h := newHousehold(t)
	p := provider.Start(t, "http://usher.example")
	mara := h.signedIn("Mara", away)
	mara.get("/admin/settings").leads(providersAddress)
	page := mara.get(providersAddress).says("There is none yet.").says("Set the address of this server")
	if callback := page.doc().Find("#callback").AttrOr("value", ""); callback != "http://usher.example/connect/callback" {
		t.Errorf("the redirect address is %q", callback)
	}
	h.browser(away).get("/sign-in").want(http.StatusOK)
	mara.follow(providersAddress+"/new", providerForm(p)).says("The provider is added")
	h.browser(away).get("/sign-in").says("Continue with Home accounts")
	mara.get("/admin/activity").says("Mara set up Connect with Home accounts.")

	address := mara.get(providersAddress).doc().Find(".rows a").AttrOr("href", "")
	edit := mara.get(address).says("One is saved, and is never shown.")
	if strings.Contains(edit.Body, "the secret of usher") {
		t.Error("the page shows the secret")
	}
	// An empty secret keeps the one that is saved.
	form := providerForm(p)
	form.Set("name", "Accounts")
	form.Del("client_secret")
	mara.follow(address, form).says("The provider is saved.")
	saved, err := h.store.Providers(context.Background())
	if err != nil || len(saved) != 1 || saved[0].Name != "Accounts" || saved[0].ClientSecret != provider.ClientSecret {
		t.Errorf("saved is %+v, %v", saved, err)
	}
}

func TestProviderRefused(t *testing.T) {
	h := newConnected(t)
	mara := h.signedIn("Mara", away)
	for _, test := range []struct{ field, value, says string }{
		{"name", "", "Type a name."},
		{"name", "home ACCOUNTS", "There is already a provider called Home accounts."},
		{"issuer", "", "Type the address of the provider."},
		{"issuer", "auth.example", "looks like https://auth.example"},
		{"issuer", "https://auth.example?x=1", "looks like https://auth.example"},
		{"issuer", "https://user:pass@auth.example", "looks like https://auth.example"},
		{"issuer", "ftp://auth.example", "looks like https://auth.example"},
		{"issuer", "http://accounts.google.com", "anybody on the way could sign in as anybody"},
		{"issuer", "http://203.0.113.9", "anybody on the way could sign in as anybody"},
		{"issuer", h.provider.Issuer, "The provider Home accounts has this address already."},
		{"client_id", " ", "Type the client ID"},
		{"client_id", "a\nb", "on one line"},
		{"client_secret", "a\x00b", "on one line"},
	} {
		form := url.Values{"name": {"Another"}, "issuer": {"https://other.example"}, "client_id": {"usher"}, "client_secret": {""}}
		form.Set(test.field, test.value)
		mara.post(providersAddress+"/new", form).refuses(http.StatusUnprocessableEntity, test.field, test.says)
	}
	for _, home := range []string{"http://authelia:9091", "http://192.168.1.5/auth", "http://keycloak.home.arpa/realms/home"} {
		form := url.Values{"name": {home}, "issuer": {home}, "client_id": {"usher"}}
		mara.post(providersAddress+"/new", form).want(http.StatusSeeOther)
	}
}

// TestSecretStaysWithItsProvider holds that nobody gets hold of a saved secret
// by naming another address for it to be sent to.
func TestSecretStaysWithItsProvider(t *testing.T) {
	h := newConnected(t)
	mara, address := h.signedIn("Mara", away), providersAddress+"/"+id(h.id)
	form := providerForm(h.provider)
	form.Set("issuer", "https://other.example")
	form.Del("client_secret")
	mara.post(address, form).refuses(http.StatusUnprocessableEntity, "client_secret", "Type the secret once more")
	form.Set("client_secret", "the other secret")
	mara.post(address, form).want(http.StatusSeeOther)
}

// TestProviderIsTheOwners holds that other administrators read, and see no
// button that would refuse them.
func TestProviderIsTheOwners(t *testing.T) {
	h := newConnected(t)
	h.addAdministrator("Jonas")
	jonas := h.signedIn("Jonas", away)
	address := providersAddress + "/" + id(h.id)
	for _, page := range []string{providersAddress, address} {
		jonas.get(page).says("Only the owner, Mara, changes these settings")
		if buttons := jonas.get(page).doc().Find("main form:not([action='/sign-out']) button:not([data-copy]):not([data-reveal])"); buttons.Length() > 0 {
			t.Errorf("%s has the button %q", page, buttons.Text())
		}
	}
	jonas.post(address, providerForm(h.provider)).want(http.StatusForbidden)
	jonas.post(address+"/check", nil).want(http.StatusForbidden)
}

func TestCheckProvider(t *testing.T) {
	h := newConnected(t)
	mara := h.signedIn("Mara", away)
	check := func() answer { return mara.post(providersAddress+"/"+id(h.id)+"/check", nil).want(http.StatusOK) }
	check().says("It answers as it should, and people can sign out there from here.")
	for _, test := range []struct {
		fault provider.Fault
		says  string
	}{
		{provider.WithoutEndSession, "It has no way to sign out there from here."},
		{provider.OtherDiscovery, "This provider says that its address is “https://other.example”."},
		{provider.BrokenDiscovery, "is not an OpenID Connect provider that Usher can use"},
		{provider.RedirectDiscovery, "is not an OpenID Connect provider that Usher can use"},
		{provider.EndlessDiscovery, "is not an OpenID Connect provider that Usher can use"},
		{provider.StrangeEndpoint, "javascript:alert(1)"},
	} {
		h.provider.Break(test.fault)
		check().says(test.says)
	}
	if asked := h.provider.Asked("/elsewhere"); asked != 0 {
		t.Error("the lookup has followed to another address")
	}
	h.provider.Stop()
	check().says("Nothing answers at this address: it refuses the connection.")
}

// TestRemoveProvider holds that removing says who signs in with it, ends what
// began with it, and that adding it again brings the links back.
func TestRemoveProvider(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	password := h.link("Elsa", elsaElsewhere)
	phone := h.browser(away)
	h.through(phone, h.start(), elsaElsewhere)
	mara := h.signedIn("Mara", away)
	address := providersAddress + "/" + id(h.id)
	form := providerForm(h.provider)
	form.Set("issuer", "https://other.example")
	mara.post(address, form).refuses(http.StatusUnprocessableEntity, "issuer", "Add another provider for the new address instead.")
	mara.get(address + "/remove").says("One person is linked through it: Elsa.")
	mara.follow(address+"/remove", nil).says("Home accounts is removed.")
	phone.isOut()
	password.isIn("Elsa")
	if h.user(elsa.ID).Linked {
		t.Error("Elsa is shown as linked, but cannot sign in so")
	}
	password.get("/account/connect").says("This provider is not set up here any more")
	phone.get(h.start()).want(http.StatusNotFound)
	phone.get("/sign-in").want(http.StatusOK)

	h.id = h.addProvider("Home accounts", h.provider)
	if !h.user(elsa.ID).Linked {
		t.Error("Elsa is not linked again")
	}
	h.through(phone, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	phone.isIn("Elsa")
}

// TestFixedProvider holds that what was given at the start is changed only
// there.
func TestFixedProvider(t *testing.T) {
	h := newHousehold(t)
	p := provider.Start(t, "http://usher.example")
	fix := func(in *store.ProviderInput) {
		t.Helper()
		if err := h.store.FixProvider(context.Background(), in); err != nil {
			t.Fatal(err)
		}
	}
	given := store.ProviderInput{Issuer: p.Issuer, ClientID: provider.ClientID, ClientSecret: provider.ClientSecret}
	fix(&given)
	fix(&given)
	mara := h.signedIn("Mara", away)
	page := mara.get(providersAddress).says("127.0.0.1").says("Set at the start")
	address := page.doc().Find(".rows a").AttrOr("href", "")
	mara.get(address).says("It can be changed only there.")
	mara.post(address, providerForm(p)).want(http.StatusForbidden)
	mara.get(address + "/remove").want(http.StatusForbidden)
	mara.post(address+"/remove", nil).want(http.StatusForbidden)
	mara.post(address+"/check", nil).want(http.StatusOK)
	fix(nil)
	mara.get(providersAddress).says("There is none yet.")
}

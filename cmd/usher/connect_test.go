package main

import (
	"net/http"
	"testing"

	"usher/internal/provider"
)

// givesProvider lets the environment name a provider; "" takes it away.
func givesProvider(t *testing.T, issuer, id, secret, name string) {
	t.Helper()
	t.Setenv("USHER_CONNECT_ISSUER", issuer)
	t.Setenv("USHER_CONNECT_CLIENT_ID", id)
	t.Setenv("USHER_CONNECT_CLIENT_SECRET", secret)
	t.Setenv("USHER_CONNECT_NAME", name)
}

// TestProviderFromEnvironment holds that a provider is there while it is given,
// and that one that cannot be used is refused at the start, in words.
func TestProviderFromEnvironment(t *testing.T) {
	data := t.TempDir()
	asOwner(t, "Mara", goodPassword)
	elsewhere := provider.Start(t)
	for _, test := range []struct {
		issuer, id, secret, name string
		says                     []string
	}{
		{"", "usher", "", "", []string{"need USHER_CONNECT_ISSUER"}},
		{"nonsense", "usher", "secret", "", []string{"USHER_CONNECT_ISSUER", "looks like https://auth.example"}},
		{"http://accounts.example.net.evil.com", "usher", "secret", "", []string{"USHER_CONNECT_ISSUER", "anybody on the way"}},
		{elsewhere.Issuer, "", "secret", "", []string{"USHER_CONNECT_CLIENT_ID", "Type the client ID"}},
	} {
		givesProvider(t, test.issuer, test.id, test.secret, test.name)
		wantRefusal(t, serveFails(t, data), test.says...)
	}

	givesProvider(t, elsewhere.Issuer, provider.ClientID, provider.ClientSecret, "")
	p := serveIn(t, data)
	p.get("/sign-in").says("Continue with 127.0.0.1")
	must(t, p.end())
	givesProvider(t, elsewhere.Issuer, provider.ClientID, provider.ClientSecret, "Home accounts")
	p = serveIn(t, data)
	p.get("/sign-in").says("Continue with Home accounts")
	if led := p.get("/connect/1").wants(http.StatusSeeOther); led.location == "" {
		t.Error("it leads nowhere")
	}
	must(t, p.end())

	// With a provider that is down, and then without one.
	elsewhere.Stop()
	p = serveIn(t, data)
	p.browser().signIn("Mara", goodPassword).wants(http.StatusSeeOther)
	must(t, p.end())
	givesProvider(t, "", "", "", "")
	p = serveIn(t, data)
	p.get("/connect/1").wants(http.StatusNotFound)
}

package auth

import (
	"context"
	"errors"
	"testing"
	"time"

	"usher/internal/provider"
)

// TestDirectoryWaitsNoLonger holds that a provider that never answers costs
// whoever waits for it a while and no more, and the next one nothing.
func TestDirectoryWaitsNoLonger(t *testing.T) {
	p := provider.Start(t, "http://usher.example")
	p.Break(provider.Silent)
	d := newDirectory(time.Now)
	d.patience = 50 * time.Millisecond
	if _, err := d.find(t.Context(), p.Issuer); kindOf(err, Unsound) != Unreachable {
		t.Errorf("the answer is %v", err)
	}
	if _, err := d.find(t.Context(), p.Issuer); err == nil || p.Asked("/.well-known/openid-configuration") != 1 {
		t.Errorf("it is asked again at once: %v", err)
	}
	// Nor does anyone wait who has gone.
	d = newDirectory(time.Now)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.find(gone, p.Issuer); !errors.Is(err, context.Canceled) {
		t.Errorf("the answer is %v", err)
	}
}

// TestDirectoryAsksOnce holds that many who wait for one provider make one
// request, and that what is known of it is renewed.
func TestDirectoryAsksOnce(t *testing.T) {
	p := provider.Start(t, "http://usher.example")
	now := time.Now()
	d := newDirectory(func() time.Time { return now })
	answers := make(chan error)
	for range 20 {
		go func() {
			_, err := d.find(t.Context(), p.Issuer)
			answers <- err
		}()
	}
	for range 20 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	if asked := p.Asked("/.well-known/openid-configuration"); asked != 1 {
		t.Errorf("the provider was asked %d times", asked)
	}
	now = now.Add(discoveryLife)
	if _, err := d.find(t.Context(), p.Issuer); err != nil || p.Asked("/.well-known/openid-configuration") != 2 {
		t.Errorf("what is known is never renewed: %v", err)
	}
}

func TestDirectoryRefuses(t *testing.T) {
	p := provider.Start(t, "http://usher.example")
	for fault, kind := range map[provider.Fault]ConnectFailure{
		provider.BrokenDiscovery: Unreachable, provider.RedirectDiscovery: Unreachable,
		provider.OtherDiscovery: Unreachable, provider.EndlessDiscovery: Unreachable, provider.StrangeEndpoint: Unsound,
	} {
		p.Break(fault)
		_, err := newDirectory(time.Now).find(t.Context(), p.Issuer)
		if err == nil || kindOf(err, Unreachable) != kind {
			t.Errorf("%s: %v", fault, err)
		}
	}
	if p.Asked("/elsewhere") != 0 {
		t.Error("a redirect was followed")
	}
}

func TestMayAsk(t *testing.T) {
	for address, want := range map[string]bool{
		"https://auth.example/realms/home": true, "https://203.0.113.9": true, "http://localhost:9000": true, "http://[::1]:9000": true,
		"http://192.168.1.5:9091/x": true, "http://keycloak:8080": true, "http://auth.home.arpa": true, "http://[fd00::1]": true,
		"http://accounts.google.com": false, "http://203.0.113.9": false, "http://169.254.1.1.nip.io": false, "http://8.8.8.8": false,
		"javascript:alert(1)": false, "file:///etc/passwd": false, "": false, "https://": false, "https://user@auth.example": false, "//auth.example": false,
	} {
		if got := mayAsk(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

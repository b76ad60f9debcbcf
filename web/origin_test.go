package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/auth"
)

// unnamed has the browser send what one sends with a form of a page that is
// shown over plain http without a referrer.
func (b *browser) unnamed() *browser {
	b.header.Set("Origin", "null")
	return b
}

func TestFormsOfPagesWithoutReferrer(t *testing.T) {
	h := newHouse(t)
	code, codeHash := auth.NewToken()
	if err := h.store.OpenSetUp(context.Background(), codeHash); err != nil {
		t.Fatal(err)
	}
	owner := url.Values{"code": {code}, "name": {"Mara"}, "password": {goodPassword}, "server_name": {"Home"}}
	b := h.browser(atHome).unnamed()
	b.post("/password-strength", url.Values{"password": {goodPassword}}).want(http.StatusOK)
	b.post("/setup", owner).want(http.StatusSeeOther)

	mara, err := h.store.Owner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	h.owner = mara
	elsa := h.add("Elsa", goodPassword)
	token, tokenHash := auth.NewToken()
	if _, err := h.store.MakeResetLink(context.Background(), h.asOwner(), elsa.ID, tokenHash); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"password": {"harbour violin cactus moss"}}
	for header, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
		stranger := h.browser(away).unnamed()
		stranger.header.Set(header, value)
		stranger.post("/reset/"+token, form).want(http.StatusForbidden).says("came from elsewhere")
	}
	h.browser(away).unnamed().post("/reset/"+token, form).want(http.StatusSeeOther)
}

// TestUnnamedFormsElsewhere holds everything else to a named origin.
func TestUnnamedFormsElsewhere(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away).unnamed()
	for _, route := range h.server.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		path := strings.NewReplacer(":id", "1", ":token", "x", ":hash", "x").Replace(route.Path)
		status := b.post(path, nil).Status
		open := path == "/setup" || path == "/password-strength" || path == "/reset/x" || path == "/join/x" || path == "/register/x"
		if refused := status == http.StatusForbidden; refused == open {
			t.Errorf("POST %s without a named origin answers %d", path, status)
		}
	}
}

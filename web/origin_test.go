package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/auth"
)

// named has the browser send what one sends with a form of this server.
func (b *browser) named() *browser {
	b.header.Set("Origin", b.scheme+"://usher.example")
	return b
}

// TestFormsWithAToken holds that nobody can have another browser use a link and
// be signed in as them, and that the link works in their own.
func TestFormsWithAToken(t *testing.T) {
	h := newHouse(t)
	code, codeHash := auth.NewToken()
	if err := h.store.OpenSetUp(context.Background(), codeHash); err != nil {
		t.Fatal(err)
	}
	owner := url.Values{"code": {code}, "name": {"Mara"}, "password": {goodPassword}, "server_name": {"Home"}}
	b := h.browser(atHome).named()
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
	for _, foreign := range []http.Header{
		{"Origin": {"https://evil.example"}}, {"Origin": {"null"}}, {"Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"null"}, "Sec-Fetch-Site": {"cross-site"}},
	} {
		victim := h.browser(away)
		victim.header = foreign
		victim.post("/reset/"+token, form).want(http.StatusForbidden).says("came from elsewhere")
		victim.isOut()
	}
	h.browser(away).named().post("/reset/"+token, form).want(http.StatusSeeOther)
}

// TestFormsOfNobody holds every form to a named origin.
func TestFormsOfNobody(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.header.Set("Origin", "null")
	for _, route := range h.server.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		path := strings.NewReplacer(":id", "1", ":token", "x", ":hash", "x").Replace(route.Path)
		if status := b.post(path, nil).Status; status != http.StatusForbidden {
			t.Errorf("POST %s without a named origin answers %d", path, status)
		}
	}
}

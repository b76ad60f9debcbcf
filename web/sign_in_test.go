package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func signInForm(name, password string) url.Values {
	return url.Values{"name": {name}, "password": {password}}
}

func TestRefusalsAreEqual(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	disabled := h.add("Oskar", goodPassword)
	if err := h.store.SetDisabled(context.Background(), h.asOwner(), true, disabled.ID); err != nil {
		t.Fatal(err)
	}
	expired := h.add("Freja", goodPassword)
	err := h.store.UpdateProfile(context.Background(), h.asOwner(), expired.ID, store.Profile{Name: "Freja", EndsAt: h.clock.now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	h.clock.pass(2 * time.Hour)
	var first string
	for _, name := range []string{"Mara", "Nobody", "Nils", "Oskar", "Freja"} {
		refused := h.browser(away).post("/sign-in", signInForm(name, "wrong wrong wrong")).want(http.StatusUnprocessableEntity)
		refused.Header.Del("Content-Length") // which tells how long the name is that comes back
		answer := fmt.Sprint(refused.Header) + "\n" + strings.ReplaceAll(refused.Body, name, "X")
		if first == "" {
			first = answer
		}
		if answer != first {
			t.Errorf("the refusal of %s differs:\n%s\nfrom\n%s", name, answer, first)
		}
	}
}

func TestSignInWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	elsa := h.add("Elsa", goodPassword)
	h.browser(away).post("/sign-in", signInForm("Nils", "")).want(http.StatusUnprocessableEntity)
	h.browser(atHome).post("/sign-in", signInForm("Nils", "guess")).want(http.StatusUnprocessableEntity)
	h.browser(atHome).post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
	h.browser(atHome).post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
	if err := h.store.UpdateSignInRules(context.Background(), h.asOwner(), elsa.ID, store.SignInRules{MayChangePassword: true, LocalAccess: true}); err != nil {
		t.Fatal(err)
	}
	h.browser(atHome).post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	h.browser(away).post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
}

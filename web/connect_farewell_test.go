package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"usher/internal/provider"
)

// TestSignOutThere holds that signing out ends the session here, and at the
// provider where that is asked for.
func TestSignOutThere(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	b := h.browser(away)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	h.provider.SignsIn(priyaElsewhere)
	b.follow("/sign-out", nil).says("You are still signed in at Home accounts.").leads("/connect/sign-out")
	b.isOut()
	if h.provider.Ended() != 0 {
		t.Error("the session at the provider has ended by itself")
	}
	if page := b.get("/sign-in"); page.leadsTo("/connect/sign-out") {
		t.Error("a plain sign-in page offers it, too")
	}
	back := h.provider.Visit(t, b.get("/connect/sign-out").want(http.StatusSeeOther).Location)
	if h.provider.Ended() != 1 {
		t.Error("the session at the provider goes on")
	}
	if page := b.get(back).want(http.StatusOK).says("You have signed out."); page.leadsTo("/connect/sign-out") {
		t.Error("the page offers once more what is done")
	}
	if again := b.get("/connect/sign-out"); again.Location != "/sign-in?signed-out=1" {
		t.Errorf("once more leads to %q", again.Location)
	}
}

// TestSignOutHere holds that nothing is offered where there is nothing to sign
// out from: after a password, at a provider that cannot, or after a while.
func TestSignOutHere(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	offers := func(b *browser) bool {
		return strings.Contains(b.follow("/sign-out", nil).Body, "/connect/sign-out")
	}
	if offers(h.signedIn("Elsa", away)) {
		t.Error("it is offered after a password")
	}
	b := h.browser(away)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	b.follow("/sign-out", nil).leads("/connect/sign-out")
	h.clock.pass(11 * time.Minute)
	if page := b.get("/sign-in?signed-out=1"); page.leadsTo("/connect/sign-out") {
		t.Error("it is offered for ever")
	}

	h.provider.Break(provider.WithoutEndSession)
	h.clock.pass(2 * time.Hour)
	h.provider.SetClock(2*time.Hour + 11*time.Minute)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	if offers(b) {
		t.Error("it is offered at a provider that cannot do it")
	}
}

package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/internal/provider"
	"usher/store"
)

func TestSignInWithConnect(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	if !h.user(elsa.ID).Linked {
		t.Error("Elsa is not shown as linked")
	}

	b := h.browser(away)
	page := b.get("/sign-in?next=/account")
	if !page.leadsTo(h.start() + "?next=%2Faccount") {
		t.Errorf("the sign-in page does not offer the provider:\n%s", page.Body)
	}
	if first := page.doc().Find("input:not([type=hidden]), button, a[href]").First(); first.AttrOr("name", "") != "name" {
		t.Error("the name does not come first")
	}
	if back := h.through(b, h.start()+"?next=%2Faccount", elsaElsewhere); back.Status != http.StatusSeeOther || back.Location != "/account" {
		t.Fatalf("signing in leads to %d %q\n%s", back.Status, back.Location, back.Body)
	}
	b.get("/account").says("through Connect")
	b.isIn("Elsa")
	h.signedIn("Mara", away).get("/admin/activity").says("Elsa signed in (with Home accounts).")

	// Whoever is signed in goes on at once.
	if again := b.get(h.start() + "?next=%2Faccount"); again.Location != "/account" {
		t.Errorf("somebody who is signed in is led to %q", again.Location)
	}
}

// TestConnectReplacesTheSession holds that the token before is worth nothing
// afterwards.
func TestConnectReplacesTheSession(t *testing.T) {
	h := newConnected(t)
	jonas := h.addAdministrator("Jonas")
	h.link("Jonas", elsaElsewhere)
	if err := h.store.UpdateSignInRules(context.Background(), h.asOwner(), jonas.ID, store.SignInRules{LocalAccess: true}); err != nil {
		t.Fatal(err)
	}
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("Jonas", "")).want(http.StatusSeeOther)
	before := b.cookie()
	b.get("/admin/users").want(http.StatusSeeOther)
	h.through(b, h.start()+"?next=%2Fadmin%2Fusers", elsaElsewhere).want(http.StatusSeeOther)
	b.get("/admin/users").want(http.StatusOK)
	if before == b.cookie() {
		t.Error("the token is the one from before")
	}
	stolen := h.browser(atHome)
	stolen.jar.SetCookies(&url.URL{Scheme: "http", Host: "usher.example", Path: "/"}, []*http.Cookie{{Name: "usher_session", Value: before, Path: "/"}})
	stolen.isOut()
}

// TestConnectFaults holds that a provider whose answers are wrong signs nobody
// in, is told clearly, with nothing private, and is in nobody's way.
func TestConnectFaults(t *testing.T) {
	const unsound, clock = "did not pass the checks", "too far apart"
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	for _, test := range []struct {
		fault provider.Fault
		ahead time.Duration
		says  string
	}{
		{fault: provider.WrongIssuer, says: unsound},
		{fault: provider.WrongAudience, says: unsound},
		{fault: provider.WrongNonce, says: unsound},
		{fault: provider.WrongParty, says: unsound},
		{fault: provider.WrongAccess, says: unsound},
		{fault: provider.WrongKey, says: unsound},
		{fault: provider.NoSignature, says: unsound},
		{fault: provider.SecretSignature, says: unsound},
		{fault: provider.NoToken, says: unsound},
		{fault: provider.NoSubject, says: unsound},
		{fault: provider.WrongAnswerIssuer, says: unsound},
		{fault: provider.NoAnswerIssuer, says: unsound},
		{fault: provider.Declined, says: "did not sign you in"},
		{ahead: time.Hour, says: clock},
		{ahead: -time.Hour, says: clock},
	} {
		h.provider.SetClock(test.ahead)
		b := h.browser(away)
		h.provider.Break(test.fault)
		back := h.through(b, h.start()+"?next=%2Faccount", elsaElsewhere)
		h.provider.Break(provider.None)
		back.says(test.says)
		if back.Status < 400 || !back.leadsTo("/sign-in?next=%2Faccount") {
			t.Errorf("%s: status %d, and no way back to the sign-in page:\n%s", test.fault, back.Status, back.Body)
		}
		for _, private := range []string{h.provider.Issuer, provider.ClientSecret, elsaElsewhere.Subject, elsaElsewhere.Email, "<b>", "oidc"} {
			if strings.Contains(back.Body, private) {
				t.Errorf("%s: the page tells %q", test.fault, private)
			}
		}
		b.isOut()
		b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
	}
	if log := h.log.String(); !strings.Contains(log, "connect failed") || strings.Contains(log, provider.ClientSecret) || strings.Contains(log, "code=") {
		t.Errorf("the log is\n%s", log)
	}
}

// TestConnectTellsLess holds that the subject is enough to sign in, whatever
// else a provider tells, or does not.
func TestConnectTellsLess(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	for _, fault := range []provider.Fault{provider.None, provider.TellsAll, provider.NothingMore, provider.OtherPerson, provider.WithoutEndSession} {
		h.provider.Break(fault)
		b := h.browser(away)
		h.through(b, h.start(), provider.Person{Subject: elsaElsewhere.Subject}).want(http.StatusSeeOther)
		b.isIn("Elsa")
	}
	h.provider.RotateKeys()
	b := h.browser(away)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	b.isIn("Elsa")
	if asked := h.provider.Asked("/.well-known/openid-configuration"); asked != 1 {
		t.Errorf("the discovery document was fetched %d times", asked)
	}
}

// TestConnectIsBoundToTheBrowser holds that a trip ends in the browser in which
// it began, once, and in time.
func TestConnectIsBoundToTheBrowser(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	mine := h.browser(away)
	back := h.arrive(mine, h.start(), elsaElsewhere)

	other := h.browser(away)
	other.get(back).want(http.StatusForbidden).says("begun in another browser")
	other.get(h.start()) // has a trip of its own, with another state
	other.get(back).want(http.StatusForbidden).says("begun in another browser")
	other.isOut()

	mine.get(back).want(http.StatusSeeOther)
	mine.isIn("Elsa")
	mine.post("/sign-out", nil)
	mine.get(back).want(http.StatusForbidden).says("begun in another browser")

	// The same code under the state of a new trip.
	began := mine.get(h.start()).want(http.StatusSeeOther).Location
	state := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		return u.Query().Get("state")
	}
	mine.get(strings.Replace(back, state(back), state(began), 1)).want(http.StatusBadGateway).says("did not pass the checks")
	mine.isOut()

	late := h.arrive(mine, h.start(), elsaElsewhere)
	h.clock.pass(11 * time.Minute)
	mine.get(late).want(http.StatusForbidden).says("too long ago")
	mine.isOut()
}

// TestProviderDown holds that a provider that is down is in nobody's way, and
// is left alone for a while.
func TestProviderDown(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.provider.Break(provider.BrokenDiscovery)
	b := h.browser(away)
	b.get(h.start()).want(http.StatusServiceUnavailable).says("Home accounts cannot be reached just now.")
	b.get(h.start()).want(http.StatusServiceUnavailable)
	if asked := h.provider.Asked("/.well-known/openid-configuration"); asked != 1 {
		t.Errorf("a provider that is down was asked %d times", asked)
	}
	h.provider.Break(provider.None)
	h.clock.pass(time.Minute)
	b.get(h.start()).want(http.StatusSeeOther)
	h.provider.Stop()
	h.clock.pass(2 * time.Hour)
	b.get(h.start()).want(http.StatusServiceUnavailable).says("cannot be reached")
	b.get("/sign-in").want(http.StatusOK)
	b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
}

// TestConnectStranger holds that an account elsewhere lets nobody in by itself,
// whatever its e-mail address.
func TestConnectStranger(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	if err := h.store.UpdateProfile(context.Background(), h.asOwner(), elsa.ID, store.Profile{Name: "Elsa", Email: elsaElsewhere.Email}); err != nil {
		t.Fatal(err)
	}
	b := h.browser(away)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusForbidden).
		says("You are not known here yet").says("open the link of your invitation").says("ask somebody who runs this server to invite you")
	b.isOut()
	if links := h.links(elsa); len(links) != 0 {
		t.Errorf("an equal e-mail address has made the link %+v", links)
	}
	h.signedIn("Mara", away).get("/admin/activity").says("was refused (with Home accounts: linked to nobody)")
}

func TestConnectRefusesWhoMayNotSignIn(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	b := h.browser(away)
	if err := h.store.SetDisabled(context.Background(), h.asOwner(), true, elsa.ID); err != nil {
		t.Fatal(err)
	}
	h.through(b, h.start(), elsaElsewhere).want(http.StatusForbidden).says("This account is disabled")
	h.signedIn("Mara", away).get("/admin/activity").says("A sign-in as Elsa was refused (with Home accounts: disabled).")
	h.must(h.store.SetDisabled(t.Context(), h.asOwner(), false, elsa.ID))
	h.limited(elsa.ID, store.Restrictions{NoAway: true})
	h.through(b, h.start(), elsaElsewhere).want(http.StatusForbidden).says("This account is for use at home only")
	h.signedIn("Mara", away).get("/admin/activity").says("A sign-in as Elsa was refused (with Home accounts: away from home).")
	ended := store.Profile{Name: "Elsa", EndsAt: h.clock.now().Add(time.Minute)}
	if err := h.store.UpdateProfile(context.Background(), h.asOwner(), elsa.ID, ended); err != nil {
		t.Fatal(err)
	}
	h.clock.pass(2 * time.Minute)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusForbidden).says("This account has ended")
	b.isOut()
}

// TestConnectNext holds that a provider sends nobody on to another site.
func TestConnectNext(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	for _, next := range []string{"//evil.example", "https://evil.example/", `/\evil.example`, "/sign-out", "javascript:alert(1)", "/?" + strings.Repeat("&", 1900)} {
		b := h.browser(away)
		back := h.through(b, h.start()+"?"+url.Values{"next": {next}}.Encode(), elsaElsewhere)
		if back.want(http.StatusSeeOther).Location != "/" {
			t.Errorf("next=%q leads to %q", next, back.Location)
		}
	}
}

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

// TestLinkAsksForThePassword holds that a link is made by nobody who only found
// a browser open.
func TestLinkAsksForThePassword(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)
	b.get("/account").leads("/account/connect")
	b.get("/account/connect").says("Link an account")
	b.post("/account/connect", h.linking("not it")).refuses(http.StatusUnprocessableEntity, "password", "This is not your password.")
	unknown := h.linking(goodPassword)
	unknown.Set("provider", "987654")
	b.post("/account/connect", unknown).want(http.StatusUnprocessableEntity).says("This provider is not set up here any more.")
	if links := h.links(elsa); len(links) > 0 {
		t.Errorf("there are the links %+v", links)
	}

	h.add("Nils", "")
	nils := h.browser(atHome)
	nils.post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
	nils.get("/account/connect").says("set a password here").leads("/account/password")
	nils.post("/account/connect", h.linking("")).want(http.StatusUnprocessableEntity)
	if asked := h.provider.Asked("/authorize"); asked != 0 {
		t.Errorf("the provider was asked %d times", asked)
	}
}

func TestLink(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.link("Elsa", elsaElsewhere)
	b.get("/account/connect").says("You can sign in with Home accounts from now on.").says("elsa@example.net. Linked just now.")
	if links := h.links(elsa); len(links) != 1 || links[0].Issuer != h.provider.Issuer || links[0].Subject != elsaElsewhere.Subject {
		t.Errorf("the links are %+v", links)
	}
	if h.user(elsa.ID).Email != "" {
		t.Error("linking has set the e-mail address")
	}
	mara := h.signedIn("Mara", away)
	mara.get("/admin/activity").says("Elsa linked their account at Home accounts to sign in with it.")
	if faces := mara.get("/admin/users").doc().Find(".i.cloud"); faces.Length() == 0 {
		t.Error("the Users page shows no cloud")
	}

	// Nobody else can have the account, and Elsa no second one there.
	h.add("Nils", goodPassword)
	nils := h.signedIn("Nils", away)
	h.provider.SignsIn(elsaElsewhere)
	nils.get(h.provider.Visit(t, h.leave(nils))).want(http.StatusSeeOther)
	nils.get("/account/connect").says("Somebody else on this server signs in with this account.")
	b.post("/account/connect", h.linking(goodPassword)).want(http.StatusOK)
	h.provider.SignsIn(priyaElsewhere)
	b.get(h.provider.Visit(t, h.leave(b))).want(http.StatusSeeOther)
	b.get("/account/connect").says("You sign in with another account at Home accounts.")
	if links := h.links(elsa); len(links) != 1 {
		t.Errorf("the links are %+v", links)
	}
}

// TestLinkStaysInItsSession holds that what was begun by one is not finished
// for another, in the same browser or after signing out.
func TestLinkStaysInItsSession(t *testing.T) {
	h := newConnected(t)
	elsa, nils := h.add("Elsa", goodPassword), h.add("Nils", goodPassword)
	h.provider.SignsIn(elsaElsewhere)
	b := h.signedIn("Elsa", away)
	back := h.provider.Visit(t, h.leave(b))
	b.post("/sign-in", signInForm("Nils", goodPassword)).want(http.StatusSeeOther)
	b.get(back).want(http.StatusForbidden).says("Nothing was linked.")

	b = h.signedIn("Elsa", away)
	back = h.provider.Visit(t, h.leave(b))
	b.post("/sign-out", nil)
	b.get(back).want(http.StatusForbidden).says("Nothing was linked.")

	// Somebody lures Elsa's browser into finishing what they have begun.
	lure := h.signedIn("Nils", away)
	back = h.provider.Visit(t, h.leave(lure))
	h.signedIn("Elsa", away).get(back).want(http.StatusForbidden).says("begun in another browser")
	if links := append(h.links(elsa), h.links(nils)...); len(links) > 0 {
		t.Errorf("there are the links %+v", links)
	}
}

func (h *connected) unlinking(password string) url.Values {
	return url.Values{"issuer": {h.provider.Issuer}, "password": {password}}
}

// TestUnlink holds that unlinking takes the password, leaves a local user, and
// ends the sessions that began with the account.
func TestUnlink(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.link("Elsa", elsaElsewhere)
	phone, tablet := h.browser(away), h.browser(away)
	h.through(phone, h.start(), elsaElsewhere)
	h.through(tablet, h.start(), elsaElsewhere)
	ask := b.get("/account/connect/unlink?" + h.unlinking("").Encode()).says("sign in with the password, as before")
	if !ask.offers("password") {
		t.Error("the question does not ask for the password")
	}
	tablet.post("/account/connect/unlink", h.unlinking("not it")).refuses(http.StatusUnprocessableEntity, "password", "This is not your password.")
	phone.follow("/account/connect/unlink", h.unlinking(goodPassword)).says("You do not sign in with Home accounts any more.")
	phone.isIn("Elsa") // who has just typed the password
	b.isIn("Elsa")
	tablet.isOut()
	if u := h.user(elsa.ID); u.Linked || len(h.links(elsa)) > 0 {
		t.Error("Elsa is still linked")
	}
	h.through(tablet, h.start(), elsaElsewhere).want(http.StatusForbidden)
	b.post("/account/connect/unlink", h.unlinking(goodPassword)).want(http.StatusNotFound)
}

// TestUnlinkTheOnlyWayIn holds that somebody without a password is told what
// unlinking means, and that nobody at home can do it in their name.
func TestUnlinkTheOnlyWayIn(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	if err := h.store.RemovePassword(context.Background(), h.asOwner(), elsa.ID); err != nil {
		t.Fatal(err)
	}
	passer := h.browser(atHome)
	passer.post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	passer.post("/account/connect/unlink", h.unlinking("")).want(http.StatusUnprocessableEntity).says("You did not come in through Connect this time.")

	// Nor with a password of their own choice.
	if passer.get("/account/password").says("as anyone at home could").offers("password") {
		t.Error("somebody at home is asked for a password")
	}
	passer.post("/account/password", newPassword("", goodPassword, true)).want(http.StatusForbidden).says("as anyone at home could")
	passer.isIn("Elsa")

	b := h.browser(away)
	h.through(b, h.start(), elsaElsewhere).want(http.StatusSeeOther)
	b.get("/account/connect/unlink?" + h.unlinking("").Encode()).says("you can sign in at home only, by the name alone")
	b.post("/account/connect/unlink", h.unlinking("")).want(http.StatusSeeOther)
	b.isOut() // the session is one of the name alone now, and away
	b.address = atHome
	b.isIn("Elsa")
}

// joinWith is a guest who has accepted an invitation through the provider.
func (h *connected) joinWith(person provider.Person) (*browser, store.User) {
	h.t.Helper()
	_, link := h.invite("somebody@example.org")
	b := h.browser(away)
	back := h.through(b, link+h.start(), person)
	back.want(http.StatusSeeOther)
	for _, l := range h.guests() {
		for _, linked := range h.links(l) {
			if linked.Subject == person.Subject {
				return b, h.user(l.ID)
			}
		}
	}
	h.t.Fatalf("%s is no guest", person.Name)
	return nil, store.User{}
}

func (h *house) guests() []store.User {
	h.t.Helper()
	page, err := h.store.Users(context.Background(), store.UserQuery{List: store.ListGuests})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Users
}

func TestJoinWithConnect(t *testing.T) {
	h := newConnected(t)
	h.add("Priya Raman", goodPassword)
	invitation, link := h.invite("somebody@example.org")
	b := h.browser(away)
	b.get(link).leads(link + h.start())
	b.get(h.arrive(b, link+h.start(), priyaElsewhere)).want(http.StatusSeeOther)
	b.get("/").says("Welcome, Priya Raman 2.")
	u := h.user(invitation.User.ID)
	if u.Kind != store.KindGuest || u.Email != priyaElsewhere.Email || !u.Linked || u.HasPassword {
		t.Errorf("the guest is %+v", u)
	}
	h.signedIn("Mara", away).get("/admin/activity").says("with Home accounts")

	// The link is used up, and the account is for signing in now.
	late := h.browser(away)
	late.get(link + h.start()).want(http.StatusSeeOther)
	late.get(link).want(http.StatusNotFound)
	h.through(late, h.start(), priyaElsewhere).want(http.StatusSeeOther)
	late.isIn("Priya Raman 2")
}

// TestJoinTakesNoFalseWord holds that a guest gets an e-mail address only where
// the provider has verified it and nobody has it, and a name in any case.
func TestJoinTakesNoFalseWord(t *testing.T) {
	h := newConnected(t)
	h.addGuest("Nils", "nils@example.org")
	for _, test := range []struct {
		person      provider.Person
		name, email string
	}{
		{provider.Person{Subject: "1", Name: "Unverified", Email: "unverified@example.org"}, "Unverified", ""},
		{provider.Person{Subject: "2", Name: "Taker", Email: "NILS@example.org", Verified: true}, "Taker", ""},
		{provider.Person{Subject: "3", Email: "a\r\nBcc: b@example.org", Verified: true}, "Guest", ""},
		{provider.Person{Subject: "4", Username: "by.username"}, "by.username", ""},
		{provider.Person{Subject: "5", Name: "nils@example.org"}, "nils@example.org 2", ""},
		{provider.Person{Subject: "6", Name: "Zero\u200bWidth", Username: "plain"}, "plain", ""},
		{provider.Person{Subject: "7", Name: strings.Repeat("long ", 40)}, strings.TrimSpace(strings.Repeat("long ", 13)[:64]), ""},
		{provider.Person{Subject: "8", Name: "Mara"}, "Mara 2", ""},
	} {
		_, u := h.joinWith(test.person)
		if u.Name != test.name || u.Email != test.email {
			t.Errorf("%+v becomes %q with %q", test.person, u.Name, u.Email)
		}
	}
	h.provider.Break(provider.OtherPerson)
	if _, u := h.joinWith(provider.Person{Subject: "9"}); u.Name != "Guest 2" || u.Email != "" {
		t.Errorf("what is told about somebody else makes %q with %q", u.Name, u.Email)
	}
}

// TestJoinWithTakenAccount holds that an account that somebody signs in with
// makes no second user, and leaves the invitation as it is.
func TestJoinWithTakenAccount(t *testing.T) {
	h := newConnected(t)
	h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	_, link := h.invite("somebody@example.org")
	b := h.browser(away)
	h.through(b, link+h.start(), elsaElsewhere).want(http.StatusForbidden).says("signs in with this account").leads(link)
	b.isOut()
	h.through(b, link+h.start(), priyaElsewhere).want(http.StatusSeeOther)
	b.isIn("Priya Raman")

	// Revoked while the guest is at the provider.
	invitation, link := h.invite("other@example.org")
	other := h.browser(away)
	back := h.arrive(other, link+h.start(), provider.Person{Subject: "other"})
	if err := h.store.RevokeInvitations(context.Background(), h.asOwner(), invitation.User.ID); err != nil {
		t.Fatal(err)
	}
	if a := other.get(back); a.want(http.StatusSeeOther).Location != link {
		t.Errorf("it leads to %q", a.Location)
	}
	other.get(link).want(http.StatusNotFound)
}

// TestGuestEnds holds that unlinking ends a guest, who is told so first, unless
// there is a password.
func TestGuestEnds(t *testing.T) {
	h := newConnected(t)
	b, priya := h.joinWith(priyaElsewhere)
	mara := h.signedIn("Mara", away)
	mara.get("/admin/users/" + id(priya.ID) + "/sign-in").says("how a guest signs in is the guest’s own")
	mara.post("/admin/users/"+id(priya.ID)+"/unlink", h.unlinking("")).want(http.StatusForbidden)
	b.get("/account/connect/unlink?" + h.unlinking("").Encode()).says("you are no guest of Usher any more").says("is deleted")
	b.post("/account/connect/unlink", h.unlinking("")).want(http.StatusOK).says("You are no guest here any more")
	b.isOut()
	if _, err := h.store.User(context.Background(), priya.ID); err == nil {
		t.Error("the guest is still there")
	}
	mara.get("/admin/activity").says("Priya Raman gave up the only way to sign in, and is no guest any more.")
	h.through(b, h.start(), priyaElsewhere).want(http.StatusForbidden)

	b, _ = h.joinWith(priyaElsewhere)
	b.post("/account/password", setPassword(goodPassword)).want(http.StatusSeeOther)
	b.post("/account/connect/unlink", h.unlinking(goodPassword)).want(http.StatusSeeOther)
	h.signedIn("Priya Raman", away).isIn("Priya Raman")
}

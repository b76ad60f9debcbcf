package web_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/auth"
	"usher/store"
	"usher/web"
)

// porter checks who comes in, as the server does.
func (h *house) porter() *auth.Porter {
	h.t.Helper()
	return auth.NewPorter(h.store, h.hasher, serverKey(h.t, h.store))
}

// withPIN gives the user a PIN.
func (h *house) withPIN(u store.User, pin string) {
	h.t.Helper()
	hash, err := h.porter().HashPIN(h.t.Context(), u.ID, pin)
	h.must(err)
	h.must(h.store.SetPIN(h.t.Context(), h.asOwner(), u.ID, hash))
}

// picked is what a browser sends that picks somebody with a PIN.
func picked(u store.User, pin string) url.Values {
	return url.Values{"user": {strconv.FormatInt(u.ID, 10)}, "pin": {pin}}
}

// pick is a new browser at home in which somebody was picked by their PIN.
func (h *house) pick(u store.User, pin string) *browser {
	h.t.Helper()
	b := h.browser(atHome)
	b.post("/sign-in", picked(u, pin)).want(http.StatusSeeOther)
	return b
}

const ownPIN = "/account/pin"

// Who has a password types it to set a PIN, to change it and to remove it.
func TestOwnPINWithPassword(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)
	b.get("/account").says("PINNone. It is asked for when somebody picks you")
	form := b.get(ownPIN).want(http.StatusOK)
	if form.doc().Find("input[name=current][type=password]").Length() != 1 || form.doc().Find("input[name=pin][type=text][inputmode=numeric]").Length() != 1 {
		t.Error("the form does not ask for the password and a PIN")
	}
	for typed, problem := range map[string]string{"123": "exactly four digits", "12345": "exactly four digits", "": "exactly four digits", "12a4": "exactly four digits", "1234": "This is not your password."} {
		answer := b.post(ownPIN, url.Values{"current": {"wrong"}, "pin": {typed}}).want(http.StatusUnprocessableEntity).says(problem)
		if value, _ := answer.doc().Find("#pin").Attr("value"); value != "" {
			t.Errorf("what was typed of a PIN comes back: %q", value)
		}
	}
	if h.user(elsa.ID).HasPIN {
		t.Fatal("a wrong password sets a PIN")
	}
	b.follow(ownPIN, url.Values{"current": {goodPassword}, "pin": {"١٢ ٣٤"}}).says("Your new PIN is saved.").says("PINSet. It is asked for")
	h.pick(elsa, "1234").get("/account").says("at home and with your PIN")
	b.get(ownPIN).says("Change your PIN")
	b.follow(ownPIN, url.Values{"current": {goodPassword}, "pin": {"4711"}})
	b.get(ownPIN + "/remove").says("Remove your PIN?").says("you are asked for your password then")
	b.post(ownPIN+"/remove", url.Values{"current": {"4711"}}).want(http.StatusUnprocessableEntity)
	b.follow(ownPIN+"/remove", url.Values{"current": {goodPassword}}).says("Your PIN is gone.")
	b.post(ownPIN+"/remove", url.Values{"current": {goodPassword}}).want(http.StatusSeeOther)
}

// Who has no password is asked for nothing at first, and then for the PIN. With
// it, everybody who was picked without one is out.
func TestOwnPINWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	name := url.Values{"name": {"Nils"}}
	b, sofa := h.browser(atHome), h.browser(atHome)
	b.post("/sign-in", name).want(http.StatusSeeOther)
	sofa.post("/sign-in", name).want(http.StatusSeeOther)
	form := b.get(ownPIN).want(http.StatusOK).says("anyone there can come in as you")
	if form.doc().Find("input[name=current]").Length() != 0 {
		t.Error("it asks for what is not there")
	}
	b.follow(ownPIN, url.Values{"pin": {"1234"}}).says("Your new PIN is saved.").says("None: you sign in at home only, with your PIN.")
	sofa.isOut()
	b.post(ownPIN, url.Values{"current": {"9999"}, "pin": {"4711"}}).want(http.StatusUnprocessableEntity).says("This is not the PIN. Try again.")
	b.follow(ownPIN, url.Values{"current": {"1234"}, "pin": {"4711"}}).says("Your new PIN is saved.")
	for range 4 {
		b.post(ownPIN+"/remove", url.Values{"current": {"1234"}}).want(http.StatusUnprocessableEntity)
	}
	paused := b.post(ownPIN+"/remove", url.Values{"current": {"1234"}}).want(http.StatusTooManyRequests).says("This is not the PIN.").says("try again in 60 seconds.")
	if paused.Header.Get("Retry-After") != "60" {
		t.Errorf("Retry-After is %q", paused.Header.Get("Retry-After"))
	}
	b.post(ownPIN+"/remove", url.Values{"current": {"4711"}}).want(http.StatusTooManyRequests).says("There were too many tries.")
	h.clock.pass(time.Minute)
	b.follow(ownPIN+"/remove", url.Values{"current": {"4711"}}).says("Your PIN is gone.").says("by your name alone")
}

// Administrators set, change and remove the PINs of local users without knowing
// them, and of nobody else.
func TestAdministratorSetsPIN(t *testing.T) {
	h := newHousehold(t)
	jonas, elsa := h.addAdministrator("Jonas"), h.add("Elsa", "")
	priya := h.guest(store.Person{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Priya", PasswordHash: goodHash()}})
	sofa, _, err := h.store.EnableGuestAccount(t.Context(), h.asOwner())
	h.must(err)
	b := h.signedIn("Jonas", atHome)
	b.get(userPath(elsa, "/sign-in")).says("PINFour digits, asked for when somebody picks Elsa on a shared screen at home. None is set.")
	b.post(userPath(elsa, "/pin"), url.Values{"pin": {"12"}}).want(http.StatusUnprocessableEntity).says("A PIN has exactly four digits.")
	b.follow(userPath(elsa, "/pin"), url.Values{"pin": {"1234"}}).says("Elsa has a new PIN. Tell Elsa what it is.").says("with the PIN").says("PIN set")
	b.get("/admin/users").says("PIN set")
	child := h.pick(elsa, "1234")
	b.get(userPath(elsa, "/pin")).says("Change Elsa’s PIN")
	b.follow(userPath(elsa, "/pin"), url.Values{"pin": {"4711"}})
	child.isOut()
	b.get(userPath(elsa, "/pin/remove")).says("Anyone at home can come in as Elsa then")
	b.follow(userPath(elsa, "/pin/remove"), nil).says("Elsa has no PIN any more.")
	for about, u := range map[string]store.User{"the owner": h.owner, "a guest": priya, "the guest account": sofa} {
		b.get(userPath(u, "/pin")).want(http.StatusForbidden).says("No PIN can be set here")
		b.post(userPath(u, "/pin"), url.Values{"pin": {"1234"}}).want(http.StatusForbidden)
		b.post(userPath(u, "/pin/remove"), nil).want(http.StatusForbidden)
		if h.user(u.ID).HasPIN || b.get(userPath(u, "/sign-in")).doc().Find("#pin").Length() != 0 {
			t.Errorf("%s can have a PIN", about)
		}
	}
	if to := b.get(userPath(jonas, "/pin")).want(http.StatusSeeOther).Location; to != ownPIN {
		t.Errorf("one's own PIN is set at %s", to)
	}
	b.get("/admin/activity").says("Jonas set a PIN for Elsa.").says("Jonas set a new PIN for Elsa.").says("Jonas removed the PIN of Elsa.").says("Elsa signed in (at home, with the PIN).")
}

// Neither guests nor the guest account have a PIN.
func TestGuestsHaveNoPIN(t *testing.T) {
	h := newHousehold(t)
	h.guest(store.Person{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Priya", PasswordHash: goodHash()}})
	_, _, err := h.store.EnableGuestAccount(t.Context(), h.asOwner())
	h.must(err)
	priya, sofa := h.signedIn("Priya", atHome), h.browser(atHome)
	sofa.post("/sign-in", url.Values{"name": {"Guest"}}).want(http.StatusSeeOther)
	for b, sentence := range map[*browser]string{priya: "you sign in with an account of your own", sofa: "it never has a PIN"} {
		b.get(ownPIN).want(http.StatusForbidden).says(sentence)
		b.post(ownPIN, url.Values{"pin": {"1234"}, "current": {goodPassword}}).want(http.StatusForbidden).says(sentence)
		if b.get("/account").doc().Find("a[href='"+ownPIN+"']").Length() != 0 {
			t.Error("My account offers a PIN")
		}
	}
}

// Who is picked is asked for the PIN, in one field whose mistakes stand beside it.
func TestPickByPIN(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.withPIN(elsa, "1234")
	b := h.browser(atHome)
	face := b.get("/sign-in").want(http.StatusOK).doc().Find(".who a.face")
	if face.Find(".i.closed").Length() == 0 {
		t.Error("her face shows no closed lock")
	}
	href, _ := face.First().Attr("href")
	asked := b.get(href).want(http.StatusOK).says("Use the password instead")
	if asked.doc().Find("input[name=pin][inputmode=numeric][autocomplete=off]").Length() != 1 {
		t.Error("there is not one field for the PIN")
	}
	for typed, problem := range map[string]string{"": "Type the PIN", "123456": "exactly four digits", "ab12": "exactly four digits", "123": "exactly four digits"} {
		for range 3 { // none of which counts
			if got := b.post("/sign-in", picked(elsa, typed)).want(http.StatusUnprocessableEntity).text("#pin-error"); !strings.Contains(got, problem) {
				t.Errorf("%q: the field says %q", typed, got)
			}
		}
	}
	for _, problem := range []string{"This is not the PIN. Try again.", "This is not the PIN. Try again.", "Two more tries", "One more try", "there is a pause: try again in 60 seconds"} {
		answer := b.post("/sign-in", picked(elsa, "9999"))
		if got := answer.text("#pin-error"); !strings.Contains(got, problem) {
			t.Errorf("the field says %q, want %q", got, problem)
		}
		if answer.doc().Find("#pin[value]").Length() != 0 || answer.text("[role=alert]") != "" {
			t.Error("the PIN comes back, or the mistake stands twice")
		}
	}
	paused := b.post("/sign-in", picked(elsa, "1234")).want(http.StatusTooManyRequests)
	if got := paused.text("#pin-error"); got != "There were too many tries. Try again in 60 seconds." || paused.Header.Get("Retry-After") != "60" {
		t.Errorf("the field says %q, with Retry-After %q", got, paused.Header.Get("Retry-After"))
	}
	// The password still signs in, and the pause is over after a minute.
	h.signedIn("Elsa", atHome)
	h.clock.pass(time.Minute)
	h.pick(elsa, "１２ ３４")
	h.signedIn("Mara", away).get("/admin/activity").says("A sign-in as Elsa failed 5 times.").says("Elsa signed in (at home, with the PIN).")
}

// A child that guesses on the sofa locks nobody’s phone.
func TestGuessingLocksOneDevice(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	h.withPIN(elsa, "1234")
	phone, sofa := h.pick(elsa, "1234"), h.pick(elsa, "1234")
	for _, b := range []*browser{phone, sofa} {
		b.post("/sign-out", nil).want(http.StatusSeeOther)
	}
	for range 5 {
		sofa.post("/sign-in", picked(elsa, "9999"))
	}
	sofa.post("/sign-in", picked(elsa, "1234")).want(http.StatusTooManyRequests)
	stranger := h.browser(atHome)
	for range 5 {
		stranger.post("/sign-in", picked(elsa, "9999"))
	}
	h.browser(atHome).post("/sign-in", picked(elsa, "1234")).want(http.StatusTooManyRequests)
	phone.post("/sign-in", picked(elsa, "1234")).want(http.StatusSeeOther)
	h.clock.pass(-24 * time.Hour)
	h.browser(atHome).post("/sign-in", picked(elsa, "1234")).want(http.StatusSeeOther) // no pause is longer than an hour
}

// Many tries at once are no more tries.
func TestGuessesSideBySide(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	h.withPIN(elsa, "1234")
	var checked, paused atomic.Int64
	var group sync.WaitGroup
	for range 40 {
		b := h.browser(atHome)
		group.Go(func() {
			switch status := b.post("/sign-in", picked(elsa, "9999")).Status; status {
			case http.StatusUnprocessableEntity:
				checked.Add(1)
			case http.StatusTooManyRequests, http.StatusServiceUnavailable:
				paused.Add(1)
			default:
				t.Errorf("status %d", status)
			}
		})
	}
	group.Wait()
	if checked.Load() > 5 || checked.Load()+paused.Load() != 40 {
		t.Errorf("%d were checked, %d paused", checked.Load(), paused.Load())
	}
}

// Whose face does not show types the name, and then the PIN.
func TestHiddenWithPIN(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	h.withPIN(elsa, "1234")
	h.must(h.store.UpdateSignInRules(t.Context(), h.asOwner(), elsa.ID, store.SignInRules{Hidden: true}))
	b := h.browser(atHome)
	name := url.Values{"name": {"elsa"}}
	asked := b.post("/sign-in", name).want(http.StatusUnprocessableEntity)
	if asked.doc().Find("input[name=pin]").Length() != 1 || asked.text("#pin-error, [role=alert]") != "" {
		t.Errorf("the name alone does not lead to the PIN:\n%s", asked.Body)
	}
	if got := b.post("/sign-in", url.Values{"name": {"Elsa"}, "pin": {"9999"}}).want(http.StatusUnprocessableEntity).text("#pin-error"); got != "This is not the PIN. Try again." {
		t.Errorf("the field says %q", got)
	}
	b.post("/sign-in", url.Values{"name": {"Elsa"}, "pin": {"1234"}}).want(http.StatusSeeOther)
	b.post("/sign-in", picked(elsa, "1234")).want(http.StatusSeeOther)
	// Away nothing tells that there is anybody.
	from := h.browser(away)
	for _, form := range []url.Values{name, {"name": {"Elsa"}, "pin": {"1234"}}, picked(elsa, "1234")} {
		nobody := url.Values{"name": {"nobody"}}
		if form.Get("user") != "" {
			nobody = url.Values{"user": {"999"}, "pin": {"1234"}}
		} else if form.Get("pin") != "" {
			nobody.Set("pin", "1234")
		}
		is, isnt := from.post("/sign-in", form), from.post("/sign-in", nobody)
		if is.Status != isnt.Status || strings.Replace(is.Body, form.Get("name"), nobody.Get("name"), 1) != isnt.Body {
			t.Errorf("%v is answered otherwise than %v", form, nobody)
		}
	}
}

// With another key of the server no PIN can be checked any more, and the pages
// say so where it is true.
func TestLostKey(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	h.withPIN(elsa, "1234")
	h.must(os.Remove(filepath.Join(h.store.Folder(), auth.KeyFileName)))
	h.server = web.NewServer(h.store, h.hasher, serverKey(t, h.store), h.outside, slog.New(slog.NewTextHandler(h.log, nil)))
	b := h.browser(atHome)
	for range 7 {
		b.post("/sign-in", picked(elsa, "1234")).want(http.StatusForbidden).says("This PIN cannot be checked any more. An administrator can set a new one.")
	}
	mara := h.signedIn("Mara", atHome)
	mara.get(userPath(elsa, "/sign-in")).says("So it cannot be checked any more: set a new one.")
	mara.follow(userPath(elsa, "/pin"), url.Values{"pin": {"4711"}})
	if said := mara.get(userPath(elsa, "/sign-in")).text("#pin"); strings.Contains(said, "any more") {
		t.Errorf("of the new one it says %q", said)
	}
	h.pick(elsa, "4711")
}

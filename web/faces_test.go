package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/store"
)

// faces are those whom the page shows to be picked, each with what coming in as
// them takes.
func (a answer) faces() []string {
	a.t.Helper()
	return a.doc().Find(".who .face").Map(func(_ int, face *goquery.Selection) string {
		return strings.TrimSpace(face.Find("b").Text() + ": " + strings.Join(strings.Fields(face.Find("small").Text()), " "))
	})
}

func (a answer) wantFaces(want ...string) answer {
	a.t.Helper()
	if got := a.faces(); !slices.Equal(got, want) {
		a.t.Errorf("the faces are %q, want %q", got, want)
	}
	return a
}

func pick(u store.User, more ...string) url.Values {
	form := url.Values{"user": {fmt.Sprint(u.ID)}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// family is a house with one of everybody: Mara with a password, Elsa with a PIN,
// Nils with nothing, Ingrid with local access, the guest account, and those whom
// nobody is to see.
func family(t *testing.T) (h *house, people map[string]store.User) {
	t.Helper()
	h = newHousehold(t)
	ctx := context.Background()
	people = map[string]store.User{
		"Mara": h.owner, "Elsa": h.add("Elsa", goodPassword), "Nils": h.add("Nils", ""), "Ingrid": h.add("Ingrid", goodPassword),
		"Guest": h.sofa(), "Priya": h.addGuest("Priya", "priya@example.org"), "Hilda": h.add("Hilda", goodPassword), "Oskar": h.add("Oskar", ""), "Freja": h.add("Freja", ""),
	}
	h.setPIN(people["Elsa"], "1234")
	h.must(h.store.UpdateSignInRules(ctx, h.asOwner(), people["Ingrid"].ID, store.SignInRules{LocalAccess: true, MayChangePassword: true}))
	h.must(h.store.UpdateSignInRules(ctx, h.asOwner(), people["Hilda"].ID, store.SignInRules{Hidden: true, MayChangePassword: true}))
	h.must(h.store.SetDisabled(ctx, h.asOwner(), true, people["Oskar"].ID))
	h.must(h.store.UpdateProfile(ctx, h.asOwner(), people["Freja"].ID, store.Profile{Name: "Freja", EndsAt: h.clock.now().Add(time.Hour)}))
	h.rules(store.RegistrationApproval).waits("Wanda")
	h.clock.pass(2 * time.Hour)
	return h, people
}

func (h *house) setPIN(u store.User, pin string) {
	h.t.Helper()
	hash, err := h.server.Porter.HashPIN(context.Background(), u.ID, pin)
	h.must(err)
	h.must(h.store.SetPIN(context.Background(), h.asOwner(), u.ID, hash))
}

// At home the page shows everyone who may be seen, and what each needs; picking
// one asks for that alone.
func TestFacesAtHome(t *testing.T) {
	h, people := family(t)
	sofa := h.browser(atHome)
	sofa.get("/sign-in?next=/history").want(http.StatusOK).says("Who’s there?").wantFaces("Elsa: PIN", "Guest: Guest", "Ingrid:", "Mara: Owner Password", "Nils:")

	if to := sofa.post("/sign-in", pick(people["Nils"], "next", "/history")).want(http.StatusSeeOther).Location; to != "/history" {
		t.Errorf("it leads to %s", to)
	}
	sofa.isIn("Nils")
	for _, name := range []string{"Ingrid", "Guest"} {
		b := h.browser(atHome)
		b.post("/sign-in", pick(people[name])).want(http.StatusSeeOther)
		b.isIn(name)
	}

	mara := h.browser(atHome)
	asked := mara.get("/sign-in?next=/history&user=" + fmt.Sprint(h.owner.ID)).says("Mara").want(http.StatusOK)
	if !asked.offers("password") || asked.offers("pin") || !asked.leadsTo("/sign-in?next=%2Fhistory") {
		t.Errorf("Mara is asked\n%s", asked.Body)
	}
	mara.post("/sign-in", pick(h.owner, "password", "wrong")).want(http.StatusUnprocessableEntity).says("That is not the password of Mara. Try again.")
	mara.post("/sign-in", pick(h.owner)).want(http.StatusUnprocessableEntity).says("Type the password of Mara.")
	mara.post("/sign-in", pick(h.owner, "password", goodPassword)).want(http.StatusSeeOther)
	mara.isIn("Mara")

	elsa := h.browser(atHome)
	asked = elsa.get("/sign-in?user=" + fmt.Sprint(people["Elsa"].ID))
	if !asked.offers("pin") || asked.offers("password") {
		t.Errorf("Elsa is asked\n%s", asked.Body)
	}
	if asked = elsa.get(asked.doc().Find("a:contains('Use the password instead')").AttrOr("href", "")); !asked.offers("password") || asked.offers("pin") {
		t.Errorf("Elsa is asked\n%s", asked.Body)
	}
	elsa.post("/sign-in", pick(people["Elsa"], "pin", "4321")).want(http.StatusUnprocessableEntity).says("This is not the PIN. Try again.")
	elsa.post("/sign-in", pick(people["Elsa"], "password", "wrong")).want(http.StatusUnprocessableEntity).says("That is not the password of Elsa.")
	elsa.post("/sign-in", pick(people["Elsa"])).want(http.StatusUnprocessableEntity).says("Type the PIN of Elsa.")
	elsa.post("/sign-in", pick(people["Elsa"], "pin", "1234")).want(http.StatusSeeOther)
	elsa.isIn("Elsa")
	h.browser(atHome).post("/sign-in", pick(people["Elsa"], "password", goodPassword)).want(http.StatusSeeOther)
}

// Whoever is hidden, away for good, or no local user cannot be picked, and all of
// them are answered like an id that nobody has.
func TestWhoHasNoFace(t *testing.T) {
	h, people := family(t)
	sofa := h.browser(atHome)
	nobody := "9999"
	shown, refused := sofa.get("/sign-in?user="+nobody), sofa.post("/sign-in", url.Values{"user": {nobody}, "password": {goodPassword}})
	shown.want(http.StatusNotFound).says("Whoever you chose cannot be chosen here any more.").says("Nils")
	refused.want(http.StatusNotFound)
	for _, name := range []string{"Priya", "Hilda", "Oskar", "Freja", "Wanda"} {
		u := people[name]
		if name == "Wanda" {
			u = h.listOf(store.ListWaiting)[0]
		}
		if got := sofa.get("/sign-in?user=" + fmt.Sprint(u.ID)); got.Status != shown.Status || got.Body != shown.Body {
			t.Errorf("the page of %s differs: %d\n%s", name, got.Status, got.Body)
		}
		for _, typed := range []url.Values{pick(u, "password", goodPassword), pick(u), pick(u, "pin", "1234")} {
			if got := sofa.post("/sign-in", typed); got.Status != refused.Status || got.Body != refused.Body {
				t.Errorf("picking %s with %v differs: %d\n%s", name, typed, got.Status, got.Body)
			}
		}
	}
	sofa.post("/sign-in", signInForm("Hilda", goodPassword)).want(http.StatusSeeOther)
}

// Away nobody is shown, and an id says no more than a name that nobody has.
func TestNoFacesAway(t *testing.T) {
	h, people := family(t)
	b := h.browser(away)
	plain := b.get("/sign-in")
	if plain.want(http.StatusOK); len(plain.faces()) != 0 || !plain.offers("name") || !plain.offers("password") {
		t.Errorf("away it shows\n%s", plain.Body)
	}
	for name := range people {
		plain.hides(name)
	}
	for _, query := range []string{"?user=" + fmt.Sprint(people["Nils"].ID), "?user=9999", "?by=name", "?q=nils", "?page=2", "?user=1&by=password"} {
		if got := b.get("/sign-in" + query); got.Status != plain.Status || got.Body != plain.Body {
			t.Errorf("%s is answered otherwise: %d\n%s", query, got.Status, got.Body)
		}
	}
	want := h.browser(away).post("/sign-in", url.Values{"user": {"9999"}, "password": {goodPassword}}).want(http.StatusUnprocessableEntity)
	for name, u := range people {
		for _, typed := range []url.Values{pick(u, "password", goodPassword), pick(u, "pin", "1234", "password", goodPassword)} {
			got := h.browser(away).post("/sign-in", typed)
			if got.Status != want.Status || got.Body != want.Body || fmt.Sprint(got.Header) != fmt.Sprint(want.Header) {
				t.Errorf("%s with %v is answered otherwise: %d %v\n%s", name, typed, got.Status, got.Header, got.Body)
			}
			h.clock.pass(24 * time.Hour) // too many tries are another matter
			want = h.browser(away).post("/sign-in", url.Values{"user": {"9999"}, "password": {goodPassword}})
		}
	}
	h.browser(away).get("/users/" + fmt.Sprint(people["Nils"].ID) + "/picture/0000000000000000").want(http.StatusNotFound)
}

// What is typed for somebody whose way in has changed meanwhile is answered by
// what they need now.
func TestFacesChangeMeanwhile(t *testing.T) {
	h, people := family(t)
	sofa, ctx := h.browser(atHome), context.Background()
	h.setPIN(people["Nils"], "5678")
	sofa.post("/sign-in", pick(people["Nils"])).want(http.StatusUnprocessableEntity).says("Type the PIN of Nils.")
	h.must(h.store.RemovePIN(ctx, h.asOwner(), people["Nils"].ID))
	sofa.post("/sign-in", pick(people["Nils"], "pin", "5678")).want(http.StatusUnprocessableEntity).says("Nils comes in without anything by now.")
	h.must(h.store.RemovePIN(ctx, h.asOwner(), people["Elsa"].ID))
	sofa.post("/sign-in", pick(people["Elsa"], "pin", "1234")).want(http.StatusUnprocessableEntity).says("Elsa has no PIN any more. Type the password.")
	h.setPIN(people["Ingrid"], "5678")
	h.must(h.store.RemovePassword(ctx, h.asOwner(), people["Ingrid"].ID))
	sofa.post("/sign-in", pick(people["Ingrid"], "password", goodPassword)).want(http.StatusUnprocessableEntity).says("Ingrid has no password any more. Type the PIN.")
}

// Many are shown a page at a time, and found by the beginnings of words of their
// names, but not by their e-mails, which are nobody's business here.
func TestManyFaces(t *testing.T) {
	h := newHousehold(t)
	var everyone []store.Person
	for i := range 60 {
		everyone = append(everyone, store.Person{NewUser: store.NewUser{Name: fmt.Sprintf("Person %02d", i), Email: fmt.Sprintf("secret%02d@example.org", i)}})
	}
	everyone = append(everyone, store.Person{NewUser: store.NewUser{Name: strings.Repeat("木", 64)}}, store.Person{NewUser: store.NewUser{Name: "<b>Åsa</b> O’Brien"}})
	h.settle(everyone...)
	sofa := h.browser(atHome)
	page := sofa.get("/sign-in?next=/history").want(http.StatusOK)
	if n := len(page.faces()); n != store.FacesPage || !page.offers("q") || !page.leadsTo("/sign-in?page=2&next=%2Fhistory") {
		t.Errorf("%d faces\n%s", n, page.Body)
	}
	if sofa.get("/sign-in?page=3"); len(sofa.get("/sign-in?page=3").faces()) != 63-2*store.FacesPage {
		t.Errorf("the last page has %q", sofa.get("/sign-in?page=3").faces())
	}
	sofa.get("/sign-in?q=person+07").wantFaces("Person 07:")
	sofa.get("/sign-in?q=asa+o").wantFaces("<b>Åsa</b> O’Brien:")
	sofa.get("/sign-in?q=secret07").wantFaces().says("Nobody here has a name like that.")
	sofa.get("/sign-in?q=person+secret").wantFaces()
	if n := len(sofa.get("/sign-in?q=" + url.QueryEscape("木")).faces()); n != 1 {
		t.Errorf("%d have a long name", n)
	}
	if n := len(sofa.get("/sign-in?q=person&page=3").faces()); n != 60-2*store.FacesPage {
		t.Errorf("the last page of those who are found has %d", n)
	}
	sofa.get("/sign-in?page=99&q=" + strings.Repeat("x", 5000)).want(http.StatusOK)
	if newHousehold(t).browser(atHome).get("/sign-in").offers("q") {
		t.Error("one may search among one")
	}
}

// An administrator hides somebody, and the guest account; guests never show.
func TestHiding(t *testing.T) {
	h := newHousehold(t)
	elsa, sofa, priya := h.add("Elsa", ""), h.sofa(), h.addGuest("Priya", "priya@example.org")
	b, door := h.signedIn("Mara", away), h.browser(atHome)
	door.get("/sign-in").wantFaces("Elsa:", "Guest: Guest", "Mara: Owner Password")
	b.follow(about(elsa, "/sign-in"), url.Values{"may_change_password": {"on"}, "hidden": {"on"}}).says("How Elsa signs in is saved.")
	b.follow(about(sofa, "/sign-in"), url.Values{"local_access": {"on"}, "hidden": {"on"}})
	for _, u := range []store.User{elsa, sofa} {
		if page := b.get(about(u, "/sign-in")); page.doc().Find("#hidden[checked]").Length() != 1 {
			t.Errorf("the tab of %s does not show it", u.Name)
		}
	}
	if got := h.user(sofa.ID); got.LocalAccess || !got.Hidden {
		t.Errorf("the guest account is %+v", got)
	}
	door.get("/sign-in").wantFaces("Mara: Owner Password")
	door.post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	h.setPIN(elsa, "1234")
	door = h.browser(atHome)
	if asked := door.post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity); !asked.offers("pin") {
		t.Errorf("whoever is hidden and has a PIN is asked\n%s", asked.Body)
	}
	door.post("/sign-in", url.Values{"name": {"Elsa"}, "pin": {"1234"}}).want(http.StatusSeeOther)
	b.get(about(elsa, "/activity")).says("Mara changed how Elsa may sign in (hidden on the sign-in page: yes).")
	b.get(about(priya, "/sign-in")).says("Guests are never shown there.")
	b.post(about(priya, "/sign-in"), url.Values{"hidden": {"on"}}).want(http.StatusForbidden)
	h.must(h.store.SetHidden(context.Background(), h.asOwner(), h.owner.ID, true))
	door = h.browser(atHome)
	if page := door.get("/sign-in").wantFaces(); !page.offers("name") {
		t.Errorf("where nobody shows, it asks\n%s", page.Body)
	}
}

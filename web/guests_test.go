package web_test

import (
	"context"
	"fmt"
	"image/color"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// visitor is a guest with a password who may watch everything.
func visitor(name, email string) store.Person {
	p := person(name, email)
	p.Kind = store.KindGuest
	p.PasswordHash = goodHash()
	return p
}

// guest makes a guest and returns who it is.
func (h *house) guest(p store.Person) store.User {
	h.t.Helper()
	h.settle(p)
	at := slices.IndexFunc(h.listOf(store.ListGuests), func(u store.User) bool { return u.Name == p.Name })
	return h.user(h.listOf(store.ListGuests)[at].ID)
}

func TestNoGuestsYet(t *testing.T) {
	h := newHousehold(t)
	answer := h.signedIn("Mara", away).get("/admin/guests").lists().says("Nobody visits yet")
	if to := answer.links(".empty a")["Invite a guest"]; to != "/admin/guests/invite" {
		t.Errorf("the way to invite is %q", to)
	}
	if answer.doc().Find("form[data-live]").Length() != 0 {
		t.Error("nobody can be searched, yet there is a search")
	}
}

func TestGuestsListFiltersAndSorts(t *testing.T) {
	h := newHousehold(t)
	h.add("Tove", "")
	now := time.Now()
	people := []store.Person{visitor("Priya Raman", "priya@example.net"), visitor("Tom Becker", "tom@example.com"), visitor("Aiko Mori", ""), visitor("Noah", "")}
	people[0].Access.AllLibraries = false
	people[1].EndsAt, people[1].LastSeenAt = now.Add(-time.Hour), now.Add(-48*time.Hour)
	people[2].Disabled, people[2].LastSeenAt = true, now.Add(-time.Hour)
	people[3].EndsAt = now.Add(48 * time.Hour)
	for i := range people {
		people[i].CreatedAt = now.Add(-time.Duration(i+1) * time.Hour)
	}
	h.settle(people...)
	b := h.signedIn("Mara", away)
	for query, want := range map[string][]string{
		"":                      {"Aiko Mori", "Noah", "Priya Raman", "Tom Becker"},
		"q=to":                  {"Tom Becker"},
		"q=example":             {"Priya Raman", "Tom Becker"},
		"filter=restricted":     {"Noah", "Priya Raman", "Tom Becker"},
		"filter=disabled":       {"Aiko Mori"},
		"filter=ended":          {"Tom Becker"},
		"filter=administrators": {"Aiko Mori", "Noah", "Priya Raman", "Tom Becker"},
		"sort=seen":             {"Aiko Mori", "Tom Becker", "Noah", "Priya Raman"},
		"sort=newest":           {"Priya Raman", "Tom Becker", "Aiko Mori", "Noah"},
		"q=t&filter=ended":      {"Tom Becker"},
	} {
		t.Run(query, func(t *testing.T) {
			answer := b.get("/admin/guests?" + query)
			answer.t = t
			answer.lists(want...)
		})
	}
	b.get("/admin/guests").says("Four people visit.")
	filters := b.get("/admin/guests?q=t&sort=seen").links(".segments a")
	if len(filters) != 4 || filters["Ended"] != "/admin/guests?q=t&filter=ended&sort=seen" {
		t.Errorf("the filters lead to %v", filters)
	}
	empty := b.get("/admin/guests?q=elx&filter=ended").says("Only those whose end date has come were looked through.")
	if to := empty.links(".empty a")["Clear the search"]; to != "/admin/guests?filter=ended" {
		t.Errorf("the way out is %q", to)
	}
	row := b.get("/admin/guests?filter=ended").text(".row")
	if !strings.Contains(row, "Ended") || !strings.Contains(row, "tom@example.com") {
		t.Errorf("the row says %q", row)
	}
}

// What is done on the list of guests leads back there, to one and to several.
func TestGuestsChangedFromTheirList(t *testing.T) {
	h := newHousehold(t)
	priya, tom := h.guest(visitor("Priya", "priya@example.net")), h.guest(visitor("Tom", "tom@example.com"))
	hers := h.signedIn("Priya", away)
	b := h.signedIn("Mara", away)
	const list = "/admin/guests?sort=newest"
	menu := b.get(list).links(fmt.Sprintf("#m%d a", priya.ID))
	if len(menu) != 3 || menu["Edit profile"] != userPath(priya, "") || menu["Library access"] != userPath(priya, "/access") || menu["Delete…"] != userPath(priya, "/delete") {
		t.Errorf("the menu of Priya leads to %v", menu)
	}
	if back := b.get(list).doc().Find("input[name=back]").AttrOr("value", ""); back != list {
		t.Errorf("the way back is %q", back)
	}
	answer := b.follow(userPath(priya, "/disable"), url.Values{"back": {list}}).says("Priya is disabled, and signed out everywhere.")
	if answer.doc().Find("h1").Text() != "Guests" {
		t.Error("disabling leads elsewhere")
	}
	hers.get("/").want(http.StatusSeeOther)
	form := selection("enable", priya, tom)
	form.Set("back", list)
	if to := b.post("/admin/users", form).want(http.StatusSeeOther).Location; to != list {
		t.Errorf("enabling several leads to %q", to)
	}
	form.Set("action", "access")
	question := b.post("/admin/users", form).says("Give access")
	if crumb := question.links(".crumb")["Guests"]; crumb != list || question.doc().Find(`.nav a[aria-current]`).AttrOr("href", "") != "/admin/guests" {
		t.Errorf("the question about guests leads back to %q", crumb)
	}
	form.Set("action", "delete")
	action, sent := b.post("/admin/users", form).confirmed()
	if to := b.post(action, sent).want(http.StatusSeeOther).Location; to != list || len(h.listOf(store.ListGuests)) != 0 {
		t.Errorf("deleting several leads to %q, and %d guests are left", to, len(h.listOf(store.ListGuests)))
	}
	aiko := h.guest(visitor("Aiko", ""))
	if to := b.post(userPath(aiko, "/delete"), nil).want(http.StatusSeeOther).Location; to != "/admin/guests" {
		t.Errorf("deleting a guest leads to %q", to)
	}
}

// Administrators change what a guest may watch, the note, the picture, and how
// long; the rest is shown, with why it stays.
func TestGuestProfile(t *testing.T) {
	h := newHousehold(t)
	priya := h.guest(visitor("Priya", "priya@example.net"))
	b := h.signedIn("Mara", away)
	page := b.get(userPath(priya, "")).want(http.StatusOK).says("Only Priya can change the name and the e-mail address").says("priya@example.net")
	for _, field := range []string{"name", "email", "administrator"} {
		if page.offers(field) {
			t.Errorf("the page offers to change %s", field)
		}
	}
	if crumb := page.links(".crumb")["Guests"]; crumb != "/admin/guests" {
		t.Errorf("the way back is %q", crumb)
	}
	sent := b.upload(userPath(priya, "/picture"), "picture", "priya.png", pngOf(t, 30, 30, color.White)).want(http.StatusSeeOther)
	b.get(sent.Location).says("Priya has a new picture.")
	b.follow(userPath(priya, "/picture/remove"), nil).says("The picture of Priya is gone.")
	tomorrow := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	b.follow(userPath(priya, ""), url.Values{"note": {"Choir."}, "ends": {tomorrow}, "disabled": {"on"}}).says("Priya’s profile is saved.")
	if got := h.user(priya.ID); got.Name != "Priya" || got.Email != "priya@example.net" || got.Note != "Choir." || !got.Disabled || got.EndsAt.IsZero() {
		t.Errorf("Priya is %+v", got)
	}
	refused := b.post(userPath(priya, ""), url.Values{"ends": {"soon"}, "note": {"Typed."}}).refuses(http.StatusUnprocessableEntity, "ends", "not a day")
	if refused.doc().Find("#note").Text() != "Typed." {
		t.Error("the note that was typed is gone")
	}
	b.follow(userPath(priya, "/access"), url.Values{"all_channels": {"on"}}).says("What Priya may watch is saved.")
	if got := h.user(priya.ID).Access; got.AllLibraries || !got.AllChannels {
		t.Errorf("Priya may watch %+v", got)
	}
}

// Whatever is sent all the same, by an administrator or the owner, a guest's
// name, e-mail, password and role stay the guest's.
func TestGuestsAreTheirOwn(t *testing.T) {
	h := newHousehold(t)
	h.addAdministrator("Jonas")
	priya := h.guest(visitor("Priya", "priya@example.net"))
	before := h.credentialsOf(priya)
	password := fmt.Sprintf("/users/%d/password", priya.ID)
	for _, who := range []string{"Mara", "Jonas"} {
		b := h.signedIn(who, away)
		for about, form := range map[string]url.Values{
			"name": {"name": {"Mallory"}}, "e-mail": {"email": {"mallory@example.org"}}, "role": {"administrator": {"on"}},
		} {
			if got := b.post(userPath(priya, ""), form); got.Status != http.StatusForbidden {
				t.Errorf("%s changes the %s: %d", who, about, got.Status)
			}
		}
		b.post(userPath(priya, "/sign-in"), url.Values{"local_access": {"on"}}).want(http.StatusForbidden)
		b.post(userPath(priya, "/ownership"), nil).want(http.StatusForbidden)
		for _, refused := range []answer{
			b.get(password), b.post(password, setPassword("another good kettle")), b.get(password + "/remove"), b.post(password+"/remove", nil), b.post(userPath(priya, "/reset-link"), nil),
		} {
			refused.want(http.StatusForbidden).says("no administrator can set, see or reset its password").says("send a new invitation")
		}
		tab := b.get(userPath(priya, "/sign-in")).want(http.StatusOK).says("no administrator can set, see or reset its password").says("Forgot your password?").says("delete Priya and send a new invitation")
		if tab.doc().Find(`main form:not(.look, [action$="/device-rule"]), main [name*=password], main [name*=pin]`).Length() != 0 {
			t.Error("there is something to send about the password of a guest")
		}
	}
	if after := h.credentialsOf(priya); after.PasswordHash != before.PasswordHash || fmt.Sprint(after.User) != fmt.Sprint(before.User) {
		t.Errorf("Priya is %+v, was %+v", after, before)
	}
}

// credentialsOf are what u signs in with now.
func (h *house) credentialsOf(u store.User) store.Credentials {
	h.t.Helper()
	known, err := h.store.CredentialsByID(context.Background(), u.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return known
}

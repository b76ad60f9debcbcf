package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

// about is the address of a page about u in the admin area.
func about(u store.User, under string) string {
	return "/admin/users/" + strconv.FormatInt(u.ID, 10) + under
}

// passwordOf is the password page that an administrator opens for u.
func passwordOf(u store.User) string {
	return "/users/" + strconv.FormatInt(u.ID, 10) + "/password"
}

// stays fails the test unless the browser is signed in.
func (b *browser) stays() {
	b.house.t.Helper()
	b.get("/account").want(http.StatusOK)
}

// isOut fails the test unless the next request finds nobody signed in.
func (b *browser) isOut() {
	b.house.t.Helper()
	if answer := b.get("/account").want(http.StatusSeeOther); !strings.HasPrefix(answer.Location, "/sign-in") {
		b.house.t.Fatalf("it leads to %s", answer.Location)
	}
}

// offers says whether the page has a field or button with this name.
func (a answer) offers(name string) bool {
	a.t.Helper()
	return a.doc().Find("main [name="+name+"]").Length() > 0
}

// leadsTo says whether the page has a link to the address.
func (a answer) leadsTo(address string) bool {
	a.t.Helper()
	return a.doc().Find("main a[href='"+address+"']").Length() > 0
}

// refuses fails the test unless the answer is the form again, with the words at
// the field.
func (a answer) refuses(status int, field, words string) answer {
	a.t.Helper()
	a.want(status)
	if text := a.text("#" + field + "-error"); !strings.Contains(text, words) {
		a.t.Fatalf("at %s it says %q, want %q", field, text, words)
	}
	if a.doc().Find("[id="+field+"][aria-invalid=true]").Length() != 1 {
		a.t.Fatalf("the field %s is not marked", field)
	}
	if link := a.doc().Find("[role=alert] a[href='#" + field + "']"); link.Length() != 1 {
		a.t.Fatalf("the summary does not lead to %s", field)
	}
	return a
}

func TestPersonHead(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.addLibrary("Music")
	jonas := h.addAdministrator("Jonas")
	elsa := h.addWith("Elsa", store.Access{Libraries: []int64{films.ID}, AllChannels: true})
	nils := h.add("Nils", "")
	if err := h.store.SetDisabled(context.Background(), h.asOwner(), true, nils.ID); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	for _, test := range []struct {
		user   store.User
		badges string
		crown  int
	}{
		{h.owner, "Owner", 1},
		{jonas, "Administrator", 0},
		{elsa, "1 of 2 libraries", 0},
		{nils, "No password: home only Disabled", 0},
	} {
		for _, tab := range []struct{ under, label string }{
			{"", "Profile"}, {"/access", "Access"}, {"/sign-in", "Password and sign-in"}, {"/activity", "Activity"},
		} {
			page := b.get(about(test.user, tab.under)).want(http.StatusOK)
			var badges []string
			for _, badge := range page.doc().Find(".person .badge").EachIter() {
				badges = append(badges, badge.Text())
			}
			if got := strings.Join(badges, " "); got != test.badges {
				t.Errorf("%s has the badges %q, want %q", test.user.Name, got, test.badges)
			}
			if page.doc().Find(".person .crown").Length() != test.crown || page.text("h1") != test.user.Name {
				t.Errorf("the head of %s is wrong", test.user.Name)
			}
			if current := page.text(".tabs [aria-current=page]"); current != tab.label {
				t.Errorf("%s is current, want %s", current, tab.label)
			}
			if !page.leadsTo("/admin/users") {
				t.Error("there is no way back to the users")
			}
		}
	}
	b.get("/admin/users/4711").want(http.StatusNotFound)
	b.get("/admin/users/elsa").want(http.StatusNotFound)
}

func TestOwnerIsLeftAlone(t *testing.T) {
	h := newHousehold(t)
	h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	for _, under := range []string{"", "/access", "/sign-in"} {
		page := b.get(about(h.owner, under)).want(http.StatusOK)
		if page.doc().Find("main form, main input").Length() > 0 {
			t.Errorf("%s has a form", under)
		}
		page.says("Mara is the owner")
	}
	b.get(about(h.owner, "")).says("Nobody else can change the owner’s profile.")
	b.get(about(h.owner, "/picture")).want(http.StatusForbidden)
	b.get(about(h.owner, "/ownership")).want(http.StatusForbidden)
	form := url.Values{"name": {"Mallory"}, "all_libraries": {"on"}, "local_access": {"on"}, "password": {goodPassword}}
	before := h.user(h.owner.ID)
	for _, under := range []string{"", "/access", "/sign-in", "/reset-link", "/picture", "/picture/remove", "/ownership"} {
		b.post(about(h.owner, under), form).want(http.StatusForbidden)
	}
	if after := h.user(h.owner.ID); after.Name != before.Name || after.LocalAccess {
		t.Errorf("the owner is %+v now", after)
	}
	// The owner sees their own pages as anyone's, but has no limits to set.
	own := h.signedIn("Mara", away)
	own.get(about(h.owner, "/access")).says("Mara is the owner, and the owner may watch everything")
	own.post(about(h.owner, "/access"), url.Values{}).want(http.StatusForbidden)
}

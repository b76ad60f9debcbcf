package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// sections are the headings of the lists on a page with the numbers beside them.
func (a answer) sections() []string {
	a.t.Helper()
	var sections []string
	for _, header := range a.want(http.StatusOK).doc().Find(".section > header").EachIter() {
		sections = append(sections, header.Find("h2").Text()+" "+header.Find(".badge").First().Text())
	}
	return sections
}

func (a answer) wantSections(want ...string) answer {
	a.t.Helper()
	if got := a.sections(); !slices.Equal(got, want) {
		a.t.Errorf("the page has %q, want %q", got, want)
	}
	return a
}

// invitee is somebody who was invited a day ago, for a week.
func invitee(name string) store.Person {
	p := person(name, "")
	p.Kind, p.PasswordHash = store.KindInvited, ""
	if strings.Contains(name, "@") {
		p.Email = name
	}
	p.CreatedAt = time.Now().Add(-store.Day)
	p.Invitation = store.Invitation{Life: 7 * store.Day, ExpiresAt: p.CreatedAt.Add(7 * store.Day), Inviter: "Mara"}
	return p
}

// registered is somebody who waits for approval.
func registered(name string) store.Person {
	p := person(name, "")
	p.Kind = store.KindWaiting
	return p
}

// The Users page tells of every kind of people that there is, and a search or a
// filter of all that it is about.
func TestUsersPageShowsEveryKind(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.get("/admin/users").wantSections("Local users 1")
	h.settle(person("Tove Anders", ""), visitor("Tom Becker", "tom@example.com"), visitor("Anders Berg", ""), invitee("tom.invited@example.org"), registered("Tomas"))
	page := b.get("/admin/users").wantSections("Local users 2", "Guests 2", "Pending invitations 1", "Waiting for approval 1")
	page.says("Two people live here, two visit, one is invited, one waits for approval.")
	b.get("/admin/users?q=tom").wantSections("Guests 1", "Pending invitations 1", "Waiting for approval 1").says("Three people found")
	b.get("/admin/users?q=anders").wantSections("Local users 1", "Guests 1").lists("Tove Anders", "Anders Berg")
	b.get("/admin/users?q=nobody").wantSections("Local users 0").says("Nobody found")
	b.get("/admin/users?filter=disabled").wantSections("Local users 0").says("Nobody is disabled.")
	b.get("/admin/users?filter=administrators").wantSections("Local users 1")
	disabled := visitor("Zoe", "")
	disabled.Disabled = true
	h.settle(disabled)
	b.get("/admin/users?filter=disabled").wantSections("Guests 1").lists("Zoe")
	if to := page.links(".head a")["Invite"]; to != "/admin/guests/invite" {
		t.Errorf("the way to invite is %q", to)
	}
}

// Of guests and invitations the first few stand on the Users page, with the way
// to all.
func TestUsersPageShowsTheFirstOfOthers(t *testing.T) {
	h := newHousehold(t)
	var people []store.Person
	for i := range 12 {
		people = append(people, visitor(fmt.Sprintf("Guest %02d", i), ""), invitee(fmt.Sprintf("invited%02d@example.org", i)))
	}
	h.settle(people...)
	b := h.signedIn("Mara", away)
	page := b.get("/admin/users").wantSections("Local users 1", "Guests 12", "Pending invitations 12")
	if n := len(page.listed()); n != 1+8+8 {
		t.Errorf("%d rows are on the page", n)
	}
	ways := page.links(".all-of a")
	if ways["All 12 guests"] != "/admin/guests" || ways["All 12 invitations"] != "/admin/invitations" {
		t.Errorf("the ways to all are %v", ways)
	}
	found := b.get("/admin/users?q=guest&sort=newest").links(".all-of a")
	if found["All 12 guests found"] != "/admin/guests?q=guest&sort=newest" {
		t.Errorf("the way to all that are found is %v", found)
	}
	b.get("/admin/guests?q=guest&sort=newest").says("Twelve guests found")
}

// A page that is full of local users says only how many others there are, so
// that it stays small.
func TestFullUsersPageCountsOthers(t *testing.T) {
	h := newHousehold(t)
	var people []store.Person
	for i := range 60 {
		people = append(people, person(fmt.Sprintf("Person %02d", i), ""))
	}
	h.settle(append(people, visitor("Tom Becker", ""), visitor("Person of Interest", ""), invitee("sam@example.com"), registered("Person who waits"))...)
	b := h.signedIn("Mara", away)
	page := b.get("/admin/users").wantSections("Local users 61", "Guests 2", "Pending invitations 1", "Waiting for approval 1")
	if n := len(page.listed()); n != store.PageSize {
		t.Errorf("%d rows are on a page of %d", n, store.PageSize)
	}
	ways := page.links("#list a")
	if ways["All 2 guests"] != "/admin/guests" || ways["The invitation"] != "/admin/invitations" || ways["The one who waits"] != "/admin/users/waiting" {
		t.Errorf("the ways to the others are %v", ways)
	}
	b.get("/admin/users?q=person").wantSections("Local users 60", "Guests 1", "Waiting for approval 1")
}

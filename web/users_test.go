package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// settle adds people as they are given, in one go.
func (h *house) settle(people ...store.Person) {
	h.t.Helper()
	if _, err := h.store.AddHousehold(context.Background(), store.Household{People: people}); err != nil {
		h.t.Fatal(err)
	}
}

// person has a password, and may watch everything.
func person(name, email string) store.Person {
	return store.Person{NewUser: store.NewUser{Name: name, Email: email, PasswordHash: "$argon2id$x", Access: store.FullAccess()}, CreatedAt: time.Now()}
}

// listed are the names of the users on a page, from the top.
func (a answer) listed() []string {
	a.t.Helper()
	names := []string{}
	for _, name := range a.doc().Find(".row .name a").EachIter() {
		names = append(names, name.Text())
	}
	return names
}

// lists fails the test unless the page lists these users in this order.
func (a answer) lists(names ...string) answer {
	a.t.Helper()
	if got := a.want(http.StatusOK).listed(); !slices.Equal(got, names) {
		a.t.Errorf("the page lists %q, want %q", got, names)
	}
	return a
}

// links are the addresses of what the selector finds, by their text or label.
func (a answer) links(selector string) map[string]string {
	a.t.Helper()
	links := map[string]string{}
	for _, link := range a.doc().Find(selector).EachIter() {
		links[link.AttrOr("aria-label", strings.TrimSpace(link.Text()))] = link.AttrOr("href", "")
	}
	return links
}

func userPath(u store.User, under string) string {
	return fmt.Sprintf("/admin/users/%d%s", u.ID, under)
}

func TestUsersOfTheOwnerAlone(t *testing.T) {
	h := newHousehold(t)
	answer := h.signedIn("Mara", away).get("/admin/users").lists("Mara").says("One person lives here.").says("Nobody else yet")
	if answer.doc().Find(`.row .crown`).Length() != 1 {
		t.Error("the owner wears no crown")
	}
	if to := answer.links(".section > header a")["New user"]; to != "/admin/users/new" {
		t.Errorf("the + button leads to %q", to)
	}
}

func TestUsersSearch(t *testing.T) {
	h := newHousehold(t)
	h.settle(
		person("Åsa Lindgren", "asa@example.org"), person("Jean-Luc Müller", "capt@enterprise.example"),
		person("Élodie d’Arc", ""), person("Asaf", "lind@example.net"), person("Łukasz", "STRASSE@example.org"), person("李 小龍", ""),
	)
	b := h.signedIn("Mara", away)
	for search, want := range map[string][]string{
		"asa":          {"Asaf", "Åsa Lindgren"},
		"ÅSA":          {"Asaf", "Åsa Lindgren"},
		"lind":         {"Asaf", "Åsa Lindgren"},
		"asa lindg":    {"Åsa Lindgren"},
		"lindg  asa":   {"Åsa Lindgren"},
		"luc":          {"Jean-Luc Müller"},
		"mull":         {"Jean-Luc Müller"},
		"Mu\u0308ll":   {"Jean-Luc Müller"},
		"enter":        {"Jean-Luc Müller"},
		"capt@enter":   {"Jean-Luc Müller"},
		"elo":          {"Élodie d’Arc"},
		"straße":       {"Łukasz"},
		"小":            {"李 小龍"},
		"indgren":      {},
		"asa mull":     {},
		"%":            {},
		`" OR 1=1 --`:  {},
		"<script>":     {},
		"a\x00b\xff":   {},
		"  ":           {"Asaf", "Åsa Lindgren", "Élodie d’Arc", "Jean-Luc Müller", "Łukasz", "Mara", "李 小龍"},
		"capt example": {"Jean-Luc Müller"},
	} {
		t.Run(search, func(t *testing.T) {
			answer := b.get("/admin/users?" + url.Values{"q": {search}}.Encode())
			answer.t = t
			got := answer.want(http.StatusOK).listed()
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
	empty := b.get("/admin/users?q=elx&filter=restricted&sort=seen").want(http.StatusOK)
	empty.says("Nobody’s name or e-mail has a word that begins with “elx”. Only those who are restricted were looked through.")
	links := empty.links(".empty a")
	if links["Clear the search"] != "/admin/users?filter=restricted&sort=seen" || links["Look through everyone"] != "/admin/users?q=elx&sort=seen" {
		t.Errorf("the ways to widen the search are %v", links)
	}
}

func TestLongSearchIsCut(t *testing.T) {
	h := newHousehold(t)
	answer := h.signedIn("Mara", away).get("/admin/users?q=" + strings.Repeat("%C3%A5", 40_000)).want(http.StatusOK)
	if len(answer.Body) > 60<<10 {
		t.Errorf("a long search makes a page of %d bytes", len(answer.Body))
	}
}

func TestUsersFiltersAndSorts(t *testing.T) {
	h := newHousehold(t)
	now := time.Now()
	people := []store.Person{person("Adam", ""), person("Bea", ""), person("Carl", ""), person("Dora", ""), person("Emil", "")}
	people[0].Administrator = true
	people[1].Access.AllLibraries = false
	people[2].Disabled, people[2].EndsAt = true, now.Add(time.Hour)
	people[3].PasswordHash = ""
	people[4].Access.AllChannels = false
	for i := range people {
		people[i].CreatedAt = now.Add(-time.Duration(i+1) * time.Hour)
		people[i].LastSeenAt = now.Add(-time.Duration((i*2)%5+1) * 24 * time.Hour)
	}
	h.settle(people...)
	b := h.signedIn("Mara", away)
	for query, want := range map[string][]string{
		"":                               {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"filter=administrators":          {"Adam", "Mara"},
		"filter=restricted":              {"Bea", "Carl", "Emil"},
		"filter=disabled":                {"Carl"},
		"filter=no-password":             {"Dora"},
		"filter=made-up&sort=made-up":    {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"sort=name":                      {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"sort=newest":                    {"Mara", "Adam", "Bea", "Carl", "Dora", "Emil"},
		"sort=seen":                      {"Mara", "Adam", "Dora", "Bea", "Emil", "Carl"},
		"sort=newest&filter=restricted":  {"Bea", "Carl", "Emil"},
		"q=e&sort=seen":                  {"Emil"},
		"q=a&filter=administrators":      {"Adam"},
		"page=0":                         {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"page=-7":                        {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"page=99999999999999999999&sort": {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
		"page=2":                         {"Adam", "Bea", "Carl", "Dora", "Emil", "Mara"},
	} {
		t.Run(query, func(t *testing.T) {
			answer := b.get("/admin/users?" + query)
			answer.t = t
			answer.lists(want...)
		})
	}
	filters := b.get("/admin/users?q=a&filter=restricted&sort=seen").links(".segments a")
	if filters["Everyone"] != "/admin/users?q=a&sort=seen" || filters["Disabled"] != "/admin/users?q=a&filter=disabled&sort=seen" {
		t.Errorf("the filters lead to %v", filters)
	}
}

func TestUsersFormAsksAgainForTheSameList(t *testing.T) {
	h := newHousehold(t)
	doc := h.signedIn("Mara", away).get("/admin/users?q=mar&filter=administrators&sort=seen").doc()
	form := doc.Find("form[data-live]")
	if form.AttrOr("action", "") != "/admin/users" || form.AttrOr("method", "get") != "get" {
		t.Error("the search does not ask for the list")
	}
	got := map[string]string{
		"q":      form.Find("input[name=q]").AttrOr("value", ""),
		"filter": form.Find("input[name=filter]").AttrOr("value", ""),
		"sort":   form.Find("select[name=sort] option[selected]").AttrOr("value", ""),
	}
	if fmt.Sprint(got) != fmt.Sprint(map[string]string{"q": "mar", "filter": "administrators", "sort": "seen"}) {
		t.Errorf("the form holds %v", got)
	}
	if doc.Find("[data-live-region] input[name=q]").Length() != 0 {
		t.Error("the field in which one types is swapped while typing")
	}
	for _, region := range doc.Find("[data-live-region]").EachIter() {
		if region.AttrOr("id", "") == "" {
			t.Error("a region that is swapped has no id")
		}
	}
}

func TestThousandUsers(t *testing.T) {
	h := newHousehold(t)
	people := make([]store.Person, 1000)
	for i := range people {
		people[i] = person(fmt.Sprintf("Person %04d", i), fmt.Sprintf("p%d@example.org", i))
		people[i].Disabled = i%4 == 0
	}
	h.settle(people...)
	b := h.signedIn("Mara", away)
	var all []string
	for number := 1; number <= 21; number++ {
		answer := b.get("/admin/users?page=" + strconv.Itoa(number)).want(http.StatusOK)
		if len(answer.Body) > 60<<10 {
			t.Errorf("page %d has %d bytes", number, len(answer.Body))
		}
		all = append(all, answer.listed()...)
	}
	if len(all) != 1001 || !slices.IsSorted(all) || len(slices.Compact(all)) != 1001 {
		t.Errorf("21 pages list %d users, sorted %v", len(all), slices.IsSorted(all))
	}
	first := b.get("/admin/users").says("1,001 people live here.").says("Page 1 of 21")
	if next := first.links(".pager a")["Next page"]; next != "/admin/users?page=2" {
		t.Errorf("the next page is %q", next)
	}
	b.get("/admin/users?page=4000").says("Page 21 of 21").lists("Person 0999")
	searched := b.get("/admin/users?q=per+p&filter=disabled&sort=newest&page=2").says("Page 2 of 5")
	if previous := searched.links(".pager a")["Previous page"]; previous != "/admin/users?q=per+p&filter=disabled&sort=newest" {
		t.Errorf("the page before is %q", previous)
	}
	if back := searched.doc().Find("#users input[name=back]").AttrOr("value", ""); back != "/admin/users?q=per+p&filter=disabled&sort=newest&page=2" {
		t.Errorf("the way back is %q", back)
	}
	b.get("/admin/users?q=person+0777").lists("Person 0777")
}

func TestDisableAndEnableFromTheList(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	hers := h.signedIn("Elsa", away)
	b := h.signedIn("Mara", away)
	const back = "/admin/users?q=els&page=1"
	answer := b.post(userPath(elsa, "/disable"), url.Values{"back": {back}}).want(http.StatusSeeOther)
	if answer.Location != back {
		t.Errorf("back at %q", answer.Location)
	}
	b.get(answer.Location).says("Elsa is disabled, and signed out everywhere.")
	hers.get("/").want(http.StatusSeeOther)
	b.follow(userPath(elsa, "/enable"), nil).says("Elsa may sign in again.")
	if h.user(elsa.ID).Disabled {
		t.Error("Elsa is still disabled")
	}
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/sign-out", "", "javascript:alert(1)"} {
		if to := b.post(userPath(elsa, "/enable"), url.Values{"back": {elsewhere}}).want(http.StatusSeeOther).Location; to != "/admin/users" {
			t.Errorf("back=%q leads to %q", elsewhere, to)
		}
	}
}

func TestDeleteFromTheList(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	hers := h.signedIn("Elsa", away)
	b := h.signedIn("Mara", away)
	b.header.Set("Referer", "http://usher.example/admin/users?q=els")
	question := b.get(userPath(elsa, "/delete")).want(http.StatusOK).says("Delete Elsa?").says("every device is signed out").says("The name stays in Activity")
	form := question.doc().Find("form[data-dialog-body]")
	if form.AttrOr("action", "") != userPath(elsa, "/delete") || form.Find("a[data-cancel]").AttrOr("href", "") != "/admin/users?q=els" {
		t.Error("the question leads elsewhere")
	}
	sent := url.Values{}
	for _, field := range form.Find("input").EachIter() {
		sent.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	h.user(elsa.ID)
	answer := b.post(userPath(elsa, "/delete"), sent).want(http.StatusSeeOther)
	if answer.Location != "/admin/users?q=els" {
		t.Errorf("back at %q", answer.Location)
	}
	b.get(answer.Location).says("Elsa is deleted.").lists()
	b.get(userPath(elsa, "/delete")).want(http.StatusNotFound)
	b.post(userPath(elsa, "/delete"), nil).want(http.StatusNotFound)
	hers.get("/").want(http.StatusSeeOther)
	h.browser(away).post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusUnprocessableEntity)
}

func TestDeleteFromThePageOfTheUserLeadsToTheList(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	b := h.signedIn("Mara", away)
	b.header.Set("Referer", "http://usher.example"+userPath(elsa, ""))
	back := b.get(userPath(elsa, "/delete")).doc().Find("input[name=back]").AttrOr("value", "")
	if back != userPath(elsa, "") {
		t.Errorf("cancelling leads to %q", back)
	}
	if to := b.post(userPath(elsa, "/delete"), url.Values{"back": {back}}).want(http.StatusSeeOther).Location; to != "/admin/users" {
		t.Errorf("back at %q, which is gone", to)
	}
	nils := h.add("Nils", "")
	b.header.Set("Referer", "https://evil.example/admin/users?q=evil")
	if cancel := b.get(userPath(nils, "/delete")).doc().Find("a[data-cancel]").AttrOr("href", ""); cancel != "/admin/users" {
		t.Errorf("a link from elsewhere leads back to %q", cancel)
	}
}

func TestOwnerAndOneselfAreNotDisabledOrDeleted(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	for _, viewer := range []string{"Mara", "Jonas"} {
		b := h.signedIn(viewer, away)
		for _, u := range []store.User{h.owner, jonas} {
			if viewer == "Mara" && u.ID == jonas.ID {
				continue
			}
			for _, action := range []string{"/disable", "/enable", "/delete"} {
				b.post(userPath(u, action), nil).want(http.StatusForbidden)
			}
			b.get(userPath(u, "/delete")).want(http.StatusForbidden)
			if b.get("/admin/users").doc().Find(`[href="`+userPath(u, "/delete")+`"], [formaction^="`+userPath(u, "/")+`"]`).Length() != 0 {
				t.Errorf("%s is offered to disable or delete %s", viewer, u.Name)
			}
		}
	}
	if h.user(h.owner.ID).Disabled || h.user(jonas.ID).Disabled {
		t.Error("somebody is disabled")
	}
}

package views_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"usher/store"
	"usher/views"
	"usher/views/ui"
)

var noon = time.Date(2026, time.March, 4, 12, 0, 0, 0, time.UTC)

var (
	mara  = store.User{Kind: store.KindLocal, ID: 1, Name: "Mara Lindqvist", Email: "mara@lindqvist.example", Role: store.RoleOwner, HasPassword: true, Access: store.FullAccess(), LastSeenAt: noon}
	jonas = store.User{Kind: store.KindLocal, ID: 2, Name: "Jonas", Email: "jonas@lindqvist.example", Role: store.RoleAdministrator, HasPassword: true, Access: store.FullAccess(), LastSeenAt: noon.Add(-4 * time.Hour)}
	elsa  = store.User{Kind: store.KindLocal, ID: 3, Name: "Elsa", Role: store.RoleUser, HasPassword: true, Access: store.Access{Libraries: []int64{3, 1, 2}, AllChannels: true}}
	nils  = store.User{Kind: store.KindLocal, ID: 4, Name: "Nils", Role: store.RoleUser, Access: store.Access{Libraries: []int64{1, 2, 3, 4}, Channels: []int64{1}}, EndsAt: time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)}
	oskar = store.User{Kind: store.KindLocal, ID: 5, Name: "Oskar", Email: "oskar@example.org", Role: store.RoleUser, HasPassword: true, Disabled: true, EndsAt: noon}
)

func asActor(u store.User) store.Actor { return store.Actor{ID: u.ID, Name: u.Name, Role: u.Role} }

// usersPage is the page as viewer sees it with the users on it.
func usersPage(viewer store.User, users ...store.User) views.UsersPage {
	return views.UsersPage{
		Layout: ui.Layout{Title: "Users", ServerName: "Home", Section: "users", Admin: true, Counts: ui.Counts{Users: len(users)}},
		PeopleList: views.PeopleList{
			Actor: asActor(viewer),
			Found: store.UserPage{Users: users, Total: len(users), Page: 1, Pages: 1},
			Libraries: []store.Library{
				{ID: 1, Name: "Films"}, {ID: 2, Name: "Series"}, {ID: 3, Name: "Music"}, {ID: 4, Name: "Photos"}, {ID: 5, Name: "Cartoons"},
			},
			Channels: []store.Channel{{ID: 1, Name: "News"}, {ID: 2, Name: "Radio"}},
			Now:      noon,
		},
	}
}

func render(t testing.TB, component templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := component.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func document(t testing.TB, component templ.Component) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, component)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// said is the text of a selection with single spaces.
func said(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// rowOf is the row of the user with this id.
func rowOf(doc *goquery.Document, id int64) *goquery.Selection {
	return doc.Find(fmt.Sprintf(`.row:has(.pick[value="%d"])`, id))
}

func TestUserRowsSayWhoIsWho(t *testing.T) {
	doc := document(t, views.Users(usersPage(mara, mara, jonas, elsa, nils, oskar)))
	for _, test := range []struct {
		user                               store.User
		name, email, watches, limits, seen string
	}{
		{mara, "Mara LindqvistOwner", "mara@lindqvist.example", "All libraries, all channels", "No restrictions", "Active now"},
		{jonas, "JonasAdministrator", "jonas@lindqvist.example", "All libraries, all channels", "No restrictions", "Today, 08:00"},
		{elsa, "Elsa", "No e-mail", "Films, Series, Music · all channels", "No restrictions", "Never"},
		{nils, "NilsNo password: home only", "No e-mail", "4 of 5 libraries · News", "Until 31 December 2026", "Never"},
		{oskar, "OskarDisabledEnded", "oskar@example.org", "No libraries · no channels", "Until 4 March 2026", "Never"},
	} {
		row := rowOf(doc, test.user.ID)
		for what, got := range map[string][2]string{
			"name":      {said(row.Find(".name")), test.name},
			"e-mail":    {said(row.Find(".muted.clip").First()), test.email},
			"watches":   {said(row.Find(".small > .clip").First()), test.watches},
			"limits":    {said(row.Find(".small > .clip").Last()), test.limits},
			"last seen": {said(row.ChildrenFiltered(".small.muted")), test.seen},
		} {
			if got[0] != got[1] {
				t.Errorf("%s, %s: %q, want %q", test.user.Name, what, got[0], got[1])
			}
		}
		if row.Find(".avatar").Length() != 1 {
			t.Errorf("%s has no face", test.user.Name)
		}
	}
	if ticks := doc.Find(".pick:disabled"); ticks.Length() != 1 || ticks.AttrOr("aria-label", "") != "Select Mara Lindqvist" {
		t.Errorf("%d ticks are closed, want that of the owner alone, for whom nothing can be done with several", ticks.Length())
	}
	if doc.Find(".crown").Length() != 1 || rowOf(doc, mara.ID).Find(".crown").Length() != 1 {
		t.Error("the crown is not the owner's alone")
	}
	if head := said(doc.Find(".head p")); head != "Five people live here." {
		t.Errorf("head says %q", head)
	}
	if badge := said(doc.Find(".section > header .badge")); badge != "5" {
		t.Errorf("badge says %q", badge)
	}
}

func TestUserMenusOfferWhatIsAllowed(t *testing.T) {
	all := "Edit profile|Library access|Password and sign-in|Configure password|Disable|Delete…"
	for _, test := range []struct {
		viewer, user store.User
		want         string
	}{
		{mara, elsa, all},
		{mara, jonas, all},
		{mara, mara, "Edit profile|Password and sign-in|Configure password"},
		{mara, oskar, strings.Replace(all, "Disable", "Enable", 1)},
		{jonas, elsa, all},
		{jonas, jonas, "Edit profile|Library access|Password and sign-in|Configure password"},
		{jonas, mara, ""},
	} {
		row := rowOf(document(t, views.Users(usersPage(test.viewer, test.user))), test.user.ID)
		var offered []string
		row.Find("[popover]").Find("a, button").Each(func(_ int, item *goquery.Selection) { offered = append(offered, item.Text()) })
		if got := strings.Join(offered, "|"); got != test.want {
			t.Errorf("%s about %s: %q, want %q", test.viewer.Name, test.user.Name, got, test.want)
		}
		if target, _ := row.Find("[popovertarget]").Attr("popovertarget"); test.want != "" && row.Find("[popover]#"+target).Length() != 1 {
			t.Errorf("%s about %s: the button opens %q, which is not the menu", test.viewer.Name, test.user.Name, target)
		}
	}
}

// TestTicksAreForThoseWhomAllCanBeDoneTo leaves out the owner and whoever looks,
// so that "Select all" is never refused.
func TestTicksAreForThoseWhomAllCanBeDoneTo(t *testing.T) {
	doc := document(t, views.Users(usersPage(jonas, mara, jonas, elsa)))
	for user, closed := range map[int64]bool{mara.ID: true, jonas.ID: true, elsa.ID: false} {
		if got := rowOf(doc, user).Find(".pick:disabled").Length() == 1; got != closed {
			t.Errorf("the tick of user %d is closed: %v, want %v", user, got, closed)
		}
	}
}

func TestUserRowsEscape(t *testing.T) {
	u := elsa
	u.Name, u.Email, u.Picture = hostile, hostile, hostile
	p := usersPage(mara, u)
	p.Query.Search = hostile
	p.Libraries[0].Name, p.Layout.ServerName = hostile, hostile
	doc := document(t, views.Users(p))
	if n := doc.Find("script").Length(); n != 1 {
		t.Fatalf("%d scripts on the page, want only Usher's own", n)
	}
	row := rowOf(doc, u.ID)
	if got := row.Find(".name a").Text(); got != hostile {
		t.Errorf("the name reads %q", got)
	}
	if got, _ := row.Find(".pick").Attr("aria-label"); got != "Select "+hostile {
		t.Errorf("the tick's label reads %q", got)
	}
	if got := row.Find(".small > .clip").First().Text(); got != hostile+", Series, Music · all channels" {
		t.Errorf("the libraries read %q", got)
	}
	if back, _ := doc.Find(`input[name=back]`).Attr("value"); !strings.HasPrefix(back, "/admin/users?q=") {
		t.Errorf("the way back is %q", back)
	}
}

func TestEmptyListSaysWhatWasLookedFor(t *testing.T) {
	for _, test := range []struct {
		query store.UserQuery
		want  string
		links map[string]string
	}{
		{store.UserQuery{Search: "elx"}, "Nobody’s name or e-mail has a word that begins with “elx”.", map[string]string{"Clear the search": "/admin/users"}},
		{
			store.UserQuery{Search: "ann b", Filter: store.FilterDisabled, Sort: store.SortSeen},
			"Nobody’s name or e-mail has words that begin with “ann” and “b”. Only those who are disabled were looked through.",
			map[string]string{"Clear the search": "/admin/users?filter=disabled&sort=seen", "Look through everyone": "/admin/users?q=ann+b&sort=seen"},
		},
		{store.UserQuery{Filter: store.FilterDisabled}, "Nobody is disabled.", map[string]string{"Show everyone": "/admin/users"}},
	} {
		p := usersPage(mara)
		p.Query = test.query
		empty := document(t, views.Users(p)).Find(".empty")
		if got := said(empty.Find("p")); got != test.want {
			t.Errorf("%+v: %q, want %q", test.query, got, test.want)
		}
		links := map[string]string{}
		empty.Find("a").Each(func(_ int, a *goquery.Selection) { links[said(a)], _ = a.Attr("href") })
		if fmt.Sprint(links) != fmt.Sprint(test.links) {
			t.Errorf("%+v: links %v, want %v", test.query, links, test.links)
		}
	}
}

func TestOwnerAloneIsInvitedToAddPeople(t *testing.T) {
	if got, _ := document(t, views.Users(usersPage(mara, mara))).Find(".empty a").Attr("href"); got != "/admin/users/new" {
		t.Errorf("the invitation leads to %q", got)
	}
	if document(t, views.Users(usersPage(mara, mara, elsa))).Find(".empty").Length() != 0 {
		t.Error("two people are invited to add people")
	}
}

func TestPeople(t *testing.T) {
	for want, n := range map[string]int{"Mara Lindqvist": 1, "Mara Lindqvist and Jonas": 2, "Mara Lindqvist, Jonas and Elsa": 3, "Mara Lindqvist, Jonas, Elsa and one other": 4, "Mara Lindqvist, Jonas, Elsa and two others": 5} {
		if got := views.People([]store.User{mara, jonas, elsa, nils, oskar}[:n], 3); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// fullPage is a page as a large household has it: 50 of 10,000.
func fullPage() views.UsersPage {
	kinds := []store.User{elsa, nils, oskar, jonas}
	users := make([]store.User, store.PageSize)
	for i := range users {
		u := kinds[i%len(kinds)]
		u.ID = int64(9000 + i)
		u.Name = fmt.Sprintf("Katarina Sundström %d", i)
		u.Email = fmt.Sprintf("katarina.sundstrom%d@example.org", i)
		u.LastSeenAt = noon.Add(-time.Duration(i) * 7 * time.Hour)
		if i%2 == 0 {
			u.Picture = "0123456789abcdef"
		}
		if i%4 == 0 {
			u.Restrictions = store.Presets()[0].Set(store.Restrictions{HideLabels: []string{"scary"}, NoDownloads: true})
		}
		users[i] = u
	}
	p := usersPage(mara, users...)
	p.Query = store.UserQuery{Search: "katarina", Page: 3}
	p.Found.Total, p.Found.Page, p.Found.Pages = 10_000, 3, 200
	p.Layout.Counts.Users = 10_000
	return p
}

// maxUsersPage is how many bytes a page of 50 rows may have.
const maxUsersPage = 62 << 10

func TestFullUsersPageIsSmall(t *testing.T) {
	if size := len(render(t, views.Users(fullPage()))); size > maxUsersPage {
		t.Errorf("a page of 50 rows has %d bytes, more than %d", size, maxUsersPage)
	}
}

func BenchmarkUsersPage(b *testing.B) {
	page := fullPage()
	size := len(render(b, views.Users(page)))
	b.ReportAllocs()
	for b.Loop() {
		if err := views.Users(page).Render(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes/page")
}

package views_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/store"
	"usher/views"
	"usher/views/ui"
)

var (
	priya = store.User{Kind: store.KindGuest, ID: 21, Name: "Priya Raman", Email: "priya@example.net", Role: store.RoleUser, Linked: true, Access: store.Access{Libraries: []int64{1, 2}}, LastSeenAt: noon.Add(-time.Hour)}
	tom   = store.User{Kind: store.KindGuest, ID: 22, Name: "Tom Becker", Role: store.RoleUser, HasPassword: true, PasswordAt: noon, Disabled: true, EndsAt: noon, Access: store.FullAccess()}
	sofa  = store.User{Kind: store.KindGuestAccount, ID: 23, Name: "Living room", Role: store.RoleUser}
)

// guestsPage is the list of guests as viewer sees it.
func guestsPage(viewer store.User, users ...store.User) views.GuestsPage {
	p := views.GuestsPage{Layout: ui.Layout{Title: "Guests", ServerName: "Home", Section: "guests", Admin: true}, PeopleList: usersPage(viewer, users...).PeopleList}
	p.Query.List, p.Layout.Counts.Guests = store.ListGuests, len(users)
	return p
}

func TestGuestRowsSayWhoIsWho(t *testing.T) {
	doc := document(t, views.Guests(guestsPage(mara, priya, tom)))
	for id, want := range map[int64][]string{
		priya.ID: {"Priya Raman", "priya@example.net", "Films, Series · no channels", "Today, 11:00"},
		tom.ID:   {"Tom Becker", "Disabled", "Ended", "No e-mail", "Until 4 March 2026", "Never"},
	} {
		row := rowOf(doc, id)
		for _, words := range want {
			if !strings.Contains(said(row), words) {
				t.Errorf("the row does not say %q: %s", words, said(row))
			}
		}
		if row.Find(".name .cloud").Length() != 1 || row.Find(".badge.warn").Length() != 0 {
			t.Errorf("%d has no cloud, or is said to be home only", id)
		}
	}
	if said(doc.Find(".head p")) != "Two people visit. Each signs in with an account that nobody else controls." {
		t.Errorf("the head says %q", said(doc.Find(".head p")))
	}
}

func TestGuestAccountRow(t *testing.T) {
	row := rowOf(document(t, views.Users(usersPage(mara, mara, sofa))), sofa.ID)
	if name := said(row.Find(".name")); name != "Living roomGuest account" {
		t.Errorf("the name reads %q", name)
	}
	if email := said(row.Find(".muted.clip").First()); email != "Signs in at home only" {
		t.Errorf("in place of the e-mail stands %q", email)
	}
}

// Nothing about a password is offered for guests and the guest account, to
// nobody.
func TestMenusOfGuests(t *testing.T) {
	for _, viewer := range []store.User{mara, jonas} {
		for _, u := range []store.User{priya, sofa} {
			var offered []string
			rowOf(document(t, views.Guests(guestsPage(viewer, u))), u.ID).Find("[popover]").Find("a, button").Each(func(_ int, item *goquery.Selection) {
				offered = append(offered, item.Text())
			})
			if got := strings.Join(offered, "|"); got != "Edit profile|Library access|Disable|Delete…" {
				t.Errorf("%s about %s: %q", viewer.Name, u.Name, got)
			}
		}
	}
}

func TestGuestsEscape(t *testing.T) {
	u := priya
	u.Name, u.Email, u.Note = hostile, hostile, hostile
	p := guestsPage(mara, u)
	p.Query.Search = hostile
	person := views.Person{User: u, Now: noon}
	for about, page := range map[string]*goquery.Document{
		"list":    document(t, views.Guests(p)),
		"profile": document(t, views.Profile(views.ProfilePage{Person: person, Actor: asActor(mara), Name: hostile, Email: hostile})),
		"sign-in": document(t, views.SignInRules(views.SignInRulesPage{Person: person, Actor: asActor(mara)})),
	} {
		if n := page.Find("script").Length(); n != 1 {
			t.Errorf("%s: %d scripts on the page, want only Usher's own", about, n)
		}
		if !strings.Contains(page.Find("main").Text(), hostile) {
			t.Errorf("%s: the name is not on the page", about)
		}
	}
}

func TestSignInTabSaysWhyItIsFixed(t *testing.T) {
	withPassword := tom
	for about, test := range map[string]struct {
		user store.User
		says []string
	}{
		"a guest with a password":   {withPassword, []string{"Set just now. Only Tom Becker can change it.", "no administrator can set, see or reset", "Forgot your password?", "send a new invitation"}},
		"a guest through Connect":   {priya, []string{"has no password here, and signs in through Connect", "no administrator can set, see or reset", "send a new invitation"}},
		"the guest account":         {sofa, []string{"There is none, and there will not be one.", "no password, no PIN and no e-mail address", "disable it on the Profile tab"}},
		"the owner, seen by others": {mara, []string{"is the owner of this server"}},
	} {
		doc := document(t, views.SignInRules(views.SignInRulesPage{Person: views.Person{User: test.user, Now: noon}, Actor: asActor(jonas)}))
		for _, words := range test.says {
			if !strings.Contains(said(doc.Find("main")), words) {
				t.Errorf("%s: the page does not say %q:\n%s", about, words, said(doc.Find("main")))
			}
		}
		if doc.Find("main form").Not(":has([name=hidden])").Length() != 0 { // who shows on the sign-in page is another matter
			t.Errorf("%s: something can be sent", about)
		}
	}
}

// The head counts whoever there is, and leaves out kinds that there are not.
func TestHeadCountsEveryKind(t *testing.T) {
	for want, counts := range map[string][4]int{
		"One person lives here.":                                                    {1, 0, 0, 0},
		"Seven people live here, three visit, two are invited.":                     {7, 3, 2, 0},
		"Two people live here, one visits, one is invited, one waits for approval.": {2, 1, 1, 1},
		"1,204 people live here, 37 visit, 20 are invited, two wait for approval.":  {1204, 37, 20, 2},
		"Two people live here, one waits for approval.":                             {2, 0, 0, 1},
	} {
		p := usersPage(mara, mara)
		p.Layout.Counts = ui.Counts{Users: counts[0], Guests: counts[1], Invitations: counts[2]}
		p.AllWaiting = counts[3]
		if got := said(document(t, views.Users(p)).Find(".head p")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A full page stays small where there are guests and invitations by the
// thousand: it tells only how many.
func TestFullUsersPageWithOthersIsSmall(t *testing.T) {
	p := fullPage()
	alone := len(render(t, views.Users(p)))
	p.Layout.Counts.Guests, p.Layout.Counts.Invitations, p.AllWaiting = 12_000, 900, 40
	p.Guests.Total, p.Invited.Total = 12_000, 900
	p.Waiting = views.WaitingList{Total: 40}
	const aRow = 1 << 10
	if more := len(render(t, views.Users(p))) - alone; more > 2*aRow {
		t.Errorf("others add %d bytes to a page of 50 rows, more than two rows would", more)
	}
}

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

const hostile = `"><script>alert(1)</script>'&`

// onlyOurScript fails the test if text of somebody's has become markup.
func onlyOurScript(t *testing.T, page string) {
	t.Helper()
	if n := strings.Count(page, "<script"); n != 1 || !strings.Contains(page, "alert(1)") {
		t.Errorf("%d scripts, and the text is there: %v", n, strings.Contains(page, "alert(1)"))
	}
}

func TestNewUserShowsWhatWasTyped(t *testing.T) {
	page := views.NewUserPage{
		Layout: ui.Layout{Title: "New user"}, Name: hostile, Email: hostile, FirstSignIn: views.FirstByPassword, Password: hostile,
		Choice: views.AccessChoice{
			Access:    store.Access{Libraries: []int64{2}, AllChannels: true},
			Libraries: []store.Library{{ID: 1, Name: "Films", Kind: store.KindFilms}, {ID: 2, Name: hostile, Kind: store.KindMusic}},
		},
		Problems: views.Problems{{Field: "name", Message: "No: " + hostile}, {Message: "Neither: " + hostile}},
	}
	onlyOurScript(t, render(t, views.NewUser(page)))
	doc := document(t, views.NewUser(page))
	for _, field := range []string{"name", "email", "password"} {
		if got := doc.Find("#"+field).AttrOr("value", ""); got != hostile {
			t.Errorf("%s holds %q", field, got)
		}
	}
	for selector, want := range map[string]int{
		"[name=all_libraries][checked]": 0, "[name=library][value='1'][checked]": 0, "[name=library][value='2'][checked]": 1,
		"[name=all_channels][checked]": 1, "[name=first_sign_in][checked]": 1, "[name=first_sign_in][value=password][checked]": 1,
		"#name[aria-invalid=true]": 1, "#email[aria-invalid]": 0, "#password[data-strength-about='name email']": 1,
	} {
		if got := doc.Find(selector).Length(); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}
	if help := said(doc.Find("#library-1-help")); help != "" {
		t.Errorf("films called Films are explained as %q", help)
	}
	if help := said(doc.Find("#library-2-help")); help != "Music" {
		t.Errorf("music called otherwise is explained as %q", help)
	}
	if first := doc.Find("main form button").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.AttrOr("type", "submit") == "submit" }).First(); said(first) != "Create user" {
		t.Errorf("Enter presses %q", said(first))
	}
}

func TestAccessWithNothingToChoose(t *testing.T) {
	doc := document(t, views.NewUser(views.NewUserPage{Choice: views.AccessChoice{Access: store.FullAccess()}}))
	if text := said(doc.Find("#libraries")); !strings.Contains(text, "There are no libraries yet.") {
		t.Errorf("without libraries the form says %q", text)
	}
}

func TestUserLinkIsShownOnce(t *testing.T) {
	page := views.UserLinkPage{
		UserID: 7, Name: hostile, Link: "http://box:8080/reset/abc", Ends: time.Date(2026, time.March, 5, 14, 5, 0, 0, time.UTC),
		Address: "http://box:8080", Again: "/admin/users/new", AgainLabel: "Add another",
	}
	onlyOurScript(t, render(t, views.UserLink(page)))
	page.Name = "Elsa"
	doc := document(t, views.UserLink(page))
	if got := doc.Find("input#link[readonly]").AttrOr("value", ""); got != page.Link {
		t.Errorf("the link is %q", got)
	}
	if doc.Find("[data-copy=link]").Length() != 1 {
		t.Error("nothing copies the link")
	}
	text := said(doc.Find("main"))
	for _, sentence := range []string{"A link for Elsa", "Elsa opens it to set a password", "until Thursday 5 March, 14:05", "begins with http://box:8080, the address you are using now"} {
		if !strings.Contains(text, sentence) {
			t.Errorf("the page does not say %q:\n%s", sentence, text)
		}
	}
	page.AddressConfigured, page.HasPassword = true, true
	text = said(document(t, views.UserLink(page)).Find("main"))
	if strings.Contains(text, "you are using now") || !strings.Contains(text, "set a new password") {
		t.Errorf("with the server's own address the page says:\n%s", text)
	}
}

func TestQuestionsAboutUsers(t *testing.T) {
	strange := elsa
	strange.Name = hostile
	onlyOurScript(t, render(t, views.DeleteUsers(views.DeleteUsersPage{Users: []store.User{strange}, Back: hostile})))
	onlyOurScript(t, render(t, views.GiveAccess(views.GiveAccessPage{Selected: views.Selected{Users: []store.User{strange, nils}, Back: "/admin/users"}})))

	one := document(t, views.DeleteUsers(views.DeleteUsersPage{Users: []store.User{elsa}, Action: "/admin/users/3/delete", Back: "/admin/users?q=e"}))
	if said(one.Find("main h1")) != "Delete Elsa?" || said(one.Find("main form button")) != "Delete Elsa" {
		t.Errorf("the question is %q", said(one.Find("main form")))
	}
	two := document(t, views.DeleteUsers(views.DeleteUsersPage{Users: []store.User{elsa, nils}, Action: "/admin/users", Back: "/admin/users"}))
	form := two.Find("form[data-dialog-body]")
	if form.Find("[name=id]").Length() != 2 || form.Find("[name=action][value=delete]").Length() != 1 || form.Find("[name=confirmed]").Length() != 1 {
		t.Error("the question does not carry the selection along")
	}
	if text := said(form); !strings.Contains(text, "Delete two people?") || !strings.Contains(text, "Elsa and Nils") {
		t.Errorf("the question is %q", text)
	}
}

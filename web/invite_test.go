package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"usher/store"
)

const invitePath = "/admin/guests/invite"

// inviteForm is the form as somebody fills it in who changes nothing else.
func inviteForm(emails string) url.Values {
	return url.Values{"how": {"email"}, "emails": {emails}, "life": {"7"}, "all_libraries": {"on"}, "all_channels": {"on"}}
}

// joinLinks are the paths of the links on a page that shows them, by the name
// of whom each is for.
func (a answer) joinLinks() map[string]string {
	a.t.Helper()
	links := map[string]string{}
	for _, field := range a.doc().Find("input[id^=link-]").EachIter() {
		label := a.doc().Find("label[for=" + field.AttrOr("id", "") + "]").Text()
		name := regexp.MustCompile(`^For (.+), until `).FindStringSubmatch(label)
		link, err := url.Parse(field.AttrOr("value", ""))
		if name == nil || err != nil || !strings.HasPrefix(link.Path, "/join/") || len(link.Path) != len("/join/")+43 {
			a.t.Fatalf("a link is labelled %q: %v", label, link)
		}
		links[name[1]] = link.Path
	}
	return links
}

// invitationOf is the pending invitation with this name.
func (h *house) invitationOf(name string) store.Invitation {
	h.t.Helper()
	page, err := h.store.Invitations(context.Background(), store.UserQuery{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range page.Invitations {
		if i.User.Name == name {
			return i
		}
	}
	h.t.Fatalf("%s is not invited", name)
	return store.Invitation{}
}

// wantInvited fails the test unless so many invitations are pending.
func (h *house) wantInvited(want int) {
	h.t.Helper()
	n, err := h.store.CountUsers(context.Background(), store.ListInvited, store.FilterEveryone)
	if err != nil || n != want {
		h.t.Fatalf("%d are invited, want %d: %v", n, want, err)
	}
}

func TestInviteWithoutMailGivesTheLinks(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.get(invitePath).want(http.StatusOK).says("Usher cannot send e-mails yet.").says("Links will begin with http://usher.example")
	page := b.post(invitePath, inviteForm("sam@example.com\r\nlea.martin@example.org, tom@example.net;;\n")).want(http.StatusCreated)
	page.says("Three links to pass on").says("The links begin with http://usher.example, the address you are using now.")
	if page.doc().Find(`a[href="/admin/settings/mail"]`).Length() == 0 {
		t.Error("the page does not lead to where e-mail is set up")
	}
	links := page.joinLinks()
	if len(links) != 3 {
		t.Fatalf("the links are %v", links)
	}
	for name, link := range links {
		h.browser(away).get(link).want(http.StatusOK).says("Mara")
		if strings.Contains(b.get("/admin/invitations").Body, strings.TrimPrefix(link, "/join/")) {
			t.Errorf("the link of %s is shown again", name)
		}
	}
	if strings.Contains(h.log.String(), "/join/") {
		t.Error("a link is in the log")
	}
	b.get("/admin/activity").says("Mara invited sam@example.com (by link, for 7 days).")
}

func TestInviteByNameAlone(t *testing.T) {
	h := newPostalHousehold(t)
	b := h.signedIn("Mara", away)
	form := url.Values{"how": {"link"}, "name": {" Lea  from choir "}, "emails": {"not@sent.example"}, "life": {"1"}}
	page := b.post(invitePath, form).want(http.StatusCreated).says("A link for Lea from choir")
	if links := page.joinLinks(); len(links) != 1 || links["Lea from choir"] == "" {
		t.Errorf("the links are %v", links)
	}
	if strings.Contains(page.Body, "cannot send e-mails") || strings.Contains(page.Body, "the address you are using now") {
		t.Error("the page tells of what is set up as if it were not")
	}
	h.wantInvited(1)
	if lea := h.invitationOf("Lea from choir"); lea.Life != store.Day || lea.Mail != "" || lea.User.Access.AllLibraries {
		t.Errorf("the invitation is %+v", lea)
	}
}

func TestInviteByMail(t *testing.T) {
	h := newPostalHousehold(t)
	b := h.signedIn("Mara", away)
	form := inviteForm("sam@example.com")
	form.Set("greeting", "Come\r\nand watch")
	page := b.follow(invitePath, form)
	page.want(http.StatusOK).says("sam@example.com is invited. The e-mail is on its way.").says("e-mail waiting").lists("sam@example.com")
	if strings.Contains(page.Body, "Links in e-mails begin") {
		t.Error("the page tells of an address although one is set")
	}
	letter, token := h.claim()
	if letter.Recipient != "sam@example.com" || letter.BaseURL != "http://usher.example" || letter.Greeting != "Come\nand watch" || letter.Actor != "Mara" {
		t.Errorf("the letter is %+v", letter)
	}
	h.browser(away).get("/join/" + token).want(http.StatusOK).says("Come and watch")
	b.follow(invitePath, inviteForm("a@example.com,b@example.com")).says("a@example.com and b@example.com are invited. The e-mails are on their way.")
}

func TestInviteByMailSaysWhichAddressItUses(t *testing.T) {
	h := newPostalHousehold(t)
	settings := h.settings()
	settings.Address = ""
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	b.header.Set("X-Forwarded-Host", "evil.example")
	b.follow(invitePath, inviteForm("sam@example.com")).says("Links in e-mails begin with http://usher.example, the address you are using now.")
	if letter, _ := h.claim(); letter.BaseURL != "http://usher.example" {
		t.Errorf("the letter leads to %q", letter.BaseURL)
	}
}

func TestInviteRefused(t *testing.T) {
	h := newHousehold(t)
	elsa := h.addWith("Elsa", store.FullAccess())
	guest := h.addGuest("Priya", "priya@example.org")
	pending, _ := h.invite("sam@example.com")
	b := h.signedIn("Mara", away)
	for _, test := range []struct {
		about string
		set   url.Values
		field string
		says  string
		leads string
	}{
		{"nobody", url.Values{"emails": {" \r\n,; "}}, "emails", "Type at least one e-mail address.", ""},
		{"a bad address", url.Values{"emails": {"good@example.org\nbad, worse@"}}, "emails", "“bad”: This is not an e-mail address. One looks like elsa@example.org. “worse@”: This is not", ""},
		{"a header", url.Values{"emails": {"good@example.org\r\nBcc: evil@example.org"}}, "emails", "“Bcc: evil@example.org”", ""},
		{"a bare carriage return", url.Values{"emails": {"good@example.org\rBcc: evil@example.org"}}, "emails", "“Bcc: evil@example.org”", ""},
		{"another kind of line break", url.Values{"emails": {"good@example.org\u2028x"}}, "emails", "There is a space or an invisible character in this e-mail address.", ""},
		{"300 characters", url.Values{"emails": {strings.Repeat("a", 288) + "@example.org"}}, "emails", "This e-mail address is longer than 254 characters.", ""},
		{"hostile text", url.Values{"emails": {hostile + "@example.org"}}, "emails", "“<script>alert(1)", ""},
		{"a double", url.Values{"emails": {"a@example.org\nA@example.org"}}, "emails", "“A@example.org” stands in the list more than once.", ""},
		{"a guest", url.Values{"emails": {"new@example.org, PRIYA@example.org"}}, "emails", "“PRIYA@example.org”: Priya has this e-mail address already.", userPath(guest, "")},
		{"somebody invited", url.Values{"emails": {"sam@example.com"}}, "emails", "“sam@example.com”: This e-mail address is invited already.", fmt.Sprintf("/admin/invitations/%d", pending.User.ID)},
		{"no name", url.Values{"how": {"link"}, "name": {""}}, "name", "Type a name.", ""},
		{"the name of a user", url.Values{"how": {"link"}, "name": {"ELSA"}}, "name", "There is already a user called Elsa.", userPath(elsa, "")},
		{"an unknown way", url.Values{"how": {"pigeon"}}, "how", "Choose how to invite.", ""},
		{"an unknown life", url.Values{"life": {"8"}}, "life", "Choose 1, 7 or 30 days.", ""},
		{"a life that is no number", url.Values{"life": {"1e9"}}, "life", "Choose 1, 7 or 30 days.", ""},
		{"a day that is none", url.Values{"ends": {"2027-02-30"}}, "ends", "This is not a day.", ""},
		{"a day that is over", url.Values{"ends": {"2020-02-01"}}, "ends", "This day is over.", ""},
		{"a long greeting", url.Values{"greeting": {strings.Repeat("å", 1001)}}, "greeting", "This greeting has 1001 characters. The longest possible is 1000.", ""},
	} {
		t.Run(test.about, func(t *testing.T) {
			form := url.Values{"how": {"email"}, "emails": {"new@example.org"}, "name": {"kept " + hostile}, "life": {"30"}, "ends": {"2099-12-31"}, "greeting": {"kept\n" + hostile}, "all_channels": {"on"}}
			for name, values := range test.set {
				form[name] = values
			}
			page := b.post(invitePath, form)
			page.t = t
			page.want(http.StatusUnprocessableEntity)
			if text := page.text("#" + test.field + "-error"); !strings.Contains(text, test.says) {
				t.Errorf("at %s it says %q, want %q", test.field, text, test.says)
			}
			if test.leads != "" && page.doc().Find(`.note a[href="`+test.leads+`"]`).Length() != 1 {
				t.Errorf("the page does not lead to %s", test.leads)
			}
			page.keeps(form)
		})
	}
	h.wantInvited(1)
}

// keeps fails the test unless the form of the page holds what was typed.
func (a answer) keeps(form url.Values) {
	a.t.Helper()
	doc := a.doc()
	for name, want := range map[string]string{
		"emails": doc.Find("textarea#emails").Text(), "greeting": doc.Find("textarea#greeting").Text(),
		"name": doc.Find("input#name").AttrOr("value", ""), "ends": doc.Find("input#ends").AttrOr("value", ""),
	} {
		typed := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(form.Get(name))
		if strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(want) != typed {
			a.t.Errorf("%s holds %q, not %q", name, want, typed)
		}
	}
	if doc.Find("#all_libraries[checked]").Length() != 0 || doc.Find("#all_channels[checked]").Length() != 1 {
		a.t.Error("the choice of what to watch is lost")
	}
	if doc.Find("script:not([src])").Length() != 0 {
		a.t.Error("typed text became part of the page")
	}
}

func TestInviteTenThousandAddresses(t *testing.T) {
	h := newHousehold(t)
	var many strings.Builder
	for n := range 10_000 {
		fmt.Fprintf(&many, "somebody%d@example.org\r\n", n)
	}
	page := h.signedIn("Mara", away).post(invitePath, inviteForm(many.String())).want(http.StatusUnprocessableEntity)
	page.says("There are 10000 addresses. Invite at most 100 at once.")
	if typed := page.doc().Find("textarea#emails").Text(); strings.Count(typed, "@") != 10_000 {
		t.Errorf("%d addresses are kept", strings.Count(typed, "@"))
	}
	h.wantInvited(0)
	h.signedIn("Mara", away).post(invitePath, inviteForm(strings.Repeat(many.String(), 5))).want(http.StatusRequestEntityTooLarge).says("too much at once")
}

func TestInviteHundred(t *testing.T) {
	h := newPostalHousehold(t)
	var hundred strings.Builder
	for n := range store.MaxInvited {
		fmt.Fprintf(&hundred, "somebody%d@example.org,", n)
	}
	h.signedIn("Mara", away).follow(invitePath, inviteForm(hundred.String())).says("and 97 others are invited.")
	h.wantInvited(store.MaxInvited)
}

func TestInviteOffersWhatIsChosen(t *testing.T) {
	h := newHousehold(t)
	films, music := h.addLibrary("Films"), h.addLibrary("Music")
	ends := h.store.Now().AddDate(0, 1, 0)
	form := inviteForm("sam@example.com")
	form.Del("all_libraries")
	form.Set("library", fmt.Sprint(music.ID))
	form.Add("library", "99999")
	form.Set("life", "30")
	form.Set("ends", ends.Format(time.DateOnly))
	// What the form does not offer does nothing.
	for _, name := range []string{"role", "kind", "administrator", "password", "password_hash", "id", "expires_at", "inviter"} {
		form.Set(name, "owner")
	}
	h.signedIn("Mara", away).post(invitePath, form).want(http.StatusCreated)
	sam := h.invitationOf("sam@example.com")
	if access := sam.User.Access; access.AllLibraries || !access.AllChannels || len(access.Libraries) != 1 || access.Libraries[0] != music.ID || films.ID == music.ID {
		t.Errorf("the access is %+v", access)
	}
	if sam.Life != 30*store.Day || !sam.User.EndsAt.Equal(store.EndOf(ends)) || sam.Inviter != "Mara" || sam.User.Role != store.RoleUser || sam.User.HasPassword {
		t.Errorf("the invitation is %+v", sam)
	}
}

func TestAdministratorsInvite(t *testing.T) {
	h := newHousehold(t)
	h.addAdministrator("Jonas")
	h.signedIn("Jonas", away).post(invitePath, inviteForm("sam@example.com")).want(http.StatusCreated)
	h.browser(away).get("/sign-in").want(http.StatusOK)
	if sam := h.invitationOf("sam@example.com"); sam.Inviter != "Jonas" {
		t.Errorf("the invitation is from %s", sam.Inviter)
	}
}

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

	"usher/store"
)

const invitationsPath = "/admin/invitations"

func invitationPath(i store.Invitation, under string) string {
	return fmt.Sprintf("%s/%d%s", invitationsPath, i.User.ID, under)
}

// mailed invites the address by e-mail, and ends the letter as the mail server
// says: "" for sent, "-" for not yet, or else why not.
func (h *house) mailed(email, answer string) store.Invitation {
	h.t.Helper()
	ctx, in := context.Background(), h.offer()
	in.Emails = []string{email}
	made, err := h.store.Invite(ctx, h.asOwner(), in)
	if err == nil && answer != "-" {
		letter, _ := h.claim()
		if err = h.store.HandingOver(ctx, letter.ID); err == nil && answer == "" {
			err = h.store.LetterSent(ctx, letter.ID)
		} else if err == nil {
			err = h.store.LetterFailed(ctx, letter.ID, answer, true)
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return made[0]
}

func TestInvitationsOfNobody(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	page := b.get(invitationsPath).want(http.StatusOK).says("Nobody is invited")
	if page.links(".empty a")["Invite a guest"] != invitePath || page.doc().Find(".toolbar").Length() != 0 {
		t.Error("the empty list does not lead on, or offers to search it")
	}
	h.invite("sam@example.com")
	b.get(invitationsPath + "?q=nobody").says("Nobody found").says("Nobody’s name or e-mail has a word that begins with “nobody”.")
	b.get(invitationsPath + "?filter=expired").says("No invitation has expired.")
}

func TestInvitationsTellWhatBecameOfThem(t *testing.T) {
	h := newPostalHousehold(t)
	films := h.addLibrary("Films")
	h.mailed("sent@example.com", "")
	failed := h.mailed("failed@example.com", "The mail server does not know this address.")
	h.mailed("waiting@example.com", "-")
	in := h.offer()
	in.Name, in.Life, in.Access = hostile, store.Day, store.Access{Libraries: []int64{films.ID}}
	in.EndsAt = store.EndOf(h.store.Now().AddDate(1, 0, 0))
	tom, link := h.inviteBy(in)
	h.browser(away).get(link).want(http.StatusOK)
	h.clock.pass(time.Hour)
	b := h.signedIn("Mara", away)
	page := b.get(invitationsPath)
	rows := map[string]string{}
	for _, row := range page.doc().Find(".row").EachIter() {
		rows[row.Find(".name a").Text()] = strings.Join(strings.Fields(row.Text()), " ")
	}
	for name, says := range map[string][]string{
		"sent@example.com":    {"by Mara · e-mail sent", "All libraries, all channels", "Expires in ", "Not opened"},
		"failed@example.com":  {"E-mail failed", "by Mara · e-mail failed", "The mail server does not know this address."},
		"waiting@example.com": {"e-mail waiting"},
		hostile:               {"Expiring", "link only", "Films · no channels", "access until", "Opened once"},
	} {
		for _, words := range says {
			if !strings.Contains(rows[name], words) {
				t.Errorf("the row of %s says %q, not %q", name, rows[name], words)
			}
		}
	}
	b.get(invitationPath(failed, "")).want(http.StatusOK).says("Not sent to failed@example.com.").says("The mail server does not know this address.")
	b.get(invitationPath(tom, "")).want(http.StatusOK).says("Once, last ").says("The link was copied, to be passed on by hand.")
	h.clock.pass(2 * store.Day)
	b = h.signedIn("Mara", away)
	b.get(invitationsPath + "?filter=expired").lists(hostile).says("Expired")
}

func TestInvitationsFiltersAndSorts(t *testing.T) {
	h := newPostalHousehold(t)
	h.mailed("adam@one.example", "")
	h.clock.pass(5 * store.Day)
	h.mailed("bea@one.example", "It was refused.")
	h.clock.pass(time.Hour)
	h.mailed("carl@two.example", "-")
	in := h.offer()
	in.Name, in.Life = "Dora", store.Day
	h.inviteBy(in)
	b := h.signedIn("Mara", away)
	for query, want := range map[string][]string{
		"":                             {"adam@one.example", "bea@one.example", "carl@two.example", "Dora"},
		"filter=waiting":               {"carl@two.example"},
		"filter=sent":                  {"adam@one.example"},
		"filter=failed":                {"bea@one.example"},
		"filter=opened":                {},
		"filter=expiring":              {"adam@one.example", "Dora"},
		"filter=expiring&sort=ends":    {"Dora", "adam@one.example"},
		"filter=expired":               {},
		"filter=disabled&sort=seen":    {"adam@one.example", "bea@one.example", "carl@two.example", "Dora"},
		"sort=ends":                    {"Dora", "adam@one.example", "bea@one.example", "carl@two.example"},
		"q=one":                        {"adam@one.example", "bea@one.example"},
		"q=one&filter=failed":          {"bea@one.example"},
		"q=one+exam&sort=ends":         {"adam@one.example", "bea@one.example"},
		"q=dor&filter=sent":            {},
		"page=-3":                      {"adam@one.example", "bea@one.example", "carl@two.example", "Dora"},
		"page=9&filter=waiting&sort=x": {"carl@two.example"},
	} {
		t.Run(query, func(t *testing.T) {
			answer := b.get(invitationsPath + "?" + query)
			answer.t = t
			answer.lists(want...)
		})
	}
	if newest := b.get(invitationsPath + "?sort=newest").listed(); !slices.Equal(newest[2:], []string{"bea@one.example", "adam@one.example"}) {
		t.Errorf("the newest are %q", newest)
	}
	doc := b.get(invitationsPath + "?q=one&filter=failed&sort=ends").doc()
	if doc.Find("form[data-live]").AttrOr("action", "") != invitationsPath || doc.Find("#invitations input[name=back]").AttrOr("value", "") != invitationsPath+"?q=one&filter=failed&sort=ends" {
		t.Error("the list does not come back to itself")
	}
}

func TestThousandInvitations(t *testing.T) {
	h := newHousehold(t)
	for batch := range 10 {
		in := h.offer()
		for n := range 100 {
			in.Emails = append(in.Emails, fmt.Sprintf("guest%03d@example.org", batch*100+n))
			in.Links = append(in.Links, []byte(in.Emails[n]))
		}
		if _, err := h.store.Invite(context.Background(), h.asOwner(), in); err != nil {
			t.Fatal(err)
		}
	}
	b := h.signedIn("Mara", away)
	var all []string
	for number := range 20 {
		page := b.get(fmt.Sprintf("%s?page=%d", invitationsPath, number+1)).want(http.StatusOK)
		if len(page.Body) > 60<<10 {
			t.Errorf("page %d has %d bytes", number+1, len(page.Body))
		}
		all = append(all, page.listed()...)
	}
	if len(all) != 1000 || !slices.IsSorted(all) || len(slices.Compact(all)) != 1000 {
		t.Errorf("20 pages list %d invitations", len(all))
	}
	b.get(invitationsPath + "?q=guest777").lists("guest777@example.org")
	b.get("/admin/users").says("1,000 are invited")
}

func TestFreshLinkFromTheList(t *testing.T) {
	h := newHousehold(t)
	sam, old := h.invite("sam@example.com")
	b := h.signedIn("Mara", away)
	if b.get(invitationsPath).doc().Find(`[formaction="`+invitationPath(sam, "/send")+`"]`).Length() != 0 {
		t.Error("the list offers to send an e-mail without a mail server")
	}
	h.clock.pass(6 * store.Day)
	page := b.post(invitationPath(sam, "/link"), url.Values{"back": {invitationsPath + "?q=sam"}}).want(http.StatusOK).says("A link for sam@example.com")
	fresh := page.joinLinks()["sam@example.com"]
	h.browser(away).get(old).want(http.StatusNotFound)
	h.browser(away).get(fresh).want(http.StatusOK)
	if back := page.links("footer a")["Done"]; back != invitationsPath+"?q=sam" {
		t.Errorf("back at %q", back)
	}
	h.clock.pass(6 * store.Day)
	h.browser(away).get(fresh).want(http.StatusOK)
	b.get("/admin/activity").says("Mara made a fresh link for the invitation of sam@example.com.")
	own := invitationPath(sam, "")
	if back := b.post(invitationPath(sam, "/link"), url.Values{"back": {own}}).links("footer a")["Done"]; back != own {
		t.Errorf("from its own page it leads back to %q", back)
	}
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example", "/sign-out", "/admin/settings"} {
		if to := b.post(invitationPath(sam, "/link"), url.Values{"back": {elsewhere}}).links("footer a")["Done"]; to != invitationsPath {
			t.Errorf("back=%q leads to %q", elsewhere, to)
		}
	}
}

func TestSendAgainFromTheList(t *testing.T) {
	h := newPostalHousehold(t)
	sam := h.mailed("sam@example.com", "It was refused.")
	b := h.signedIn("Mara", away)
	if b.get(invitationsPath).doc().Find(`[form=one][formaction="`+invitationPath(sam, "/send")+`"]`).Length() != 1 {
		t.Error("the list does not offer to send it again")
	}
	b.follow(invitationPath(sam, "/send"), url.Values{"back": {invitationsPath + "?filter=failed"}}).says("The invitation is on its way again.").says("No e-mail has failed.")
	letter, token := h.claim()
	if letter.Recipient != "sam@example.com" || letter.Actor != "Mara" {
		t.Errorf("the letter is %+v", letter)
	}
	h.browser(away).get("/join/" + token).want(http.StatusOK)
	tom, _ := h.inviteBy(store.NewInvitations{Name: "Tom", InvitationTerms: h.offer().InvitationTerms})
	b.follow(invitationPath(tom, "/send"), nil).says("Tom has no e-mail address.")
}

// Whoever sends an invitation again from its own page stays there, and leaves
// it with the invitation.
func TestSendAgainFromItsPage(t *testing.T) {
	h := newPostalHousehold(t)
	sam := h.mailed("sam@example.com", "It was refused.")
	b := h.signedIn("Mara", away)
	own := invitationPath(sam, "")
	back, _ := b.get(own).doc().Find(`form:has([formaction="` + invitationPath(sam, "/send") + `"]) [name=back]`).Attr("value")
	sent := url.Values{"back": {back}}
	if to := b.post(invitationPath(sam, "/send"), sent).want(http.StatusSeeOther).Location; to != own {
		t.Errorf("sending again leads to %q", to)
	}
	b.get(own).says("The invitation is on its way again.").says("It waits to be sent to sam@example.com.")
	if to := b.post(invitationPath(sam, "/revoke"), sent).want(http.StatusSeeOther).Location; to != invitationsPath {
		t.Errorf("revoking leads to %q", to)
	}
	if to := b.post(invitationPath(sam, "/send"), sent).want(http.StatusSeeOther).Location; to != invitationsPath {
		t.Errorf("sending what is gone leads to %q", to)
	}
}

func TestChangeInvitation(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	sam, link := h.invite("sam@example.com")
	b := h.signedIn("Mara", away)
	b.get(invitationPath(sam, "")).want(http.StatusOK).says("As it is: expires in 7 days")
	ends := h.store.Now().AddDate(0, 2, 0).Format(time.DateOnly)
	form := url.Values{"library": {fmt.Sprint(films.ID)}, "life": {""}, "ends": {ends}, "greeting": {"See you"}}
	b.follow(invitationPath(sam, ""), form).says("The invitation of sam@example.com is saved.")
	after := h.invitationOf("sam@example.com")
	if after.User.Access.AllLibraries || len(after.User.Access.Libraries) != 1 || after.Greeting != "See you" || !after.ExpiresAt.Equal(sam.ExpiresAt) || after.User.EndsAt.IsZero() {
		t.Errorf("the invitation is %+v", after)
	}
	h.browser(away).get(link).want(http.StatusOK).says("See you")
	form.Set("life", "30")
	b.follow(invitationPath(sam, ""), form)
	if after := h.invitationOf("sam@example.com"); after.Life != 30*store.Day || !after.ExpiresAt.After(sam.ExpiresAt) {
		t.Errorf("the invitation is %+v", after)
	}
	form.Set("life", "2")
	form.Set("ends", "soon")
	form.Set("greeting", hostile)
	page := b.post(invitationPath(sam, ""), form).want(http.StatusUnprocessableEntity).says("Choose 1, 7 or 30 days.").says("This is not a day.")
	if page.doc().Find("textarea#greeting").Text() != "\n"+hostile && page.doc().Find("textarea#greeting").Text() != hostile {
		t.Errorf("the greeting holds %q", page.doc().Find("textarea#greeting").Text())
	}
	if page.doc().Find(fmt.Sprintf("#library-%d[checked]", films.ID)).Length() != 1 || page.doc().Find("#all_libraries[checked]").Length() != 0 {
		t.Error("the choice of libraries is lost")
	}
}

func TestRevokeFromTheList(t *testing.T) {
	h := newHousehold(t)
	sam, link := h.invite("sam@example.com")
	b := h.signedIn("Mara", away)
	b.header.Set("Referer", "http://usher.example"+invitationsPath+"?q=sam")
	action, form := b.get(invitationPath(sam, "/revoke")).says("Revoke the invitation of sam@example.com?").confirmed()
	if action != invitationPath(sam, "/revoke") || form.Get("back") != invitationsPath+"?q=sam" {
		t.Errorf("the question goes to %s with %v", action, form)
	}
	h.browser(away).get(link).want(http.StatusOK)
	b.follow(action, form).says("The invitation of sam@example.com is revoked. Its link works no more.")
	h.browser(away).get(link).want(http.StatusNotFound)
	for _, under := range []string{"", "/revoke"} {
		b.get(invitationPath(sam, under)).want(http.StatusNotFound)
	}
	for _, under := range []string{"/revoke", "/link", "/send"} {
		b.follow(invitationPath(sam, under), nil).says("That invitation has been accepted or revoked in the meantime.")
	}
	h.invite("sam@example.com")
}

func TestRevokeSeveral(t *testing.T) {
	h := newHousehold(t)
	_, first := h.invite("a@example.com")
	h.invite("b@example.com")
	_, third := h.invite("c@example.com")
	a, c := h.invitationOf("a@example.com"), h.invitationOf("c@example.com")
	elsa := h.add("Elsa", "")
	b := h.signedIn("Mara", away)
	form := selection("revoke", a.User, c.User, a.User)
	form.Set("back", invitationsPath+"?sort=newest")
	action, question := b.post(invitationsPath, form).says("Revoke two invitations?").says("a@example.com and c@example.com").confirmed()
	b.follow(action, question).says("The invitations of a@example.com and c@example.com are revoked.").lists("b@example.com")
	for _, link := range []string{first, third} {
		h.browser(away).get(link).want(http.StatusNotFound)
	}
	left := h.invitationOf("b@example.com")
	for about, form := range map[string]url.Values{
		"No invitation is selected.":                       selection("revoke"),
		"One of those invitations has been accepted":       selection("revoke", left.User, a.User),
		"has been accepted or revoked in the meantime. No": selection("revoke", left.User, elsa),
	} {
		form.Set("confirmed", "yes")
		form.Set("back", invitationsPath)
		b.follow(invitationsPath, form).says(about).lists("b@example.com")
	}
	b.post(invitationsPath, selection("delete", left.User)).want(http.StatusBadRequest)
	many := url.Values{"action": {"revoke"}, "confirmed": {"yes"}}
	for n := range store.MaxSelected + 1 {
		many.Add("id", fmt.Sprint(n+100))
	}
	b.follow(invitationsPath, many).says("That is more than 1000 invitations at once.")
	h.user(elsa.ID)
	h.wantInvited(1)
}

// What is accepted while somebody looks at it becomes a guest, and no longer an
// invitation.
func TestAcceptedWhileTheListWasOpen(t *testing.T) {
	h := newHousehold(t)
	sam, link := h.invite("sam@example.com")
	b := h.signedIn("Mara", away)
	h.browser(away).post(link, acceptance("Sam", "sam@example.com", otherPassword)).want(http.StatusSeeOther)
	b.follow(invitationPath(sam, "/revoke"), nil).says("That invitation has been accepted or revoked in the meantime.")
	b.post(invitationPath(sam, ""), url.Values{"life": {"1"}}).want(http.StatusNotFound)
	answer := b.get(invitationPath(sam, "")).want(http.StatusSeeOther)
	b.get(answer.Location).want(http.StatusOK).says("Sam has accepted the invitation.")
	b.get(fmt.Sprintf("%s/%d", invitationsPath, h.owner.ID)).want(http.StatusNotFound)
	if h.user(sam.User.ID).Kind != store.KindGuest {
		t.Error("the guest is gone")
	}
}

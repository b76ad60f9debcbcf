package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/auth"
	"usher/store"
)

// offer is what Mara offers in these tests, for a week.
func (h *house) offer() store.NewInvitations {
	return store.NewInvitations{InvitationTerms: store.InvitationTerms{Access: store.FullAccess(), Life: 7 * store.Day}}
}

// inviteBy makes an invitation from Mara and the address of its link.
func (h *house) inviteBy(in store.NewInvitations) (i store.Invitation, link string) {
	h.t.Helper()
	token, hash := auth.NewToken()
	in.Links = [][]byte{hash}
	made, err := h.store.Invite(context.Background(), h.asOwner(), in)
	if err != nil {
		h.t.Fatal(err)
	}
	return made[0], "/join/" + token
}

// invite makes an invitation to the address, from Mara and for everything.
func (h *house) invite(email string) (i store.Invitation, link string) {
	h.t.Helper()
	in := h.offer()
	in.Emails = []string{email}
	return h.inviteBy(in)
}

// addGuest is a guest of Mara's with goodPassword.
func (h *house) addGuest(name, email string) store.User {
	h.t.Helper()
	token, hash := auth.NewToken()
	in := h.offer()
	in.Name, in.Links = "a friend called "+name, [][]byte{hash}
	if _, err := h.store.Invite(context.Background(), h.asOwner(), in); err != nil {
		h.t.Fatal(err)
	}
	_, session := auth.NewToken()
	guest, err := h.store.Join(context.Background(), auth.HashToken(token),
		store.NewGuest{Name: name, Email: email, PasswordHash: goodHash()}, store.NewSession{TokenHash: session})
	if err != nil {
		h.t.Fatal(err)
	}
	return guest
}

func acceptance(name, email, password string) url.Values {
	return url.Values{"name": {name}, "email": {email}, "password": {password}}
}

func TestJoinSaysWhoInvitesToWhat(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.addLibrary("Home videos of ours")
	in := h.offer()
	in.Emails = []string{"priya@example.org"}
	in.Greeting = "Come in!\nThe <b>sofa</b> is yours."
	in.Access = store.Access{Libraries: []int64{films.ID}}
	in.EndsAt = time.Date(2099, time.March, 2, 0, 0, 0, 0, time.Local)
	i, link := h.inviteBy(in)
	page := h.browser(away).get(link).want(http.StatusOK).says("Mara invites you to Usher").says("The <b>sofa</b> is yours.")
	for term, want := range map[string]string{
		"You may watch": "Films", "Channels": "No channels", "Access until": "1 March 2099", "Accept before": i.ExpiresAt.Format("Monday 2 January, 15:04"),
	} {
		if got := page.fact(term); got != want {
			t.Errorf("%s: %q, want %q", term, got, want)
		}
	}
	if email := page.value("email"); email != "priya@example.org" {
		t.Errorf("the e-mail is %q", email)
	}
	if strings.Index(page.Body, "Films") > strings.Index(page.Body, "<form") {
		t.Error("something is asked before it is said who invites")
	}
	if page.Header.Get("Referrer-Policy") != "no-referrer, strict-origin" || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page may leave traces: %v", page.Header)
	}
	if page.doc().Find(".greeting b").Length() != 0 {
		t.Error("the greeting is not plain text")
	}
}

func TestJoin(t *testing.T) {
	h := newHousehold(t)
	i, link := h.invite("priya@example.org")
	b := h.browser(away).named()
	b.get(link)
	page := b.follow(link, acceptance("Priya", "priya@example.org", otherPassword))
	page.want(http.StatusOK).says("Welcome, Priya. You are a guest of Usher now.").says("Hello, Priya")
	priya := h.user(i.User.ID)
	if priya.Kind != store.KindGuest || priya.Email != "priya@example.org" {
		t.Errorf("the guest is %+v", priya)
	}
	b.get(link).want(http.StatusNotFound).says("This invitation does not work")
	h.signedIn("Mara", away).get("/admin/activity").says("Priya accepted an invitation (from Mara).")
	for _, name := range []string{"Priya", "priya@example.org"} {
		h.browser(away).post("/sign-in", signInForm(name, otherPassword)).want(http.StatusSeeOther)
	}
	// A guest never comes in by the name alone.
	h.browser(atHome).post("/sign-in", signInForm("Priya", "")).want(http.StatusUnprocessableEntity)
}

func TestOpeningIsCounted(t *testing.T) {
	h := newHousehold(t)
	i, link := h.invite("priya@example.org")
	opened := func() int {
		t.Helper()
		i, err := h.store.Invitation(context.Background(), i.User.ID)
		if err != nil {
			t.Fatal(err)
		}
		return i.Opened
	}
	h.browser(away).send(http.MethodHead, link, "", nil).want(http.StatusOK)
	h.signedIn("Mara", away).get(link).want(http.StatusOK)
	if n := opened(); n != 0 {
		t.Errorf("opened %d times by what is no looking", n)
	}
	h.browser(away).get(link)
	if n := opened(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

// TestBadInvitationsLookAlike holds the answer to be the same to the byte,
// whatever the cause.
func TestBadInvitationsLookAlike(t *testing.T) {
	h := newHousehold(t)
	ctx := context.Background()
	links := map[string]string{"made up": "/join/" + strings.Repeat("A", 43), "too short": "/join/x", "too long": "/join/" + strings.Repeat("x", 5000)}
	_, links["used"] = h.invite("used@example.org")
	h.browser(away).post(links["used"], acceptance("Used", "", otherPassword)).want(http.StatusSeeOther)
	revoked, link := h.invite("revoked@example.org")
	if err := h.store.RevokeInvitations(ctx, h.asOwner(), revoked.User.ID); err != nil {
		t.Fatal(err)
	}
	links["revoked"] = link
	renewed, link := h.invite("renewed@example.org")
	if _, err := h.store.FreshLink(ctx, h.asOwner(), renewed.User.ID, auth.HashToken("fresh")); err != nil {
		t.Fatal(err)
	}
	links["renewed"] = link
	_, links["expired"] = h.invite("expired@example.org")
	h.clock.pass(7 * store.Day)
	want := h.browser(away).get(links["made up"]).want(http.StatusNotFound).says("Ask whoever invited you for a fresh link.")
	for about, link := range links {
		for method, got := range map[string]answer{
			"GET": h.browser(away).get(link), "POST": h.browser(away).post(link, acceptance("Priya", "", otherPassword)),
		} {
			if got.Status != want.Status || got.Body != want.Body || fmt.Sprint(got.Header) != fmt.Sprint(want.Header) {
				t.Errorf("%s %s differs: %d\n%v\n%s", method, about, got.Status, got.Header, got.Body)
			}
		}
	}
}

func TestJoinRefused(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	i, link := h.invite("priya@example.org")
	b := h.browser(away)
	for _, test := range []struct {
		name, email, password string
		field, words          string
	}{
		{"", "", otherPassword, "name", "Type a name."},
		{"elsa", "", otherPassword, "name", "Somebody here has this name already."},
		{"Pri\u200bya", "", otherPassword, "name", "invisible character"},
		{strings.Repeat("x", 65), "", otherPassword, "name", "65 characters"},
		{"Priya", "priya@", otherPassword, "email", "This is not an e-mail address."},
		{"Priya", "a@example.org\r\nBcc: b@example.org", otherPassword, "email", "invisible character"},
		{"Priya", "", "short", "password", "Too short"},
		{"Priya Raman", "", "Priya Raman", "password", "built on a name"},
		{"Priya", "", "priya@example.org", "password", "built on a name"},
		{"P", "", "mara mara mara", "password", "Weak"},
	} {
		page := b.post(link, acceptance(test.name, test.email, test.password)).refuses(http.StatusUnprocessableEntity, test.field, test.words)
		for field, want := range map[string]string{"name": test.name, "password": test.password} {
			if got := page.value(field); got != want {
				t.Errorf("%s is %q, want %q", field, got, want)
			}
		}
	}
	both := b.post(link, acceptance("elsa", "nothing", "short"))
	both.refuses(http.StatusUnprocessableEntity, "name", "already").refuses(http.StatusUnprocessableEntity, "email", "not an e-mail").refuses(http.StatusUnprocessableEntity, "password", "Too short")
	if strings.Contains(both.text(".error"), "Elsa") {
		t.Error("a stranger is told who has the name")
	}
	// What is not on the form does nothing.
	hostile := acceptance("Priya", "", otherPassword)
	for field, value := range map[string]string{"kind": "local", "role": "administrator", "all_libraries": "on", "ends": "", "id": "1", "administrator": "on"} {
		hostile.Set(field, value)
	}
	b.post(link, hostile).want(http.StatusSeeOther)
	if priya := h.user(i.User.ID); priya.Role != store.RoleUser || priya.Kind != store.KindGuest {
		t.Errorf("the guest is %+v", priya)
	}
}

// The meter knows what the form is checked with.
func TestMeterKnowsTheInvitation(t *testing.T) {
	h := newHousehold(t)
	_, link := h.invite("priya@example.org")
	b := h.browser(away).named()
	page := b.get(link)
	about, _ := page.doc().Find("#password").Attr("data-strength-about")
	form := url.Values{"password": {"priya@example.org"}}
	for _, field := range strings.Fields(about) {
		if field != "email" {
			form.Set(field, page.doc().Find("form [name="+field+"]").AttrOr("value", ""))
		}
	}
	if got := b.post("/password-strength", form).want(http.StatusOK); !strings.Contains(got.Body, "built on a name") {
		t.Errorf("the meter says %s", got.Body)
	}
}

func TestJoinWhileSignedIn(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	i, link := h.invite("priya@example.org")
	b := h.signedIn("Elsa", away)
	page := b.get(link).says("Mara invites you").says("You are signed in as Elsa").says("sign out first")
	if page.offers("password") {
		t.Error("a password is asked for all the same")
	}
	b.post(link, acceptance("Priya", "", otherPassword)).want(http.StatusUnprocessableEntity).says("You are signed in as Elsa")
	if _, err := h.store.Invitation(context.Background(), i.User.ID); err != nil {
		t.Fatal(err)
	}
	b.named()
	if page := b.follow(link, url.Values{"sign_out": {"1"}}); !page.offers("password") {
		t.Errorf("there is no way to accept after signing out:\n%s", page.Body)
	}
	b.isOut()
	b.follow(link, acceptance("Priya", "", otherPassword)).says("Hello, Priya")
}

// TestJoinFiftyAtOnce accepts one invitation many times side by side, over
// HTTP: one guest comes of it.
func TestJoinFiftyAtOnce(t *testing.T) {
	h := newHousehold(t)
	_, link := h.invite("priya@example.org")
	server := httptest.NewServer(h.server)
	defer server.Close()
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	var mu sync.Mutex
	answers := make(map[int]int)
	var group sync.WaitGroup
	for n := range 50 {
		group.Go(func() {
			form := acceptance(fmt.Sprint("Priya ", n), "", otherPassword)
			answer, err := client.PostForm(server.URL+link, form)
			if err != nil {
				t.Error(err)
				return
			}
			_ = answer.Body.Close()
			mu.Lock()
			defer mu.Unlock()
			answers[answer.StatusCode]++
		})
	}
	group.Wait()
	guests, err := h.store.CountUsers(context.Background(), store.ListGuests, store.FilterEveryone)
	if err != nil || guests != 1 || answers[http.StatusSeeOther] != 1 {
		t.Errorf("%d guests, answers %v: %v", guests, answers, err)
	}
	// A server that is busy hashing may ask the others to come back later.
	if others := answers[http.StatusNotFound] + answers[http.StatusTooManyRequests]; others != 49 {
		t.Errorf("answers %v", answers)
	}
}

// TestJoinKeepsTheTokenToItself looks for the token where it must not be.
func TestJoinKeepsTheTokenToItself(t *testing.T) {
	h := newHousehold(t)
	_, link := h.invite("priya@example.org")
	token := strings.TrimPrefix(link, "/join/")
	b := h.browser(away)
	b.post(link, acceptance("", "", ""))
	stranger := h.browser(away)
	stranger.header.Set("Origin", "https://evil.example")
	stranger.post(link, acceptance("Priya", "", otherPassword)).want(http.StatusForbidden).says("came from elsewhere")
	b.post(link, acceptance("Priya", "", otherPassword)).want(http.StatusSeeOther)
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	h.browser(away).get(link).want(http.StatusInternalServerError)
	if log := h.log.String(); !strings.Contains(log, "path=/join/:token") || strings.Contains(log, token) {
		t.Errorf("the log says %s", log)
	}
}

// TestNobodySetsAGuestsPassword posts what would do so to every address that an
// administrator has.
func TestNobodySetsAGuestsPassword(t *testing.T) {
	for _, route := range newHousehold(t).server.Routes() {
		if route.Method != http.MethodPost || !strings.Contains(route.Path, "users") {
			continue
		}
		t.Run(route.Path, func(t *testing.T) {
			h := newHousehold(t)
			priya := h.addGuest("Priya", "priya@example.org")
			before, err := h.store.CredentialsByID(context.Background(), priya.ID)
			if err != nil {
				t.Fatal(err)
			}
			b := h.signedIn("Mara", away)
			answer := b.post(strings.ReplaceAll(route.Path, ":id", fmt.Sprint(priya.ID)), url.Values{
				"id": {fmt.Sprint(priya.ID)}, "user": {fmt.Sprint(priya.ID)}, "name": {"Priya R"}, "email": {"mine@example.org"},
				"password": {otherPassword}, "current": {goodPassword}, "local_access": {"on"},
			})
			if strings.Contains(route.Path, "password") || strings.Contains(route.Path, "sign-in") || strings.Contains(route.Path, "reset") {
				answer.want(http.StatusForbidden)
			}
			after, err := h.store.CredentialsByID(context.Background(), priya.ID)
			if errors.Is(err, store.ErrNotFound) {
				return // deleted, which is allowed
			}
			if err != nil || after.PasswordHash != before.PasswordHash || after.Name != before.Name || after.Email != before.Email || after.LocalAccess {
				t.Errorf("%s became %+v: %v", route.Path, after.User, err)
			}
		})
	}
}

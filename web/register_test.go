package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// rules lets strangers register.
func (h *house) rules(registration store.Registration, change ...func(*store.RegistrationRules)) *house {
	h.t.Helper()
	rules := store.RegistrationRules{Registration: registration, ADay: 10}
	for _, c := range change {
		c(&rules)
	}
	if err := h.store.SaveRegistration(context.Background(), h.asOwner(), rules); err != nil {
		h.t.Fatal(err)
	}
	return h
}

// aDay and domains are what rules can be changed by.
func aDay(n int) func(*store.RegistrationRules) {
	return func(r *store.RegistrationRules) { r.ADay = n }
}

func domains(list string) func(*store.RegistrationRules) {
	return func(r *store.RegistrationRules) { r.Domains = list }
}

// registration is what somebody sends who registers.
func registration(name string) url.Values {
	return url.Values{"name": {name}, "password": {goodPassword}}
}

// registerLink asks for a link as somebody at this address, and takes it out of
// the letter.
func (h *house) registerLink(email string) (link string) {
	h.t.Helper()
	h.browser(away).post("/register", url.Values{"email": {email}}).want(http.StatusOK)
	letter, token := h.claim()
	if letter.Kind != store.LetterRegistration {
		h.t.Fatalf("the letter is %+v", letter)
	}
	return "/register/" + token
}

// listOf are the people of a list.
func (h *house) listOf(list store.List) []store.User {
	h.t.Helper()
	found, err := h.store.Users(context.Background(), store.UserQuery{List: list})
	if err != nil {
		h.t.Fatal(err)
	}
	return found.Users
}

func TestRegistrationIsOff(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(away)
	if b.get("/sign-in").leadsTo("/register") {
		t.Error("the sign-in page leads to a registration that is off")
	}
	for _, path := range []string{"/register", "/register/made-up"} {
		b.get(path).want(http.StatusNotFound).says("Registration is off")
		b.post(path, registration("Elsa")).want(http.StatusNotFound).says("Ask whoever runs it to add or to invite you.")
	}
}

func TestRegisterAtOnce(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationOpen)
	b := h.browser(away)
	if !b.get("/sign-in").leadsTo("/register") {
		t.Error("the sign-in page does not lead to registration")
	}
	form := b.get("/register").want(http.StatusOK).says("You are signed in at once.")
	if form.doc().Find("#email").Length() != 0 {
		t.Error("an address is asked for that cannot be verified")
	}
	b.follow("/register", registration("Elsa")).says("Welcome, Elsa. You have an account now, and are signed in.")
	b.get("/account").want(http.StatusOK).says("Elsa")
	h.signedIn("Elsa", away)
	h.signedIn("Mara", away).get("/admin/activity").says("Elsa registered.")
	b.follow("/register", registration("Nils")).says("You are signed in as Elsa, and have an account.")
	if n := len(h.listOf(store.ListLocal)); n != 2 {
		t.Errorf("%d people live here, want Elsa and Mara", n)
	}
}

func TestRegisterWithVerification(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationApproval)
	b := h.browser(away)
	form := b.get("/register").want(http.StatusOK).says("You get a link by e-mail to go on with. Afterwards an administrator decides.")
	if form.doc().Find("#name, #password").Length() != 0 {
		t.Error("more than the address is asked for at first")
	}
	b.post("/register", url.Values{"email": {"elsa@example.org"}, "name": {"Elsa"}, "password": {goodPassword}}).want(http.StatusOK).
		says("Look into your inbox").says("An e-mail to elsa@example.org is on its way.")
	if n := len(h.listOf(store.ListWaiting)); n != 0 {
		t.Fatalf("%d wait who have proven no address", n)
	}
	letter, token := h.claim()
	if letter.Recipient != "elsa@example.org" || letter.BaseURL != "http://usher.example" {
		t.Errorf("the letter is %+v", letter)
	}
	link := "/register/" + token
	page := b.get(link).want(http.StatusOK).says("Your address elsa@example.org is verified.")
	if got := page.Header.Get("Referrer-Policy"); got != "no-referrer, strict-origin" {
		t.Errorf("the Referrer-Policy of the link is %q", got)
	}
	b.named().follow(link, registration("Elsa")).says("You have registered").says("An administrator of Usher decides now")
	waiting := h.listOf(store.ListWaiting)
	if len(waiting) != 1 || waiting[0].Email != "elsa@example.org" {
		t.Fatalf("those who wait are %+v", waiting)
	}
	b.post(link, registration("Elsa again")).want(http.StatusNotFound).says("This link does not work")
	if strings.Contains(h.log.String(), token) {
		t.Error("the token is in the log")
	}
}

// TestWhoWaitsIsNobody holds those who wait to be told so only with the right
// password.
func TestWhoWaitsIsNobody(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	b := h.browser(atHome)
	b.follow("/register", registration("Elsa")).says("You have registered")
	b.get("/").want(http.StatusSeeOther)
	b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("your registration still waits for an administrator to approve it")
	if b.cookie() != "" {
		t.Error("somebody who waits has a session")
	}
	wrong := h.browser(away).post("/sign-in", signInForm("Elsa", "not it at all")).want(http.StatusUnprocessableEntity)
	unknown := h.browser(away).post("/sign-in", signInForm("Elsb", "not it at all")).want(http.StatusUnprocessableEntity)
	if strings.ReplaceAll(unknown.Body, "Elsb", "Elsa") != wrong.Body {
		t.Error("a wrong password for somebody who waits looks otherwise than for nobody")
	}
	h.browser(atHome).post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
}

// TestRegisterTellsNothing holds the answer to be the same to the byte, whoever
// has the address.
func TestRegisterTellsNothing(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationOpen)
	h.addGuest("Priya", "known@example.org")
	ask := func(email string) answer {
		return h.browser(away).post("/register", url.Values{"email": {email}}).want(http.StatusOK)
	}
	same := func(known, unknown answer) {
		t.Helper()
		if strings.ReplaceAll(unknown.Body, "other@example.org", "known@example.org") != known.Body || fmt.Sprint(known.Header) != fmt.Sprint(unknown.Header) {
			t.Errorf("an address of somebody here is answered otherwise:\n%s\n%s", known.Body, unknown.Body)
		}
	}
	same(ask("known@example.org"), ask("other@example.org"))
	same(ask("known@example.org"), ask("other@example.org"))
	for _, want := range []store.Kind{store.KindGuest, ""} {
		letter, token := h.claim()
		if letter.Known != want {
			t.Errorf("the letter to %s says that it belongs to %q, want %q", letter.Recipient, letter.Known, want)
		}
		status := http.StatusOK
		if want != "" {
			status = http.StatusNotFound
		}
		h.browser(away).get("/register/" + token).want(status)
	}
	if l, err := h.store.ClaimLetter(context.Background(), func(int64) []byte { return []byte("none") }); err == nil {
		t.Errorf("asking twice sends two letters: %+v", l)
	}
}

func TestRegisterRefused(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationOpen, domains("example.org"))
	b := h.browser(away)
	b.get("/register").says("At example.org.")
	for email, words := range map[string]string{
		"": "Type your e-mail address.", "elsa@example.com": "Only addresses at example.org can register here.",
		"elsa@example.org\r\nBcc: all@example.org": "invisible character", hostile: "This is not an e-mail address.",
	} {
		b.post("/register", url.Values{"email": {email}}).want(http.StatusUnprocessableEntity).wantError("email", words)
	}
	h.clock.pass(25 * time.Hour)
	link := h.registerLink("elsa@example.org")
	for _, test := range []struct{ name, password, field, words string }{
		{"", goodPassword, "name", "Type a name."},
		{"Mara", goodPassword, "name", "Somebody here has this name already."},
		{"mara@example.org", goodPassword, "name", "A name cannot have an @ in it."},
		{"Elsa", "short", "password", "Too short"},
		{"Elsa", "elsa@example.org", "password", "Weak"},
	} {
		h.clock.pass(time.Minute) // as somebody takes who reads what is wrong
		refused := b.post(link, url.Values{"name": {test.name}, "password": {test.password}}).want(http.StatusUnprocessableEntity).wantError(test.field, test.words)
		if refused.value("name") != test.name || refused.value("password") != test.password {
			t.Errorf("what was typed is gone: %q, %q", refused.value("name"), refused.value("password"))
		}
	}
	h.clock.pass(time.Minute)
	b.follow(link, registration("Elsa")).says("Welcome, Elsa.")
}

// TestRegisterWithForeignFields sends what the form does not have.
func TestRegisterWithForeignFields(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationOpen)
	form := registration("Elsa")
	for field, value := range map[string]string{
		"id": "1", "kind": "guest", "role": "owner", "administrator": "on", "email": "elsa@example.org", "all_libraries": "on", "all_channels": "on",
		"library": "1", "folder": "/", "path": "/", "personal_folder": "/", "note": "x", "disabled": "on", "ends": "2020-01-01", "may_change_password": "",
		"local_access": "on", "password_hash": "x", "token": "x", "registration": "open", "approved": "on",
	} {
		form.Set(field, value)
	}
	h.browser(away).post("/register?role=owner", form).want(http.StatusSeeOther)
	var elsa store.User
	for _, u := range h.listOf(store.ListLocal) {
		if u.Name == "Elsa" {
			elsa = h.user(u.ID)
		}
	}
	elsa.LastSeenAt = time.Time{}
	want := store.User{
		ID: elsa.ID, Name: "Elsa", Kind: store.KindLocal, Role: store.RoleUser, WantsMail: true, HasPassword: true, MayChangePassword: true,
		DeviceRule: store.DevicesAny, WantsDeviceMail: true, MayEditProfile: true, PasswordAt: elsa.PasswordAt, CreatedAt: elsa.CreatedAt,
	}
	if fmt.Sprintf("%+v", elsa) != fmt.Sprintf("%+v", want) {
		t.Errorf("Elsa is %+v\nwant    %+v", elsa, want)
	}
}

func TestRegisterIsFull(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationOpen, aDay(1))
	h.browser(away).post("/register", registration("Elsa")).want(http.StatusSeeOther)
	b := h.browser("198.51.100.7:4000")
	full := b.get("/register").want(http.StatusTooManyRequests).says("Come back tomorrow.")
	if full.Header.Get("Retry-After") == "" {
		t.Error("nothing says when to come back")
	}
	b.post("/register", registration("Nils")).want(http.StatusTooManyRequests)
	h.clock.pass(25 * time.Hour)
	settings := h.settings()
	settings.UserLimit = 1
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	b.get("/register").want(http.StatusForbidden).says("This server has as many people as it may have.")
	b.post("/register", registration("Nils")).want(http.StatusForbidden)
	h.rules(store.RegistrationOpen, domains("example.org"))
	b.get("/register").want(http.StatusNotFound).says("Registration is off")
}

func TestRegisterIsThrottled(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationOpen, aDay(1000))
	b := h.browser(away)
	for range 5 {
		b.post("/register", url.Values{"name": {"Mara"}, "password": {goodPassword}}).want(http.StatusUnprocessableEntity)
	}
	slowed := b.post("/register", registration("Elsa")).want(http.StatusTooManyRequests).says("There were many tries from where you are.")
	if slowed.Header.Get("Retry-After") != "1" || slowed.value("name") != "Elsa" {
		t.Errorf("Retry-After is %q, the name %q", slowed.Header.Get("Retry-After"), slowed.value("name"))
	}
	h.browser("198.51.100.7:4000").post("/register", registration("Elsa")).want(http.StatusSeeOther)
	h.signedIn("Mara", away)
}

// fiftyAtOnce has fifty people from everywhere send a registration, and counts
// the answers.
func (h *house) fiftyAtOnce(path string) map[int]int {
	var mu sync.Mutex
	var group sync.WaitGroup
	answers := make(map[int]int)
	for n := range 50 {
		b := h.browser(fmt.Sprintf("203.0.113.%d:4000", n))
		group.Go(func() {
			got := b.post(path, registration(fmt.Sprint("Elsa ", n))).Status
			mu.Lock()
			defer mu.Unlock()
			answers[got]++
		})
	}
	group.Wait()
	return answers
}

func TestRegisterFiftyAtOnceWithOneLink(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationOpen, aDay(1000))
	answers := h.fiftyAtOnce(h.registerLink("elsa@example.org"))
	if n := len(h.listOf(store.ListLocal)); n != 2 || answers[http.StatusSeeOther] != 1 {
		t.Errorf("%d people live here, answers %v", n, answers)
	}
}

func TestRegisterFiftyAtOnceInADay(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval, aDay(3))
	answers := h.fiftyAtOnce("/register")
	if n := len(h.listOf(store.ListWaiting)); n != 3 || answers[http.StatusSeeOther] != 3 {
		t.Errorf("%d wait, answers %v", n, answers)
	}
}

package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// asked is a home where somebody at this address has been sent a link with
// this token.
func asked(t *testing.T, rules store.RegistrationRules, email, token string) *home {
	t.Helper()
	h := mailing(t, rules)
	h.must(h.AskToRegister(h.ctx, email))
	h.claim(token)
	return h
}

// letters is how many letters to strangers there are.
func (h *home) letters() int {
	return h.number(`SELECT count(*) FROM outbox WHERE letter = 'registration'`)
}

func TestAskToRegister(t *testing.T) {
	h := mailing(t, withApproval)
	h.must(h.AskToRegister(h.ctx, " Elsa@Example.org "))
	l := h.claim("token")
	if l.Kind != store.LetterRegistration || l.Recipient != "Elsa@Example.org" || l.Known != "" || l.BaseURL != "https://usher.example" ||
		!l.Ends.Equal(h.clock.now().Add(store.RegistrationLinkLife)) {
		t.Errorf("the letter is %+v", l)
	}
	email, err := h.ProvenAddress(h.ctx, hash("token"))
	if h.must(err); email != "Elsa@Example.org" {
		t.Errorf("the link proves %q", email)
	}
	_, err = h.ProvenAddress(h.ctx, hash("made up"))
	wantError(t, err, store.ErrBadLink)
	h.clock.pass(store.RegistrationLinkLife)
	_, err = h.ProvenAddress(h.ctx, hash("token"))
	wantError(t, err, store.ErrBadLink)
}

// A stranger must not learn whose addresses are known: all of these are
// answered alike, and leave the same rows.
func TestAskToRegisterTellsNothing(t *testing.T) {
	h := mailing(t, withApproval)
	for _, kind := range []string{"local", "guest", "invited", "waiting"} {
		u, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: kind, Email: kind + "@example.org"})
		h.must(err)
		_, err = h.raw().Exec(`UPDATE users SET kind = ? WHERE id = ?`, kind, u.ID)
		h.must(err)
	}
	for i, name := range []string{"local", "guest", "invited", "waiting", "nobody"} {
		h.must(h.AskToRegister(h.ctx, strings.ToUpper(name)+"@example.org"))
		if links, letters := h.number(`SELECT count(*) FROM registration_links`), h.letters(); links != i+1 || letters != i+1 {
			t.Errorf("after asking as %s there are %d links and %d letters", name, links, letters)
		}
		l := h.claim("token of " + name)
		known := store.Kind(name)
		if name == "nobody" {
			known = ""
		}
		if l.Known != known {
			t.Errorf("the letter to %s says that the address belongs to %q", name, l.Known)
		}
		_, err := h.ProvenAddress(h.ctx, hash("token of "+name))
		if works := err == nil; works != (name == "nobody") {
			t.Errorf("a link for %s works: %v", name, works)
		}
	}
}

func TestAskToRegisterRefused(t *testing.T) {
	h := mailing(t, store.RegistrationRules{Registration: store.RegistrationOpen, Domains: "example.org bücher.example"})
	for email, want := range map[string]string{
		"":                           "Type your e-mail address.",
		"elsa":                       "This is not an e-mail address.",
		"elsa@example.com":           "Only addresses at example.org or bücher.example can register here.",
		"elsa@mail.example.org":      "Only addresses at example.org",
		"elsa@example.org.evil":      "Only addresses at example.org",
		"elsa@example.org\n":         "invisible character",
		"a@b.example, c@example.org": "invisible character",
		strings.Repeat("x", 300) + "@example.org": "longer than 254",
	} {
		err := h.AskToRegister(h.ctx, email)
		wantInvalid(t, err, "email")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is answered with %v, want %q", email, err, want)
		}
	}
	for _, email := range []string{"elsa@EXAMPLE.org", "elsa@xn--bcher-kva.example", "elsa@Bücher.example"} {
		h.must(h.AskToRegister(h.ctx, email))
	}
	h.must(h.SaveMail(h.ctx, h.mara(), ""))
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 10}))
	wantError(t, h.AskToRegister(h.ctx, "elsa@example.org"), store.ErrForbidden)
}

// Whoever asks again and again fills nobody's inbox.
func TestAskToRegisterAgain(t *testing.T) {
	h := mailing(t, store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 1})
	for range 20 {
		h.must(h.AskToRegister(h.ctx, "elsa@example.org"))
	}
	h.must(h.LetterSent(h.ctx, h.claim("first").ID))
	h.wantNothingDue()
	h.clock.pass(10 * time.Minute)
	h.must(h.AskToRegister(h.ctx, "ELSA@example.org"))
	h.claim("second")
	_, err := h.ProvenAddress(h.ctx, hash("first"))
	wantError(t, err, store.ErrBadLink)
	_, err = h.ProvenAddress(h.ctx, hash("second"))
	h.must(err)
	for i := range 8 {
		h.must(h.AskToRegister(h.ctx, fmt.Sprintf("elsa%d@example.org", i)))
	}
	wantShut(t, h.AskToRegister(h.ctx, "nils@example.org"), store.ShutToday)
	_, err = h.register("Elsa", "second") // who has a link comes in all the same
	h.must(err)
}

// Two ways to write a key are one account, but two mailboxes.
func TestLinkProvesOneAddress(t *testing.T) {
	h := asked(t, freely, "ｅlsa@example.org", "token")
	h.clock.pass(time.Hour)
	h.must(h.AskToRegister(h.ctx, "elsa@example.org"))
	_, err := h.ProvenAddress(h.ctx, hash("token"))
	wantError(t, err, store.ErrBadLink)
}

func TestRegisterFreely(t *testing.T) {
	h := newHome(t)
	films := h.library("Films")
	h.library("Music")
	rules := freely
	rules.ADay, rules.Access = 10, store.Access{Libraries: []int64{films}, AllChannels: true}
	h.must(h.SaveRegistration(h.ctx, h.mara(), rules))
	var elsa store.User
	wrote := h.wrote(func() {
		var err error
		elsa, err = h.Register(h.ctx, store.Registrant{Name: " Elsa ", PasswordHash: "$e"}, store.NewSession{TokenHash: hash("session")})
		h.must(err)
	})
	if elsa = h.user(elsa.ID); elsa.Name != "Elsa" || elsa.Kind != store.KindLocal || elsa.Role != store.RoleUser || elsa.Email != "" || !elsa.Access.Equal(rules.Access) {
		t.Errorf("Elsa is %+v", elsa)
	}
	if session, err := h.Session(h.ctx, hash("session")); err != nil || session.User.ID != elsa.ID || session.Strength != store.StrengthPassword {
		t.Errorf("the session is %+v, %v", session, err)
	}
	if !slices.Equal(wrote, []store.Action{store.ActionRegistered}) {
		t.Errorf("registering wrote %v", wrote)
	}
	if got := h.sentences(store.ActivityQuery{})[0]; got != "Elsa registered." {
		t.Errorf("Activity says %q", got)
	}
}

func TestRegisterWithApproval(t *testing.T) {
	h := asked(t, withApproval, "elsa@example.org", "token")
	jonas := h.administrator("Jonas")
	h.must(h.edit(jonas.ID, func(p *store.Profile) { p.Email = "jonas@example.org" }))
	elsa, err := h.register("Elsa", "token")
	if h.must(err); elsa.Kind != store.KindWaiting || elsa.Email != "elsa@example.org" {
		t.Errorf("Elsa is %+v", elsa)
	}
	if h.number(`SELECT count(*) FROM sessions`) != 0 {
		t.Error("somebody who waits has a session")
	}
	if got := h.sentences(store.ActivityQuery{})[0]; got != "Elsa registered (waits for approval)." {
		t.Errorf("Activity says %q", got)
	}
	if l := h.claim("none"); l.Kind != store.LetterRegistered || l.Recipient != "jonas@example.org" || l.Subject != "Elsa" {
		t.Errorf("the letter to administrators is %+v", l)
	}
	h.wantNothingDue()
	_, err = h.User(h.ctx, elsa.ID)
	wantError(t, err, store.ErrNotFound)
	page, err := h.Users(h.ctx, store.UserQuery{List: store.ListWaiting, Search: "els"})
	if h.must(err); page.Total != 1 || page.Users[0].Name != "Elsa" {
		t.Errorf("a search among those who wait finds %+v", page)
	}
}

func TestRegisterRefused(t *testing.T) {
	h := mailing(t, freely)
	h.must(h.AskToRegister(h.ctx, "elsa@example.org"))
	h.claim("token")
	nils, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Nils", Email: "nils@example.org"})
	h.must(err)
	for name, want := range map[string]string{
		"": "Type a name.", "NILS": "has this name already", "nils@example.org": "an @ in it", "nobody＠example.org": "an @ in it",
	} {
		_, err := h.register(name, "token")
		wantInvalid(t, err, "name")
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Nils") {
			t.Errorf("%q is answered with %v, want %q", name, err, want)
		}
	}
	_, err = h.register("Elsa", "")
	wantError(t, err, store.ErrBadLink)
	_, err = h.register("Elsa", "made up")
	wantError(t, err, store.ErrBadLink)
	h.must(h.edit(nils.ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
	_, err = h.register("Elsa", "token")
	wantInvalid(t, err, "")
	h.must(h.edit(nils.ID, func(p *store.Profile) { p.Email = "" }))
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 10, Domains: "example.com"}))
	_, err = h.register("Elsa", "token")
	wantInvalid(t, err, "")
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 10}))
	_, err = h.register("Elsa", "token")
	h.must(err)
	_, err = h.register("Elsa the second", "token")
	wantError(t, err, store.ErrBadLink)
}

func TestRegistrationOffVoidsLinks(t *testing.T) {
	h := asked(t, freely, "elsa@example.org", "token")
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOff, ADay: 10}))
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 10}))
	_, err := h.register("Elsa", "token")
	wantError(t, err, store.ErrBadLink)
}

func TestRegisterManyAtOnce(t *testing.T) {
	h := registers(t, store.RegistrationRules{Registration: store.RegistrationApproval, ADay: 7})
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			var shut store.Shut
			if _, err := h.register(fmt.Sprint("Elsa ", i), ""); err != nil && !errors.As(err, &shut) {
				t.Errorf("number %d is answered with %v", i, err)
			}
		})
	}
	wg.Wait()
	if n, err := h.CountUsers(h.ctx, store.ListWaiting, store.FilterEveryone); err != nil || n != 7 {
		t.Errorf("%d have registered, %v; want 7", n, err)
	}
}

func TestCleanUpRegistrations(t *testing.T) {
	h := asked(t, withApproval, "elsa@example.org", "token")
	_, err := h.register("Elsa", "token")
	h.must(err)
	h.must(h.AskToRegister(h.ctx, "nils@example.org"))
	h.clock.pass(store.RegistrationLinkLife + time.Second)
	_, err = h.CleanUp(h.ctx)
	h.must(err)
	if links, times := h.number(`SELECT count(*) FROM registration_links`), h.number(`SELECT count(*) FROM registrations`); links != 0 || times != 0 {
		t.Errorf("%d links and %d registrations are kept", links, times)
	}
	h.clock.pass(300 * store.Day)
	_, err = h.CleanUp(h.ctx)
	h.must(err)
	if n := h.number(`SELECT count(*) FROM users WHERE kind = 'waiting'`); n != 1 {
		t.Errorf("%d wait, want 1", n)
	}
}

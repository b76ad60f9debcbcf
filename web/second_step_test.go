package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"usher/auth"
	"usher/store"
)

// authenticator is the app on somebody's phone.
type authenticator struct {
	house    *house
	secret   string
	recovery []string
}

// withCodes sets an authenticator up for u, with a code of two minutes ago.
func (h *house) withCodes(u store.User) *authenticator {
	h.t.Helper()
	ctx, porter, actor := context.Background(), h.server.Porter, store.Actor{ID: u.ID}
	h.clock.pass(-2 * time.Minute)
	token, err := porter.BeginAuthenticator(ctx, actor)
	h.must(err)
	a := &authenticator{house: h}
	a.secret, err = porter.NewAuthenticator(ctx, u.ID, auth.HashToken(token))
	h.must(err)
	a.recovery, err = porter.SetAuthenticator(ctx, actor, 0, auth.HashToken(token), a.code(0))
	h.must(err)
	h.clock.pass(2 * time.Minute)
	return a
}

// code is what the authenticator shows so many codes from now.
func (a *authenticator) code(later int) string {
	a.house.t.Helper()
	code, err := totp.GenerateCode(a.secret, a.house.clock.now().Add(time.Duration(later)*store.CodePeriod))
	a.house.must(err)
	return code
}

func typed(code string) url.Values { return url.Values{"code": {code}} }

// secondStep is a browser in which name has given the password, and is asked for
// more.
func (h *house) secondStep(name, address string) *browser {
	h.t.Helper()
	b := h.browser(address)
	if to := b.post("/sign-in", signInForm(name, goodPassword)).want(http.StatusSeeOther).Location; to != "/sign-in/code" {
		h.t.Fatalf("%s is led to %q", name, to)
	}
	return b
}

func TestSecondStep(t *testing.T) {
	h := newHousehold(t)
	codes := h.withCodes(h.owner)
	b := h.browser(away)
	asked := b.post("/sign-in", url.Values{"name": {"Mara"}, "password": {goodPassword}, "next": {"/history?page=2"}}).want(http.StatusSeeOther)
	if asked.Location != "/sign-in/code?next=%2Fhistory%3Fpage%3D2" || b.cookie() != "" {
		t.Errorf("led to %q with the session %q", asked.Location, b.cookie())
	}
	page := b.get(asked.Location).want(http.StatusOK).says("One more step").says("Six digits, which change every 30 seconds.")
	if !page.leadsTo("/sign-in/code?next=%2Fhistory%3Fpage%3D2&recovery=1") {
		t.Errorf("no way to type a recovery code:\n%s", page.Body)
	}
	b.get("/").want(http.StatusSeeOther)
	for _, wrong := range []string{"", codes.code(-2), codes.code(2), strings.Repeat("9", 5000)} {
		b.post("/sign-in/code", typed(wrong)).want(http.StatusUnprocessableEntity).says("This code is not right")
	}
	code := codes.code(0)
	done := b.post("/sign-in/code", url.Values{"code": {" " + code[:3] + " " + code[3:]}, "next": {"/history?page=2"}}).want(http.StatusSeeOther)
	if done.Location != "/history?page=2" {
		t.Errorf("led to %q", done.Location)
	}
	b.get("/admin/activity").want(http.StatusOK).says("Mara signed in (with the password and a code).").says("A sign-in as Mara was refused 4 times (the code was wrong).")
	b.get("/sign-in/code").want(http.StatusSeeOther)
}

// A code is good once, also for whoever saw it and knows the password.
func TestCodeOnce(t *testing.T) {
	h := newHousehold(t)
	codes := h.withCodes(h.owner)
	code := codes.code(0)
	h.secondStep("Mara", away).post("/sign-in/code", typed(code)).want(http.StatusSeeOther)
	other := h.secondStep("Mara", away)
	other.post("/sign-in/code", typed(code)).want(http.StatusUnprocessableEntity).says("This code has been used already.")
	other.post("/sign-in/code", typed(codes.code(-1))).want(http.StatusUnprocessableEntity).says("This code has been used already.")
	other.post("/sign-in/code", typed(codes.code(1))).want(http.StatusSeeOther)
}

func TestCodeSideBySide(t *testing.T) {
	h := newHousehold(t)
	codes := h.withCodes(h.owner)
	for _, code := range []string{codes.code(0), codes.recovery[0]} {
		var browsers []*browser
		for range 4 {
			browsers = append(browsers, h.secondStep("Mara", away))
		}
		answers := make([]answer, len(browsers))
		var all sync.WaitGroup
		for i, b := range browsers {
			all.Go(func() { answers[i] = b.post("/sign-in/code", typed(code)) })
		}
		all.Wait()
		entered := 0
		for i, b := range browsers {
			if b.cookie() != "" && answers[i].Status == http.StatusSeeOther {
				entered++
			}
		}
		if entered != 1 {
			t.Errorf("%s lets %d in", code, entered)
		}
	}
}

package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/store"
)

// setUp sets an authenticator up in the browser, and answers it with the page that
// came last.
func (b *browser) setUp(next string) (*authenticator, answer) {
	b.house.t.Helper()
	begun := b.post("/account/second-factor", url.Values{"next": {next}}).want(http.StatusSeeOther)
	shown := b.get(begun.Location).want(http.StatusOK)
	a := &authenticator{house: b.house, secret: strings.ReplaceAll(shown.doc().Find("#secret").AttrOr("value", ""), " ", "")}
	last := b.post("/account/second-factor/authenticator", url.Values{"code": {a.code(0)}, "next": {next}})
	last.doc().Find(".recovery li").Each(func(_ int, li *goquery.Selection) { a.recovery = append(a.recovery, li.Text()) })
	return a, last
}

func TestSetUpAuthenticator(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", atHome)
	if !b.get("/account").says("None: your password is enough.").leadsTo("/account/second-factor") {
		t.Error("My account does not lead there")
	}
	b.get("/account/second-factor").want(http.StatusOK).says("Set up an authenticator")
	b.get("/account/second-factor/authenticator").want(http.StatusSeeOther)
	b.post("/account/second-factor", nil).want(http.StatusSeeOther)
	b.post("/account/second-factor/authenticator", typed("000000")).want(http.StatusUnprocessableEntity).says("This is not the code that shows now.")
	picture := b.get("/account/second-factor/qr").want(http.StatusOK)
	if picture.Header.Get("Content-Type") != "image/png" || picture.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the picture comes with %v", picture.Header)
	}
	if h.user(2).Codes {
		t.Fatal("codes are asked for before one was right")
	}
	codes, last := b.setUp("")
	last.want(http.StatusOK).says("Your recovery codes")
	if form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`); len(codes.recovery) != store.RecoveryCodes || !form.MatchString(codes.recovery[0]) {
		t.Errorf("the recovery codes are %q", codes.recovery)
	}
	file := b.post("/account/second-factor/recovery-codes/text", url.Values{"code": {codes.recovery[3], "<b>mine</b>", "00000-00000"}}).want(http.StatusOK)
	if want := "Recovery codes of Elsa for Usher\r\nEach works once.\r\n\r\n" + codes.recovery[3] + "\r\n"; file.Body != want || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file is %q, with %v", file.Body, file.Header)
	}
	b.post("/account/second-factor/authenticator", typed(codes.code(1))).want(http.StatusSeeOther)
	b.get("/account/second-factor").says("finished already").says("You have ten codes left.")
	h.secondStep("Elsa", atHome).post("/sign-in/code", typed(codes.code(0))).want(http.StatusUnprocessableEntity).says("used already")
	h.secondStep("Elsa", atHome).post("/sign-in/code", typed(codes.code(1))).want(http.StatusSeeOther)
	h.signedIn("Mara", atHome).get("/admin/users/2/activity").says("Elsa set up an authenticator, whose codes are asked for after the password.")
}

func TestRecoveryCodes(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", atHome)
	codes, _ := b.setUp("")
	for i := range 7 {
		again := h.secondStep("Elsa", away)
		again.get("/sign-in/code?recovery=1").says("Ten letters and digits, in two groups.")
		again.post("/sign-in/code", typed(" "+strings.ToLower(strings.ReplaceAll(codes.recovery[i], "-", " ")))).want(http.StatusSeeOther)
		h.secondStep("Elsa", away).post("/sign-in/code", typed(codes.recovery[i])).want(http.StatusUnprocessableEntity).says("This code is not right")
	}
	b.get("/account/second-factor").says("You have three codes left.").says("Make new ones before you need them")
	made := b.post("/account/second-factor/recovery-codes", nil).want(http.StatusOK)
	if fresh := made.text(".recovery"); strings.Contains(fresh, codes.recovery[8]) || made.doc().Find(".recovery li").Length() != store.RecoveryCodes {
		t.Errorf("the new ones are %q", fresh)
	}
	h.secondStep("Elsa", away).post("/sign-in/code", typed(codes.recovery[8])).want(http.StatusUnprocessableEntity)
	h.signedIn("Mara", atHome).get("/admin/users/2/activity").says("Elsa used a recovery code (3 left).").says("Elsa made new recovery codes.").says("Elsa signed in (with the password and a recovery code).")
}

func TestRemoveAuthenticator(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", atHome)
	codes, _ := b.setUp("")
	b.get("/account/second-factor/remove").want(http.StatusOK).says("your recovery codes are void")
	b.follow("/account/second-factor/remove", nil).says("Your authenticator is removed.")
	h.signedIn("Elsa", away)
	b.setUp("")
	h.secondStep("Elsa", away).post("/sign-in/code", typed(codes.recovery[0])).want(http.StatusUnprocessableEntity)
}

// An authenticator on a new phone takes the place of the one before, and the
// recovery codes stay.
func TestAnotherAuthenticator(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", atHome)
	before, _ := b.setUp("")
	after, last := b.setUp("/history")
	if last.want(http.StatusSeeOther); last.Location != "/history" || len(after.recovery) != 0 {
		t.Errorf("led to %q with %v", last.Location, after.recovery)
	}
	h.clock.pass(time.Minute)
	step := h.secondStep("Elsa", away)
	step.post("/sign-in/code", typed(before.code(0))).want(http.StatusUnprocessableEntity)
	step.post("/sign-in/code", typed(after.code(0))).want(http.StatusSeeOther)
	h.secondStep("Elsa", away).post("/sign-in/code", typed(before.recovery[0])).want(http.StatusSeeOther)
}

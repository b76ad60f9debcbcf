package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/auth"
	"usher/store"
	"usher/web"
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

// Whoever has lost the phone asks an administrator, but for guests and the owner.
func TestRemoveSecondFactorOfAnother(t *testing.T) {
	h := newHousehold(t)
	elsa, jonas := h.add("Elsa", goodPassword), h.addAdministrator("Jonas")
	priya := h.addGuest("Priya", "priya@example.org")
	h.withCodes(h.owner)
	codes := h.withCodes(elsa)
	h.withCodes(priya)
	begun := h.secondStep("Elsa", away)
	b := h.signedIn("Jonas", atHome)
	page := b.get(fmt.Sprintf("/admin/users/%d/sign-in", elsa.ID)).says("After the password, Elsa is asked for a code of an authenticator.")
	address := fmt.Sprintf("/admin/users/%d/second-factor/remove", elsa.ID)
	if !page.leadsTo(address) {
		t.Error("it cannot be removed")
	}
	b.get(address).want(http.StatusOK).says("This is for a lost phone.")
	b.follow(address, nil).says("The second factor of Elsa is removed.").says("None. Elsa can set one up under My account.")
	begun.post("/sign-in/code", typed(codes.code(0))).want(http.StatusForbidden).says("Please sign in once more")
	h.signedIn("Elsa", away)
	b.get("/admin/activity").says("Jonas removed the second factor of Elsa.")
	for _, id := range []int64{h.owner.ID, priya.ID, jonas.ID} {
		address := fmt.Sprintf("/admin/users/%d/second-factor/remove", id)
		if b.get(fmt.Sprintf("/admin/users/%d/sign-in", id)).leadsTo(address) {
			t.Errorf("%d is offered", id)
		}
		b.get(address).want(http.StatusForbidden)
		b.post(address, nil).want(http.StatusForbidden)
	}
	if !h.user(priya.ID).Codes || !h.user(h.owner.ID).Codes {
		t.Error("it was removed all the same")
	}
}

// What changes between the two steps counts.
func TestBetweenTheSteps(t *testing.T) {
	for about, test := range map[string]struct {
		change func(h *house, id int64) error
		status int
		says   string
	}{
		"disabled": {func(h *house, id int64) error { return h.store.SetDisabled(t.Context(), h.asOwner(), true, id) }, http.StatusForbidden, "this account is disabled"},
		"deleted":  {func(h *house, id int64) error { return h.store.DeleteUsers(t.Context(), h.asOwner(), id) }, http.StatusForbidden, "Please sign in once more"},
		"another password": {func(h *house, id int64) error {
			return h.store.ResetPassword(t.Context(), h.asOwner(), id, h.hash("violet harbour spoon"))
		}, http.StatusForbidden, "Please sign in once more"},
		"barred from away": {func(h *house, id int64) error {
			return h.store.SetRestrictions(t.Context(), h.asOwner(), id, store.Limits{Restrictions: store.Restrictions{NoAway: true}})
		}, http.StatusForbidden, "at home only"},
		"too late": {func(h *house, _ int64) error { h.clock.pass(store.ChallengeLife); return nil }, http.StatusForbidden, "Please sign in once more"},
		"only chosen devices": {func(h *house, id int64) error {
			_, err := h.store.SetDeviceRule(t.Context(), h.asOwner(), id, store.DevicesChosen, nil)
			return err
		}, http.StatusForbidden, ""},
		"nothing": {func(*house, int64) error { return nil }, http.StatusSeeOther, ""},
	} {
		t.Run(about, func(t *testing.T) {
			h := newHousehold(t)
			elsa := h.add("Elsa", goodPassword)
			codes := h.withCodes(elsa)
			b := h.secondStep("Elsa", away)
			h.must(test.change(h, elsa.ID))
			answer := b.post("/sign-in/code", typed(codes.code(0))).want(test.status)
			if test.says != "" {
				answer.says(test.says)
			}
			if (b.cookie() != "") != (test.status == http.StatusSeeOther) {
				t.Errorf("the session is %q", b.cookie())
			}
		})
	}
}

// Codes are guessed no faster with many sign-ins side by side, from many places.
func TestGuessingCodes(t *testing.T) {
	h := newHousehold(t)
	codes := h.withCodes(h.owner)
	var b *browser
	for i := range 5 {
		b = h.secondStep("Mara", fmt.Sprintf("203.0.113.%d:41000", i))
		b.post("/sign-in/code", typed("000000")).want(http.StatusUnprocessableEntity)
	}
	shut := b.post("/sign-in/code", typed(codes.code(0))).want(http.StatusTooManyRequests).says("There were too many tries. Try again in one second.")
	if shut.Header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q", shut.Header.Get("Retry-After"))
	}
	h.clock.pass(2 * time.Second)
	b.post("/sign-in/code", typed(codes.code(0))).want(http.StatusSeeOther)
}

// A reset link proves who reads the e-mail, and is followed by the second step.
func TestResetLinkAndSecondStep(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	codes := h.withCodes(elsa)
	token, hash := auth.NewToken()
	_, err := h.store.MakeResetLink(t.Context(), h.asOwner(), elsa.ID, hash)
	h.must(err)
	b := h.browser(away)
	asked := b.follow("/reset/"+token, setPassword(otherPassword)).says("Your new password is saved.").says("One more step")
	if b.cookie() != "" || asked.Status != http.StatusOK {
		t.Error("the link alone signs in")
	}
	b.post("/sign-in/code", typed(codes.code(0))).want(http.StatusSeeOther)
	b.get("/account").want(http.StatusOK)
}

// Where the server's key is another than before, nothing can be checked, and the
// page says whom to ask.
func TestCodesOfAnotherKey(t *testing.T) {
	h := newHousehold(t)
	codes := h.withCodes(h.add("Elsa", goodPassword))
	h.must(os.Remove(filepath.Join(h.store.Folder(), auth.KeyFileName)))
	h.server = web.NewServer(h.store, h.hasher, serverKey(t, h.store), h.outside, slog.New(slog.DiscardHandler))
	for _, code := range []string{codes.code(0), codes.recovery[0]} {
		h.secondStep("Elsa", away).post("/sign-in/code", typed(code)).want(http.StatusForbidden).
			says("Your codes cannot be checked any more").says("Ask an administrator of this server")
	}
}

// Names cannot get out of the page, the picture or the file.
func TestHostileNameAtSecondFactor(t *testing.T) {
	h := newHousehold(t)
	name := `<script>"&':/?#` + strings.Repeat("\U0001f600", 40)
	h.add(name, goodPassword)
	b := h.signedIn(name, atHome)
	_, last := b.setUp("")
	last.want(http.StatusOK)
	if last.doc().Find("main script").Length() > 0 {
		t.Error("the name is a script")
	}
	b.post("/account/second-factor", nil).want(http.StatusSeeOther)
	b.get("/account/second-factor/qr").want(http.StatusOK)
}

// Somebody without a password is told why there is nothing to set up, and the guest
// account has nothing to do with it.
func TestNoCodesWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", "")
	b := h.browser(atHome)
	b.post("/sign-in", url.Values{"name": {"Elsa"}}).want(http.StatusSeeOther)
	b.get("/account/second-factor").says("Usher asks for a code after the password, and you have none.")
	b.post("/account/second-factor", nil).want(http.StatusForbidden)
}

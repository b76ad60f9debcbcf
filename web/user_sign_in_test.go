package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/store"
)

func TestSaveSignInRules(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	page := b.get(about(elsa, "/sign-in")).says("Set just now. Only Elsa and administrators can change it.").
		says("An address can be forged, so the server can never be certain that a request comes from home. Leave this off if Usher is behind a proxy that you do not run.").
		says("Home is this machine and every private network")
	if by, _ := page.doc().Find("#local_access").Attr("aria-describedby"); by != "forged" || page.doc().Find("#forged").Length() != 1 {
		t.Error("the warning does not belong to its box")
	}
	if !page.leadsTo("/admin/settings") || !page.leadsTo(passwordOf(elsa)) || page.doc().Find("#may_change_password[checked]").Length() != 1 {
		t.Error("the page is not whole")
	}
	page = b.follow(about(elsa, "/sign-in"), url.Values{"local_access": {"on"}}).says("How Elsa signs in is saved.").says("Only administrators can change it.")
	if page.doc().Find("#local_access[checked]").Length() != 1 || page.doc().Find("#may_change_password[checked]").Length() != 0 {
		t.Error("the form does not show what was saved")
	}
	if got := h.user(elsa.ID); got.MayChangePassword || !got.LocalAccess {
		t.Errorf("Elsa is %+v", got)
	}
	b.get(about(elsa, "/activity")).says("Mara changed how Elsa may sign in (may change own password: no, local access: yes).")
}

func TestLocalAccess(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	sofa := h.browser(atHome)
	sofa.post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
	b.follow(about(elsa, "/sign-in"), url.Values{"may_change_password": {"on"}, "local_access": {"on"}})
	sofa.post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	sofa.stays()
	h.browser(away).post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
	withPassword := h.signedIn("Elsa", away)

	b.follow(about(elsa, "/sign-in"), url.Values{"may_change_password": {"on"}})
	sofa.isOut()
	withPassword.stays()
	sofa.post("/sign-in", signInForm("Elsa", "")).want(http.StatusUnprocessableEntity)
}

func TestHomeInWords(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	for networks, words := range map[string]string{
		"192.168.1.0/24":              "Home is 192.168.1.0/24.",
		"192.168.1.0/24, 10.1.0.0/16": "Home is 192.168.1.0/24 and 10.1.0.0/16.",
		"":                            "No network counts as home.",
	} {
		settings, err := h.store.Settings(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		settings.HomeNetworks = networks
		if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
			t.Fatal(err)
		}
		b.get(about(elsa, "/sign-in")).says(words)
	}
}

func TestSignInTabWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	nils := h.add("Nils", "")
	h.signedIn("Mara", away).get(about(nils, "/sign-in")).
		says("Nils has no password and signs in at home only, by name alone. Anyone at home can.").
		says("This counts once there is a password.")
}

// resetLink makes a reset link for u and returns its path.
func (b *browser) resetLink(u store.User) string {
	b.house.t.Helper()
	page := b.post(about(u, "/reset-link"), nil).want(http.StatusOK)
	link, _ := page.doc().Find("#link").Attr("value")
	path, ok := strings.CutPrefix(link, "http://usher.example")
	if !ok || !strings.HasPrefix(path, "/reset/") {
		b.house.t.Fatalf("the link is %q", link)
	}
	return path
}

const otherPassword = "seven herons on a jetty"

func setPassword(password string) url.Values { return url.Values{"password": {password}} }

func TestResetLinkWorksOnce(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", away)
	link := b.resetLink(elsa)
	b.get(about(elsa, "/sign-in")).says("One is out until " + h.store.Now().Add(24*time.Hour).Format("Monday 2 January"))
	hers.stays()

	stranger := h.browser(away)
	stranger.get(link).want(http.StatusOK).says("Elsa")
	stranger.get(link).want(http.StatusOK)
	stranger.post(link, setPassword("12345678")).refuses(http.StatusUnprocessableEntity, "password", "Weak")
	stranger.post(link, setPassword(otherPassword)).want(http.StatusSeeOther)
	stranger.stays()
	hers.isOut()
	hers.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusUnprocessableEntity)
	if page := b.get(about(elsa, "/sign-in")); strings.Contains(page.Body, "One is out") {
		t.Error("a used link is said to be out")
	}

	used, madeUp := h.browser(away).get(link), h.browser(away).get("/reset/"+strings.Repeat("A", 43))
	if used.Status != http.StatusNotFound || used.Body != madeUp.Body || used.Status != madeUp.Status {
		t.Errorf("a used link answers %d, a made-up one %d", used.Status, madeUp.Status)
	}
	usedPost := h.browser(away).post(link, setPassword(goodPassword))
	if madeUpPost := h.browser(away).post("/reset/x", setPassword(goodPassword)); usedPost.Status != http.StatusNotFound || usedPost.Body != madeUpPost.Body {
		t.Errorf("sent to a used link: %d, to a made-up one: %d", usedPost.Status, madeUpPost.Status)
	}
}

func TestResetLinkIsVoid(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	void := func(why, link string) {
		t.Helper()
		h.browser(away).get(link).want(http.StatusNotFound)
		if answer := h.browser(away).post(link, setPassword(otherPassword)); answer.Status != http.StatusNotFound {
			t.Errorf("%s: the link still works", why)
		}
	}
	older := b.resetLink(elsa)
	newer := b.resetLink(elsa)
	void("a newer one is out", older)
	h.browser(away).get(newer).want(http.StatusOK)

	h.clock.pass(store.ResetLinkLife - time.Minute)
	h.browser(away).get(newer).want(http.StatusOK)
	h.clock.pass(2 * time.Minute)
	void("24 hours are over", newer)

	link := b.resetLink(elsa)
	b.post(passwordOf(elsa), setPassword(otherPassword)).want(http.StatusSeeOther)
	void("the password was set since", link)

	link = b.resetLink(elsa)
	b.follow(about(elsa, ""), profile("Elsa", "disabled", "on"))
	void("Elsa is disabled", link)
	b.get(about(elsa, "/sign-in")).says("Elsa is disabled, so a reset link works only after enabling Elsa again.")
}

func TestResetLinkFiftyAtOnce(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	link := h.signedIn("Mara", away).resetLink(elsa)
	statuses := make(chan int, 50)
	var all sync.WaitGroup
	for range cap(statuses) {
		b := h.browser(away)
		all.Go(func() { statuses <- b.post(link, setPassword(otherPassword)).Status })
	}
	all.Wait()
	close(statuses)
	count := map[int]int{}
	for status := range statuses {
		count[status]++
	}
	if count[http.StatusSeeOther] != 1 || count[http.StatusNotFound] != 49 {
		t.Errorf("the answers are %v", count)
	}
	records, err := h.store.Activity(context.Background(), store.ActivityQuery{UserID: elsa.ID})
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	for _, r := range records.Records {
		if r.Action == store.ActionResetLinkUsed {
			used++
		}
	}
	if used != 1 {
		t.Errorf("the link was used %d times", used)
	}
}

func TestNoResetLinkForOneself(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	jonas := h.addAdministrator("Jonas")
	for _, name := range []string{"Mara", "Jonas"} {
		b, self := h.signedIn(name, away), h.owner
		if name == "Jonas" {
			self = jonas
		}
		page := b.get(about(self, "/sign-in")).want(http.StatusOK)
		if page.doc().Find("button[form=reset-link]").Length() != 0 {
			t.Errorf("%s is offered a way around the own password", name)
		}
		b.post(about(self, "/reset-link"), nil).want(http.StatusForbidden)
	}
	h.signedIn("Elsa", away).post(about(jonas, "/reset-link"), nil).want(http.StatusForbidden)
}

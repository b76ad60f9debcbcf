package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/auth"
	"usher/store"
)

// newPostalHousehold is newHousehold on a server that e-mails links.
func newPostalHousehold(t *testing.T) *house {
	t.Helper()
	h := newHousehold(t)
	settings := h.settings()
	settings.Address = "http://usher.example"
	ctx := context.Background()
	if err := h.store.SaveSettings(ctx, h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	if err := h.store.SaveMail(ctx, h.asOwner(), "smtp://mail.example:25?from=usher@example.org"); err != nil {
		t.Fatal(err)
	}
	return h
}

// claim takes the letter that is due, and the token in its link.
func (h *house) claim() (l store.Letter, token string) {
	h.t.Helper()
	token, hash := auth.NewToken()
	l, err := h.store.ClaimLetter(context.Background(), func(int64) []byte { return hash })
	if err != nil {
		h.t.Fatal(err)
	}
	return l, token
}

func TestForgotPassword(t *testing.T) {
	h := newPostalHousehold(t)
	h.addGuest("Priya", "priya@example.org")
	b := h.browser(away)
	if !b.get("/sign-in").leadsTo("/sign-in/forgot") {
		t.Error("the sign-in page does not lead there")
	}
	b.post("/sign-in", signInForm("Priya", "wrong")).says("have a link to set a new password e-mailed to you")
	b.get("/sign-in/forgot").want(http.StatusOK).says("Usher e-mails you a link to choose a new one.")
	b.follow("/sign-in/forgot", url.Values{"name": {"PRIYA"}}).says("If there is such an account with an e-mail address, a link to choose a new password is on its way there.")
	letter, token := h.claim()
	if letter.Recipient != "priya@example.org" || letter.BaseURL != "http://usher.example" {
		t.Errorf("the letter is %+v", letter)
	}
	b.follow("/reset/"+token, setPassword(otherPassword)).says("Your new password is saved, and you are signed in.")
	h.browser(away).post("/sign-in", signInForm("Priya", otherPassword)).want(http.StatusSeeOther)
	h.signedIn("Mara", away).get("/admin/activity").says("Someone asked for an e-mail with a one-time password link for Priya.")
}

// TestForgottenOnesLookAlike holds the answer to be the same to the byte,
// whoever is asked for.
func TestForgottenOnesLookAlike(t *testing.T) {
	h := newPostalHousehold(t)
	h.addGuest("Priya", "priya@example.org")
	h.add("Elsa", goodPassword) // has no address
	want := h.browser(away).post("/sign-in/forgot", url.Values{"name": {"Nobody"}}).want(http.StatusSeeOther)
	for _, name := range []string{"Priya", "priya@example.org", "Elsa", "Mara", "x", strings.Repeat("x", 5000), "\x00", "a\r\nb"} {
		got := h.browser(away).post("/sign-in/forgot", url.Values{"name": {name}})
		if got.Status != want.Status || got.Body != want.Body || fmt.Sprint(got.Header) != fmt.Sprint(want.Header) {
			t.Errorf("%.20q is answered otherwise: %d %v", name, got.Status, got.Header)
		}
	}
	h.browser(away).post("/sign-in/forgot", nil).want(http.StatusUnprocessableEntity).says("Type your name or your e-mail address.")
	for _, name := range []string{"Tom", "priya@example.org"} {
		var last answer
		for range 6 {
			last = h.browser(atHome).post("/sign-in/forgot", url.Values{"name": {name}})
		}
		if last.want(http.StatusTooManyRequests).says("Try again in one second."); last.Header.Get("Retry-After") != "1" {
			t.Errorf("Retry-After is %q", last.Header.Get("Retry-After"))
		}
	}
}

func TestForgotPasswordWithoutEmail(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(away)
	if !b.get("/sign-in").leadsTo("/sign-in/forgot") {
		t.Error("nothing leads to whom to ask")
	}
	b.get("/sign-in/forgot").want(http.StatusOK).says("Ask whoever runs this server.").hides("Mara")
	b.post("/sign-in/forgot", url.Values{"name": {"Mara"}}).want(http.StatusForbidden).says("Ask whoever runs this server.").hides("Mara")

	sofa := h.browser(atHome)
	sofa.get("/sign-in/forgot").says("Ask Mara, who looks after this server.")
	h.addAdministrator("Jonas")
	h.add("Elsa", goodPassword)
	hidden := h.addAdministrator("Hilda")
	h.must(h.store.SetHidden(t.Context(), h.asOwner(), hidden.ID, true))
	sofa.get("/sign-in/forgot").says("Ask Mara or Jonas, who look after this server.").says("This server cannot e-mail you one.")
	sofa.get("/sign-in/forgot?what=pin").says("Forgot your PIN?").says("Ask Mara or Jonas, who look after this server.")
}

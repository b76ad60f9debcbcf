package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// The meter says what the form would say, and knows whom it is about.
func TestPasswordStrength(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	for _, test := range []struct {
		form url.Values
		ok   bool
		text string
	}{
		{url.Values{"password": {"short"}}, false, "Too short: a password needs at least 8 characters."},
		{url.Values{"password": {"password"}}, false, "Weak: it is built on one of the most common passwords. Add a word or two that nobody would guess."},
		{url.Values{"password": {"Lindqvist1"}, "name": {"Mara Lindqvist"}}, false, "Weak: it is built on a name or an e-mail address that others know. Add a word or two that nobody would guess."},
		{url.Values{"password": {goodPassword}}, true, "Strong: years to guess."},
	} {
		var got struct {
			Score int
			Text  string
			OK    bool
		}
		answer := h.browser(away).post("/password-strength", test.form).want(http.StatusOK)
		if err := json.Unmarshal([]byte(answer.Body), &got); err != nil || got.OK != test.ok || got.Text != test.text {
			t.Errorf("%v: %s, want %t and %q", test.form, answer.Body, test.ok, test.text)
		}
	}
}

// Whoever asks too fast is told when to ask again.
func TestPasswordStrengthIsThrottled(t *testing.T) {
	b := newHousehold(t).browser(away)
	for range 1000 {
		answer := b.post("/password-strength", url.Values{"password": {"x"}})
		if answer.Status == http.StatusTooManyRequests {
			if wait := answer.Header.Get("Retry-After"); wait != "1" {
				t.Errorf("Retry-After is %q, want 1", wait)
			}
			return
		}
	}
	t.Error("a thousand questions at once are all answered")
}

// On the page of a one-time link the meter knows what the form knows, although
// nobody is signed in.
func TestMeterOfALinkAgreesWithItsForm(t *testing.T) {
	h := newHousehold(t)
	elsa, err := h.store.CreateUser(t.Context(), h.asOwner(), store.NewUser{Name: "Elsa", Email: "quokkaherd@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	link, b := h.signedIn("Mara", away).resetLink(elsa), h.browser(away)
	page := b.get(link).want(http.StatusOK)
	asked := setPassword("quokkaherd7")
	for name := range strings.FieldsSeq(page.doc().Find("#password").AttrOr("data-strength-about", "")) {
		asked.Set(name, page.doc().Find("form [name="+name+"]").AttrOr("value", ""))
	}
	b.post(link, asked).refuses(http.StatusUnprocessableEntity, "password", "e-mail address that others know")
	if meter := b.post("/password-strength", asked); !strings.Contains(meter.Body, "e-mail address that others know") {
		t.Errorf("the meter says %s", meter.Body)
	}
}

package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
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

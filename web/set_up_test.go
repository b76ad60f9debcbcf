package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"usher/auth"
)

// The set-up tells everything that is wrong at once, with what was typed, and
// the code still works.
func TestSetUpRefused(t *testing.T) {
	h := newHouse(t)
	code, hash := auth.NewToken()
	if err := h.store.OpenSetUp(context.Background(), hash); err != nil {
		t.Fatal(err)
	}
	b := h.browser(atHome)
	form := url.Values{"code": {code}, "name": {" "}, "email": {"nobody"}, "password": {"short"}, "server_name": {""}}
	refused := b.post("/setup", form).want(http.StatusUnprocessableEntity)
	for field, want := range map[string]string{
		"name": "Type a name.", "email": "This is not an e-mail address. One looks like elsa@example.org.",
		"password": "Too short: a password needs at least 8 characters.", "server_name": "Type a name.",
	} {
		if got := refused.text("#" + field + "-error"); got != want {
			t.Errorf("at %s: %q, want %q", field, got, want)
		}
		if got, _ := refused.doc().Find("#" + field).Attr("value"); got != form.Get(field) {
			t.Errorf("%s holds %q, want %q", field, got, form.Get(field))
		}
	}
	form = url.Values{"code": {code}, "name": {"Mara"}, "password": {goodPassword}, "server_name": {"Home"}}
	b.follow("/setup", form).want(http.StatusOK).says("Usher is yours.")
}

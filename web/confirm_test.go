package web_test

import "net/http"

// asksAgain fails the test unless the page asks for the password once more, and
// carries the form.
func (a answer) asksAgain() answer {
	a.t.Helper()
	a.want(http.StatusForbidden).says("Is it you?")
	if a.doc().Find("input#confirm_password[type=password]").Length() != 1 {
		a.t.Fatal("there is no field for the password")
	}
	return a
}

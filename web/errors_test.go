package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// What a handler refuses is answered with a page, not with silence.
func TestErrorsArePages(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	h.signedIn("Elsa", away).get("/admin/users").want(http.StatusForbidden).says("This is not open to you")
	b := h.signedIn("Mara", away)
	b.get("/nowhere").want(http.StatusNotFound).says("There is nothing here")
	b.get("/admin/libraries/none").want(http.StatusNotFound).says("There is nothing here")
	b.post("/admin/libraries/1/move", nil).want(http.StatusBadRequest).says("That could not be read")
	b.send(http.MethodPost, "/sign-in", "application/json", nil).want(http.StatusUnsupportedMediaType).says("That is not a form")
}

func TestLogKeepsNoToken(t *testing.T) {
	h := newHousehold(t)
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	h.browser(away).get("/reset/a-link-that-still-works").want(http.StatusInternalServerError)
	if log := h.log.String(); !strings.Contains(log, "path=/reset/:token") || strings.Contains(log, "a-link-that-still-works") {
		t.Errorf("the log says %s", log)
	}
}

package letterbox_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"usher/internal/letterbox"
	"usher/mail"
)

// TestView shows a letter to a developer.
func TestView(t *testing.T) {
	box, err := letterbox.Open(letterbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	get := func(path string, status int) string {
		t.Helper()
		w := httptest.NewRecorder()
		box.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != status {
			t.Fatalf("%s answers %d", path, w.Code)
		}
		return w.Body.String()
	}
	if page := get("/", http.StatusOK); !strings.Contains(page, "No e-mail has been sent yet") {
		t.Errorf("the empty box shows\n%s", page)
	}
	server, err := mail.ParseServer(box.URL())
	if err != nil {
		t.Fatal(err)
	}
	message, err := mail.Trial(t.Context(), "<b>Elm</b> Street", "elsa@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := mail.NewSender().Send(t.Context(), server, message, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if page := get("/", http.StatusOK); !strings.Contains(page, `<a href="/letters/1">E-mail works</a>`) {
		t.Errorf("the list is\n%s", page)
	}
	if page := get("/letters/1", http.StatusOK); strings.Contains(page, "<b>Elm") || !strings.Contains(page, "&lt;b&gt;Elm&lt;/b&gt; Street") {
		t.Errorf("the letter is\n%s", page)
	}
	if html := get("/letters/1/html", http.StatusOK); strings.ReplaceAll(html, "\r\n", "\n") != message.HTML {
		t.Errorf("the HTML is\n%s", html)
	}
	for _, path := range []string{"/letters/0", "/letters/2", "/letters/x/html", "/other"} {
		get(path, http.StatusNotFound)
	}
}

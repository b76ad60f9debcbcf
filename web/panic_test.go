package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/outside"
	"usher/store"
)

// TestPanic holds a panic to one 500 with an id that the log has too, without
// a word of what happened, after which the server goes on.
func TestPanic(t *testing.T) {
	st, err := store.Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if _, err := st.MakeOwner(context.Background(), "Mara", "hash"); err != nil {
		t.Fatal(err)
	}
	log := &strings.Builder{}
	key, _, err := auth.OpenKey(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	s := NewServer(st, auth.NewQuickHasher(), key, outside.New(outside.Options{}), slog.New(slog.NewTextHandler(log, nil)))
	s.at(s.afterSetUp).get("/panic", func(echo.Context) error { panic("the secret recipe") })
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)

	status, body := fetch(t, server.URL+"/panic")
	if status != http.StatusInternalServerError || strings.Contains(body, "secret recipe") {
		t.Fatalf("a panic answers %d:\n%s", status, body)
	}
	_, id, _ := strings.Cut(log.String(), "id=")
	if len(id) < 10 || !strings.Contains(body, id[:10]) || !strings.Contains(log.String(), "secret recipe") {
		t.Errorf("the page has no id that is in the log %q:\n%s", log, body)
	}
	if status, _ := fetch(t, server.URL+"/sign-in"); status != http.StatusOK {
		t.Errorf("after a panic the sign-in page answers %d", status)
	}
}

func fetch(t *testing.T, address string) (status int, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// TestErrorTable holds errors to their pages.
func TestErrorTable(t *testing.T) {
	for err, want := range map[error]int{
		store.ErrNotFound:        http.StatusNotFound,
		store.ErrForbidden:       http.StatusForbidden,
		store.ErrSetUp:           http.StatusConflict,
		store.ErrBadLink:         http.StatusNotFound,
		store.Refuse("No."):      http.StatusUnprocessableEntity,
		auth.ErrBusy:             http.StatusTooManyRequests,
		&auth.Throttled{Wait: 1}: http.StatusTooManyRequests,
		context.DeadlineExceeded: http.StatusServiceUnavailable,
		echo.ErrMethodNotAllowed: http.StatusMethodNotAllowed,
		syscall.ENOSPC:           http.StatusInsufficientStorage,
		io.ErrUnexpectedEOF:      http.StatusInternalServerError,
	} {
		if got := errorPage(err).Status; got != want {
			t.Errorf("%v is answered with %d, want %d", err, got, want)
		}
	}
}

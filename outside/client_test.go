package outside_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/outside"
)

// elsewhere is a server that counts as outside, and a client that may ask it.
func elsewhere(t *testing.T, patience outside.Patience, answer http.HandlerFunc) (address string, client *outside.Client) {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	here := netip.MustParseAddrPort(server.Listener.Addr().String())
	return server.URL, outside.New(outside.Options{Patience: patience, Allow: func(asked netip.AddrPort) bool { return asked == here }})
}

func TestWhatIsSentAlong(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	var asked []*http.Request
	address, client := elsewhere(t, outside.Patience{}, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r)
		if r.URL.Path == "/first" {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			http.Redirect(w, r, "/second", http.StatusFound)
		}
	})
	answer, err := client.Do(t.Context(), http.MethodGet, address+"/first", http.Header{"Range": {"bytes=1-"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 2 {
		t.Fatalf("asked %d times, want twice", len(asked))
	}
	for _, r := range asked {
		for name, want := range map[string]string{"User-Agent": "Usher", "Range": "bytes=1-", "Referer": "", "Cookie": "", "Authorization": "", "Accept-Encoding": ""} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s of %s is %q, want %q", name, r.URL.Path, got, want)
			}
		}
	}
}

func TestWhereRedirectsMayLead(t *testing.T) {
	address, client := elsewhere(t, outside.Patience{}, func(w http.ResponseWriter, r *http.Request) {
		if left, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/count/")); err == nil && left > 0 {
			http.Redirect(w, r, "/count/"+strconv.Itoa(left-1), http.StatusMovedPermanently)
		} else if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}
	})
	for path, want := range map[string]error{
		"/count/5":                              nil,
		"/count/6":                              outside.ErrRedirects,
		"/?to=file:///etc/passwd":               outside.ErrAddress,
		"/?to=http://a:b@radio.example/":        outside.ErrAddress,
		"/?to=http://169.254.169.254/latest":    outside.ErrForbidden,
		"/?to=http://[::ffff:169.254.169.254]/": outside.ErrForbidden,
		"/?to=http://127.0.0.1:1/":              outside.ErrForbidden,
		"/?to=http://localhost:1/":              outside.ErrForbidden,
		"/?to=http://0.0.0.0:1/":                outside.ErrForbidden,
		"/?to=http://2130706433/":               outside.ErrForbidden, // 127.0.0.1, as the system's resolver reads it
	} {
		document, err := client.Fetch(t.Context(), address+path, outside.Last{}, 10)
		if path == "/?to=http://2130706433/" && err != nil && !errors.Is(err, want) {
			continue // Go's own resolver knows no such name, which is as well
		}
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if want == nil && document.Address != address+"/count/0" {
			t.Errorf("the document lay at %s", document.Address)
		}
		wantSentence(t, err)
	}
}

// wantSentence wants an error to be a Failure that a screen can show.
func wantSentence(t *testing.T, err error) {
	t.Helper()
	var failure *outside.Failure
	if err != nil && (!errors.As(err, &failure) || !strings.HasSuffix(failure.Why, ".") || strings.Contains(failure.Why, "127.0.0.1")) {
		t.Errorf("%v is no sentence for the screen", err)
	}
}

func packed(t *testing.T, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.CopyN(w, zeros{}, int64(size)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestFaultsOfServers(t *testing.T) {
	bomb, small := packed(t, 8<<20), packed(t, 1<<10)
	over := make(chan struct{})
	answer := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/silent":
			<-over
		case "/stuck":
			_, _ = io.WriteString(w, "a")
			w.(http.Flusher).Flush()
			<-over
		case "/drip":
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, "a")
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/endless":
			_, _ = io.Copy(w, zeros{})
		case "/bomb":
			_, _ = w.Write(bomb)
		case "/broken":
			_, _ = w.Write(small[:len(small)/2])
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "a")
		case "/headers":
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		case "/304":
			w.WriteHeader(http.StatusNotModified)
		default:
			status, _ := strconv.Atoi(r.URL.Path[1:])
			w.WriteHeader(status)
		}
	}
	address, client := elsewhere(t, outside.Patience{}, answer)
	slow, hasty := elsewhere(t, outside.Patience{Dial: time.Minute, Headers: 200 * time.Millisecond, Idle: 200 * time.Millisecond, Whole: time.Second}, answer)
	t.Cleanup(func() { close(over) })
	for _, path := range []string{"/silent", "/stuck", "/drip"} {
		_, err := hasty.Fetch(t.Context(), slow+path, outside.Last{}, 1<<20)
		if err == nil || !strings.Contains(err.Error(), "too long") {
			t.Errorf("%s: %v", path, err)
		}
		wantSentence(t, err)
	}
	for path, want := range map[string]string{
		"/endless": "too large", "/bomb": "too large", "/broken": "middle", "/cut": "middle",
		"/headers": "cannot be reached", "/304": "(304)", "/404": "(404)", "/403": "(403)", "/429": "less often", "/500": "(500)", "/204": "(204)",
	} {
		_, err := client.Fetch(t.Context(), address+path, outside.Last{}, 1<<20)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
		wantSentence(t, err)
	}
	if _, err := client.Fetch(t.Context(), "http://127.0.0.1:1/", outside.Last{}, 10); !errors.Is(err, outside.ErrForbidden) {
		t.Errorf("another place on this machine: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := client.Fetch(ended, address+"/stuck", outside.Last{}, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}

func TestUnchangedAndUnpacked(t *testing.T) {
	address, client := elsewhere(t, outside.Patience{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Header.Get("Accept-Encoding") == "gzip" {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed(t, 10))
		}
	})
	first, err := client.Fetch(t.Context(), address, outside.Last{}, 10)
	if err != nil || first.Unchanged || len(first.Body) != 10 {
		t.Fatalf("first: %+v, %v", first, err)
	}
	second, err := client.Fetch(t.Context(), address, outside.Last{ETag: first.ETag, Modified: first.Modified}, 10)
	if err != nil || !second.Unchanged || second.ETag != `"1"` {
		t.Errorf("second: %+v, %v", second, err)
	}
}

package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"usher/static"
)

// serve mounts the handler as the server does, and answers one request over HTTP. The transport does not unzip.
func serve(t *testing.T, method, url string, header ...string) (*http.Response, []byte) {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

func TestFilesAreServedForEver(t *testing.T) {
	types := map[string]string{
		"app.css": "text/css; charset=utf-8",
		"app.js":  "text/javascript; charset=utf-8",

		"arrows.js":       "text/javascript; charset=utf-8",
		"zones.js":        "text/javascript; charset=utf-8",
		"restrictions.js": "text/javascript; charset=utf-8",
		"jobs.js":         "text/javascript; charset=utf-8",
		"playing.js":      "text/javascript; charset=utf-8",
		"player.js":       "text/javascript; charset=utf-8",
		"player_keys.js":  "text/javascript; charset=utf-8",
		"picture.js":      "text/javascript; charset=utf-8",
		"player_why.js":   "text/javascript; charset=utf-8",
		"pin.js":          "text/javascript; charset=utf-8",

		"player_subtitles.js": "text/javascript; charset=utf-8",

		"icons.svg":   "image/svg+xml",
		"favicon.svg": "image/svg+xml",
	}
	for name, contentType := range types {
		resp, body := serve(t, http.MethodGet, static.URL(name))
		if resp.StatusCode != http.StatusOK || len(body) == 0 {
			t.Fatalf("%s: status %d, %d bytes", name, resp.StatusCode, len(body))
		}
		want := map[string]string{
			"Content-Type":           contentType,
			"Cache-Control":          "public, max-age=31536000, immutable",
			"Vary":                   "Accept-Encoding",
			"X-Content-Type-Options": "nosniff",
			"Content-Encoding":       "",
		}
		for key, value := range want {
			if got := resp.Header.Get(key); got != value {
				t.Errorf("%s: %s is %q, want %q", name, key, got, value)
			}
		}
	}
}

func TestURLCarriesTheHash(t *testing.T) {
	if url := static.URL("app.css"); !regexp.MustCompile(`^/static/app\.[0-9a-f]{8}\.css$`).MatchString(url) {
		t.Errorf("URL(app.css) = %q", url)
	}
	defer func() {
		if recover() == nil {
			t.Error("URL of a file that does not exist did not panic")
		}
	}()
	static.URL("nothing.css")
}

func TestGzipWhenAccepted(t *testing.T) {
	_, plain := serve(t, http.MethodGet, static.URL("app.css"))
	for accept, zipped := range map[string]bool{
		"gzip":                 true,
		"br, GZIP;q=0.5":       true,
		"*":                    true,
		"identity, *; q=0.1":   true,
		"":                     false,
		"br":                   false,
		"gzip;q=0":             false,
		"gzip;q=0, *":          false,
		"gzip; q=0.0, deflate": false,
		"gzip;q=much":          false,
		"xgzip":                false,
	} {
		resp, body := serve(t, http.MethodGet, static.URL("app.css"), "Accept-Encoding", accept)
		if got := resp.Header.Get("Content-Encoding") == "gzip"; got != zipped {
			t.Errorf("Accept-Encoding %q: zipped is %v", accept, got)
			continue
		}
		if zipped {
			body = unzip(t, body)
		}
		if !bytes.Equal(body, plain) {
			t.Errorf("Accept-Encoding %q: another body", accept)
		}
	}
}

func TestHeadHasTheHeadersOnly(t *testing.T) {
	get, body := serve(t, http.MethodGet, static.URL("app.js"))
	head, none := serve(t, http.MethodHead, static.URL("app.js"))
	if len(none) != 0 || head.ContentLength != int64(len(body)) || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
		t.Errorf("HEAD: %d bytes, length %d, %v", len(none), head.ContentLength, head.Header)
	}
}

func TestNothingElseIsThere(t *testing.T) {
	for _, url := range []string{
		"/static/", "/static/app.css", "/static/app.00000000.css", "/static/static.go",
		"/static/..%2fgo.mod", static.URL("app.css") + "/",
	} {
		if resp, _ := serve(t, http.MethodGet, url); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", url, resp.StatusCode)
		}
	}
	resp, _ := serve(t, http.MethodPost, static.URL("app.css"))
	if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: status %d, Allow %q", resp.StatusCode, resp.Header.Get("Allow"))
	}
}

// Scripts import each other under the names that they are served under.
func TestImports(t *testing.T) {
	for _, name := range []string{"player.js", "player_keys.js", "restrictions.js"} {
		_, script := serve(t, http.MethodGet, static.URL(name))
		imports := regexp.MustCompile(`from "([^"]*)"`).FindAllSubmatch(script, -1)
		if len(imports) == 0 {
			t.Errorf("%s imports nothing", name)
		}
		for _, one := range imports {
			if resp, _ := serve(t, http.MethodGet, string(one[1])); resp.StatusCode != http.StatusOK {
				t.Errorf("%s imports %s: status %d", name, one[1], resp.StatusCode)
			}
		}
	}
}

// The stylesheet names the sprite by its hash, and nothing that the policy forbids.
func TestStylesheetReferences(t *testing.T) {
	_, css := serve(t, http.MethodGet, static.URL("app.css"))
	refs := regexp.MustCompile(`url\(([^)]*)\)`).FindAllSubmatch(css, -1)
	if len(refs) == 0 {
		t.Fatal("the stylesheet uses no sprite")
	}
	for _, ref := range refs {
		if url := string(ref[1]); url != static.URL("icons.svg") {
			t.Errorf("the stylesheet refers to %q", url)
		}
	}
}

// Style and script together stay under 40 KB on the way to the browser.
func TestWeight(t *testing.T) {
	total := 0
	for _, name := range []string{"app.css", "app.js", "restrictions.js", "jobs.js", "playing.js"} {
		_, body := serve(t, http.MethodGet, static.URL(name), "Accept-Encoding", "gzip")
		total += len(body)
	}
	if total > 40<<10 {
		t.Errorf("style and script weigh %d bytes compressed", total)
	}
}

// The policy allows no style from a script's text and no code from strings.
func TestScriptKeepsThePolicy(t *testing.T) {
	_, app := serve(t, http.MethodGet, static.URL("app.js"))
	_, restrictions := serve(t, http.MethodGet, static.URL("restrictions.js"))
	_, jobs := serve(t, http.MethodGet, static.URL("jobs.js"))
	js := string(app) + string(restrictions) + string(jobs)
	for _, word := range []string{"eval(", "new Function", "innerHTML", "outerHTML", `setAttribute("style"`, "document.write"} {
		if strings.Contains(js, word) {
			t.Errorf("the script says %s", word)
		}
	}
}

func unzip(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

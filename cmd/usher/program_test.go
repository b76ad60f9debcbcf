package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what ought to happen at once. It only
// shows when something is broken.
const patience = 30 * time.Second

var (
	addressLine = regexp.MustCompile(`Usher is at (http://\S+)\n`)
	setUpLine   = regexp.MustCompile(`(/setup\?code=\S+)\n`)
)

func firstGroup(pattern *regexp.Regexp, text string) string {
	match := pattern.FindStringSubmatch(text)
	if match == nil {
		return ""
	}
	return match[1]
}

// program is a running `usher serve` and what it has said.
type program struct {
	t          *testing.T
	out, err   *printed
	stop       context.CancelFunc
	ended      chan error
	address    string
	data       string // its folder
	setUp      string // the path of the set-up link, "" when none was printed
	hasStopped bool
}

// serveIn runs the program until the test ends or stops it, and waits until it
// is open.
func serveIn(t *testing.T, data string, args ...string) *program {
	t.Helper()
	p := begin(t, append([]string{"--data", data, "--addr", "127.0.0.1:0"}, args...)...)
	p.data = data
	for deadline := time.Now().Add(patience); p.address == ""; time.Sleep(time.Millisecond) {
		select {
		case err := <-p.ended:
			p.hasStopped = true
			t.Fatalf("usher serve ended: %v\n%s", err, p.out)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("usher serve does not open:\n%s", p.out)
		}
		p.address = firstGroup(addressLine, p.out.String())
	}
	// The link comes after the address, and the pages after both.
	p.get("/healthz").wants(http.StatusOK)
	p.setUp = firstGroup(setUpLine, p.out.String())
	return p
}

// near are the servers of tests that programs may ask, by host:port.
var near sync.Map

func isNear(asked netip.AddrPort) bool {
	_, known := near.Load(asked.String())
	return known
}

// elsewhere is a server that programs may ask, although it runs on this machine.
func elsewhere(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	address := server.Listener.Addr().String()
	near.Store(address, true)
	t.Cleanup(func() {
		near.Delete(address)
		server.Close()
	})
	return server
}

// begin runs `usher serve` without waiting for anything.
func begin(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	p := &program{t: t, out: &printed{}, err: &printed{}, stop: stop, ended: make(chan error, 1)}
	go func() {
		p.ended <- run(ctx, append([]string{"serve"}, args...), streams{in: strings.NewReader(""), out: p.out, err: p.err, near: isNear})
	}()
	t.Cleanup(func() {
		if err := p.end(); err != nil {
			t.Errorf("usher serve: %v", err)
		}
	})
	return p
}

// until waits for the program to print what it ought to.
func (p *program) until(words string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); !strings.Contains(p.out.String(), words); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("usher serve never prints %q:\n%s", words, p.out)
		}
	}
}

// end stops the program and waits for it.
func (p *program) end() error {
	p.t.Helper()
	p.stop()
	if p.hasStopped {
		return nil
	}
	p.hasStopped = true
	select {
	case err := <-p.ended:
		return err
	case <-time.After(patience):
		p.t.Fatal("usher serve does not end")
		return nil
	}
}

// usher runs a command to its end, with in as what is typed or piped.
func usher(t *testing.T, in string, args ...string) (out string, err error) {
	t.Helper()
	said := &printed{}
	err = run(t.Context(), args, streams{in: strings.NewReader(in), out: said, err: said})
	return said.String(), err
}

// browser keeps cookies and follows no redirect.
type browser struct {
	p      *program
	client *http.Client
}

func (p *program) browser() *browser {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &browser{p, &http.Client{Jar: jar, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

// answer is what came back.
type answer struct {
	t        *testing.T
	status   int
	header   http.Header
	body     string
	location string
}

func (b *browser) answer(response *http.Response, err error) answer {
	b.p.t.Helper()
	if err != nil {
		b.p.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.p.t.Fatal(err)
	}
	return answer{b.p.t, response.StatusCode, response.Header, string(body), response.Header.Get("Location")}
}

func (b *browser) get(path string) answer {
	b.p.t.Helper()
	return b.answer(b.client.Get(b.p.address + path))
}

func (b *browser) post(path string, form url.Values) answer {
	b.p.t.Helper()
	return b.answer(b.client.PostForm(b.p.address+path, form))
}

// get asks without cookies.
func (p *program) get(path string) answer {
	p.t.Helper()
	return p.browser().get(path)
}

// signIn tries to sign in and returns what the page says.
func (b *browser) signIn(name, password string) answer {
	b.p.t.Helper()
	return b.post("/sign-in", url.Values{"name": {name}, "password": {password}})
}

// signedIn says whether the session counts.
func (b *browser) signedIn() bool {
	b.p.t.Helper()
	return b.get("/account/password").status == http.StatusOK
}

// wants fails the test unless the status is as expected.
func (a answer) wants(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d; location %q\n%s", a.status, status, a.location, a.body)
	}
	return a
}

// says fails the test unless the page holds the words.
func (a answer) says(words string) answer {
	a.t.Helper()
	if !strings.Contains(a.body, words) {
		a.t.Fatalf("the page does not say %q:\n%s", words, a.body)
	}
	return a
}

// wantRefusal fails the test unless the program ended with a sentence that
// holds the words, and nothing of how it is built.
func wantRefusal(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", words)
	}
	text := explain(err)
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q does not say %q", text, word)
		}
	}
	for _, inner := range []string{".go:", "goroutine", "panic", "0x", "*errors"} {
		if strings.Contains(text, inner) {
			t.Errorf("%q shows %q", text, inner)
		}
	}
}

// printed is what a program has written so far.
type printed struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *printed) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(text)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/auth"
	"usher/internal/blankdata"
	"usher/outside"
	"usher/store"
	"usher/web"
)

// Where browsers stand in these tests.
const (
	atHome = "192.168.1.20:41000"
	away   = "203.0.113.9:41000"
)

const goodPassword = "plum kettle orbit fence"

// goodHash is the hash of goodPassword: one is enough for all that have it.
var goodHash = sync.OnceValue(func() string {
	hash, err := auth.NewQuickHasher().Hash(context.Background(), goodPassword)
	if err != nil {
		panic(err)
	}
	return hash
})

// house is a whole server over a database of its own, with a clock that the
// test moves.
type house struct {
	t      *testing.T
	store  *store.Store
	server *web.Server
	hasher *auth.Hasher
	owner  store.User
	clock  *clock
	log    *journal
	// outside asks other servers: those of the test that are near, too.
	outside *outside.Client
	near    sync.Map // host:port
}

// elsewhere is a server of the test that the house may ask, although it runs on
// this machine.
func (h *house) elsewhere(handler http.Handler) *httptest.Server {
	h.t.Helper()
	server := httptest.NewServer(handler)
	h.t.Cleanup(server.Close)
	h.near.Store(server.Listener.Addr().String(), true)
	return server
}

// journal is a log that is written while a test reads it.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(text []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(text)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.offset.Load())) }

// pass lets time go by.
func (c *clock) pass(d time.Duration) { c.offset.Add(int64(d)) }

// newHouse is a server without an owner.
func newHouse(t *testing.T, options ...store.Option) *house {
	t.Helper()
	h := &house{t: t, hasher: auth.NewQuickHasher(), clock: &clock{}, log: &journal{}}
	var err error
	h.store, err = store.Open(context.Background(), blankdata.Folder(t), append(options, store.WithClock(h.clock.now))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.store.Close() })
	h.outside = outside.New(outside.Options{Allow: func(asked netip.AddrPort) bool {
		_, near := h.near.Load(asked.String())
		return near
	}})
	h.server = web.NewServer(h.store, h.hasher, serverKey(t, h.store), h.outside, slog.New(slog.NewTextHandler(h.log, nil)))
	return h
}

// serverKey is the key of the server whose store st is.
func serverKey(t testing.TB, st *store.Store) *auth.Key {
	t.Helper()
	key, _, err := auth.OpenKey(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// newHousehold is a server with the owner Mara, whose password is
// goodPassword.
func newHousehold(t *testing.T, options ...store.Option) *house {
	t.Helper()
	h := newHouse(t, options...)
	var err error
	h.owner, err = h.store.MakeOwner(context.Background(), "Mara", h.hash(goodPassword))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) hash(password string) string {
	h.t.Helper()
	if password == goodPassword {
		return goodHash()
	}
	hash, err := h.hasher.Hash(context.Background(), password)
	if err != nil {
		h.t.Fatal(err)
	}
	return hash
}

// asOwner is the owner as an actor for the store.
func (h *house) asOwner() store.Actor {
	return store.Actor{ID: h.owner.ID, Name: h.owner.Name, Role: h.owner.Role}
}

// add makes a user with goodPassword, or with none when password is "".
func (h *house) add(name, password string) store.User {
	h.t.Helper()
	in := store.NewUser{Name: name, Access: store.FullAccess()}
	if password != "" {
		in.PasswordHash = h.hash(password)
	}
	u, err := h.store.CreateUser(context.Background(), h.asOwner(), in)
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

// addAdministrator makes an administrator with goodPassword.
func (h *house) addAdministrator(name string) store.User {
	h.t.Helper()
	u := h.add(name, goodPassword)
	err := h.store.UpdateProfile(context.Background(), h.asOwner(), u.ID, store.Profile{Name: name, Administrator: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.user(u.ID)
}

// user is the user as the database has them now.
func (h *house) user(id int64) store.User {
	h.t.Helper()
	u, err := h.store.User(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

// browser asks the server from an address, with cookies.
type browser struct {
	house   *house
	address string
	scheme  string
	header  http.Header
	jar     *cookiejar.Jar
}

// browser is a new browser at an address (atHome or away).
func (h *house) browser(address string) *browser {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &browser{house: h, address: address, scheme: "http", header: http.Header{}, jar: jar}
}

// signedIn is a new browser in which name has signed in with goodPassword.
func (h *house) signedIn(name, address string) *browser {
	h.t.Helper()
	b := h.browser(address)
	answer := b.post("/sign-in", url.Values{"name": {name}, "password": {goodPassword}})
	if answer.Status != http.StatusSeeOther {
		h.t.Fatalf("%s cannot sign in: %d\n%s", name, answer.Status, answer.Body)
	}
	return b
}

// cookie is the token of the session that the browser keeps.
func (b *browser) cookie() string {
	for _, cookie := range b.jar.Cookies(&url.URL{Scheme: b.scheme, Host: "usher.example", Path: "/"}) {
		if strings.HasSuffix(cookie.Name, "usher_session") {
			return cookie.Value
		}
	}
	return ""
}

// answer is what came back.
type answer struct {
	Status   int
	Header   http.Header
	Body     string
	Location string // where a redirect leads
	t        *testing.T
}

func (b *browser) get(path string) answer {
	b.house.t.Helper()
	return b.send(http.MethodGet, path, "", nil)
}

func (b *browser) post(path string, form url.Values) answer {
	b.house.t.Helper()
	return b.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (b *browser) send(method, path, contentType string, body io.Reader) answer {
	b.house.t.Helper()
	r := httptest.NewRequest(method, b.scheme+"://usher.example"+path, body)
	r.RemoteAddr = b.address
	for name, values := range b.header {
		r.Header[name] = values
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	at := &url.URL{Scheme: b.scheme, Host: "usher.example", Path: "/"}
	for _, cookie := range b.jar.Cookies(at) {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.house.server.ServeHTTP(w, r)
	result := w.Result()
	b.jar.SetCookies(at, result.Cookies())
	return answer{Status: w.Code, Header: result.Header, Body: w.Body.String(), Location: result.Header.Get("Location"), t: b.house.t}
}

// follow posts, expects to be sent on, and gets the page it is sent to.
func (b *browser) follow(path string, form url.Values) answer {
	b.house.t.Helper()
	sent := b.post(path, form)
	sent.want(http.StatusSeeOther)
	return b.get(sent.Location)
}

// want fails the test unless the status is as expected.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d; location %q\n%s", a.Status, status, a.Location, a.Body)
	}
	return a
}

// doc is the page.
func (a answer) doc() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.Body))
	if err != nil {
		a.t.Fatal(err)
	}
	return doc
}

// text is the text of what the selector finds, with single spaces.
func (a answer) text(selector string) string {
	a.t.Helper()
	return strings.Join(strings.Fields(a.doc().Find(selector).Text()), " ")
}

// says fails the test unless the page says the words.
func (a answer) says(words string) answer {
	a.t.Helper()
	if text := a.text("body"); !strings.Contains(text, words) {
		a.t.Fatalf("the page does not say %q:\n%s", words, text)
	}
	return a
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/demo"
	"usher/outside"
	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web"
)

// The benchmarks measure a server in a process of its own, so that what the
// client costs is not counted. That process is this test binary again, told by
// the environment to be the server.
const (
	benchData  = "USHER_BENCH_DATA"  // the data folder
	benchToken = "USHER_BENCH_TOKEN" // of a session of the owner
)

// constantSize is how many bytes the constant page has, against which the
// Users page is held.
const constantSize = 40_000

// TestBenchServer is the server of the benchmarks; as a test it does nothing.
func TestBenchServer(t *testing.T) {
	folder := os.Getenv(benchData)
	if folder == "" {
		t.Skip("this is the server of the benchmarks: see make bench")
	}
	st, err := store.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	usher := web.NewServer(st, auth.NewHasher(), serverKey(t, st), outside.New(outside.Options{}), slog.New(slog.DiscardHandler))
	mux.Handle("/", usher)
	mux.Handle("/bench/constant", constantPage())
	mux.HandleFunc("/bench/cpu", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, cpuTime().Nanoseconds()) })
	mux.HandleFunc("/bench/bare", rounds(func(ctx context.Context) error { return bareRound(ctx, st, auth.HashToken(os.Getenv(benchToken))) }))
	mux.HandleFunc("/bench/served", rounds(func(ctx context.Context) error { return servedRound(ctx, usher) }))
	mux.HandleFunc("/bench/argon", bareHashing)
	mux.HandleFunc("/bench/memory", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, heapInUse()) })
	mux.HandleFunc("/bench/file", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, r.URL.Query().Get("path")) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	// The server ends when whoever started it closes its standard input.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	fmt.Println("listening on", listener.Addr())
	_ = server.Serve(listener)
}

// constantPage is a page of Echo's that is always the same: the floor of what
// an answer costs.
func constantPage() http.Handler {
	body := []byte(strings.Repeat("x", constantSize))
	e := echo.New()
	e.GET("/bench/constant", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, body) })
	return e
}

// rounds runs round n times and answers how much CPU time that took.
func rounds(round func(context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.URL.Query().Get("n"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		began := cpuTime()
		for range n {
			if err := round(r.Context()); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		_, _ = fmt.Fprint(w, (cpuTime() - began).Nanoseconds())
	}
}

// servedRound is one request for the Users page through the whole server, but
// for the connection: what it costs beside the bare work is Usher's own.
func servedRound(ctx context.Context, server http.Handler) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://usher.example/admin/users", nil)
	if err != nil {
		return err
	}
	request.RemoteAddr = atHome
	request.Header.Set("Cookie", "usher_session="+os.Getenv(benchToken))
	answer := &discarded{header: make(http.Header)}
	server.ServeHTTP(answer, request)
	if answer.status != http.StatusOK {
		return fmt.Errorf("the Users page answers %d", answer.status)
	}
	return nil
}

// discarded is an answer that nobody reads.
type discarded struct {
	header http.Header
	status int
}

func (d *discarded) Header() http.Header         { return d.header }
func (d *discarded) Write(p []byte) (int, error) { return len(p), nil }
func (d *discarded) WriteHeader(status int)      { d.status = status }

// bareRound does what the Users page cannot do without, and nothing else: find
// the session, count, list, draw.
func bareRound(ctx context.Context, st *store.Store, token []byte) error {
	session, err := st.Session(ctx, token)
	if err != nil {
		return err
	}
	total, err := st.CountUsers(ctx, store.ListLocal, store.FilterEveryone)
	if err != nil {
		return err
	}
	list, err := st.Users(ctx, store.UserQuery{})
	if err != nil {
		return err
	}
	libraries, err := st.Libraries(ctx)
	if err != nil {
		return err
	}
	channels, err := st.Channels(ctx)
	if err != nil {
		return err
	}
	return views.Users(views.UsersPage{
		Layout: ui.Layout{Title: "Users", ServerName: "Usher", Section: "users", Admin: true, Counts: ui.Counts{Users: total}},
		PeopleList: views.PeopleList{
			Actor: store.Actor{ID: session.User.ID, Name: session.User.Name, Role: session.User.Role},
			Found: list, Libraries: libraries, Channels: channels, Now: st.Now(),
		},
	}).Render(ctx, io.Discard)
}

// bareHashing checks n passwords, c at once, and answers how long it took.
func bareHashing(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Query().Get("n"))
	hasher := auth.NewHasher()
	hash, err := hasher.Hash(r.Context(), goodPassword)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	began := time.Now()
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for range n / atOnce {
				_, _ = hasher.Verify(r.Context(), hash, goodPassword)
			}
		})
	}
	all.Wait()
	_, _ = fmt.Fprint(w, time.Since(began).Nanoseconds())
}

// cpuTime is what this process has used so far, of its own and the kernel's.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// benchHouse is a running server of the benchmarks.
type benchHouse struct {
	address, token string
	store          *store.Store
}

// newBenchHouse starts a server over 10,000 made-up people.
func newBenchHouse(b *testing.B, people int) *benchHouse {
	b.Helper()
	ctx := b.Context()
	folder := b.TempDir()
	st, err := store.Open(ctx, folder)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	owner, err := st.MakeOwner(ctx, "Mara Lindqvist", goodHash())
	if err != nil {
		b.Fatal(err)
	}
	household, err := demo.Household(folder, people, goodHash(), st.Now())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := st.AddHousehold(ctx, household); err != nil {
		b.Fatal(err)
	}
	h := &benchHouse{store: st}
	h.token = h.session(b, owner)
	h.start(b, folder)
	return h
}

// session is the token of a new session of a user.
func (h *benchHouse) session(b *testing.B, user store.User) string {
	b.Helper()
	token, err := newSession(b.Context(), h.store, user)
	if err != nil {
		b.Fatal(err)
	}
	return token
}

func (h *benchHouse) start(b *testing.B, folder string) {
	b.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestBenchServer$", "-test.v", "-test.timeout=0")
	command.Env = append(os.Environ(), benchData+"="+folder, benchToken+"="+h.token)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		_ = command.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, found := strings.CutPrefix(lines.Text(), "listening on "); found {
			h.address = address
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	b.Fatal("the server of the benchmarks did not start")
}

// get asks for a page n times over one connection, as the owner, and returns
// the CPU time that the server took.
func (h *benchHouse) get(b *testing.B, path string, n int) time.Duration {
	b.Helper()
	before := h.number(b, "/bench/cpu")
	for range n {
		h.fetch(b, path)
	}
	return h.number(b, "/bench/cpu") - before
}

// number asks for a time.
func (h *benchHouse) number(b *testing.B, path string) time.Duration {
	b.Helper()
	n, err := strconv.ParseInt(h.fetch(b, path), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(n)
}

func (h *benchHouse) fetch(b *testing.B, path string) string {
	b.Helper()
	response := h.begin(b, path)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatalf("%s: %v", path, err)
	}
	return string(body)
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestFirstStart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new folder")
	first := serveIn(t, data)
	if !strings.Contains(first.out.String(), "There is no owner yet") || first.setUp == "" || strings.Contains(first.out.String(), "localhost") {
		t.Fatalf("printed\n%s", first.out)
	}
	for _, path := range []string{"/", "/sign-in", "/admin/users", "/account", "/account/password", "/reset/x", "/nowhere", "/admin/settings"} {
		first.get(path).wants(http.StatusServiceUnavailable).says("Finish the set-up")
		first.browser().post(path, url.Values{"name": {"Mara"}}).wants(http.StatusServiceUnavailable)
	}
	first.get("/readyz").wants(http.StatusOK)
	first.get("/setup").wants(http.StatusForbidden)
	first.get("/setup?code=guess").wants(http.StatusForbidden)
	must(t, first.end())

	// Another start, another link; the one before is void.
	second := serveIn(t, data)
	if second.setUp == "" || second.setUp == first.setUp {
		t.Fatalf("the link is %q, and was %q", second.setUp, first.setUp)
	}
	second.get(first.setUp).wants(http.StatusForbidden)
	second.get(second.setUp).wants(http.StatusOK)
	form := url.Values{"code": {codeOf(t, second.setUp)}, "name": {"Mara"}, "password": {"password"}, "server_name": {"Home"}}
	mara := second.browser()
	mara.post("/setup", form).wants(http.StatusUnprocessableEntity)
	form.Set("password", goodPassword)
	if arrived := mara.post("/setup", form).wants(http.StatusSeeOther).location; arrived != "/admin/users" {
		t.Errorf("led to %s", arrived)
	}
	mara.get("/admin/users").wants(http.StatusOK).says("Mara")
	second.browser().post("/setup", form).wants(http.StatusConflict)
	second.get("/admin/users").wants(http.StatusSeeOther)
	must(t, second.end())

	third := serveIn(t, data)
	if third.setUp != "" || strings.Contains(third.out.String(), "owner") {
		t.Errorf("the third start printed\n%s", third.out)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func codeOf(t *testing.T, link string) string {
	t.Helper()
	parsed, err := url.Parse(link)
	must(t, err)
	return parsed.Query().Get("code")
}

// asOwner lets the environment name the owner.
func asOwner(t *testing.T, name, password string) {
	t.Helper()
	t.Setenv("USHER_OWNER", name)
	t.Setenv("USHER_OWNER_PASSWORD", password)
}

const otherPassword = "seven quiet lanterns drift"

func TestOwnerFromEnvironment(t *testing.T) {
	data := t.TempDir()
	asOwner(t, "Mara", goodPassword)
	p := serveIn(t, data)
	if p.setUp != "" {
		t.Errorf("printed a link although there is an owner:\n%s", p.out)
	}
	mara := p.browser()
	mara.signIn("mara", goodPassword).wants(http.StatusSeeOther)
	moveTo(t, &p, data, mara)
	if !mara.signedIn() {
		t.Error("a restart with the same password signed the owner out")
	}

	asOwner(t, "Mara", otherPassword)
	moveTo(t, &p, data, mara)
	if mara.signedIn() {
		t.Error("a new password left the owner signed in")
	}
	p.browser().signIn("Mara", goodPassword).wants(http.StatusUnprocessableEntity)
	p.browser().signIn("Mara", otherPassword).wants(http.StatusSeeOther)
	must(t, p.end())

	st, err := store.Open(t.Context(), data)
	must(t, err)
	_, err = st.CreateUser(t.Context(), store.Console(), store.NewUser{Name: "Elsa"})
	must(t, errors.Join(err, st.Close()))
	for _, test := range []struct {
		owner, password string
		says            []string
	}{
		{"Jonas", goodPassword, []string{"Jonas", "the owner here is Mara"}},
		{"Elsa", goodPassword, []string{"Elsa", "the owner here is Mara"}},
		{"Mara", "", []string{"USHER_OWNER", "USHER_OWNER_PASSWORD", "set both"}},
		{"", goodPassword, []string{"set both"}},
		{"Mara", "password", []string{"USHER_OWNER_PASSWORD cannot be used", "Weak"}},
	} {
		asOwner(t, test.owner, test.password)
		wantRefusal(t, serveFails(t, data), test.says...)
	}
	asOwner(t, "Ma\nra", goodPassword)
	wantRefusal(t, serveFails(t, t.TempDir()), "control characters")
	asOwner(t, "", "")
	p = serveIn(t, data)
	p.browser().signIn("Mara", otherPassword).wants(http.StatusSeeOther)
}

// moveTo stops p, starts it again and lets the browser go there.
func moveTo(t *testing.T, p **program, data string, b *browser) {
	t.Helper()
	must(t, (*p).end())
	next := serveIn(t, data)
	from, err := url.Parse((*p).address)
	must(t, err)
	to, err := url.Parse(next.address)
	must(t, err)
	b.client.Jar.SetCookies(to, b.client.Jar.Cookies(from))
	*p, b.p = next, next
}

// serveFails runs a server that does not come to serve.
func serveFails(t *testing.T, data string, args ...string) error {
	t.Helper()
	p := begin(t, append([]string{"--data", data, "--addr", "127.0.0.1:0"}, args...)...)
	p.hasStopped = true
	select {
	case err := <-p.ended:
		return err
	case <-time.After(patience):
		t.Fatalf("usher serve goes on:\n%s", p.out)
		return nil
	}
}

func TestRestartForgetsNothing(t *testing.T) {
	data := t.TempDir()
	asOwner(t, "Mara", goodPassword)
	p := serveIn(t, data)
	mara, guesser := p.browser(), p.browser()
	mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
	guesser.signIn("Elsa", "guess").wants(http.StatusUnprocessableEntity)
	shutDoor(t, data, store.NewDoor("Elsa", "127.0.0.1"))
	for range 2 {
		if wait := guesser.signIn("Elsa", "guess").wants(http.StatusTooManyRequests).header.Get("Retry-After"); wait == "" {
			t.Error("the guesser is not told how long to wait")
		}
		moveTo(t, &p, data, mara)
		guesser.p = p
		if !mara.signedIn() {
			t.Error("a restart signed the owner out")
		}
	}
	p.browser().signIn("Mara", goodPassword).wants(http.StatusSeeOther)
}

// shutDoor fails at the door so often that it stays shut for minutes.
func shutDoor(t *testing.T, data string, door store.Door) {
	t.Helper()
	var ago time.Duration
	st, err := store.Open(t.Context(), data, store.WithClock(func() time.Time { return time.Now().Add(-ago) }))
	must(t, err)
	for ago = 10 * time.Minute; ago > 0; {
		wait, err := st.Knock(t.Context(), door)
		must(t, err)
		ago -= wait
	}
	must(t, st.Close())
}

func TestWhatKeepsTheServerFromStarting(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	defer func() { _ = taken.Close() }()
	address := taken.Addr().String()
	wantRefusal(t, serveFails(t, t.TempDir(), "--addr", address), "another program already listens on "+address, "--addr")

	wantRefusal(t, serveFails(t, t.TempDir(), "--addr", "nonsense"), "cannot listen on nonsense")

	data := t.TempDir()
	running := serveIn(t, data)
	wantRefusal(t, serveFails(t, data), "Another Usher is already running", data, "--data")
	running.get("/healthz").wants(http.StatusOK)
	running.get(running.setUp).wants(http.StatusOK)
	must(t, running.end())
	must(t, serveIn(t, data).end())

	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, []byte("a letter"), 0o600))
	wantRefusal(t, serveFails(t, file), "cannot", file)
	wantRefusal(t, serveFails(t, filepath.Join(file, "data")), "cannot make the data folder", file)

	letter := t.TempDir()
	must(t, os.WriteFile(filepath.Join(letter, store.FileName), []byte(strings.Repeat("Dear Mara, ", 500)), 0o600))
	wantRefusal(t, serveFails(t, letter), "cannot be read as a database of Usher", letter)

	raiseSchema(t, data)
	wantRefusal(t, serveFails(t, data), "written by a newer Usher", "Start the newer Usher")

	for flag, says := range map[string]string{
		"--url=home.example": "An address looks like", "--url=https://home.example/usher": "An address looks like",
		"--home-networks=10.0.0.0/33": "10.0.0.0/33", "--trusted-proxies=nginx": "nginx",
	} {
		name, _, _ := strings.Cut(flag, "=")
		wantRefusal(t, serveFails(t, t.TempDir(), flag), name, says)
	}
}

// A request in flight when the server is told to stop is answered, and new
// ones are not taken.
func TestStopWaitsForRequests(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	p := serveIn(t, t.TempDir())
	host := strings.TrimPrefix(p.address, "http://")
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", host)
	must(t, err)
	defer func() { _ = conn.Close() }()
	must(t, conn.SetDeadline(time.Now().Add(patience)))
	form := url.Values{"name": {"Mara"}, "password": {goodPassword}}.Encode()
	_, err = fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", host, len(form))
	must(t, err)
	// The handler asks for the body, so the request is being answered.
	reader := bufio.NewReader(conn)
	line, err := reader.ReadString('\n')
	if must(t, err); !strings.Contains(line, "100 Continue") {
		t.Fatalf("the server says %q", line)
	}
	_, err = reader.ReadString('\n')
	must(t, err)

	p.stop()
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		next, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", host)
		if err != nil {
			break
		}
		_ = next.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server takes new connections after it was told to stop")
		}
	}
	select {
	case err := <-p.ended:
		t.Fatalf("the server ended before the request did: %v", err)
	default:
	}
	_, err = io.WriteString(conn, form)
	must(t, err)
	response, err := http.ReadResponse(reader, nil)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusSeeOther || len(response.Cookies()) != 2 {
		t.Errorf("the request in flight got %s", response.Status)
	}
	must(t, p.end())
}

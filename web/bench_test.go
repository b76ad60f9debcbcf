package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/store"
)

// atOnce is how many sign in at the same moment.
const atOnce = 8

// BenchmarkUsersPage measures the Users page of a server with 10,000 users, in
// CPU time of the server's process, as ratios to what was measured in the same
// rounds: the bare work, a constant page, and page 1. "served" is page 1 through
// the whole server without a connection, as the bare work has none; the others
// come over one.
func BenchmarkUsersPage(b *testing.B) {
	h := newBenchHouse(b, 10_000)
	many := h.termWithHits(b, 1000)
	paths := map[string]string{
		"constant": "/bench/constant", "page1": "/admin/users", "page150": "/admin/users?page=150",
		"search1000": "/admin/users?q=" + url.QueryEscape(many), "search1": "/admin/users?q=ingrid",
	}
	const each = 100
	took := make(map[string]time.Duration)
	for name, path := range paths {
		h.get(b, path, each) // warm
		took[name] = 0
	}
	rounds := 0
	for b.Loop() {
		rounds++
		for name, path := range paths {
			took[name] += h.get(b, path, each)
		}
		took["bare"] += h.number(b, fmt.Sprintf("/bench/bare?n=%d", each))
		took["served"] += h.number(b, fmt.Sprintf("/bench/served?n=%d", each))
	}
	perRequest := func(name string) float64 { return float64(took[name].Microseconds()) / float64(rounds*each) }
	b.ReportMetric(0, "ns/op")
	for _, name := range []string{"constant", "bare", "served", "page1"} {
		b.ReportMetric(perRequest(name), name+"-cpu-µs")
	}
	for _, ratio := range [][2]string{{"served", "bare"}, {"page1", "constant"}, {"page150", "page1"}, {"search1000", "page1"}, {"search1", "page1"}} {
		b.ReportMetric(perRequest(ratio[0])/perRequest(ratio[1]), ratio[0]+"/"+ratio[1])
	}
	b.ReportMetric(float64(len(h.fetch(b, "/admin/users"))), "page1-bytes")
}

// termWithHits is what to search for to find about so many users.
func (h *benchHouse) termWithHits(b *testing.B, want int) string {
	b.Helper()
	best, distance := "", want
	for first := 'a'; first <= 'z'; first++ {
		for _, second := range " abcdefghijklmnopqrstuvwxyz" {
			term := strings.TrimSpace(string([]rune{first, second}))
			page, err := h.store.Users(b.Context(), store.UserQuery{Search: term})
			if err != nil {
				b.Fatal(err)
			}
			if d := max(page.Total-want, want-page.Total); d < distance {
				best, distance = term, d
			}
		}
	}
	if distance > want/10 {
		b.Fatalf("no search finds about %d users: the best is %q", want, best)
	}
	return best
}

// BenchmarkSignIn measures sign-ins, eight at once, against the bare rate of
// Argon2id in the same process: 1 is as fast.
func BenchmarkSignIn(b *testing.B) {
	h := newBenchHouse(b, 100)
	const each = 4
	names := []string{"Mara Lindqvist", "Jonas", "Elsa", "Grandma Ingrid", "Freja", "jonas@lindqvist.example", "ingrid@example.org", "freja@example.net"}
	var bare, signing time.Duration
	for b.Loop() {
		bare += h.number(b, fmt.Sprintf("/bench/argon?n=%d", atOnce*each))
		began := time.Now()
		var all sync.WaitGroup
		for _, name := range names {
			all.Go(func() {
				for range each {
					h.signIn(b, name)
				}
			})
		}
		all.Wait()
		signing += time.Since(began)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(bare)/float64(signing), "of-argon2id-rate")
}

func (h *benchHouse) signIn(b *testing.B, name string) {
	form := url.Values{"name": {name}, "password": {goodPassword}}
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+h.address+"/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		b.Error(err)
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		b.Error(err)
		return
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusSeeOther {
		b.Errorf("the sign-in of %s is answered with %d", name, response.StatusCode)
	}
}

// BenchmarkThroughput measures requests per second under wrk, where it is
// installed: the Users page as a part of the constant page.
func BenchmarkThroughput(b *testing.B) {
	wrk, err := exec.LookPath("wrk")
	if err != nil {
		b.Skip("wrk is not installed")
	}
	h := newBenchHouse(b, 10_000)
	rate := func(path string) float64 {
		out, err := exec.CommandContext(b.Context(), wrk, "-t2", "-c8", "-d3s", "-H", "Cookie: usher_session="+h.token, "http://"+h.address+path).CombinedOutput()
		if err != nil || strings.Contains(string(out), "Non-2xx") {
			b.Fatalf("wrk: %v\n%s", err, out)
		}
		found := regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`).FindSubmatch(out)
		if found == nil {
			b.Fatalf("wrk said no rate:\n%s", out)
		}
		perSecond, err := strconv.ParseFloat(string(found[1]), 64)
		if err != nil {
			b.Fatal(err)
		}
		return perSecond
	}
	var constant, users float64
	rounds := 0.0
	for b.Loop() {
		rounds++
		constant += rate("/bench/constant")
		users += rate("/admin/users")
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(constant/rounds, "constant-req/s")
	b.ReportMetric(users/rounds, "users-req/s")
	b.ReportMetric(users/constant, "of-constant")
}

// BenchmarkStart measures the real program on a data folder that is there:
// from its start to the first answer, and what memory it holds when idle.
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "usher")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "usher/cmd/usher").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	folder := b.TempDir()
	var took time.Duration
	var idle float64
	starts := 0
	for b.Loop() {
		starts++
		began := time.Now()
		command := exec.CommandContext(b.Context(), program, "serve", "--data", folder, "--addr", "127.0.0.1:18099")
		if err := command.Start(); err != nil {
			b.Fatal(err)
		}
		for {
			response, err := http.Get("http://127.0.0.1:18099/healthz")
			if err == nil {
				_ = response.Body.Close()
				break
			}
			time.Sleep(time.Millisecond)
		}
		took += time.Since(began)
		time.Sleep(2 * time.Second)
		idle += residentMB(b, command.Process.Pid)
		_ = command.Process.Signal(os.Interrupt)
		if err := command.Wait(); err != nil {
			b.Fatal(err)
		}
		http.DefaultClient.CloseIdleConnections()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(took.Milliseconds())/float64(starts), "ms-to-first-answer")
	b.ReportMetric(idle/float64(starts), "MB-idle")
}

func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		b.Fatal("the kernel tells no VmRSS")
	}
	kB, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kB / 1024
}

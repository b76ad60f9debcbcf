package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"usher/store"
)

// What the benchmarks of streaming send: a film of 1 GB, and 1 MB of it at a
// time.
const (
	filmSize  = 1 << 30
	rangeSize = 1 << 20
)

// BenchmarkStream measures bytes per second: a film of 1 GB in one answer, and in
// ranges of 1 MB, each a request of its own, over one connection and over four
// at once. It is held against nginx, where that is installed, and against net/http alone, each in the
// same rounds.
func BenchmarkStream(b *testing.B) {
	h := newBenchHouse(b, 100)
	folder := filmFolder(b)
	film := h.addFilm(b, folder)
	servers := map[string]string{
		"usher":    "http://" + h.address + "/titles/" + id(film) + "/stream",
		"net/http": "http://" + h.address + "/bench/file?" + url.Values{"path": {filepath.Join(folder, "film.mp4")}}.Encode(),
	}
	if address := startNginx(b, folder); address != "" {
		servers["nginx"] = address + "/film.mp4"
	} else {
		b.Log("nginx is not installed: Usher is held against net/http alone")
	}
	whole, ranges, four := make(map[string]time.Duration), make(map[string]time.Duration), make(map[string]time.Duration)
	for _, address := range servers {
		h.play(b, address, filmSize, filmSize) // warm
	}
	rounds := 0
	for b.Loop() {
		rounds++
		for name, address := range servers {
			whole[name] += h.play(b, address, filmSize, filmSize)
			ranges[name] += h.play(b, address, filmSize, rangeSize)
			four[name] += h.playFour(b, address)
		}
	}
	b.ReportMetric(0, "ns/op")
	rate := func(took time.Duration) float64 { return float64(rounds) * filmSize / 1e6 / took.Seconds() }
	for name := range servers {
		b.ReportMetric(rate(whole[name]), name+"-whole-MB/s")
		b.ReportMetric(rate(ranges[name]), name+"-ranges-MB/s")
		b.ReportMetric(rate(four[name]), name+"-four-at-once-MB/s")
		if name != "usher" {
			b.ReportMetric(rate(whole["usher"])/rate(whole[name]), "whole-of-"+name)
			b.ReportMetric(rate(ranges["usher"])/rate(ranges[name]), "ranges-of-"+name)
			b.ReportMetric(rate(four["usher"])/rate(four[name]), "four-at-once-of-"+name)
		}
	}
}

// BenchmarkStreamMemory measures what the server keeps for each of 50 answers
// that flow at once, the film being far longer than what has been sent of it.
func BenchmarkStreamMemory(b *testing.B) {
	const viewers = 50
	h := newBenchHouse(b, 100)
	path := "/titles/" + id(h.addFilm(b, filmFolder(b))) + "/stream"
	owner, err := h.store.Owner(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		before := h.number(b, "/bench/memory")
		for i := range viewers {
			if i%8 == 0 {
				h.token = h.session(b, owner)
			}
			response := h.begin(b, path)
			b.Cleanup(func() { _ = response.Body.Close() })
			if _, err := io.CopyN(io.Discard, response.Body, 64<<20); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(h.number(b, "/bench/memory")-before)/viewers/1e3, "kB-each")
	}
	b.ReportMetric(0, "ns/op")
}

// begin asks for a page as the owner.
func (h *benchHouse) begin(b *testing.B, path string) *http.Response {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://"+h.address+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	request.AddCookie(&http.Cookie{Name: "usher_session", Value: h.token})
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		b.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.Fatalf("%s: %d", path, response.StatusCode)
	}
	return response
}

// filmFolder is a folder with a film of 1 GB, which the system has in its memory
// from when it was written.
func filmFolder(b *testing.B) string {
	b.Helper()
	folder := b.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	file, err := os.Create(filepath.Join(folder, "film.mp4"))
	if err != nil {
		b.Fatal(err)
	}
	pattern := noise(rangeSize)
	for range filmSize / rangeSize {
		if _, err := file.Write(pattern); err != nil {
			b.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return folder
}

// addFilm has the film in the folder found, and answers its id.
func (h *benchHouse) addFilm(b *testing.B, folder string) int64 {
	b.Helper()
	ctx := b.Context()
	owner, err := h.store.Owner(ctx)
	if err != nil {
		b.Fatal(err)
	}
	library, err := h.store.AddLibrary(ctx, store.Actor{ID: owner.ID, Name: owner.Name, Role: owner.Role}, store.LibraryInput{Name: "Streamed", Kind: store.KindFilms, Folders: []string{folder}})
	if err != nil {
		b.Fatal(err)
	}
	of, err := h.store.Library(ctx, library)
	if err != nil {
		b.Fatal(err)
	}
	f := found(store.TitleFilm, "film.mp4")
	f.Folder = of.Roots[0].ID
	if _, err := h.store.SaveFound(ctx, 1, []store.Found{f}); err != nil {
		b.Fatal(err)
	}
	list, err := h.store.Titles(ctx, store.TitleQuery{Viewer: owner.ID, Library: library, Kind: store.TitleFilm})
	if err != nil || len(list.Titles) != 1 {
		b.Fatalf("found %d films: %v", len(list.Titles), err)
	}
	return list.Titles[0].ID
}

// play asks for size bytes in ranges over one connection, and answers how long
// that took.
func (h *benchHouse) play(b *testing.B, address string, size, each int) time.Duration {
	b.Helper()
	began := time.Now()
	if err := h.askRanges(b.Context(), address, size, each); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// playFour asks for 1 GB in ranges over four connections at once, as a household
// does, and answers how long that took.
func (h *benchHouse) playFour(b *testing.B, address string) time.Duration {
	b.Helper()
	began := time.Now()
	var all errgroup.Group
	for range 4 {
		all.Go(func() error { return h.askRanges(b.Context(), address, filmSize/4, rangeSize) })
	}
	if err := all.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// askRanges asks for size bytes in ranges, one after the other over one
// connection.
func (h *benchHouse) askRanges(ctx context.Context, address string, size, each int) error {
	at, err := url.Parse(address)
	if err != nil {
		return err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.Host)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	in, buffer := bufio.NewReaderSize(conn, 4<<10), make([]byte, 256<<10)
	for from := 0; from < size; from += each {
		_, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: usher_session=%s\r\nRange: bytes=%d-%d\r\n\r\n", at.RequestURI(), at.Host, h.token, from, from+each-1)
		if err != nil {
			return err
		}
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			return err
		}
		n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, response.Body, buffer)
		if err != nil || n != int64(each) || response.StatusCode != http.StatusPartialContent {
			return fmt.Errorf("%s: %d, %d bytes, %w", address, response.StatusCode, n, err)
		}
	}
	return nil
}

// startNginx serves a folder with nginx, which ends with the benchmark; "" where
// it is not installed.
func startNginx(b *testing.B, folder string) string {
	b.Helper()
	program, err := exec.LookPath("nginx")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/nginx"); err != nil {
			return ""
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address, own := listener.Addr().String(), b.TempDir()
	if err := listener.Close(); err != nil {
		b.Fatal(err)
	}
	config := filepath.Join(own, "nginx.conf")
	text := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log stderr warn;
events {}
http {
	client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
	types { video/mp4 mp4; }
	server { listen %[2]s; root %[3]s; }
}`, own, address, folder)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	command := exec.CommandContext(context.Background(), program, "-p", own, "-c", config)
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	for range 100 {
		if conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", address); err == nil {
			_ = conn.Close()
			return "http://" + address
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.Fatal("nginx did not start")
	return ""
}

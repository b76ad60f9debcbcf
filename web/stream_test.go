package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"usher/store"
)

// TestRanges asks for what players and curl ask for.
func TestRanges(t *testing.T) {
	th := newTheatre(t)
	film := noise(3<<20 + 17)
	address, last := streamAddress(th.film("Alien", film)), len(film)-1
	b := th.signedIn("Mara", atHome)
	whole := th.ask(b, http.MethodGet, address)
	if body := th.all(whole); whole.StatusCode != http.StatusOK || !bytes.Equal(body, film) {
		t.Errorf("the whole: %d, %d bytes of %d", whole.StatusCode, len(body), len(film))
	}
	for name, want := range map[string]string{
		"Content-Type": "video/mp4", "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Disposition": `inline; filename="Alien 1.mp4"`, "Content-Length": fmt.Sprint(len(film)),
	} {
		if got := whole.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	tag, modified := whole.Header.Get("ETag"), whole.Header.Get("Last-Modified")
	if !strings.HasPrefix(tag, `"`) || modified == "" {
		t.Errorf("the tag is %q, modified %q", tag, modified)
	}
	for _, test := range []struct {
		who, ranges string
		status      int
		from, to    int // the bytes that come
		more        []string
	}{
		{"VLC", "bytes=0-", 206, 0, last, nil},
		{"Safari", "bytes=0-1", 206, 0, 1, nil},
		{"mpv", "bytes=1048576-", 206, 1 << 20, last, nil},
		{"the end of it", "bytes=-100", 206, last - 99, last, nil},
		{"more than all from the end", "bytes=-99999999", 206, 0, last, nil},
		{"beyond the end", fmt.Sprintf("bytes=10-%d", last+500), 206, 10, last, nil},
		{"the last byte", fmt.Sprintf("bytes=%d-%d", last, last), 206, last, last, nil},
		{"curl -C with the same file", "bytes=500-", 206, 500, last, []string{"If-Range", tag}},
		{"by time", "bytes=500-", 206, 500, last, []string{"If-Range", modified}},
		{"another file by now", "bytes=500-", 200, 0, last, []string{"If-Range", `"other"`}},
		{"a weak tag is none", "bytes=500-", 200, 0, last, []string{"If-Range", "W/" + tag}},
		{"overlapping ones", "bytes=0-,0-,0-,0-", 200, 0, last, nil},
		{"very many", "bytes=0-0" + strings.Repeat(",5-5", 200), 200, 0, last, nil},
		{"another unit", "lines=1-2", 416, 0, -1, nil},
		{"nonsense", "bytes=abc", 416, 0, -1, nil},
		{"backwards", "bytes=9-3", 416, 0, -1, nil},
		{"nothing", "bytes=", 206, 0, -1, nil},
		{"numbers too large", "bytes=99999999999999999999-", 416, 0, -1, nil},
		{"after the end", fmt.Sprintf("bytes=%d-", last+1), 416, 0, -1, nil},
	} {
		t.Run(test.who, func(t *testing.T) {
			headers := append([]string{"Range", test.ranges}, test.more...)
			answer := th.ask(b, http.MethodGet, address, headers...)
			body := th.all(answer)
			if test.ranges == "bytes=" { // no range at all: whatever comes is right in itself
				return
			}
			if answer.StatusCode != test.status {
				t.Fatalf("%d, want %d", answer.StatusCode, test.status)
			}
			place := answer.Header.Get("Content-Range")
			switch test.status {
			case http.StatusPartialContent:
				if want := fmt.Sprintf("bytes %d-%d/%d", test.from, test.to, len(film)); place != want {
					t.Errorf("it is %q, want %q", place, want)
				}
			case http.StatusRequestedRangeNotSatisfiable:
				if want := fmt.Sprintf("bytes */%d", len(film)); strings.HasPrefix(test.who, "after") && place != want {
					t.Errorf("it is %q, want %q", place, want)
				}
				return
			}
			if !bytes.Equal(body, film[test.from:test.to+1]) {
				t.Errorf("%d bytes came, others than %d to %d", len(body), test.from, test.to)
			}
		})
	}
}

func TestSeveralRanges(t *testing.T) {
	th := newTheatre(t)
	film := noise(1 << 20)
	answer := th.ask(th.signedIn("Mara", atHome), http.MethodGet, streamAddress(th.film("Alien", film)), "Range", "bytes=0-9,1000-1999,-5")
	kind, params, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/byteranges" || answer.StatusCode != http.StatusPartialContent {
		t.Fatalf("%d %q: %v", answer.StatusCode, kind, err)
	}
	reader := multipart.NewReader(answer.Body, params["boundary"])
	for _, want := range [][]byte{film[:10], film[1000:2000], film[len(film)-5:]} {
		part, err := reader.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(part); err != nil || !bytes.Equal(got, want) || part.Header.Get("Content-Type") != "video/mp4" {
			t.Errorf("a part of %d bytes, want %d: %v", len(got), len(want), err)
		}
	}
}

func TestHeadAndUnchanged(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", noise(5000))
	b := th.signedIn("Mara", atHome)
	head := th.ask(b, http.MethodHead, streamAddress(film))
	if head.StatusCode != http.StatusOK || head.ContentLength != 5000 || head.Header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("HEAD: %d, %v", head.StatusCode, head.Header)
	}
	if part := th.ask(b, http.MethodHead, streamAddress(film), "Range", "bytes=10-19"); part.StatusCode != http.StatusPartialContent || part.ContentLength != 10 {
		t.Errorf("HEAD of a range: %d, %d bytes", part.StatusCode, part.ContentLength)
	}
	if plays := th.house.server.Plays.All(); len(plays) != 0 {
		t.Errorf("looking takes a place: %v", plays)
	}
	tag := head.Header.Get("ETag")
	for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", head.Header.Get("Last-Modified")}} {
		if answer := th.ask(b, http.MethodGet, streamAddress(film), header...); answer.StatusCode != http.StatusNotModified || len(th.all(answer)) != 0 {
			t.Errorf("%s: %d", header[0], answer.StatusCode)
		}
	}
	if answer := th.ask(b, http.MethodGet, streamAddress(film), "If-Match", `"other"`); answer.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("If-Match of another: %d", answer.StatusCode)
	}
	if err := os.WriteFile(filepath.Join(th.folder, "Alien", "Alien 1.mp4"), noise(5000), 0o600); err != nil {
		t.Fatal(err)
	}
	if answer := th.ask(b, http.MethodGet, streamAddress(film), "If-None-Match", tag); answer.StatusCode != http.StatusOK {
		t.Errorf("after it was written anew: %d", answer.StatusCode)
	}
}

func TestParts(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Ben-Hur", []byte("first"), []byte("second"))
	b := th.signedIn("Mara", atHome)
	for query, want := range map[string]string{"": "first", "?part=1": "first", "?part=2": "second"} {
		if got := b.get(streamAddress(film) + query).want(http.StatusOK); got.Body != want {
			t.Errorf("%q is %q, want %q", query, got.Body, want)
		}
	}
	for _, query := range []string{"?part=3", "?part=0", "?part=-1", "?part=x", "?part=99999999999999999999"} {
		b.get(streamAddress(film) + query).want(http.StatusNotFound)
	}
}

// What somebody does not see, or what cannot be had, is answered as what does
// not exist.
func TestNothingToPlay(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	alien := th.film("Alien", noise(100))
	gone, piped, linked, own := th.film("Gone", noise(100)), th.film("Piped", noise(100)), th.film("Linked", noise(100)), th.film("Own", noise(100))
	th.must(os.Remove(filepath.Join(th.folder, "Gone", "Gone 1.mp4")))
	pipe := filepath.Join(th.folder, "Piped", "Piped 1.mp4")
	th.must(os.Remove(pipe))
	th.must(syscall.Mkfifo(pipe, 0o600))
	outside := t.TempDir()
	th.must(os.WriteFile(filepath.Join(outside, "Linked 1.mp4"), noise(100), 0o600))
	th.swap("Linked", outside)
	th.must(os.WriteFile(filepath.Join(th.store.Folder(), "Own 1.mp4"), noise(100), 0o600))
	th.swap("Own", th.store.Folder())

	b := th.signedIn("Elsa", away)
	b.get(streamAddress(alien)).want(http.StatusOK)
	th.restrict(elsa.ID, 10)
	if err := th.store.SetAccess(context.Background(), th.asOwner(), store.Access{}, elsa.ID); err != nil {
		t.Fatal(err)
	}
	none := b.get("/titles/999999/stream").want(http.StatusNotFound)
	if hidden := b.get(streamAddress(alien)).want(http.StatusNotFound); hidden.Body != none.Body || fmt.Sprint(hidden.Header) != fmt.Sprint(none.Header) {
		t.Errorf("hidden: %v\nunknown: %v", hidden.Header, none.Header)
	}
	m := th.signedIn("Mara", atHome)
	for _, title := range []store.Title{gone, piped, linked, own} {
		m.get(streamAddress(title)).want(http.StatusNotFound)
	}
	series := th.addKind("Series", store.KindSeries)
	under := &store.FoundTitle{Kind: store.TitleSeries, Name: "The Bear", Key: "the bear"}
	episode := th.shelve(series.ID, found(store.TitleEpisode, "System", under))[0]
	m.get("/titles/" + id(episode.RootID) + "/stream").want(http.StatusNotFound)
}

// While an administrator views as somebody else, nothing plays.
func TestNothingPlaysWhileLooking(t *testing.T) {
	th := newTheatre(t)
	elsa, alien := th.add("Elsa", goodPassword), th.film("Alien", noise(100))
	b := th.signedIn("Mara", atHome)
	b.post("/admin/users/"+id(elsa.ID)+"/view", url.Values{}).want(http.StatusSeeOther)
	b.get(streamAddress(alien)).want(http.StatusForbidden).says("You are only looking")
}

// sendLine is a listener whose connections count the files that they are given
// whole, which the system then sends by itself.
type sendLine struct {
	net.Listener
	files atomic.Int32
}

func (l *sendLine) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return sendConn{conn, &l.files}, err
}

type sendConn struct {
	net.Conn
	files *atomic.Int32
}

func (c sendConn) ReadFrom(src io.Reader) (int64, error) {
	if part, ok := src.(*io.LimitedReader); ok {
		if _, ok := part.R.(*os.File); ok {
			c.files.Add(1)
		}
	}
	return io.Copy(c.Conn, src)
}

// Nothing between the file and the connection, of ours or of Echo's, has its
// bytes come by.
func TestFilesAreLeftToTheSystemToSend(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", noise(2<<20))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	th.must(err)
	line := &sendLine{Listener: listener}
	th.server = &httptest.Server{Listener: line, Config: &http.Server{Handler: th.house.server, ReadHeaderTimeout: time.Minute}}
	th.server.Start()
	t.Cleanup(th.server.Close)
	b := th.signedIn("Mara", atHome)
	if got := th.all(th.ask(b, http.MethodGet, streamAddress(film), "Range", "bytes=100-")); len(got) != 2<<20-100 || line.files.Load() == 0 {
		t.Errorf("%d bytes came, in %d files", len(got), line.files.Load())
	}
}

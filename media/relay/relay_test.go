package relay_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/media/relay"
	"usher/outside"
)

// station is a server outside, and Usher in front of it, which passes on what
// lies at the path that it is asked for.
type station struct {
	t       *testing.T
	address string
	relay   *relay.Relay
	usher   *httptest.Server
	errs    chan error
}

const parts = "/channels/1/entries/2/part/"

func newStation(t *testing.T, answer http.HandlerFunc) *station {
	t.Helper()
	far := httptest.NewServer(answer)
	here := netip.MustParseAddrPort(far.Listener.Addr().String())
	client := outside.New(outside.Options{Allow: func(asked netip.AddrPort) bool { return asked == here }})
	s := &station{t: t, address: far.URL, relay: relay.New(client), errs: make(chan error, 100)}
	s.usher = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(func() {
		s.usher.Close()
		far.Close()
	})
	return s
}

func (s *station) answer(w http.ResponseWriter, r *http.Request) {
	source := relay.Source{Entry: 2, Address: s.address + r.URL.Path, MediaType: r.URL.Query().Get("channel"), Parts: parts}
	var err error
	if part, is := strings.CutPrefix(r.URL.Path, parts); is {
		err = s.relay.ServePart(w, r, source, part)
	} else {
		err = s.relay.Serve(w, r, source)
	}
	s.errs <- err
	switch {
	case errors.Is(err, relay.ErrBroken):
		panic(http.ErrAbortHandler)
	case err != nil:
		http.Error(w, "no", http.StatusBadGateway)
	}
}

// got is what came back through Usher.
type got struct {
	*http.Response
	text string
	err  error // of the relay
	cut  error // of reading the text
}

func (s *station) ask(method, path string, header http.Header) got {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.usher.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := s.usher.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, cut := io.ReadAll(response.Body)
	return got{response, string(text), <-s.errs, cut}
}

func (s *station) get(path string) got { s.t.Helper(); return s.ask(http.MethodGet, path, nil) }

// podcast serves a file with ranges, and tells everything that is not to be
// passed on.
func podcast(w http.ResponseWriter, r *http.Request) {
	for name, value := range map[string]string{
		"Set-Cookie": "who=elsa", "Location": "http://elsewhere.example/", "Server": "Far", "Link": "<http://far.example/>; rel=next", "ETag": `"one"`,
		"Content-Disposition": "attachment", "Refresh": "0", "Content-Type": "audio/mpeg; x=y",
	} {
		w.Header().Set(name, value)
	}
	http.ServeContent(w, r, "a.mp3", time.Time{}, strings.NewReader("0123456789"))
}

func TestRanges(t *testing.T) {
	var asked http.Header
	s := newStation(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header
		podcast(w, r)
	})
	for _, test := range []struct {
		method, of, tag string
		status          int
		text, contents  string
	}{
		{"GET", "", "", 200, "0123456789", ""},
		{"GET", "bytes=0-", "", 206, "0123456789", "bytes 0-9/10"},
		{"GET", "bytes=2-4", "", 206, "234", "bytes 2-4/10"},
		{"GET", "bytes=-3", "", 206, "789", "bytes 7-9/10"},
		{"GET", "bytes=2-4", `"one"`, 206, "234", "bytes 2-4/10"},
		{"GET", "bytes=2-4", `"two"`, 200, "0123456789", ""},
		{"GET", "bytes=99-", "", 416, "", "bytes */10"},
		{"GET", "bytes=0-1,4-5", "", 200, "0123456789", ""},
		{"GET", "lines=0-1", "", 200, "0123456789", ""},
		{"HEAD", "", "", 200, "", ""},
		{"HEAD", "bytes=2-4", "", 206, "", "bytes 2-4/10"},
	} {
		header := http.Header{"Cookie": {"usher_session=secret"}, "Authorization": {"Basic secret"}, "Referer": {"http://usher.example/titles/1"}, "User-Agent": {"Elsa's"}}
		for name, value := range map[string]string{"Range": test.of, "If-Range": test.tag} {
			if value != "" {
				header.Set(name, value)
			}
		}
		g := s.ask(test.method, "/a.mp3", header)
		if g.StatusCode != test.status || g.text != test.text || g.Header.Get("Content-Range") != test.contents || g.err != nil {
			t.Errorf("%+v: %d, %q, %q, %v", test, g.StatusCode, g.text, g.Header.Get("Content-Range"), g.err)
		}
		if test.status == 200 && g.ContentLength != 10 {
			t.Errorf("%+v: its length is %d", test, g.ContentLength)
		}
		for name := range g.Header {
			if !slices.Contains([]string{"Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "Date"}, name) {
				t.Errorf("%+v: passes on %s: %q", test, name, g.Header[name])
			}
		}
		if kind := g.Header.Get("Content-Type"); test.status < 400 && kind != "audio/mpeg" {
			t.Errorf("%+v: it is %q", test, kind)
		}
		for _, name := range []string{"Cookie", "Authorization", "Referer", "X-Forwarded-For"} {
			if asked.Get(name) != "" {
				t.Errorf("the server is told %s: %q", name, asked.Get(name))
			}
		}
	}
}

func TestTypes(t *testing.T) {
	for _, test := range []struct{ path, said, channel, want string }{
		{"/a", "audio/mpeg", "", "audio/mpeg"},
		{"/a", "VIDEO/MP4; codecs=x", "", "video/mp4"},
		{"/a", "application/ogg", "", "application/ogg"},
		{"/a", "application/octet-stream", "audio/mpeg", "audio/mpeg"},
		{"/a.mp3", "application/octet-stream", "", "audio/mpeg"},
		{"/a.mp3", "", "text/html", "audio/mpeg"},
		{"/a.mp4", "text/plain", "", "video/mp4"},
		{"/a.jpg", "application/octet-stream", "", ""},
		{"/a.mp3", "text/html", "audio/mpeg", ""},
		{"/a.mp3", "image/svg+xml", "audio/mpeg", ""},
		{"/a.mp3", "application/xhtml+xml", "", ""},
		{"/a.mp4", "video/x+xml", "", ""},
		{"/a", "", "audio/x+xml", ""},
		{"/a", "audio/x-scpls", "", ""},
		{"/a", "video/x-ms-asx", "", ""},
		{"/a", "application/vnd.apple.mpegurl", "", ""}, // but it is none
		{"/a", "application/octet-stream", "", ""},
		{"/a.ts", "text/vnd.trolltech.linguist", "", "video/mp2t"}, // as tables of systems have it
		{"/a.ts", "text/html", "", ""},
	} {
		far := newStation(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{test.said}
			_, _ = io.WriteString(w, "<script>alert(1)</script>")
		})
		g := far.get(test.path + "?channel=" + url.QueryEscape(test.channel))
		var failure *outside.Failure
		if test.want == "" && (!errors.As(g.err, &failure) || !errors.Is(g.err, relay.ErrMedia) || g.StatusCode != http.StatusBadGateway) {
			t.Errorf("%+v is answered %d as %q, %v", test, g.StatusCode, g.Header.Get("Content-Type"), g.err)
		}
		if test.want != "" && (g.err != nil || g.Header.Get("Content-Type") != test.want) {
			t.Errorf("%+v is passed on as %q, %v", test, g.Header.Get("Content-Type"), g.err)
		}
	}
}

func TestServersThatFail(t *testing.T) {
	s := newStation(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "audio/mpeg")
		switch r.URL.Path {
		case "/cut":
			w.Header().Set("Content-Length", "400000")
			_, _ = io.WriteString(w, strings.Repeat("ten bytes.", 30_000))
		case "/range":
			w.Header().Set("Content-Range", "bytes 0-9/10\r\nX: y")
			w.WriteHeader(http.StatusPartialContent)
		case "/nonsense":
			w.Header().Set("Content-Range", "bytes of mine")
			w.WriteHeader(http.StatusPartialContent)
		case "/packed":
			w.Header().Set("Content-Encoding", "br")
		case "/loopback":
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		case "/metadata":
			http.Redirect(w, r, "http://169.254.169.254/latest/", http.StatusFound)
		default:
			var status int
			_, _ = fmt.Sscanf(r.URL.Path, "/%d", &status)
			w.WriteHeader(status)
		}
	})
	for _, path := range []string{"/404", "/500", "/204", "/304", "/206", "/416", "/401", "/nonsense", "/packed", "/loopback", "/metadata"} {
		g := s.get(path)
		var failure *outside.Failure
		if !errors.As(g.err, &failure) || strings.Contains(failure.Why, "127.0.0.1") || g.StatusCode != http.StatusBadGateway {
			t.Errorf("%s: %d, %v", path, g.StatusCode, g.err)
		}
	}
	if g := s.ask(http.MethodGet, "/nonsense", http.Header{"Range": {"bytes=0-"}}); g.StatusCode != http.StatusBadGateway {
		t.Errorf("a nonsense range: %d, %v", g.StatusCode, g.err)
	}
	if g := s.get("/cut"); !errors.Is(g.err, relay.ErrBroken) || g.cut == nil {
		t.Errorf("one that breaks off: %v, and the client meets %v", g.err, g.cut)
	}
}

// A station sends without end: what comes is passed on at once, and the
// connection to it ends with that to the listener.
func TestAStationWithoutEnd(t *testing.T) {
	left := make(chan struct{})
	s := newStation(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "audio/mpeg")
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, "note")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(10 * time.Millisecond):
			}
		}
		close(left)
	})
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.usher.URL+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := s.usher.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	heard := make([]byte, 40)
	if _, err := io.ReadFull(response.Body, heard); err != nil || !strings.HasPrefix(string(heard), "notenote") {
		t.Fatalf("%q, %v", heard, err)
	}
	leave()
	_ = response.Body.Close()
	<-left
	if err := <-s.errs; !errors.Is(err, relay.ErrBroken) {
		t.Errorf("the end is %v", err)
	}
}

var sealedPart = regexp.MustCompile(regexp.QuoteMeta(parts) + `[A-Za-z0-9_-]+(\.[a-z0-9]+)?`)

const master = "\ufeff#EXTM3U\r\n#EXT-X-VERSION:6\r\n# made by far.example\r\n#EXT-X-UNKNOWN:http://far.example/x\r\n" +
	"#EXT-X-CONTENT-STEERING:SERVER-URI=\"http://far.example/steer\"\r\n" +
	"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"English\",URI=\"audio/en.m3u8?token=far\"\r\n" +
	"#EXT-X-STREAM-INF:BANDWIDTH=100,AUDIO=\"a\"\r\nvideo/low.m3u8\r\n\r\n"

const media = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:7\n#EXT-X-KEY:METHOD=AES-128,URI=\"key\",IV=0x1\n#EXT-X-MAP:URI=\"/init.mp4\"\n" +
	"#EXTINF:5.9,a title at http://far.example/\n#EXT-X-SESSION-KEY:KEYFORMAT=\"http://far.example/\"\n#EXT-X-BYTERANGE:10@0\nfirst.ts\n#EXTINF:6,\n//FAR/second.m4s#x\n#EXT-X-ENDLIST\n"

func TestLists(t *testing.T) {
	var s *station
	s = newStation(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/live/master.m3u8", "/live/called-otherwise.mp3":
			w.Header().Set("Content-Type", map[bool]string{true: "application/x-mpegURL", false: "audio/mpeg"}[strings.HasSuffix(r.URL.Path, "8")])
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(master))
		case "/live/video/low.m3u8", "/live/audio/en.m3u8":
			w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
			_, _ = io.WriteString(w, strings.ReplaceAll(media, "//FAR", s.address))
		case "/moved.m3u8":
			http.Redirect(w, r, "/live/video/low.m3u8", http.StatusFound)
		case "/live/video/key":
			w.Header().Set("Content-Type", "binary/octet-stream")
			_, _ = io.WriteString(w, "sixteen bytes...")
		case "/init.mp4", "/live/video/first.ts", "/second.m4s":
			w.Header().Set("Content-Type", "")
			http.ServeContent(w, r, r.URL.Path, time.Time{}, strings.NewReader(r.URL.Path))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	g := s.ask(http.MethodGet, "/live/master.m3u8", http.Header{"Range": {"bytes=0-"}})
	if g.StatusCode != 200 || g.Header.Get("Content-Type") != "application/vnd.apple.mpegurl" || strings.Contains(g.text, "far") || strings.Contains(g.text, "127.0.0.1") {
		t.Fatalf("%d, %v\n%s", g.StatusCode, g.Header, g.text)
	}
	if again := s.ask(http.MethodGet, "/live/master.m3u8", http.Header{"Range": {"bytes=0-0"}}); again.text != g.text || again.StatusCode != 200 {
		t.Errorf("asked for a piece of it: %d\n%s", again.StatusCode, again.text)
	}
	if called := s.get("/live/called-otherwise.mp3"); called.text != g.text {
		t.Errorf("under another type: %s", called.text)
	}
	if !strings.Contains(g.text, `NAME="English",URI="`+parts) || !strings.Contains(g.text, "#EXT-X-VERSION:6\n") || strings.Contains(g.text, "UNKNOWN") {
		t.Errorf("the list is\n%s", g.text)
	}
	found := sealedPart.FindAllString(g.text, -1)
	if len(found) != 2 {
		t.Fatalf("it has the parts %q", found)
	}
	low := s.get(found[1])
	if low.StatusCode != 200 || low.text != s.get("/moved.m3u8").text || strings.Contains(low.text, "title") || !strings.Contains(low.text, "#EXTINF:5.9,\n") {
		t.Fatalf("%d\n%s", low.StatusCode, low.text)
	}
	var texts, types []string
	for _, part := range sealedPart.FindAllString(low.text, -1) {
		p := s.get(part)
		texts, types = append(texts, p.text), append(types, p.Header.Get("Content-Type"))
	}
	if got, want := strings.Join(texts, " "), "sixteen bytes... /init.mp4 /live/video/first.ts /second.m4s"; got != want {
		t.Errorf("the parts are %q, want %q", got, want)
	}
	if got, want := strings.Join(types, " "), "application/octet-stream video/mp4 video/mp2t application/octet-stream"; got != want {
		t.Errorf("the parts are of the types %q, want %q", got, want)
	}
	if p := s.ask(http.MethodGet, sealedPart.FindAllString(low.text, -1)[2], http.Header{"Range": {"bytes=1-4"}}); p.StatusCode != 206 || p.text != "live" {
		t.Errorf("a piece of a part: %d, %q", p.StatusCode, p.text)
	}
}

func TestPartsOfOthers(t *testing.T) {
	s := newStation(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
		_, _ = io.WriteString(w, "#EXTM3U\na.ts\n")
	})
	part := strings.TrimPrefix(sealedPart.FindString(s.get("/list").text), parts)
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for about, test := range map[string]struct {
		entry int64
		part  string
	}{
		"another entry’s": {3, part}, "cut": {2, part[1:]}, "made up": {2, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ts"}, "none": {2, ""},
		"a plain address": {2, s.address}, "endless": {2, strings.Repeat("A", 1<<20)},
	} {
		if err := s.relay.ServePart(w, r, relay.Source{Entry: test.entry, Parts: parts}, test.part); !errors.Is(err, relay.ErrPart) {
			t.Errorf("%s: %v", about, err)
		}
	}
	// After Usher has started again, nothing of before is known.
	if err := relay.New(nil).ServePart(w, r, relay.Source{Entry: 2, Parts: parts}, part); !errors.Is(err, relay.ErrPart) {
		t.Errorf("sealed before: %v", err)
	}
}

func TestListsThatAreNotPassedOn(t *testing.T) {
	for about, list := range map[string]string{
		"too long":                "#EXTM3U\n" + strings.Repeat("#EXT-X-DISCONTINUITY\n", 110_000),
		"too long once sealed":    "#EXTM3U\n" + strings.Repeat("a\n", 100_000),
		"a file":                  "#EXTM3U\nfile:///etc/passwd\n",
		"a script":                "#EXTM3U\n#EXT-X-MAP:URI=\"javascript:alert(1)\"\n",
		"data":                    "#EXTM3U\ndata:video/mp4;base64,AAAA\n",
		"a password":              "#EXTM3U\nhttp://elsa:secret@far.example/a.ts\n",
		"nonsense":                "#EXTM3U\nhttp://[::1\n",
		"a very long address":     "#EXTM3U\n" + strings.Repeat("a", 5000) + "\n",
		"a key of another scheme": "#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://far\"\na.ts\n",
	} {
		s := newStation(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
			_, _ = io.WriteString(w, list)
		})
		if g := s.get("/list"); !errors.Is(g.err, relay.ErrList) || g.StatusCode != http.StatusBadGateway {
			t.Errorf("%s: %d, %v", about, g.StatusCode, g.err)
		}
	}
}

package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"usher/store"
	"usher/views"
)

// studio is a theatre with a channel whose source is a server of the test.
type studio struct {
	*theatre
	far     *httptest.Server
	channel store.Channel
	open    atomic.Int64 // connections without end that are open to the source
}

// newStudio has a podcast of the length of an episode, a station without end, one
// that falls silent, lists of parts, and what goes wrong.
func newStudio(t *testing.T, episode []byte) *studio {
	t.Helper()
	s := &studio{theatre: newTheatre(t)}
	s.far = s.elsewhere(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "elsa"})
		w.Header().Set("Content-Type", "audio/mpeg")
		switch r.URL.Path {
		case "/episode.mp3":
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(episode))
		case "/live", "/silent":
			s.sendForEver(w, r)
		case "/list.m3u8":
			w.Header().Set("Content-Type", "application/vnd.apple.mpegurl")
			_, _ = io.WriteString(w, "#EXTM3U\n#EXTINF:6,\npart.ts\n")
		case "/part.ts":
			w.Header().Set("Content-Type", "video/mp2t")
			_, _ = io.WriteString(w, "a part")
		case "/page":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<script>alert(1)</script>")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	s.channel = s.addChannel("Radio")
	return s
}

func (s *studio) sendForEver(w http.ResponseWriter, r *http.Request) {
	s.open.Add(1)
	defer s.open.Add(-1)
	for r.Context().Err() == nil {
		_, _ = w.Write(make([]byte, 16<<10))
		w.(http.Flusher).Flush()
		if r.URL.Path == "/silent" {
			<-r.Context().Done()
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// tuned are the entries of the channel that lie at these paths.
func (s *studio) tuned(paths ...string) []store.ChannelEntry {
	s.t.Helper()
	entries := make([]store.FoundEntry, len(paths))
	for i, path := range paths {
		entries[i] = store.FoundEntry{Name: "Entry" + path, Address: s.far.URL + path}
	}
	return s.tunedIn(s.channel.ID, store.FormatList, entries...)
}

func TestEntryIsPassedOn(t *testing.T) {
	sound := noise(300_000)
	s := newStudio(t, sound)
	entry := s.tuned("/episode.mp3")[0]
	b := s.signedIn("Mara", atHome)
	for _, test := range []struct {
		method, ranges string
		status         int
		body           []byte
	}{
		{http.MethodGet, "", 200, sound},
		{http.MethodGet, "bytes=0-", 206, sound},
		{http.MethodGet, "bytes=100-199", 206, sound[100:200]},
		{http.MethodGet, "bytes=999999-", 416, nil},
		{http.MethodHead, "bytes=0-", 206, nil},
	} {
		var headers []string
		if test.ranges != "" {
			headers = []string{"Range", test.ranges}
		}
		answer := s.ask(b, test.method, entryAddress(entry)+"/stream", headers...)
		if body := s.all(answer); answer.StatusCode != test.status || !bytes.Equal(body, test.body) {
			t.Errorf("%+v: %d, %d bytes", test, answer.StatusCode, len(body))
		}
		if answer.Header.Get("Set-Cookie") != "" || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%+v: %v", test, answer.Header)
		}
	}
	for _, path := range []string{"/", entryAddress(entry), views.WatchChannelAddress(s.channel.ID), "/search?q=entry", "/history", "/favourites"} {
		if strings.Contains(b.get(path).Body, "127.0.0.1") {
			t.Errorf("%s tells where it is", path)
		}
	}
}

func TestServersOutsideThatFail(t *testing.T) {
	s := newStudio(t, nil)
	b := s.signedIn("Mara", atHome)
	for _, entry := range s.tuned("/gone", "/page") {
		page := b.get(entryAddress(entry) + "/stream").want(http.StatusBadGateway).says("This cannot be played just now")
		answer := s.ask(b, http.MethodGet, entryAddress(entry)+"/stream", "Accept", "application/json")
		var plain struct{ Message string }
		if err := json.NewDecoder(answer.Body).Decode(&plain); err != nil || !strings.Contains(plain.Message, "outside of Usher") {
			t.Errorf("%s: %q, %v", entry.Name, plain.Message, err)
		}
		if strings.Contains(page.Body+plain.Message, "127.0.0.1") || strings.Contains(page.Body, "alert(1)") {
			t.Errorf("%s: the page tells where it is, or what it sent", entry.Name)
		}
	}
	if log := s.log.String(); !strings.Contains(log, "a server outside fails") || strings.Contains(log, "request failed") {
		t.Errorf("the log says %s", log)
	}
}

var partAddress = regexp.MustCompile(`/channels/\S+/part/\S+`)

func TestListOfPartsIsPassedOn(t *testing.T) {
	s := newStudio(t, nil)
	saved := s.tuned("/list.m3u8", "/episode.mp3")
	s.addWith("Elsa", store.Access{})
	b := s.signedIn("Mara", atHome)
	list := b.get(entryAddress(saved[0]) + "/stream").want(http.StatusOK)
	part := partAddress.FindString(list.Body)
	if strings.Contains(list.Body, "127.0.0.1") || !strings.HasPrefix(part, entryAddress(saved[0])+"/part/") {
		t.Fatalf("the list is %s", list.Body)
	}
	if got := b.get(part).want(http.StatusOK); got.Body != "a part" || got.Header.Get("Content-Type") != "video/mp2t" {
		t.Errorf("the part is %q, %v", got.Body, got.Header)
	}
	if plays := s.house.server.Plays.All(); len(plays) != 1 {
		t.Errorf("list and part are %d plays", len(plays))
	}
	b.get(strings.Replace(part, entryAddress(saved[0]), entryAddress(saved[1]), 1)).want(http.StatusNotFound)
	s.signedIn("Elsa", atHome).get(part).want(http.StatusNotFound)
}

// What is passed on ends as soon as it may not go on, also where the source is
// silent, and with it the connection to the source.
func TestWhatIsPassedOnIsCut(t *testing.T) {
	s := newStudio(t, nil)
	ctx, mara := context.Background(), s.asOwner()
	saved := s.tuned("/live", "/silent")
	ways := []struct {
		name  string
		entry store.ChannelEntry
		take  func(user store.User, b *browser) error
	}{
		{"disabled", saved[0], func(u store.User, _ *browser) error { return s.store.SetDisabled(ctx, mara, true, u.ID) }},
		{"disabled in silence", saved[1], func(u store.User, _ *browser) error { return s.store.SetDisabled(ctx, mara, true, u.ID) }},
		{"no access", saved[0], func(u store.User, _ *browser) error { return s.store.SetAccess(ctx, mara, store.Access{}, u.ID) }},
		{"no channels", saved[0], func(u store.User, _ *browser) error {
			return s.store.SetRestrictions(ctx, mara, u.ID, store.Limits{Restrictions: store.Restrictions{NoChannels: true}})
		}},
		{"signed out", saved[1], func(_ store.User, b *browser) error { b.post("/sign-out", url.Values{}); return nil }},
		{"stopped", saved[1], func(u store.User, _ *browser) error {
			s.house.server.Plays.Stop(s.house.server.Plays.Of(u.ID)[0].ID, "Dinner.")
			return nil
		}},
	}
	flows := make([]*http.Response, len(ways))
	for i, way := range ways {
		user := s.add(way.name, goodPassword)
		b := s.signedIn(way.name, atHome)
		flows[i] = s.ask(b, http.MethodGet, entryAddress(way.entry)+"/stream")
		if _, err := io.ReadFull(flows[i].Body, make([]byte, 8<<10)); err != nil {
			t.Fatalf("%s does not begin: %v", way.name, err)
		}
		if err := way.take(user, b); err != nil {
			t.Fatalf("%s: %v", way.name, err)
		}
	}
	for i, way := range ways {
		if err := sip(flows[i]); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: it ends with %v", way.name, err)
		}
	}
	s.untilNobodyListens()

	leaves := s.ask(s.signedIn("Mara", atHome), http.MethodGet, entryAddress(saved[1])+"/stream")
	_ = leaves.Body.Close()
	s.untilNobodyListens()
}

// untilNobodyListens waits until no connection to the source is open.
func (s *studio) untilNobodyListens() {
	s.t.Helper()
	for range 1000 {
		if s.open.Load() == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Errorf("%d connections to the source stay open", s.open.Load())
}

func TestOneStationTooMany(t *testing.T) {
	s := newStudio(t, nil)
	saved := s.tuned("/live", "/episode.mp3")
	elsa := s.add("Elsa", goodPassword)
	s.limited(elsa.ID, store.Restrictions{Streams: 1})
	first, second := s.signedIn("Elsa", atHome), s.signedIn("Elsa", atHome)
	if flow := s.ask(first, http.MethodGet, entryAddress(saved[0])+"/stream"); flow.StatusCode != http.StatusOK {
		t.Fatalf("it does not begin: %d", flow.StatusCode)
	}
	second.get(entryAddress(saved[1]) + "/stream").want(http.StatusTooManyRequests).says("“Radio, Entry/live” plays on")
	s.house.server.EndStreams()
}

// Asking what is there without playing it costs a connection to the source as
// well, so that one browser has no more of them.
func TestLookingCountsAmongWhatFlows(t *testing.T) {
	s := newStudio(t, noise(100))
	saved := s.tuned("/live", "/episode.mp3")
	b := s.signedIn("Mara", atHome)
	look := func() int { return s.ask(b, http.MethodHead, entryAddress(saved[1])+"/stream").StatusCode }
	if got := look(); got != http.StatusOK || len(s.house.server.Plays.All()) != 0 {
		t.Errorf("it answers %d, and %v play", got, s.house.server.Plays.All())
	}
	for range 8 {
		if flow := s.ask(b, http.MethodGet, entryAddress(saved[0])+"/stream"); flow.StatusCode != http.StatusOK {
			t.Fatalf("it does not begin: %d", flow.StatusCode)
		}
	}
	if got := look(); got != http.StatusTooManyRequests {
		t.Errorf("beside all that flows it answers %d", got)
	}
	s.house.server.EndStreams()
}

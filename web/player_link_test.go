package web_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/store"
)

// playerLink asks for an address for a player, and reads it from the page: the
// address itself, and where the list is.
func (b *browser) playerLink(home string, form url.Values) (address, list string) {
	b.house.t.Helper()
	page := b.post(home+"/player", form).want(http.StatusOK).says("Open in a player")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page.Body))
	if err != nil {
		b.house.t.Fatal(err)
	}
	whole, err := url.Parse(doc.Find("#address").AttrOr("value", ""))
	if err != nil || whole.Host == "" {
		b.house.t.Fatalf("the address is %v, %v", whole, err)
	}
	return whole.EscapedPath(), doc.Find("a[download]").AttrOr("href", "")
}

// plays asks for an address as a player does, without cookies.
func (th *theatre) plays(agent, path string, headers ...string) *http.Response {
	th.t.Helper()
	return th.ask(th.browser(atHome), http.MethodGet, path, append([]string{"User-Agent", agent}, headers...)...)
}

func TestOpenInPlayer(t *testing.T) {
	th := newTheatre(t)
	content := noise(3 << 20)
	alien := th.film("Älien:1", content)
	b := th.signedIn("Mara", atHome)
	address, list := b.playerLink(titleAddress(alien), nil)
	if !strings.HasPrefix(address, "/play/") || !strings.HasSuffix(address, "/%C3%84lien_1.mp4") {
		t.Fatalf("the address is %s", address)
	}
	got := th.plays("Firefox", list)
	if body := string(th.all(got)); got.Header.Get("Content-Type") != "audio/x-mpegurl" ||
		!strings.HasPrefix(body, "#EXTM3U\n#EXTINF:-1,Älien_1.mp4\nhttp://") || !strings.HasSuffix(body, address+"\n") {
		t.Errorf("the list is %q", body)
	}

	first := th.plays("VLC/3.0.21 LibVLC/3.0.21", address, "Range", "bytes=0-")
	if body := th.all(first); first.StatusCode != http.StatusPartialContent || !bytes.Equal(body, content) {
		t.Errorf("VLC gets %d, %d bytes", first.StatusCode, len(body))
	}
	plays := th.house.server.Plays.Of(th.owner.ID)
	if len(plays) != 1 || plays[0].Device.Link == 0 || plays[0].DeviceName != "VLC" || plays[0].What.Title != alien.ID {
		t.Errorf("what plays is %+v", plays)
	}
	again := th.plays("VLC/3.0.21 LibVLC/3.0.21", address, "Range", "bytes=1000-1999")
	if body := th.all(again); !bytes.Equal(body, content[1000:2000]) {
		t.Errorf("later VLC gets %d, %d bytes", again.StatusCode, len(body))
	}
	other, unknown := th.plays("mpv", address), th.plays("mpv", "/play/made-up/Alien.mp4")
	if a, b := string(th.all(other)), string(th.all(unknown)); other.StatusCode != http.StatusNotFound || unknown.StatusCode != http.StatusNotFound || a != b {
		t.Errorf("another player gets %d, %q\nunknown: %d, %q", other.StatusCode, a, unknown.StatusCode, b)
	}
	if gone := th.plays("Firefox", "/play/made-up/Alien.m3u"); gone.StatusCode != http.StatusNotFound {
		t.Errorf("a list for nothing: %d", gone.StatusCode)
	}
}

func TestOpenPartsInPlayer(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Ben-Hur", []byte("first"), []byte("second"), []byte("third"))
	address, list := th.signedIn("Mara", atHome).playerLink(titleAddress(film), url.Values{"part": {"2"}})
	for query, want := range map[string]string{"": "second", "?part=3": "third", "?part=1": "first"} {
		if got := string(th.all(th.plays("mpv", address+query))); got != want {
			t.Errorf("%q is %q, want %q", query, got, want)
		}
	}
	if got := string(th.all(th.plays("Firefox", list))); strings.Count(got, "#EXTINF") != 2 || !strings.Contains(got, "?part=2\n") || !strings.Contains(got, "?part=3\n") {
		t.Errorf("the list is %q", got)
	}
	b := th.signedIn("Mara", atHome)
	for part, status := range map[string]int{"4": http.StatusNotFound, "x": http.StatusBadRequest} {
		b.post(titleAddress(film)+"/player", url.Values{"part": {part}}).want(status)
	}
}

// A player counts as one of what somebody plays at once.
func TestPlayersCount(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	limits := store.Limits{Restrictions: store.Restrictions{Streams: 1}}
	th.must(th.store.SetRestrictions(context.Background(), th.asOwner(), elsa.ID, limits))
	b := th.signedIn("Elsa", atHome)
	alien, heat := th.long("Alien"), th.film("Heat", noise(100))
	th.begins(b, alien)
	address, _ := b.playerLink(titleAddress(heat), nil)
	for _, header := range []string{"text/html", "application/json"} { // whoever has the address learns nothing else
		got := th.plays("mpv", address, "Accept", header)
		if body := string(th.all(got)); got.StatusCode != http.StatusTooManyRequests || strings.Contains(body, "Alien") {
			t.Errorf("one too many: %d, %s", got.StatusCode, body)
		}
	}
}

// What flows to a player ends with what it lives on.
func TestPlayersAreCut(t *testing.T) {
	th := newTheatre(t)
	ctx, mara := context.Background(), th.asOwner()
	alien := th.long("Alien")
	lists := make(map[string]string)
	ways := map[string]func(user store.User, b *browser){
		"signed out": func(_ store.User, b *browser) { b.post("/sign-out", url.Values{}) },
		"disabled":   func(u store.User, _ *browser) { th.must(th.store.SetDisabled(ctx, mara, true, u.ID)) },
		"no access":  func(u store.User, _ *browser) { th.must(th.store.SetAccess(ctx, mara, store.Access{}, u.ID)) },
		"stopped": func(u store.User, _ *browser) {
			th.house.server.Plays.Stop(th.house.server.Plays.Of(u.ID)[0].ID, "Dinner.")
		},
	}
	flows := make(map[string]*http.Response)
	addresses := make(map[string]string)
	for name, take := range ways {
		user := th.add(name, goodPassword)
		b := th.signedIn(name, atHome)
		addresses[name], lists[name] = b.playerLink(titleAddress(alien), nil)
		flows[name] = th.plays("mpv", addresses[name])
		if _, err := io.ReadFull(flows[name].Body, make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
		take(user, b)
	}
	for name, flow := range flows {
		if err := sip(flow); err == nil {
			t.Errorf("%s: it does not end", name)
		}
		if got := th.plays("mpv", addresses[name]); got.StatusCode != http.StatusNotFound && (name != "stopped" || got.StatusCode != http.StatusForbidden) {
			t.Errorf("%s: then it answers %d", name, got.StatusCode)
		} else if body := string(th.all(got)); strings.Contains(body, "Dinner.") {
			t.Errorf("%s: whoever has the address reads %s", name, body)
		}
		if got := th.plays("Firefox", lists[name]); got.StatusCode != http.StatusNotFound && name != "stopped" {
			t.Errorf("%s: the list is still there: %d", name, got.StatusCode)
		}
	}
}

// Somebody who came in by name alone plays at home only, in a player as well.
func TestPlayersOfANameAlone(t *testing.T) {
	th := newTheatre(t)
	alien := th.film("Alien", noise(100))
	th.add("Elsa", "")
	b := th.browser(atHome)
	b.post("/sign-in", url.Values{"name": {"Elsa"}}).want(http.StatusSeeOther)
	address, _ := b.playerLink(titleAddress(alien), nil)
	th.browser(away).get(address).want(http.StatusNotFound)
	address, _ = b.playerLink(titleAddress(alien), nil)
	th.browser(atHome).get(address).want(http.StatusOK)
}

func TestNothingForAPlayer(t *testing.T) {
	th := newTheatre(t)
	alien := th.film("Alien", noise(100))
	elsa := th.add("Elsa", goodPassword)
	album, _ := th.record()
	b := th.signedIn("Elsa", atHome)
	b.post(titleAddress(album)+"/player", nil).want(http.StatusNotFound)
	b.post("/titles/999999/player", nil).want(http.StatusNotFound)
	th.must(th.store.SetAccess(context.Background(), th.asOwner(), store.Access{}, elsa.ID))
	b.post(titleAddress(alien)+"/player", nil).want(http.StatusNotFound)
}

// An episode of a podcast comes through Usher, never from where it lies.
func TestOpenEntryInPlayer(t *testing.T) {
	th := newTheatre(t)
	content := noise(5000)
	source := th.elsewhere(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "audio/mpeg")
		http.ServeContent(w, r, "", time.Unix(1, 0), bytes.NewReader(content))
	}))
	channel, err := th.store.AddChannel(context.Background(), th.asOwner(), store.ChannelInput{Name: "Podcasts", Address: "https://podcasts.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	entry := th.tunedIn(channel, store.FormatPodcast, store.FoundEntry{ID: "1", Name: "Episode", Address: source.URL + "/1.mp3", MediaType: "audio/mpeg"})[0]
	address, _ := th.signedIn("Mara", atHome).playerLink("/channels/"+id(channel)+"/entries/"+id(entry.ID), nil)
	got := th.plays("mpv", address, "Range", "bytes=10-19")
	if body := th.all(got); got.StatusCode != http.StatusPartialContent || !bytes.Equal(body, content[10:20]) {
		t.Errorf("mpv gets %d, %d bytes", got.StatusCode, len(body))
	}
	if other := th.plays("VLC", address); other.StatusCode != http.StatusNotFound {
		t.Errorf("another player gets %d", other.StatusCode)
	}
}

// TestRealPlayer has mpv play a film by its list.
func TestRealPlayer(t *testing.T) {
	for _, name := range []string{"mpv", "ffmpeg"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	th := newTheatre(t)
	alien := th.film("Alien", nil)
	path := filepath.Join(th.folder, "Alien", "Alien 1.mp4")
	if out, err := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=2",
		"-f", "lavfi", "-i", "sine=duration=2", "-c:v", "mpeg4", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b := th.signedIn("Mara", atHome)
	_, list := b.playerLink(titleAddress(alien), nil)
	play := func(address string) ([]byte, error) {
		return exec.CommandContext(t.Context(), "mpv", "--no-config", "--vo=null", "--ao=null", "--untimed", "--frames=10", address).CombinedOutput()
	}
	file := filepath.Join(t.TempDir(), "Alien.m3u")
	th.must(os.WriteFile(file, th.all(th.plays("Firefox", list)), 0o600))
	if out, err := play(file); err != nil {
		t.Errorf("mpv does not play: %v\n%s", err, out)
	}
	plays := th.house.server.Plays.Of(th.owner.ID)
	if len(plays) != 1 || plays[0].DeviceName != "mpv" && plays[0].DeviceName != "A player" {
		t.Errorf("what plays is %+v", plays)
	}
	if out, err := play(th.server.URL + "/play/made-up/Alien.mp4"); err == nil {
		t.Errorf("mpv plays what is not there: %s", out)
	}
}

package web_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"usher/media/subtitle"
	"usher/store"
)

// subtitleKey is the key of the first subtitles of a film of a library.
func subtitleKey(library store.Library, film string) string {
	root, err := os.OpenRoot(library.Roots[0].Path)
	if err != nil {
		panic(err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	tracks, err := subtitle.Beside(root, film)
	if err != nil || len(tracks) == 0 {
		panic("no subtitles beside " + film)
	}
	return tracks[0].Key
}

func TestSubtitles(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", []byte("a film"), []byte("its end"))
	th.put(th.library, "Alien/Alien 1.sv.srt", []byte("1\r\n00:00:01,000 --> 00:00:02,000\r\nVad \xe4r <script>det</script>?\r\n"))
	th.put(th.library, "Alien/Alien 2.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nThe end.\n"))
	first, second := subtitleKey(th.library, "Alien/Alien 1.mp4"), subtitleKey(th.library, "Alien/Alien 2.mp4")
	address := "/titles/" + id(film.ID) + "/subtitles/"

	elsa := th.add("Elsa", goodPassword)
	b := th.signedIn("Elsa", atHome)
	got := b.get(address + first).want(http.StatusOK)
	if kind := got.Header.Get("Content-Type"); kind != "text/vtt; charset=utf-8" || got.Body != "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nVad är det?\n" {
		t.Errorf("it is %s, %q", kind, got.Body)
	}
	if got := b.get(address + second + "?part=2").want(http.StatusOK); !strings.Contains(got.Body, "The end.") {
		t.Errorf("of the second part it is %q", got.Body)
	}
	for _, elsewhere := range []string{second, "made-up", first + "?part=3", "..%2fAlien%201.sv.srt"} {
		b.get(address + elsewhere).want(http.StatusNotFound)
	}

	none := b.get("/titles/999999/subtitles/" + first).want(http.StatusNotFound)
	th.must(th.store.SetAccess(context.Background(), th.asOwner(), store.Access{}, elsa.ID))
	if hidden := b.get(address + first).want(http.StatusNotFound); hidden.Body != none.Body {
		t.Errorf("hidden: %s\nunknown: %s", hidden.Body, none.Body)
	}
}

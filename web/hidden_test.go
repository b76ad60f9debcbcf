package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// Whatever is asked of something hidden, on each route that is about a title or
// an entry: the answer is that about something that does not exist, to the byte,
// and nothing is written down. A child who may have one thing at once, which
// plays, and no downloads, learns no more than others do.
func TestNothingTellsOfWhatIsHidden(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	grim, mild := th.film("Grim", noise(100)), th.film("Mild", noise(100))
	th.put(th.library, "Grim/Grim 1.en.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nBoo\n"))
	th.must(th.store.CorrectTitles(context.Background(), th.asOwner(), []int64{grim.ID}, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "R"}))
	radio := th.addChannel("Radio")
	adult := episode("Adult", 1)
	adult.Rating = "R"
	entry := th.tunedIn(radio.ID, store.FormatPodcast, adult)[0]
	limits := store.Limits{Restrictions: store.Restrictions{Rating: store.Age{Known: true, Years: 10}, Streams: 1, NoDownloads: true}}
	th.must(th.store.SetRestrictions(context.Background(), th.asOwner(), elsa.ID, limits))
	b := th.signedIn("Elsa", atHome)
	b.get(streamAddress(mild)).want(http.StatusOK)

	key := subtitleKey(th.library, "Grim/Grim 1.mp4")
	form := url.Values{"position": {"50"}, "length": {"100"}, "state": {"playing"}, "watched": {"yes"}, "favourite": {"yes"}, "part": {"1"}}.Encode()
	asked := 0
	for _, route := range th.house.server.Routes() {
		if !strings.HasPrefix(route.Path, "/titles/:id") && !strings.HasPrefix(route.Path, "/channels/:id/entries/:entry") {
			continue
		}
		asked++
		to := func(title, entry int64) answer {
			path := strings.NewReplacer(":entry", id(entry), ":key", key, ":version", "1", ":part", "AAAA.ts").Replace(route.Path)
			if strings.HasPrefix(path, "/channels/") {
				title = radio.ID
			}
			return b.send(route.Method, strings.Replace(path, ":id", id(title), 1), "application/x-www-form-urlencoded", strings.NewReader(form))
		}
		hidden, unknown := to(grim.ID, entry.ID), to(999_999, 999_999)
		if hidden.Status != http.StatusNotFound || hidden.Status != unknown.Status || hidden.Body != unknown.Body || fmt.Sprint(hidden.Header) != fmt.Sprint(unknown.Header) {
			t.Errorf("%s %s: hidden is %d %v, unknown is %d %v", route.Method, route.Path, hidden.Status, hidden.Header, unknown.Status, unknown.Header)
		}
	}
	if asked < 20 {
		t.Errorf("only %d routes were asked", asked)
	}
	if plays := th.house.server.Plays.Of(elsa.ID); len(plays) != 1 || plays[0].What.Title != mild.ID {
		t.Errorf("%+v play", plays)
	}
	limits.Rating = store.Age{}
	th.must(th.store.SetRestrictions(context.Background(), th.asOwner(), elsa.ID, limits))
	for _, list := range []string{"/history", "/favourites"} {
		for _, name := range []string{"Grim", "Adult"} {
			if strings.Contains(b.get(list).want(http.StatusOK).Body, name) {
				t.Errorf("%s tells of %s, which was hidden then", list, name)
			}
		}
	}
}

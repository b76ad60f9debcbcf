package views_test

import (
	"strings"
	"testing"
	"time"

	"usher/store"
	"usher/views"
)

// filmPage is the page of a film with a hostile name, which the viewer may play.
func filmPage(change func(*views.TitlePage)) views.TitlePage {
	page := views.TitlePage{
		Title:   store.Title{ID: 7, LibraryID: 2, Kind: store.TitleFilm, Name: hostile, Poster: "abc", AddedAt: time.Now()},
		Library: store.Library{ID: 2, Name: "Films", Kind: store.KindFilms},
		Plays:   true, Marks: true,
	}
	page.Player = views.NewPlayer(page)
	page.Player.Open = true
	change(&page)
	return page
}

func TestPlayerSaysWhatItPlays(t *testing.T) {
	doc := document(t, views.Title(filmPage(func(p *views.TitlePage) {
		p.Player.By, p.Player.From, p.Player.Type = hostile, `"on" it`, `video/mp4; codecs="avc1.640028"`
		p.Player.Subtitles = []views.Subtitle{{Address: "/titles/7/subtitles/k", Label: hostile, Language: "sv", Default: true}, {Address: "/x", Label: "Unknown"}}
	})))
	stage := doc.Find("[data-player]")
	for name, want := range map[string]string{"data-home": "/titles/7", "data-name": hostile, "data-by": hostile, "data-from": `"on" it`, "data-part": "1"} {
		if got, _ := stage.Attr(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	video := doc.Find("video")
	for name, want := range map[string]string{"poster": "/titles/7/poster/abc", "data-type": `video/mp4; codecs="avc1.640028"`, "src": "/titles/7/stream"} {
		if got, _ := video.Attr(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	label, _ := video.Find("track[srclang=sv][default]").Attr("label")
	if label != hostile || video.Find("track:not([srclang])").Length() != 1 {
		t.Error("the subtitles are not as they should be")
	}
	if doc.Find("h1 script, .stage script").Length() != 0 {
		t.Error("a name has become script")
	}
}

func TestPlayerInEveryState(t *testing.T) {
	const play, over, download, elsewhere = "button.primary[data-play]", ".stage > .over:not([hidden])", ".about a[download]", ".about form[action='/titles/7/player']"
	for name, test := range map[string]struct {
		change func(*views.TitlePage)
		says   string
		there  []string
		not    []string
	}{
		"new":       {func(p *views.TitlePage) {}, "Play", []string{play, elsewhere, ".keys [data-keys]"}, []string{over, download, ".ways", ".segments"}},
		"begun":     {func(p *views.TitlePage) { p.Player.At, p.Player.Begun = 3723*time.Second, true }, "Resume at 1:02:03", []string{play, ".about a[data-goes]", "video[src='/titles/7/stream#t=3723']"}, nil},
		"downloads": {func(p *views.TitlePage) { p.Player.Download = true }, "Download", []string{download, ".over[data-unplayable] a[download]"}, nil},
		"refused":   {func(p *views.TitlePage) { p.Player.Refused, p.Player.Download = "No browser plays AVI files.", true }, "No browser plays AVI files.", []string{over, over + " a[download]", over + " form"}, []string{"video", play, ".keys"}},
		"doubtful":  {func(p *views.TitlePage) { p.Player.Doubt = "The picture is in H.265." }, "This browser cannot play this file. The picture is in H.265.", []string{"video", "[data-unplayable][hidden]"}, []string{over}},
		"not theirs": {func(p *views.TitlePage) {
			p.Plays, p.Marks, p.Player.Refused = false, false, "That is Elsa’s own business."
		}, "Elsa’s own business", []string{over, ".stage .cover"}, []string{"video", play, elsewhere, "form[data-mark]", ".keys", "[data-player]"}},
		"in parts": {func(p *views.TitlePage) {
			p.Player.Part, p.Player.Parts, p.Player.Next = 2, 3, views.Way{Href: "/titles/8"}
		}, "Part 3", []string{".way.previous[href*='part=1']", ".way.next[href*='part=3'][data-at-once]", "video[src='/titles/7/stream?part=2']"}, []string{"[href='/titles/8']"}},
		"last part": {func(p *views.TitlePage) {
			p.Player.Part, p.Player.Parts, p.Player.Next = 3, 3, views.Way{Href: "/titles/8", Label: "Next episode", Name: hostile}
		}, hostile, []string{".way.next[href='/titles/8']:not([data-at-once])"}, nil},
		"sound": {func(p *views.TitlePage) { p.Player.Sound = true }, "Play", []string{"audio[controls]", ".stage.sound .cover img", play}, []string{"video", ".start"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := document(t, views.Title(filmPage(test.change)))
			if text := said(doc.Find("main")); !strings.Contains(text, test.says) {
				t.Errorf("the page does not say %q:\n%s", test.says, text)
			}
			for _, selector := range test.there {
				if doc.Find(selector).Length() == 0 {
					t.Errorf("there is no %s", selector)
				}
			}
			for _, selector := range test.not {
				if doc.Find(selector).Length() != 0 {
					t.Errorf("there is %s", selector)
				}
			}
		})
	}
}

func TestClockTime(t *testing.T) {
	for want, seconds := range map[string]time.Duration{"0:00": 0, "0:59": 59, "41:07": 2467, "1:00:00": 3600, "12:05:09": 43509} {
		if got := views.ClockTime(seconds*time.Second + 900*time.Millisecond); got != want {
			t.Errorf("%d seconds are %q, want %q", seconds, got, want)
		}
	}
}

// The page of an episode without a name of its own does not say its number twice.
func TestEpisodeWithoutAName(t *testing.T) {
	for name, want := range map[string]int{"Episode 3": 1, "Pilot": 1} {
		doc := document(t, views.Title(filmPage(func(p *views.TitlePage) {
			p.Title.Kind, p.Title.Name, p.Title.Number = store.TitleEpisode, name, 3
		})))
		if got := strings.Count(said(doc.Find("#title-about")), "Episode 3"); got != want {
			t.Errorf("%q is said to be Episode 3 %d times, want %d", name, got, want)
		}
	}
}

// An episode of which only the number is known is not counted twice.
func TestTitleWay(t *testing.T) {
	for want, title := range map[string]store.Title{
		"3. Pilot":   {ID: 3, Kind: store.TitleEpisode, Name: "Pilot", Number: 3},
		"Episode 3":  {ID: 3, Kind: store.TitleEpisode, Name: "Episode 3", Number: 3},
		"Pilot":      {ID: 3, Kind: store.TitleEpisode, Name: "Pilot"},
		"2. Track 2": {ID: 3, Kind: store.TitleTrack, Name: "Track 2", Number: 2},
	} {
		if got := views.TitleWay("Next", title).Name; got != want {
			t.Errorf("the way to %+v is called %q, want %q", title, got, want)
		}
	}
}

func TestStartWay(t *testing.T) {
	season, series := store.Title{ID: 2, Kind: store.TitleSeason, Number: 1}, store.Title{ID: 1, Kind: store.TitleSeries}
	episode := store.Title{ID: 3, Kind: store.TitleEpisode, Name: "Pilot", Number: 3}
	begun, watched := store.Headway{Part: 1, Position: time.Minute}, store.Headway{Part: 1, Watched: true}
	for want, way := range map[string]views.Way{
		"Play":                views.StartWay(store.Viewed{Title: episode}, season, false),
		"Continue with S1 E3": views.StartWay(store.Viewed{Title: episode}, season, true),
		"Continue with E3":    views.StartWay(store.Viewed{Title: episode, Headway: begun}, series, false),
		"Continue with Pilot": views.StartWay(store.Viewed{Title: store.Title{Kind: store.TitleEpisode, Name: "Pilot"}, Headway: begun}, season, true),
	} {
		if way.Label != want {
			t.Errorf("it says %q, want %q", way.Label, want)
		}
	}
	if way := views.StartWay(store.Viewed{Title: episode, Headway: watched}, season, true); way.Label != "Play" || way.Href != "/titles/3#play" {
		t.Errorf("after all is watched it is %+v", way)
	}
	if way := views.StartWay(store.Viewed{Title: store.Title{Kind: store.TitleTrack, Name: "Lilac"}}, series, true); way.Label != "Play" {
		t.Errorf("an album that somebody has heard says %q", way.Label)
	}
}

package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/playing"
	"usher/store"
)

// medium is an attribute of what plays on a page; "" where there is none.
func (a answer) medium(name string) string {
	a.t.Helper()
	value, _ := a.doc().Find("video, audio").Attr(name)
	return value
}

// told is how far a page has come.
func told(state, position, length string) url.Values {
	return url.Values{"state": {state}, "position": {position}, "length": {length}}
}

// tell tells how far a page of a title has come, as its script does.
func (b *browser) tell(film store.Title, form url.Values) answer {
	b.house.t.Helper()
	b.header.Set("Accept", "application/json")
	defer b.header.Del("Accept")
	return b.post(title(film)+"/position", form)
}

func TestFilmPlaysOnItsPage(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", []byte("a film"))
	th.put(th.library, "Alien/Alien 1.sv.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nHej\n"))
	th.put(th.library, "Alien/Alien 1.en.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nHello\n"))
	b := th.signedIn("Mara", atHome)
	b.header.Set("Accept-Language", "sv-SE, en;q=0.5")
	page := b.get(title(film)).want(http.StatusOK)
	for name, want := range map[string]string{"src": streamAddress(film), "preload": "none", "aria-label": "Alien", "poster": "", "data-type": ""} {
		if got := page.medium(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, there := page.doc().Find("video").Attr("controls"); !there {
		t.Error("without a script it cannot be played")
	}
	shown := page.doc().Find("track[default]")
	if label, _ := shown.Attr("label"); page.doc().Find("track").Length() != 2 || shown.Length() != 1 || label != "Swedish" {
		t.Errorf("%q shows of\n%s", label, page.Body)
	}
	address, _ := shown.Attr("src")
	b.get(address).want(http.StatusOK)
}

func TestNoBrowserPlaysIt(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", []byte("RIFF\x00\x00\x00\x00AVI LIST"))
	b := th.signedIn("Mara", atHome)
	page := b.get(title(film)).want(http.StatusOK).says("No browser plays AVI files.")
	if n := page.doc().Find("video, audio").Length(); n != 0 {
		t.Errorf("it is tried all the same, %d times", n)
	}
	if n := page.doc().Find(".stage form[action='" + title(film) + "/player']").Length(); n != 1 {
		t.Errorf("it can be opened in a player %d times", n)
	}
}

func TestGoesOnWhereItWas(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Alien", []byte("a film"), []byte("its end"))
	b, other := th.signedIn("Mara", atHome), th.signedIn("Mara", away)
	if page := b.get(title(film)); page.doc().Find("a:contains('Start from the beginning')").Length() != 0 {
		t.Error("there is a beginning to start from before it has begun")
	}
	if answer := b.tell(film, told("playing", "2467.8", "5400")).want(http.StatusNoContent); answer.Body != "" {
		t.Errorf("it answers %q", answer.Body)
	}
	page := other.get(title(film)).says("Resume in part 1 at 41:07")
	if got := page.medium("src"); got != streamAddress(film)+"#t=2467" {
		t.Errorf("it goes on at %q", got)
	}
	beginning, _ := page.doc().Find("a:contains('Start from the beginning')").Attr("href")
	if got := other.get(beginning).medium("src"); got != streamAddress(film) {
		t.Errorf("it starts at %q", got)
	}

	b.tell(film, told("ended", "5400", "5400")).want(http.StatusNoContent)
	page = other.get(title(film))
	if got := page.medium("src"); got != streamAddress(film)+"?part=2" || page.text(".segments [aria-current]") != "Part 2" {
		t.Errorf("after the first part it goes on at %q in %q", got, page.text(".segments [aria-current]"))
	}
	if previous := page.text(".way.previous"); !strings.Contains(previous, "Part 1") || page.doc().Find(".way.next").Length() != 0 {
		t.Errorf("before the last part is %q", previous)
	}
	end := told("ended", "600", "600")
	end.Set("part", "2")
	b.tell(film, end).want(http.StatusNoContent)
	if got := other.get(title(film)).says("Mark as not watched").medium("src"); got != streamAddress(film) {
		t.Errorf("once watched it begins at %q", got)
	}
	if next, _ := other.get(title(film) + "?part=1").doc().Find(".way.next[data-at-once]").Attr("href"); next != title(film)+"?from=start&part=2" {
		t.Errorf("the second part is at %q", next)
	}
	for _, odd := range []string{"?part=0", "?part=3", "?part=x", "?from=x"} {
		other.get(title(film) + odd).want(http.StatusOK)
	}
}

func TestPositionsThatAreNone(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	b := h.signedIn("Elsa", atHome)
	for _, form := range []url.Values{
		nil, told("", "1", "2"), told("dancing", "1", "2"), told("playing", "", "2"), told("playing", "-1", "2"), told("playing", "NaN", "2"),
		told("playing", "Inf", "2"), told("playing", "1e300", "2"), told("playing", "1", "long"),
		{"state": {"playing"}, "position": {"1"}, "part": {"two"}},
	} {
		b.tell(bear, form).want(http.StatusBadRequest)
	}
	hidden := b.tell(alien, told("playing", "100", "200")).want(http.StatusNotFound)
	alien.ID = 999999
	if none := b.tell(alien, told("playing", "100", "200")).want(http.StatusNotFound); none.Body != hidden.Body {
		t.Errorf("hidden: %s\nunknown: %s", hidden.Body, none.Body)
	}
	so, err := h.store.Progress(context.Background(), elsa.ID, []int64{bear.ID})
	if err != nil || len(so) != 0 {
		t.Errorf("it is kept as %v, %v", so, err)
	}
	h.browser(atHome).tell(bear, told("playing", "1", "2")).want(http.StatusUnauthorized)
}

func TestPageIsToldWhyItEnds(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	limits := store.Limits{Restrictions: store.Restrictions{Streams: 1}}
	h.must(h.store.SetRestrictions(context.Background(), h.asOwner(), elsa.ID, limits))
	b, other := h.signedIn("Elsa", atHome), h.signedIn("Elsa", atHome)
	b.tell(bear, told("playing", "100", "5000")).want(http.StatusNoContent)
	var refused struct {
		Message string
		Stopped *string
		Playing []struct{ Name, Device string }
	}
	many := other.tell(bear, told("playing", "1", "5000")).want(http.StatusTooManyRequests)
	if err := json.Unmarshal([]byte(many.Body), &refused); err != nil || len(refused.Playing) != 1 || refused.Playing[0].Name != "The Bear" {
		t.Errorf("one too many: %s, %v", many.Body, err)
	}
	b.tell(bear, told("left", "100", "5000")).want(http.StatusNoContent)
	other.tell(bear, told("paused", "1", "5000")).want(http.StatusNoContent)
	plays := h.server.Plays.Of(elsa.ID)
	if len(plays) != 1 || !plays[0].Paused || plays[0].Source != "Films" {
		t.Fatalf("what plays is %+v", plays)
	}

	h.server.Plays.Stop(plays[0].ID, "Dinner.")
	stopped := other.tell(bear, told("playing", "2", "5000")).want(http.StatusForbidden)
	if err := json.Unmarshal([]byte(stopped.Body), &refused); err != nil || refused.Stopped == nil || *refused.Stopped != "Dinner." {
		t.Errorf("stopped: %s, %v", stopped.Body, err)
	}
	anew := told("playing", "2", "5000")
	anew.Set("anew", "yes")
	other.tell(bear, anew).want(http.StatusNoContent)
	other.tell(bear, told("ended", "5000", "5000")).want(http.StatusNoContent)
	if plays := h.server.Plays.All(); len(plays) != 0 {
		t.Errorf("after its end %+v plays", plays)
	}
}

// Somebody who views as another user plays nothing, and learns nothing of how
// far that user has come.
func TestViewingAsPlaysNothing(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	h.signedIn("Elsa", atHome).tell(bear, told("playing", "1000", "5000")).want(http.StatusNoContent)
	mara := h.signedIn("Mara", atHome)
	mara.post("/admin/users/"+id(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
	page := mara.get(title(bear)).want(http.StatusOK).says("Elsa’s own business")
	if n := page.doc().Find("video, audio, form[data-mark], progress, .ways").Length(); n != 0 || strings.Contains(page.Body, "16:40") {
		t.Errorf("the page shows\n%s", page.text("main"))
	}
	if n := mara.get("/libraries/" + id(bear.LibraryID)).doc().Find("progress, .seen").Length(); n != 0 {
		t.Error("the library shows how far Elsa has come")
	}
	mara.tell(bear, told("playing", "1", "5000")).want(http.StatusForbidden)
	if plays := h.server.Plays.All(); len(plays) != 1 || plays[0].UserID != elsa.ID {
		t.Errorf("what plays is %+v", plays)
	}
}

func TestEpisodesOneAfterTheOther(t *testing.T) {
	h := newHousehold(t)
	series := h.addKind("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "show", Name: "The Show"}
	season := &store.FoundTitle{Kind: store.TitleSeason, Key: "show 2", Name: "Season 2", Number: 2}
	first, second := found(store.TitleEpisode, "Pilot", show, season), found(store.TitleEpisode, "Storm", show, season)
	first.Number, second.Number = 1, 2
	h.shelve(series.ID, first, second)
	b := h.signedIn("Mara", atHome)
	page := b.get(b.link("/libraries/"+id(series.ID), "The Show"))
	start := page.doc().Find(".button.primary")
	if text := strings.TrimSpace(start.Text()); text != "Play" {
		t.Errorf("before anything is watched it says %q", text)
	}
	address, _ := start.Attr("href")
	pilot := b.get(strings.TrimSuffix(address, "#play")).want(http.StatusOK)
	if name, next := pilot.text("h1"), pilot.text(".way.next"); name != "Pilot" || next != "Next episode 2. Storm" {
		t.Errorf("%s leads to %q", name, next)
	}
	b.tell(h.titledIn(b, "Pilot"), told("ended", "1200", "1200")).want(http.StatusNoContent)
	page = b.get(b.link("/libraries/"+id(series.ID), "The Show")).says("Continue with S2 E2")
	season2, _ := page.doc().Find(".posters a").Attr("href")
	rows := b.get(season2).says("Continue with S2 E2").each(".episodes .name")
	wantNames(t, "episodes", rows, "1 Pilot (watched)", "2 Storm")
	if previous := b.get(b.link(season2, "Storm")).text(".way.previous"); previous != "Previous episode 1. Pilot" {
		t.Errorf("before Storm is %q", previous)
	}
}

// titledIn is the title of this name that a search finds.
func (h *house) titledIn(b *browser, name string) store.Title {
	h.t.Helper()
	found, err := h.store.Titles(context.Background(), store.TitleQuery{Viewer: h.owner.ID, Search: name})
	if err != nil || len(found.Titles) != 1 {
		h.t.Fatalf("%q finds %+v, %v", name, found.Titles, err)
	}
	return found.Titles[0]
}

func TestAlbumPlaysInOrder(t *testing.T) {
	h := newHousehold(t)
	music := h.addKind("Music", store.KindMusic)
	nina := &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}
	wild := &store.FoundTitle{Kind: store.TitleAlbum, Key: "nina wild", Name: "Wild"}
	first, second := found(store.TitleTrack, "Feeling", nina, wild), found(store.TitleTrack, "Lilac", nina, wild)
	first.Disc, first.Number, second.Disc, second.Number = 1, 7, 2, 1
	h.shelve(music.ID, first, second)
	b := h.signedIn("Mara", atHome)
	album := b.get(b.link("/libraries/"+id(music.ID), "Wild"))
	start, _ := album.doc().Find(".button.primary").Attr("href")
	page := b.get(strings.TrimSuffix(start, "#play"))
	if page.text("h1") != "Feeling" || page.doc().Find("audio").Length() != 1 {
		t.Errorf("the album begins with %q", page.text("h1"))
	}
	wantNames(t, "on the album", page.each(".tracks a[data-goes]"), "Feeling", "Lilac")
	if current := page.text(".tracks [aria-current]"); current != "Feeling" {
		t.Errorf("%q plays", current)
	}
	if next := page.doc().Find(".way.next"); strings.Join(strings.Fields(next.Text()), " ") != "Next track 1. Lilac" || next.Is(":not([data-at-once])") {
		t.Errorf("next is %q", next.Text())
	}
}

func TestPicturesAround(t *testing.T) {
	h := newHousehold(t)
	photos := h.addKind("Photos", store.KindPhotos)
	names := []string{"new.gif", "between.jpg", "old.heic"}
	var all []store.Found
	for i, name := range names {
		picture := found(store.TitlePicture, name)
		picture.Date = time.Date(2024, 7, 9-i, 12, 0, 0, 0, time.UTC)
		all = append(all, picture)
	}
	titles := h.shelve(photos.ID, all...)
	b := h.signedIn("Mara", atHome)
	for i, want := range []struct{ previous, next, original, source string }{
		{"", title(titles[1]), streamAddress(titles[0]), streamAddress(titles[0])},
		{title(titles[0]), title(titles[2]), streamAddress(titles[1]), ""},
		{title(titles[1]), "", "", ""},
	} {
		page := b.get(title(titles[i])).want(http.StatusOK).doc()
		previous, _ := page.Find("[data-way=previous]").Attr("href")
		next, _ := page.Find("[data-way=next]").Attr("href")
		original, _ := page.Find("a:contains('Original size')").Attr("href")
		source, _ := page.Find(".frame img").Attr("src")
		if got := (struct{ previous, next, original, source string }{previous, next, original, source}); got != want {
			t.Errorf("%s: %+v, want %+v", names[i], got, want)
		}
	}
}

func TestHeadwayIsShown(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	b := h.signedIn("Elsa", atHome)
	library := "/libraries/" + id(bear.LibraryID)
	b.tell(bear, told("playing", "1000", "4000")).want(http.StatusNoContent)
	for _, path := range []string{library, "/search?q=bear"} {
		bar := b.get(path).doc().Find("progress")
		value, _ := bar.Attr("value")
		said, _ := bar.Attr("aria-label")
		if value != "25" || said != "25 percent watched" {
			t.Errorf("%s: %q %q", path, value, said)
		}
	}
	h.must(h.store.MarkWatched(context.Background(), store.Actor{ID: elsa.ID}, store.What{Title: bear.ID}, true))
	if n := b.get(library).doc().Find(".posters .seen").Length(); n != 1 {
		t.Errorf("%d films have a tick", n)
	}
	if n := h.signedIn("Mara", atHome).get(library).doc().Find("progress, .seen").Length(); n != 0 {
		t.Error("Mara sees how far Elsa has come")
	}
}

func TestDownloadIsOfferedToWhomItIsAllowed(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	b := h.signedIn("Elsa", atHome)
	offered := func() int {
		return b.get(title(bear)).doc().Find(".about a[href='" + title(bear) + "/download']").Length()
	}
	if offered() != 1 {
		t.Error("there is no download")
	}
	limits := store.Limits{Restrictions: store.Restrictions{NoDownloads: true}}
	h.must(h.store.SetRestrictions(context.Background(), h.asOwner(), elsa.ID, limits))
	if offered() != 0 {
		t.Error("there is a download for somebody who may not")
	}
}

// What begins after the page was silent for long is a play of its own.
func TestSilentPageLosesItsPlace(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	h.signedIn("Elsa", atHome).tell(bear, told("paused", "100", "5000")).want(http.StatusNoContent)
	h.clock.pass(playing.Lingers)
	if plays := h.server.Plays.Of(elsa.ID); len(plays) != 0 {
		t.Errorf("%+v still plays", plays)
	}
}

// A picture that somebody does not see is no neighbour of theirs, at once.
func TestHiddenPicturesAreNoNeighbours(t *testing.T) {
	h := newHousehold(t)
	elsa, photos := h.add("Elsa", goodPassword), h.addKind("Photos", store.KindPhotos)
	var all []store.Found
	for i, label := range []string{"", "private", ""} {
		picture := found(store.TitlePicture, "picture "+string(rune('a'+i)))
		picture.Date = time.Date(2024, 7, 9-i, 12, 0, 0, 0, time.UTC)
		if label != "" {
			picture.Labels = []string{label}
		}
		all = append(all, picture)
	}
	titles := h.shelve(photos.ID, all...)
	b := h.signedIn("Elsa", atHome)
	next := func() string {
		address, _ := b.get(title(titles[0])).want(http.StatusOK).doc().Find("[data-way=next]").Attr("href")
		return address
	}
	if got := next(); got != title(titles[1]) {
		t.Errorf("next is %q", got)
	}
	limits := store.Limits{Restrictions: store.Restrictions{HideLabels: []string{"private"}}}
	h.must(h.store.SetRestrictions(context.Background(), h.asOwner(), elsa.ID, limits))
	if got := next(); got != title(titles[2]) {
		t.Errorf("past what is hidden, next is %q", got)
	}
}

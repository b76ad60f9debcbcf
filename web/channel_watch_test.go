package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
	"usher/views"
)

// station is an entry of a list.
func station(name string, groups ...string) store.FoundEntry {
	return store.FoundEntry{Name: name, Address: "https://radio.example/" + url.PathEscape(name), Groups: groups, Live: true}
}

// episode is one of a podcast, so many days old.
func episode(name string, days int) store.FoundEntry {
	return store.FoundEntry{
		ID: name, Name: name, Address: "https://podcasts.example/" + url.PathEscape(name) + ".mp3", MediaType: "audio/mpeg",
		Plot: "About " + name + ".", Published: time.Now().AddDate(0, 0, -days), Length: 48 * time.Minute,
	}
}

func entryAddress(e store.ChannelEntry) string { return views.EntryAddress(e.ChannelID, e.ID) }

// wantShown fails the test unless the page lists these names, in this order.
func (a answer) wantShown(names ...string) answer {
	a.t.Helper()
	if got := a.each(".rows .name a"); !slices.Equal(got, names) {
		a.t.Errorf("the page lists %q, want %q", got, names)
	}
	return a
}

func TestStations(t *testing.T) {
	h := newHousehold(t)
	radio := h.addChannel("Radio")
	h.tunedIn(radio.ID, store.FormatList, station("Sea News", "News"), station("Jazz & Blues", "Music", "Night"), station("Rock", "Music"))
	b := h.signedIn("Mara", atHome)
	page := b.get(views.WatchChannelAddress(radio.ID)).want(http.StatusOK).says("Three stations").wantShown("Sea News", "Jazz & Blues", "Rock")
	if strings.Contains(page.Body, "radio.example") {
		t.Error("the page tells where the stations are")
	}
	if live := page.each(".rows .badge"); len(live) != 3 || live[0] != "Live" {
		t.Errorf("the badges are %q", live)
	}
	if groups := page.each("select[name=group] option"); !slices.Equal(groups, []string{"Any group", "Music", "News", "Night"}) {
		t.Errorf("the groups are %q", groups)
	}
	for query, want := range map[string][]string{
		"group=Music": {"Jazz & Blues", "Rock"}, "q=ja": {"Jazz & Blues"}, "sort=name": {"Jazz & Blues", "Rock", "Sea News"},
		"sort=nonsense&page=99&group=": {"Sea News", "Jazz & Blues", "Rock"}, "group=Music&q=ro": {"Rock"},
	} {
		b.get(views.WatchChannelAddress(radio.ID) + "?" + query).want(http.StatusOK).wantShown(want...)
	}
	b.get(views.WatchChannelAddress(radio.ID) + "?q=zither").says("None of the stations here has a word that begins with “zither” in its name.")
	b.get(views.WatchChannelAddress(radio.ID) + "?group=Opera").says("None of the stations here is in this group.")
	for _, path := range []string{"/channels/99", "/channels/x", "/channels/99/entries/1", views.EntryAddress(radio.ID, 99)} {
		b.get(path).want(http.StatusNotFound)
	}
}

func TestManyStations(t *testing.T) {
	h := newHousehold(t)
	radio := h.addChannel("Radio")
	var all []store.FoundEntry
	for i := range store.PageSize + 3 {
		all = append(all, station(fmt.Sprintf("Station %03d", i)))
	}
	h.tunedIn(radio.ID, store.FormatList, all...)
	b := h.signedIn("Mara", atHome)
	b.get(views.WatchChannelAddress(radio.ID)).says("Page 1 of 2").says(fmt.Sprintf("%d stations", len(all)))
	b.get(views.WatchChannelAddress(radio.ID)+"?page=2").wantShown("Station 050", "Station 051", "Station 052")
}

func TestPodcast(t *testing.T) {
	h := newHousehold(t)
	talks := h.addChannel("Talks")
	saved := h.tunedIn(talks.ID, store.FormatPodcast, episode("Third", 1), episode("Second", 8), episode("First", 15))
	b := h.signedIn("Mara", atHome)
	second := saved[1]
	tell := func(seconds, state string, status int) {
		t.Helper()
		b.post(entryAddress(second)+"/position", url.Values{"position": {seconds}, "length": {"2880"}, "state": {state}}).want(status)
	}
	tell("1200", "playing", http.StatusNoContent)
	if plays := h.server.Plays.All(); len(plays) != 1 || plays[0].Source != "Talks" || plays[0].Name != "Talks, Second" || plays[0].What.Entry != second.ID {
		t.Errorf("what plays is %+v", plays)
	}
	playing := h.signedIn("Mara", away).get("/admin/activity/playing").says("Talks")
	if strings.Contains(playing.Body, "Second") {
		t.Error("administrators see what is heard")
	}
	list := b.get(views.WatchChannelAddress(talks.ID)).wantShown("Third", "Second", "First").says("48 min · 28 min left")
	if bar := list.doc().Find(".row progress"); bar.Length() != 1 || bar.AttrOr("value", "") != "41" {
		t.Errorf("how far it is: %s", list.text(".rows"))
	}
	b.get(views.WatchChannelAddress(talks.ID)+"?sort=oldest").wantShown("First", "Second", "Third")
	page := b.get(entryAddress(second)).want(http.StatusOK).says("About Second.").says("Resume at 20:00")
	if src := page.doc().Find("audio").AttrOr("src", ""); src != entryAddress(second)+"/stream#t=1200" {
		t.Errorf("it plays %q", src)
	}
	for way, want := range map[string]store.ChannelEntry{"previous": saved[2], "next": saved[0]} {
		if href := page.doc().Find("[data-way="+way+"]").AttrOr("href", ""); href != entryAddress(want) {
			t.Errorf("%s is %q, want %q", way, href, entryAddress(want))
		}
	}
	tell("2880", "ended", http.StatusNoContent)
	if len(h.server.Plays.All()) != 0 {
		t.Error("what has ended takes a place")
	}
	b.get(entryAddress(second)).says("Mark as not watched")
	b.follow(entryAddress(second)+"/watched", url.Values{"watched": {"no"}}).says("Mark as watched")
	b.follow(entryAddress(second)+"/favourite", url.Values{"favourite": {"yes"}}).says("Remove from favourites")
	b.get("/favourites").says("Second")
	tell("x", "playing", http.StatusBadRequest)
	tell("1", "dancing", http.StatusBadRequest)
}

// A channel that is not open, and entries that are hidden, are answered as those
// that do not exist, to the byte.
func TestWhatOfChannelsIsHidden(t *testing.T) {
	h := newHousehold(t)
	radio, other := h.addChannel("Radio"), h.addChannel("Other")
	grim := episode("Grim", 1)
	grim.Rating = "R"
	saved := h.tunedIn(radio.ID, store.FormatPodcast, grim, episode("Mild", 2))
	closed := h.tunedIn(other.ID, store.FormatPodcast, episode("Closed", 1))[0]
	elsa := h.addWith("Elsa", store.Access{AllLibraries: true, Channels: []int64{radio.ID}})
	h.restrict(elsa.ID, 6)
	b := h.signedIn("Elsa", atHome)
	unknown := b.get("/channels/99/entries/99").want(http.StatusNotFound)
	b.get(views.WatchChannelAddress(radio.ID)).want(http.StatusOK).wantShown("Mild")
	for _, path := range []string{
		views.WatchChannelAddress(other.ID), entryAddress(closed), entryAddress(saved[0]), views.EntryAddress(other.ID, saved[1].ID),
		entryAddress(closed) + "/stream", entryAddress(saved[0]) + "/stream", entryAddress(saved[0]) + "/part/AAAA.ts",
	} {
		if got := b.get(path); got.Status != http.StatusNotFound || got.Body != unknown.Body {
			t.Errorf("%s is answered %d, otherwise than what does not exist", path, got.Status)
		}
	}
	for _, path := range []string{"/position", "/watched", "/favourite"} {
		form := url.Values{"position": {"20"}, "state": {"playing"}, "watched": {"yes"}, "favourite": {"yes"}}
		b.post(entryAddress(saved[0])+path, form).want(http.StatusNotFound)
	}
	home := b.get("/")
	if link := home.doc().Find(".shelves a[href='" + views.WatchChannelAddress(radio.ID) + "'], .nav a[href='" + views.WatchChannelAddress(radio.ID) + "']").Length(); link != 2 {
		t.Errorf("%d ways lead to the channel", link)
	}
	if strings.Contains(home.Body, "Other") || strings.Contains(b.get("/search?q=clo").want(http.StatusOK).Body, "Closed") {
		t.Error("a channel that is not open shows")
	}
	h.limited(elsa.ID, store.Restrictions{NoChannels: true})
	b.get(views.WatchChannelAddress(radio.ID)).want(http.StatusNotFound)
	b.get(entryAddress(saved[1])).want(http.StatusNotFound)
	if b.get("/").doc().Find("a[href^='/channels/']").Length() > 0 {
		t.Error("channels show to somebody who may use none")
	}
}

func TestSearchFindsEntries(t *testing.T) {
	h := newHousehold(t)
	h.shelve(h.addLibrary("Films").ID, found(store.TitleFilm, "Jazz on a Summer’s Day"))
	radio := h.addChannel("Radio")
	var all []store.FoundEntry
	for i := range 8 {
		all = append(all, station(fmt.Sprintf("Jazz %d", i)))
	}
	h.tunedIn(radio.ID, store.FormatList, append(all, station("Rock"))...)
	b := h.signedIn("Mara", atHome)
	page := b.get("/search?q=jazz").says("One title and eight entries of channels found").says("All 8")
	page.wantShown("Jazz on a Summer’s Day", "Jazz 0", "Jazz 1", "Jazz 2", "Jazz 3", "Jazz 4", "Jazz 5")
	if page.doc().Find("a[href='"+views.WatchChannelAddress(radio.ID)+"?q=jazz']").Length() != 1 {
		t.Error("no way to all of them")
	}
	b.get("/search?q=roc").says("No titles and one entry of channels found").wantShown("Rock")
	b.get("/search?q=zither").says("Nothing found")
}

func TestChannelsInAllStates(t *testing.T) {
	h := newHousehold(t)
	ctx := context.Background()
	radio := h.addChannel("Radio")
	b, address := h.signedIn("Mara", atHome), views.WatchChannelAddress(radio.ID)
	b.get(address).want(http.StatusOK).says("This channel has not been read yet")
	h.must(h.store.NoteUnread(ctx, radio, "There is nothing at this address any more (404)."))
	b.get(address).says("This channel cannot be read just now")
	h.tunedIn(radio.ID, store.FormatList)
	b.get(address).says("As soon as there are stations for you in this channel, they appear here.")
	bad := station(hostile, hostile)
	bad.Address, bad.Plot, bad.Rating = "https://radio.example/hostile", hostile, hostile
	entry := h.tunedIn(radio.ID, store.FormatList, bad)[0]
	h.must(h.store.NoteUnread(ctx, radio, "The server cannot be reached."))
	shown := b.get(address).says("The source of this channel could not be read lately.").wantShown(strings.Join(strings.Fields(hostile), " "))
	for _, page := range []answer{shown, b.get(entryAddress(entry)).want(http.StatusOK), b.get("/search?q=script")} {
		if strings.Contains(page.Body, "<script>alert") || strings.Contains(page.Body, "radio.example") {
			t.Error("script in a name runs, or the source is told")
		}
	}
}

func TestEntriesWhileViewingAs(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	entry := h.tunedIn(h.addChannel("Talks").ID, store.FormatPodcast, episode("First", 1))[0]
	h.signedIn("Elsa", atHome).post(entryAddress(entry)+"/position", url.Values{"position": {"1200"}, "length": {"2880"}, "state": {"playing"}}).want(http.StatusNoContent)
	b := h.signedIn("Mara", atHome)
	b.post("/admin/users/"+id(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
	page := b.get(entryAddress(entry)).want(http.StatusOK).says("Elsa’s own business")
	if page.doc().Find("audio, video, progress, form[data-mark]").Length() > 0 {
		t.Error("what Elsa heard shows")
	}
	if b.get(views.WatchChannelAddress(entry.ChannelID)).doc().Find("progress").Length() > 0 {
		t.Error("how far Elsa is shows")
	}
	b.get(entryAddress(entry) + "/stream").want(http.StatusForbidden)
	b.post(entryAddress(entry)+"/position", url.Values{"position": {"20"}, "state": {"playing"}}).want(http.StatusForbidden)
}

// What no browser plays is said before it is tried.
func TestEntriesThatNoBrowserPlays(t *testing.T) {
	h := newHousehold(t)
	tv, song := station("TV"), station("Song")
	tv.Address, song.Address = "https://tv.example/live.ts", "https://tv.example/song.mp3"
	hls := station("Parts")
	hls.Address = "https://tv.example/live.m3u8?x=y"
	saved := h.tunedIn(h.addChannel("TV").ID, store.FormatList, tv, song, hls, station("Unknown"))
	b := h.signedIn("Mara", atHome)
	if page := b.get(entryAddress(saved[0])).says("No browser plays MPEG transport stream files."); page.doc().Find("video, audio").Length() > 0 || page.doc().Find("form[action='"+entryAddress(saved[0])+"/player']").Length() != 1 {
		t.Error("it is tried all the same, or nothing is offered instead")
	}
	for i, want := range map[int]string{1: "audio/mpeg", 2: "application/vnd.apple.mpegurl", 3: ""} {
		if got := b.get(entryAddress(saved[i])).doc().Find("video, audio").AttrOr("data-type", "none"); got != want {
			t.Errorf("%s is asked about as %q, want %q", saved[i].Name, got, want)
		}
	}
}

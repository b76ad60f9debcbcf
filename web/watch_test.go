package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// Where the names of titles stand on pages.
const (
	posterNames = ".posters b"
	rowNames    = ".rows .name a"
)

func wantNames(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestHomeShowsWhatIsNew(t *testing.T) {
	h := newHousehold(t)
	films, music := h.addKind("Films", store.KindFilms), h.addKind("Music", store.KindMusic)
	h.addKind("Photos", store.KindPhotos)
	alien := h.shelve(films.ID, found(store.TitleFilm, "Alien"))[0]
	h.clock.pass(time.Hour)
	h.shelve(films.ID, found(store.TitleFilm, "Bear"))
	artist := &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}
	h.shelve(music.ID, found(store.TitleTrack, "Feeling", artist, &store.FoundTitle{Kind: store.TitleAlbum, Key: "nina wild", Name: "Wild"}))

	page := h.signedIn("Mara", atHome).get("/").want(http.StatusOK)
	wantNames(t, "libraries", page.shelves(), "Films", "Music", "Photos")
	page.says("Two films").says("One album").says("Nothing here yet")
	wantNames(t, "rows of new titles", page.each(".section:has(.posters) h2"), "Recently added in Films", "Recently added in Music")
	wantNames(t, "new titles", page.each(posterNames), "Bear", "Alien", "Wild")
	if page.doc().Find(fmt.Sprintf("a[href='/titles/%d']", alien.ID)).Length() != 1 {
		t.Error("Alien leads nowhere")
	}
	wantNames(t, "below the album", page.each(".square small"), "Nina")
}

func TestLibraryIsNarrowed(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	alien, bear, home := found(store.TitleFilm, "Alien"), found(store.TitleFilm, "The Bear"), found(store.TitleFilm, "Home")
	alien.Year, alien.Genres, alien.Labels = 1979, []string{"Horror"}, []string{"scary"}
	bear.Year, bear.Genres = 1988, []string{"Drama", "Nature"}
	h.shelve(films.ID, alien, bear, home)
	b := h.signedIn("Mara", atHome)
	everything := []string{"Alien", "The Bear", "Home"}
	for query, want := range map[string][]string{
		"":                           everything,
		"?genre=Drama":               {"The Bear"},
		"?genre=drama&year=1988":     {"The Bear"},
		"?year=1979":                 {"Alien"},
		"?label=scary":               {"Alien"},
		"?q=be":                      {"The Bear"},
		"?sort=year":                 {"The Bear", "Alien", "Home"},
		"?genre=None&q=alien":        nil,
		"?page=-1&year=abc&sort=x":   everything,
		"?page=99&show=picture":      everything,
		"?q=%ff%00&genre=%ff&page=x": everything,
	} {
		wantNames(t, query, b.get(fmt.Sprintf("/libraries/%d%s", films.ID, query)).want(http.StatusOK).each(posterNames), want...)
	}

	page := b.get(fmt.Sprintf("/libraries/%d?genre=Drama", films.ID)).says("One film found")
	if chosen := page.text("select[name=genre] option[selected]"); chosen != "Drama" {
		t.Errorf("the filter shows %q", chosen)
	}
	b.get(fmt.Sprintf("/libraries/%d?q=zebra", films.ID)).says("Nothing found").says("None of the films here has a word that begins with “zebra” in its name.")
}

func TestLibraryHasPages(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	var all []store.Found
	for i := range 2*store.TitlesAPage + 1 {
		all = append(all, found(store.TitleFilm, fmt.Sprintf("Film %03d", i)))
	}
	h.shelve(films.ID, all...)
	b, path := h.signedIn("Mara", atHome), fmt.Sprintf("/libraries/%d", films.ID)
	first := b.get(path).says("121 films").says("Page 1 of 3")
	if n := len(first.each(posterNames)); n != store.TitlesAPage {
		t.Errorf("the first page shows %d films", n)
	}
	if len(first.Body) > 40<<10 {
		t.Errorf("a page of %d films weighs %d bytes", store.TitlesAPage, len(first.Body))
	}
	wantNames(t, "the last page", b.get(path+"?page=3").each(posterNames), "Film 120")
}

func TestLibraryOfMusic(t *testing.T) {
	h := newHousehold(t)
	music := h.addKind("Music", store.KindMusic)
	nina := &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}
	wild := &store.FoundTitle{Kind: store.TitleAlbum, Key: "nina wild", Name: "Wild", Year: 1966}
	first, second := found(store.TitleTrack, "Feeling", nina, wild), found(store.TitleTrack, "Lilac", nina, wild)
	first.Disc, first.Number, second.Disc, second.Number = 1, 7, 2, 1
	h.shelve(music.ID, first, second)
	b, path := h.signedIn("Mara", atHome), fmt.Sprintf("/libraries/%d", music.ID)
	wantNames(t, "as it opens", b.get(path).each(posterNames), "Wild")
	wantNames(t, "tracks", b.get(path+"?show=track").each(rowNames), "Feeling", "Lilac")
	wantNames(t, "artists", b.get(path+"?show=artist").each(posterNames), "Nina")

	artist := b.get(b.link(path+"?show=artist", "Nina")).says("One album")
	wantNames(t, "albums of Nina", artist.each(posterNames), "Wild")
	album := b.get(b.link(path, "Wild")).says("1966").says("Two tracks")
	wantNames(t, "discs", album.each("h2"), "Disc 1", "Disc 2")
	wantNames(t, "numbers", album.each(".tracks .number"), "7", "1")
	wantNames(t, "way back", album.each(".trail a"), "Music", "Nina")
	track := b.get(b.link(path+"?show=track", "Feeling")).says("Track 7")
	wantNames(t, "way back from a track", track.each(".trail a"), "Music", "Nina", "Wild")
}

func TestSeriesLeadsToItsEpisodes(t *testing.T) {
	h := newHousehold(t)
	series := h.addKind("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear", Year: 2022, Rating: "TV-MA", Genres: []string{"Drama"}, Plot: "A kitchen."}
	season := &store.FoundTitle{Kind: store.TitleSeason, Key: "bear 1", Name: "Season 1", Number: 1}
	one, two := found(store.TitleEpisode, "System", show, season), found(store.TitleEpisode, "Hands", show, season)
	one.Number, two.Number, two.LastNumber = 1, 2, 3
	one.Plot, one.Date = "Carmy comes home.", time.Date(2022, 6, 23, 12, 0, 0, 0, time.Local)
	h.shelve(series.ID, one, two)
	b, path := h.signedIn("Mara", atHome), fmt.Sprintf("/libraries/%d", series.ID)

	bear := b.link(path, "Bear")
	page := b.get(bear).want(http.StatusOK).says("2022").says("TV-MA").says("A kitchen.").says("One season")
	if desk := "a[href='/admin" + bear + "']"; page.doc().Find(desk).Length() != 1 {
		t.Error("nothing leads the owner to where it is corrected")
	}
	if href, _ := page.doc().Find(".tags a").Attr("href"); href != path+"?genre=Drama" {
		t.Errorf("the genre leads to %q", href)
	}
	page = b.get(b.link(bear, "Season 1")).says("Two episodes").says("23 June 2022").says("Carmy comes home.")
	wantNames(t, "episodes", page.each(rowNames), "System", "Hands")
	wantNames(t, "their numbers", page.each(".number"), "1", "2–3")
	page = b.get(b.link(b.link(bear, "Season 1"), "Hands")).says("Episodes 2–3")
	wantNames(t, "way back", page.each(".trail a"), "Series", "Bear", "Season 1")
}

func TestPicturesHangByMonth(t *testing.T) {
	h := newHousehold(t)
	photos := h.addKind("Photos", store.KindPhotos)
	picture := func(name string, date time.Time) store.Found {
		f := found(store.TitlePicture, name)
		f.Date, f.Width, f.Height = date, 4032, 3024
		return f
	}
	at := func(year int, month time.Month) time.Time { return time.Date(year, month, 14, 9, 30, 0, 0, time.Local) }
	beach := h.shelve(photos.ID, picture("Beach", at(2024, 7)), picture("Snow", at(2023, 12)), picture("Sand", at(2024, 7)), picture("Scan", time.Time{}))[0]
	b := h.signedIn("Mara", atHome)
	page := b.get(fmt.Sprintf("/libraries/%d", photos.ID)).says("Four pictures")
	wantNames(t, "months", page.each("h2"), "July 2024", "December 2023", "Without a date")
	wantNames(t, "years to jump to", page.each(".months ul:first-child a"), "2024", "2023", "No date")
	if href, _ := page.doc().Find(".months a").First().Attr("href"); href != fmt.Sprintf("/libraries/%d#m202407", photos.ID) {
		t.Errorf("2024 leads to %q", href)
	}
	b.get(fmt.Sprintf("/titles/%d", beach.ID)).says("Taken on 14 July 2024, 09:30").says("4,032 × 3,024 pixels")
}

func TestSearchLooksThroughEverything(t *testing.T) {
	h := newHousehold(t)
	films, music, secret := h.addKind("Films", store.KindFilms), h.addKind("Music", store.KindMusic), h.addKind("Secret", store.KindFilms)
	h.shelve(films.ID, found(store.TitleFilm, "Moon River"), found(store.TitleFilm, "Alien"))
	h.shelve(secret.ID, found(store.TitleFilm, "Moonfall"))
	h.shelve(music.ID, found(store.TitleTrack, "Blue Moon", &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}, &store.FoundTitle{Kind: store.TitleAlbum, Key: "wild", Name: "Wild"}))
	h.addWith("Elsa", store.Access{Libraries: []int64{films.ID, music.ID}})
	b := h.signedIn("Elsa", away)
	page := b.get("/search?q=moon").says("Two titles found").says("Track · Nina · Wild")
	wantNames(t, "libraries", page.each("h2"), "Films", "Music")
	wantNames(t, "titles", page.each(rowNames), "Moon River", "Blue Moon")
	b.get("/search?q=zebra").says("Nothing that you may watch has a word that begins with “zebra” in its name.")
	b.get("/search").says("Type the beginning of a name")
}

// What is not open to a user is answered as what does not exist.
func TestWhatIsHiddenIsNotThere(t *testing.T) {
	h := newHousehold(t)
	films, secret := h.addKind("Films", store.KindFilms), h.addKind("Secret", store.KindFilms)
	hidden := h.shelve(secret.ID, found(store.TitleFilm, "Hidden"))[0]
	elsa := h.addWith("Elsa", store.Access{Libraries: []int64{films.ID}})
	b := h.signedIn("Elsa", away)
	for _, pair := range [][2]string{
		{fmt.Sprintf("/titles/%d", hidden.ID), "/titles/999999"},
		{fmt.Sprintf("/libraries/%d", secret.ID), "/libraries/999999"},
	} {
		there, gone := b.get(pair[0]).want(http.StatusNotFound), b.get(pair[1]).want(http.StatusNotFound)
		if there.Body != gone.Body {
			t.Errorf("%s is told from %s", pair[0], pair[1])
		}
	}
	for _, path := range []string{"/titles/x", "/titles/0", "/libraries/-1", "/libraries/9223372036854775808"} {
		b.get(path).want(http.StatusNotFound)
	}
	if err := h.store.SetAccess(context.Background(), h.asOwner(), store.FullAccess(), elsa.ID); err != nil {
		t.Fatal(err)
	}
	if page := b.get(fmt.Sprintf("/titles/%d", hidden.ID)).want(http.StatusOK); page.doc().Find("a[href^='/admin']").Length() != 0 {
		t.Error("Elsa is led into the admin area")
	}
}

func TestEmptyLibrary(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	b, path := h.signedIn("Mara", atHome), fmt.Sprintf("/libraries/%d", films.ID)
	b.get(path).says("Usher is looking through this library now")
	ctx := context.Background()
	job, err := h.store.ClaimJob(ctx, store.JobScan)
	if err != nil {
		t.Fatal(err)
	}
	b.get(path).says("Usher is looking through this library now")
	if err := h.store.EndJob(ctx, job.ID, store.JobDone, ""); err != nil {
		t.Fatal(err)
	}
	b.get(path).says("Nothing here yet").says("As soon as there are films for you in this library, they appear here.")
}

// A personal folder is a library for its user, and for nobody else.
func TestPersonalFolderIsALibrary(t *testing.T) {
	h := newHousehold(t)
	elsa := h.addWith("Elsa", store.Access{})
	ctx := context.Background()
	if err := h.store.SetPersonalFolder(ctx, h.asOwner(), elsa.ID, store.PersonalFolderInput{Kind: store.KindFilms, Path: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	folder, err := h.store.PersonalFolder(ctx, elsa.ID)
	if err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/libraries/%d", folder.ID)
	b := h.signedIn("Elsa", away)
	wantNames(t, "what Elsa has", b.get("/").shelves(), "Your folder")
	b.get(path).want(http.StatusOK).says("Usher is looking through this library now")
	h.fill(folder, "Beach")
	b.get("/").says("Recently added in your folder")
	mara := h.signedIn("Mara", away)
	wantNames(t, "what Mara has", mara.get("/").shelves())
	mara.get(path).want(http.StatusNotFound)
}

// The side bar leads to the libraries while one watches, and not in the admin
// area.
func TestSideBarLeadsToLibraries(t *testing.T) {
	h := newHousehold(t)
	for i := range 10 {
		h.addKind(fmt.Sprintf("Library %d", i), store.KindFilms)
	}
	b := h.signedIn("Mara", atHome)
	const links = ".nav a[href^='/libraries/']"
	if n := len(b.get("/").each(links)); n != 8 {
		t.Errorf("%d libraries in the side bar", n)
	}
	b.get("/").says("All libraries")
	if got := b.get("/libraries/3").text(".nav a[aria-current]"); got != "Library 2" {
		t.Errorf("the side bar shows that one is at %q", got)
	}
	if n := len(b.get("/admin/users").each(links)); n != 0 {
		t.Errorf("%d libraries in the side bar of the admin area", n)
	}
}

func TestHostileNamesOfTitles(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	f := found(store.TitleFilm, hostile)
	f.Plot, f.Rating, f.Genres, f.Labels = hostile, hostile, []string{hostile}, []string{hostile}
	h.shelve(films.ID, f)
	b := h.signedIn("Mara", atHome)
	path := fmt.Sprintf("/libraries/%d", films.ID)
	for _, at := range []string{"/", path, b.link(path, hostile), "/search?q=script"} {
		page := b.get(at).want(http.StatusOK).says(hostile)
		if strings.Contains(page.Body, "<script>alert") {
			t.Errorf("%s runs what a name says", at)
		}
	}
}

// link is where the link with these words on a page leads.
func (b *browser) link(path, words string) string {
	b.house.t.Helper()
	for _, link := range b.get(path).want(http.StatusOK).doc().Find("main a").EachIter() {
		text := link.Text()
		if name := link.Find("b"); name.Length() > 0 {
			text = name.Text()
		}
		if href, _ := link.Attr("href"); strings.TrimSpace(text) == words && href != "" {
			return href
		}
	}
	b.house.t.Fatalf("%s has no link %q", path, words)
	return ""
}

package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// watch has somebody be at a place in a title of an hour, and time go by.
func (h *house) watch(user store.User, title store.Title, at time.Duration) {
	h.t.Helper()
	h.must(h.store.SavePosition(context.Background(), user.ID, store.What{Title: title.ID}, store.Position{At: at, Length: time.Hour}))
	h.clock.pass(2 * time.Minute)
}

// evening is a house where Elsa has watched a film half, an episode to its end,
// and likes an album.
func evening(t *testing.T) (h *house, elsa store.User, titles map[string]store.Title) {
	t.Helper()
	h, titles = newHousehold(t), make(map[string]store.Title)
	films, series, music := h.addKind("Films", store.KindFilms), h.addKind("Series", store.KindSeries), h.addKind("Music", store.KindMusic)
	space, more := found(store.TitleFilm, "Alien"), found(store.TitleFilm, "Event")
	space.Genres, more.Genres = []string{"Horror"}, []string{"Horror"}
	show, season := &store.FoundTitle{Kind: store.TitleSeries, Key: "bear", Name: "Bear"}, &store.FoundTitle{Kind: store.TitleSeason, Key: "bear 1", Name: "Season 1", Number: 1}
	one, two := found(store.TitleEpisode, "Review", show, season), found(store.TitleEpisode, "Hands", show, season)
	one.Number, two.Number = 1, 2
	wild := &store.FoundTitle{Kind: store.TitleAlbum, Key: "wild", Name: "Wild"}
	for _, title := range append(append(h.shelve(films.ID, space, more), h.shelve(series.ID, one, two)...),
		h.shelve(music.ID, found(store.TitleTrack, "Feeling", &store.FoundTitle{Kind: store.TitleArtist, Key: "nina", Name: "Nina"}, wild))...) {
		titles[title.Name] = title
	}
	titles["Wild"] = h.titled(music.ID, store.TitleAlbum, "Wild")
	elsa = h.add("Elsa", goodPassword)
	h.watch(elsa, titles["Alien"], 48*time.Minute)
	h.watch(elsa, titles["Review"], time.Hour)
	h.must(h.store.SetFavourite(context.Background(), store.Actor{ID: elsa.ID}, store.What{Title: titles["Wild"].ID}, true))
	return h, elsa, titles
}

// rowsOf are the names in each row of the first page, by its heading.
func (a answer) rowsOf() map[string]string {
	rows := make(map[string]string)
	for _, section := range a.doc().Find(".section:has(.posters)").EachIter() {
		var names []string
		for _, name := range section.Find(".posters b").EachIter() {
			names = append(names, name.Text())
		}
		rows[section.Find("h2").Text()] = strings.Join(names, ", ")
	}
	return rows
}

func TestHomeGoesOn(t *testing.T) {
	h, _, titles := evening(t)
	elsa := h.signedIn("Elsa", away)
	page := elsa.get("/").want(http.StatusOK)
	wantRows := map[string]string{
		"Continue watching": "Alien", "Next episodes": "Hands", "Favourites": "Wild", "Recommended for you": "Event",
		"Recently added in Films": "Event, Alien", "Recently added in Series": "Bear", "Recently added in Music": "Wild",
	}
	got := page.rowsOf()
	for heading, names := range wantRows {
		if got[heading] != names {
			t.Errorf("%s: %q, want %q", heading, got[heading], names)
		}
	}
	wantNames(t, "headings", page.each("h2"), "Continue watching", "Next episodes", "Favourites", "Libraries",
		"Recently added in Films", "Recently added in Series", "Recently added in Music", "Recommended for you")
	page.says("12 min left").says("Bear · Episode 2").says("Because you watched Alien")
	if bar, _ := page.doc().Find(fmt.Sprintf("a[href='/titles/%d'] progress", titles["Alien"].ID)).Attr("value"); bar != "80" {
		t.Errorf("the bar stands at %q", bar)
	}
	if page := h.signedIn("Mara", away).get("/"); len(page.each(".mixed")) != 0 {
		t.Errorf("Mara is shown %q", page.rowsOf())
	}
	elsa.post(title(titles["Alien"])+"/watched", url.Values{"watched": {"yes"}}).want(http.StatusSeeOther)
	if got := elsa.get("/").rowsOf(); got["Continue watching"] != "" {
		t.Errorf("Elsa goes on with %q", got["Continue watching"])
	}
}

func TestHistoryOfOneself(t *testing.T) {
	h, _, titles := evening(t)
	elsa := h.signedIn("Elsa", away)
	page := elsa.get("/history").want(http.StatusOK).says("Two titles").says("12 min left")
	wantNames(t, "history", page.each(rowNames), "Review", "Alien")
	wantNames(t, "days", page.each("section h2"), "Today")
	for query, want := range map[string][]string{
		"?q=rev": {"Review"}, "?q=bea": {"Review"}, "?show=films": {"Alien"}, "?show=music": nil, "?q=zebra": nil, "?show=x&page=-2&q=": {"Review", "Alien"}, "?page=99": {"Review", "Alien"},
	} {
		wantNames(t, query, elsa.get("/history"+query).want(http.StatusOK).each(rowNames), want...)
	}
	elsa.get("/history?q=zebra").says("Nothing here has a word that begins with “zebra” in its name")
	h.clock.pass(24 * time.Hour)
	if days := elsa.get("/history").each("section h2"); len(days) != 1 || days[0] != "Yesterday" {
		t.Errorf("a day later they stand under %q", days)
	}

	alien := title(titles["Alien"])
	back := url.Values{"next": {"/history?show=films"}, "watched": {"yes"}}
	if to := elsa.post(alien+"/watched", back).want(http.StatusSeeOther).Location; to != "/history?show=films" {
		t.Errorf("marking leads to %q", to)
	}
	if marked := elsa.get("/history?show=films").says("Alien is marked as watched."); len(marked.each(".rows .seen")) != 1 {
		t.Error("Alien has no tick")
	}
	if to := elsa.post(alien+"/watched", url.Values{"next": {"//evil.example"}, "watched": {"no"}}).Location; to != "/" {
		t.Errorf("a made-up way back leads to %q", to)
	}
	elsa.post(alien+"/watched", url.Values{"watched": {"perhaps"}}).want(http.StatusBadRequest)
	elsa.post(alien+"/forget", nil).want(http.StatusSeeOther)
	wantNames(t, "without Alien", elsa.get("/history").each(rowNames), "Review")

	elsa.get("/history/clear").want(http.StatusOK).says("Clear your history?").says("One title leaves your history.")
	elsa.post("/history/clear", nil).want(http.StatusSeeOther)
	elsa.get("/history").says("Your history is cleared.").says("Nothing watched yet")
	wantNames(t, "favourites", elsa.get("/favourites").each(rowNames), "Wild")
}

func TestFavouritesOfOneself(t *testing.T) {
	h, _, titles := evening(t)
	elsa := h.signedIn("Elsa", away)
	elsa.follow(title(titles["Event"])+"/favourite", url.Values{"favourite": {"yes"}}).says("Event is one of your favourites now.")
	page := elsa.get("/favourites").want(http.StatusOK).says("Album · Nina")
	wantNames(t, "favourites", page.each(rowNames), "Event", "Wild")
	wantNames(t, "music", elsa.get("/favourites?show=music").each(rowNames), "Wild")
	wantNames(t, "of Nina", elsa.get("/favourites?q=nina").each(rowNames), "Wild")
	elsa.follow(title(titles["Event"])+"/favourite", url.Values{"favourite": {"no"}, "next": {"/favourites"}}).says("Event is no longer one of your favourites.")
	wantNames(t, "without Event", elsa.get("/favourites").each(rowNames), "Wild")
	h.signedIn("Mara", away).get("/favourites").says("No favourites yet")
}

// What somebody may not see is in none of their lists, and cannot be marked.
func TestHistoryHidesWhatIsHidden(t *testing.T) {
	h, elsa, titles := evening(t)
	h.must(h.store.SetAccess(context.Background(), h.asOwner(), store.Access{}, elsa.ID))
	b := h.signedIn("Elsa", away)
	for _, path := range []string{"/", "/history", "/favourites"} {
		page := b.get(path).want(http.StatusOK)
		for name := range titles {
			if strings.Contains(page.Body, name) {
				t.Errorf("%s shows %s", path, name)
			}
		}
	}
	for _, mark := range []string{"/watched", "/favourite", "/forget"} {
		form := url.Values{"watched": {"yes"}, "favourite": {"yes"}}
		there, gone := b.post(title(titles["Alien"])+mark, form).want(http.StatusNotFound), b.post("/titles/999999"+mark, form).want(http.StatusNotFound)
		if there.Body != gone.Body {
			t.Errorf("%s tells what is hidden from what is not there", mark)
		}
	}
	h.must(h.store.SetAccess(context.Background(), h.asOwner(), store.FullAccess(), elsa.ID))
	wantNames(t, "history", b.get("/history").each(rowNames), "Review", "Alien")
}

// An administrator who looks as somebody else sees nothing that is made from
// what that user has watched, and changes none of it.
func TestViewingAsShowsNoHistory(t *testing.T) {
	h, elsa, titles := evening(t)
	mara := h.signedIn("Mara", atHome)
	looking := fmt.Sprintf("/admin/users/%d/view", elsa.ID)
	mara.follow(looking, nil).want(http.StatusOK).says("You see what Elsa sees.")
	home := mara.get("/").want(http.StatusOK)
	if len(home.each(".mixed")) != 0 || strings.Contains(home.Body, "/history") || strings.Contains(home.Body, "<progress") {
		t.Errorf("Elsa's home shows what Elsa has watched: %q", home.rowsOf())
	}
	for _, path := range []string{"/history", "/favourites", "/history/clear"} {
		if page := mara.get(path).want(http.StatusForbidden); strings.Contains(page.Body, "Review") {
			t.Errorf("%s shows what Elsa has watched", path)
		}
	}
	for name := range titles {
		for _, mark := range []string{"/watched", "/favourite", "/forget"} {
			mara.post(title(titles[name])+mark, url.Values{"watched": {"yes"}, "favourite": {"yes"}}).want(http.StatusForbidden)
		}
		if page := mara.get(title(titles[name])).want(http.StatusOK); page.doc().Find("progress, .seen, form[action*='/titles/'], form[action*='favourite']").Length() != 0 {
			t.Errorf("the page of %s shows what Elsa has watched", name)
		}
	}
	mara.post("/history/clear", nil).want(http.StatusForbidden)
	if found, err := h.store.History(context.Background(), store.HistoryQuery{User: h.owner.ID}); err != nil || found.Total != 0 {
		t.Errorf("Mara has watched %d titles by looking, %v", found.Total, err)
	}
	wantNames(t, "Elsa's history", h.signedIn("Elsa", away).get("/history").each(rowNames), "Review", "Alien")
}

// Whatever somebody watches changes nothing on any page of the admin area, to the
// byte, nor is it logged.
func TestAdministratorsLearnNothing(t *testing.T) {
	s, now := newStage(t), time.Now()
	h := s.open(t, store.WithClock(func() time.Time { return now })) // pages say how long ago things were
	ctx := context.Background()
	people, err := h.store.Users(ctx, store.UserQuery{Search: "Elsa"})
	h.must(err)
	elsa := people.Users[0]
	library, err := h.store.Libraries(ctx)
	h.must(err)
	alien, err := h.store.Titles(ctx, store.TitleQuery{Viewer: elsa.ID, Library: library[0].ID})
	h.must(err)
	look := func() map[string]string {
		pages := make(map[string]string)
		for route := range areaTable {
			method, path, _ := strings.Cut(route, " ")
			if method != http.MethodGet || strings.HasSuffix(path, "/events") {
				continue
			}
			for _, viewer := range []string{"Jonas", "Mara"} {
				b := h.browser(atHome)
				b.header.Set("Cookie", "usher_session="+s.tokens[viewer])
				pages[route+" as "+viewer] = b.get(s.paths.Replace(path)).Body
			}
		}
		return pages
	}
	look() // shows what is left to be shown once
	before := look()
	what := store.What{Title: alien.Titles[0].ID}
	h.must(h.store.SetFavourite(ctx, store.Actor{ID: elsa.ID}, what, true))
	h.must(h.store.SavePosition(ctx, elsa.ID, what, store.Position{Ended: true}))
	h.must(h.store.SavePosition(ctx, elsa.ID, what, store.Position{At: time.Minute, Length: time.Hour}))
	for page, body := range look() {
		if body != before[page] {
			t.Errorf("%s tells that Elsa has watched something", page)
		}
	}
}

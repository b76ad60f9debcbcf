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
)

// fill adds films to a library as a scan finds them, and answers their ids by
// name. A rating may follow the name after a bar.
func (h *house) fill(library store.Library, names ...string) map[string]int64 {
	h.t.Helper()
	ctx := context.Background()
	var found []store.Found
	for _, text := range names {
		name, rating, _ := strings.Cut(text, "|")
		found = append(found, store.Found{
			FoundTitle: store.FoundTitle{Kind: store.TitleFilm, Name: name, Rating: rating},
			Folder:     library.Roots[0].ID, Files: []store.FoundFile{{Name: name + ".mkv", Size: 1, Modified: time.Unix(1, 0)}},
		})
	}
	if _, err := h.store.SaveFound(ctx, 1, found); err != nil {
		h.t.Fatal(err)
	}
	shelf, err := h.store.Shelf(ctx, store.ShelfQuery{Library: library})
	if err != nil {
		h.t.Fatal(err)
	}
	ids := make(map[string]int64)
	for _, title := range shelf.Titles {
		ids[title.Name] = title.ID
	}
	return ids
}

func TestATitleIsCorrected(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	id := h.fill(films, "Alein|PG")["Alein"]
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/titles/%d", id)
	b.get(path).want(http.StatusOK).says("The disk says: Alein.").says("“PG” counts as PG (10).")
	saved := b.follow(path, url.Values{"name": {"Alien"}, "year": {"1979"}, "rating": {"R"}, "labels": {"space\r\ngrim"}})
	saved.says("Alien is saved.").says("The disk says: Alein.").says("“R” counts as R (17).")
	if saved.value("year") != "1979" || saved.value("labels") != "grim\nspace" {
		t.Errorf("the form holds %q and %q", saved.value("year"), saved.value("labels"))
	}
	h.fill(films, "Alein|PG")
	if again := b.get(path); again.value("name") != "Alien" || again.value("rating") != "R" {
		t.Errorf("after a scan the form holds %q, %q", again.value("name"), again.value("rating"))
	}
	b.get("/admin/activity").says("Mara corrected Alein (name “Alien”; year 1979; rating R; labels space, grim).")
	back := b.follow(path, url.Values{"name": {"Alien"}, "year": {"1979"}, "rating": {"R"}, "labels": {"grim\r\nspace"}, "disk": {"name", "rating"}})
	if back.value("name") != "Alein" || back.value("rating") != "PG" || back.value("year") != "1979" {
		t.Errorf("back to the disk: %q, %q, %q", back.value("name"), back.value("rating"), back.value("year"))
	}
	b.follow(path, url.Values{"name": {"Alein"}, "rating": {"for grown-ups"}}).says("“for grown-ups” cannot be read as a rating").says("counts as unrated")
}

func TestACorrectionThatIsRefused(t *testing.T) {
	h := newHousehold(t)
	id := h.fill(h.addLibrary("Films"), "Alien")["Alien"]
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/titles/%d", id)
	refused := b.post(path, url.Values{"name": {" "}, "year": {"ninety"}, "rating": {strings.Repeat("x", 65)}, "labels": {hostile}}).want(http.StatusUnprocessableEntity)
	refused.wantError("name", "Type a name.").wantError("year", "Type a year from 1800 to 2100").wantError("rating", "65 characters")
	if refused.value("year") != "ninety" || refused.value("labels") != hostile {
		t.Errorf("not kept: %q, %q", refused.value("year"), refused.value("labels"))
	}
	b.get("/admin/titles/999").want(http.StatusNotFound)
	b.post("/admin/titles/999", url.Values{"name": {"x"}}).want(http.StatusNotFound)
}

func TestTheUnratedAreRated(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	ids := h.fill(films, "Alien|R", "Bear", "Cave", "Dawn")
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/libraries/%d", films.ID)
	overview := b.get(path).want(http.StatusOK).says("4 films").says("3 unrated")
	list, _ := overview.doc().Find(".counts a[href*='filter=unrated']").Attr("href")
	unrated := b.get(list).want(http.StatusOK)
	if names := unrated.names(); !slices.Equal(names, []string{"Bear", "Cave", "Dawn"}) {
		t.Fatalf("unrated: %q", names)
	}
	tick := func(names ...string) url.Values {
		form := url.Values{"back": {list}}
		for _, name := range names {
			form.Add("id", fmt.Sprint(ids[name]))
		}
		return form
	}
	with := func(form url.Values, more ...string) url.Values {
		for i := 0; i < len(more); i += 2 {
			form.Add(more[i], more[i+1])
		}
		return form
	}
	rated := b.follow(path+"/titles", with(tick("Bear", "Cave"), "action", "rate", "rating", "PG"))
	if names := rated.says("Two titles are corrected. “PG” counts as PG (10).").names(); !slices.Equal(names, []string{"Dawn"}) {
		t.Errorf("unrated still: %q", names)
	}
	b.follow(path+"/titles", with(tick(), "action", "rate", "rating", "PG")).says("Nothing is selected.")
	b.follow(path+"/titles", with(tick("Dawn"), "action", "rate")).says("Type a rating first")
	b.follow(path+"/titles", with(tick("Dawn"), "id", "999", "action", "rate", "rating", "PG")).says("Nothing was changed.")
	b.post(path+"/titles", with(tick("Dawn"), "action", "burn")).want(http.StatusBadRequest)
	b.post(path+"/titles", with(tick("Alien", "Dawn"), "action", "correct")).want(http.StatusOK).says("Correct two titles").says("Alien, Dawn")
	refused := b.post(path+"/titles", with(tick("Alien", "Dawn"), "action", "save", "set", "year", "year", "3000", "add_labels", "grim")).want(http.StatusUnprocessableEntity)
	if refused.wantError("year", "Type a year").value("add_labels") != "grim" || refused.doc().Find("#set-year[checked]").Length() != 1 {
		t.Error("what was typed is not kept")
	}
	b.post(path+"/titles", with(tick("Alien", "Dawn"), "action", "save", "rating", "G", "add_labels", " ")).want(http.StatusUnprocessableEntity).says("Tick or type first what is to be corrected.")
	b.follow(path+"/titles", with(tick("Alien", "Dawn"), "action", "save", "rating", "G", "year", "1979", "set", "year", "add_labels", "grim"))
	if saved := b.get(fmt.Sprintf("/admin/titles/%d", ids["Alien"])); saved.value("rating") != "R" || saved.value("year") != "1979" || saved.value("labels") != "grim" {
		t.Errorf("only what is ticked changes: %q, %q, %q", saved.value("rating"), saved.value("year"), saved.value("labels"))
	}
	if names := b.get(path + "/titles?q=da&sort=rating&page=9&kind=nonsense&filter=corrected").each(".rows .name a"); !slices.Equal(names, []string{"Dawn"}) {
		t.Errorf("found: %q", names)
	}
}

func TestALibraryWhoseFolderIsUnreachable(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.finishJobs()
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/libraries/%d", films.ID)
	b.get(path).says("Reachable").says("Last scan")
	b.follow(path+"/scan", nil).says("Films is scanned as soon as it is its turn.").says("Mara asked for it")
	b.get("/admin/libraries").says("0 films")
	h.claimJob()
	b.get("/admin/libraries").says("Being scanned")
}

// Titles are corrected on the page of their own library, and get no name in
// common.
func TestTitlesOfAnotherLibrary(t *testing.T) {
	h := newHousehold(t)
	films, more := h.addKind("Films", store.KindFilms), h.addKind("More", store.KindFilms)
	alien, bear := h.shelve(films.ID, rated("Alien", "R"))[0], h.shelve(more.ID, rated("Bear", "R"))[0]
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/libraries/%d/titles", films.ID)
	form := url.Values{"action": {"save"}, "id": {id(alien.ID), id(bear.ID)}, "set": {"rating", "name", "labels"}, "rating": {"G"}, "name": {"Both"}, "labels": {"x"}}
	b.follow(path, form).says("Something among what you selected is not here any more.")
	form["id"] = form["id"][:1]
	b.follow(path, form).says("Alien is corrected.")
	for _, want := range []struct {
		id           int64
		name, rating string
	}{{alien.ID, "Alien", "G"}, {bear.ID, "Bear", "R"}} {
		title, err := h.store.Title(t.Context(), want.id)
		if err != nil || title.Name != want.name || title.Rating != want.rating || len(title.Labels) != 0 {
			t.Errorf("%+v, %v", title, err)
		}
	}
}

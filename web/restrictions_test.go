package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// addFilms adds a library of films: a G, a PG, an R that is grim, and an unrated
// one.
func (h *house) addFilms() store.Library {
	h.t.Helper()
	films := h.addLibrary("Films")
	found := make([]store.Found, 0, 4)
	for name, rating := range map[string]string{"The Bear": "G", "Coraline": "PG", "Alien": "R", "Home": ""} {
		f := store.Found{
			FoundTitle: store.FoundTitle{Kind: store.TitleFilm, Name: name, Rating: rating},
			Folder:     films.Roots[0].ID, Files: []store.FoundFile{{Name: name, Size: 1, Modified: time.Unix(1, 0)}},
		}
		if name == "Alien" {
			f.Labels = []string{"grim"}
		}
		found = append(found, f)
	}
	if _, err := h.store.SaveFound(context.Background(), 1, found); err != nil {
		h.t.Fatal(err)
	}
	return films
}

// limited restricts a user as the owner.
func (h *house) limited(id int64, r store.Restrictions) {
	h.t.Helper()
	if err := h.store.SetRestrictions(context.Background(), h.asOwner(), id, store.Limits{Restrictions: r}); err != nil {
		h.t.Fatal(err)
	}
}

// filled is the form of a page that posts to the address, as it stands there.
func (a answer) filled(address string) url.Values {
	a.t.Helper()
	form := url.Values{}
	inputs := a.doc().Find("form[action='" + address + "']").Find("input, select, textarea")
	if inputs.Length() == 0 {
		a.t.Fatalf("no form for %s:\n%s", address, a.Body)
	}
	for _, field := range inputs.EachIter() {
		kind := field.AttrOr("type", "")
		_, checked := field.Attr("checked")
		switch {
		case (kind == "checkbox" || kind == "radio") && !checked:
		case field.Is("select"):
			form.Set(field.AttrOr("name", ""), field.Find("option[selected]").AttrOr("value", ""))
		case field.Is("textarea"):
			form.Set(field.AttrOr("name", ""), strings.TrimPrefix(field.Text(), "\n"))
		default:
			form.Add(field.AttrOr("name", ""), field.AttrOr("value", "on"))
		}
	}
	return form
}

func TestRestrict(t *testing.T) {
	h := newHousehold(t)
	films := h.addFilms()
	h.addChannel("Radio")
	elsa := h.add("Elsa", goodPassword)
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", away)
	at := about(elsa, "/restrictions")
	page := b.get(at).want(http.StatusOK).says("There are: grim.")
	if got := page.text("#stays"); got != "What stays visibleFilms 4 of 4" {
		t.Errorf("at first the page says %q", got)
	}
	form := page.filled(at)
	if b.follow(at, form); h.user(elsa.ID).Restricted() {
		t.Fatalf("the form as it comes restricts Elsa to %+v", h.user(elsa.ID).Restrictions)
	}

	form.Set("rating", "10")
	form["unrated"] = []string{"music"}
	form.Set("hide_labels", `Grim, "a, b",`)
	form.Del("use_channels")
	form.Del("downloads")
	form.Set("streams", "2")
	form.Set("hours_fri", "20–2")
	form.Set("hours_sat", "never")
	form.Set("time_zone", "Asia/Tokyo")
	last := time.Now().AddDate(0, 0, 20)
	form.Set("ends", last.Format(time.DateOnly))
	page = b.follow(at, form).says("The restrictions of Elsa are saved.").says("Films 2 of 4").says("Up to PG").says("Hides 2 labels")
	for field, want := range map[string]string{"#hide_labels": `"a, b", grim`, "#streams": "2", "#hours_fri": "20:00–02:00", "#hours_sat": "never", "#hours_mon": "always", "#time_zone": "Asia/Tokyo", "#ends": last.Format(time.DateOnly)} {
		if got := page.doc().Find(field).AttrOr("value", ""); got != want {
			t.Errorf("%s holds %q, want %q", field, got, want)
		}
	}
	u := h.user(elsa.ID)
	if !u.Restrictions.NoChannels || !u.Restrictions.NoDownloads || u.Restrictions.NoAway || u.Restrictions.Rating.Years != 10 || u.EndsAt.IsZero() {
		t.Errorf("kept is %+v until %v", u.Restrictions, u.EndsAt)
	}
	if text := hers.get("/").text("main"); strings.Contains(text, "Radio") {
		t.Errorf("Elsa still finds the channel: %s", text)
	}
	found, err := h.store.Titles(context.Background(), store.TitleQuery{Viewer: elsa.ID, Library: films.ID})
	if err != nil || found.Total != 2 {
		t.Errorf("Elsa sees %d titles, %v", found.Total, err)
	}
	b.get("/admin/users?filter=restricted").says("Up to PG · no unrated films, series, photos, home videos · hides 2 labels · set hours · no downloads · no channels · 2 streams · until " + last.Format("2 January 2006")).lists("Elsa")
	b.get(about(elsa, "/activity")).says("Mara changed the restrictions of Elsa (highest rating: PG (10);")
}

func TestRestrictionsComeBackAsTyped(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	at := about(elsa, "/restrictions")
	form := b.get(at).filled(at)
	form.Set("hide_labels", "grim, WAR")
	typed := map[string]string{"rating": "99", "only_labels": "war", "streams": "many", "hours_mon": "7:15–8", "time_zone": "Europe/Atlantis", "ends": "soon"}
	for field, value := range typed {
		form.Set(field, value)
	}
	page := b.post(at, form).want(http.StatusUnprocessableEntity)
	for field, value := range typed {
		input := page.doc().Find("#" + field)
		if got := input.AttrOr("value", value); got != value || input.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s holds %q, and is marked %q", field, got, input.AttrOr("aria-invalid", ""))
		}
		if page.text("#"+field+"-error") == "" || page.doc().Find(".note.bad a[href='#"+field+"']").Length() != 1 {
			t.Errorf("%s has no message", field)
		}
	}
	form.Set("streams", "0")
	if b.post(at, form).want(http.StatusUnprocessableEntity).text("#streams-error") == "" {
		t.Error("no streams at all are taken for no limit")
	}
	if h.user(elsa.ID).Restricted() {
		t.Error("something was saved all the same")
	}
}

// Without a script, the buttons fill the form and show what would come of it;
// nothing is saved by them.
func TestPresetsWithoutScript(t *testing.T) {
	h := newHousehold(t)
	h.addFilms()
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	at := about(elsa, "/restrictions")
	form := b.get(at).filled(at)
	form.Set("preset", "younger-child")
	form.Set("hide_labels", "war")
	page := b.post(at, form).want(http.StatusOK).says("Films 1 of 4").says("Just hidden, for example: “Alien”, “Coraline”, “Home”.")
	now := page.filled(at)
	if now.Get("rating") != "6" || !slices.Equal(now["unrated"], []string{"music", "photos", "home-videos"}) || now.Get("hide_labels") != "war" {
		t.Errorf("the form holds %v", now)
	}
	if pressed := page.text("button[name=preset][aria-pressed=true]"); pressed != "Younger child" {
		t.Errorf("chosen is %q", pressed)
	}
	now.Set("show", "on")
	now.Set("rating", "17")
	b.post(at, now).want(http.StatusOK).says("Films 3 of 4")
	if h.user(elsa.ID).Restricted() {
		t.Error("a button that shows has saved")
	}
	now.Del("show")
	if b.follow(at, now); h.user(elsa.ID).Restrictions.Rating.Years != 17 {
		t.Errorf("saved is %+v", h.user(elsa.ID).Restrictions)
	}
}

func TestTryRestrictionsByScript(t *testing.T) {
	h := newHousehold(t)
	films := h.addFilms()
	elsa := h.add("Elsa", goodPassword)
	h.limited(elsa.ID, store.Restrictions{Rating: store.Age{Known: true, Years: 10}})
	b := h.signedIn("Mara", away)
	at := about(elsa, "/restrictions")
	was := b.get(at).says("Films 3 of 4").filled(at)
	now := b.get(at).filled(at)
	now.Set("rating", "0")
	now.Set("was", was.Encode())
	const try = "/admin/users/restrictions/try"
	shown := b.post(try, now).want(http.StatusOK)
	if got := shown.text("body"); got != "What stays visibleFilms 2 of 4Just hidden, for example: “Coraline”." {
		t.Errorf("the answer is %q", got)
	}
	now.Set("rating", "")
	b.post(try, now).says("Films 4 of 4Just shown, for example: “Alien”.")
	now.Set("rating", "99")
	b.post(try, now).want(http.StatusOK)
	now.Set("hide_labels", strings.Repeat("x", 80))
	b.post(try, now).want(http.StatusOK).says("as soon as the rating and the labels can be read")
	now.Set("was", "%zz")
	b.post(try, now).want(http.StatusBadRequest)
	newcomer := url.Values{"about": {"0"}, "with_access": {"on"}, "library": {id(films.ID)}, "restrictions": {"on"}, "rating": {"0"}, "unrated": {"films"}, "was": {"all_libraries=on"}}
	b.post(try, newcomer).says("Films 2 of 4").says("“Alien”, “Coraline”")
	b.post(try, url.Values{"about": {"0"}, "with_access": {"on"}}).says("No library is open")
	b.post(try, url.Values{"about": {"4711"}}).want(http.StatusNotFound)
	b.post(try, url.Values{"about": {id(h.owner.ID)}}).want(http.StatusForbidden)
	if r := h.user(elsa.ID).Restrictions; r.Rating.Years != 10 {
		t.Errorf("Elsa is left with %+v", r)
	}
}

func TestNobodyRestrictsTheOwner(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	for _, name := range []string{"Mara", "Jonas"} {
		b := h.signedIn(name, away)
		page := b.get(about(h.owner, "/restrictions")).want(http.StatusOK).says("Mara is the owner, and nobody can restrict the owner.")
		if page.doc().Find("main form").Length() != 0 {
			t.Error("there is a form all the same")
		}
		b.post(about(h.owner, "/restrictions"), url.Values{"rating": {"0"}}).want(http.StatusForbidden)
	}
	his := h.signedIn("Jonas", away)
	at := about(jonas, "/restrictions")
	form := his.get(at).filled(at)
	if form.Has("ends") {
		t.Error("Jonas is offered an end of his own access")
	}
	form.Set("rating", "13")
	his.follow(at, form).says("saved")
	form.Set("ends", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
	his.post(at, form).want(http.StatusForbidden)
}

func TestRestrictSeveral(t *testing.T) {
	h := newHousehold(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	h.limited(elsa.ID, store.Restrictions{HideLabels: []string{"grim"}})
	b := h.signedIn("Mara", away)
	question := b.post("/admin/users", selection("restrict", elsa, nils)).want(http.StatusOK).says("Up to which rating Elsa and Nils may watch.")
	action, form := question.confirmed()
	form.Set("preset", "teenager")
	b.follow(action, form).says("What Elsa and Nils may watch is saved.").says("Up to TV-14")
	hers, his := h.user(elsa.ID).Restrictions, h.user(nils.ID).Restrictions
	if hers.Rating.Years != 14 || !slices.Equal(hers.HideLabels, []string{"grim"}) || his.Rating.Years != 14 || !his.HideUnrated.Has(store.KindFilms) {
		t.Errorf("Elsa has %+v, Nils %+v", hers, his)
	}
	again := b.post("/admin/users", selection("restrict", elsa, nils))
	if again.doc().Find("#preset-teenager[checked]").Length() != 1 {
		t.Error("the page does not begin with what both have")
	}
	_, form = again.confirmed()
	form.Set("preset", "rating")
	form.Set("rating", "99")
	b.post("/admin/users", form).want(http.StatusUnprocessableEntity).says("Choose one of the ratings, or no limit.")
	form.Set("rating", "16")
	b.follow("/admin/users", form)
	if r := h.user(nils.ID).Restrictions; r.Rating.Years != 16 || !r.HideUnrated.Has(store.KindFilms) {
		t.Errorf("Nils has %+v", r)
	}
	form.Del("preset")
	b.post("/admin/users", form).want(http.StatusUnprocessableEntity).says("Choose a preset, or a highest rating.")
}

// A new user and an invitation are restricted from the beginning.
func TestNewcomersAreRestricted(t *testing.T) {
	h := newHousehold(t)
	h.addFilms()
	b := h.signedIn("Mara", away)
	page := b.get("/admin/users/new")
	if page.text("details summary") != "No restrictions" || page.doc().Find("details[open]").Length() != 0 {
		t.Errorf("the fields are folded under %q", page.text("details summary"))
	}
	form := page.filled("/admin/users/new")
	form.Set("name", "Nils")
	form.Set("first_sign_in", "none")
	form.Set("preset", "younger-child")
	page = b.post("/admin/users/new", form).want(http.StatusOK).says("Films 1 of 4")
	if page.doc().Find("details[open]").Length() != 1 || page.text("details summary") != "Up to age 6" {
		t.Errorf("after the preset it says %q", page.text("details summary"))
	}
	form = page.filled("/admin/users/new")
	form.Set("then", "another")
	form.Set("hours_mon", "nine")
	page = b.post("/admin/users/new", form).want(http.StatusUnprocessableEntity)
	if page.doc().Find("details[open] #hours_mon[value=nine][aria-invalid=true]").Length() != 1 {
		t.Error("what is wrong is folded away")
	}
	form.Set("hours_mon", "9-17")
	page = b.follow("/admin/users/new", form)
	if again := page.filled("/admin/users/new"); again.Get("rating") != "6" || again.Get("hours_mon") != "9-17" || again.Get("name") != "" {
		t.Errorf("the next one begins with %v", again)
	}
	nils := h.named("Nils")
	if r := h.user(nils.ID).Restrictions; r.Rating.Years != 6 || r.Hours.Text()[0] != "09:00–17:00" {
		t.Errorf("Nils begins with %+v", r)
	}

	page = b.get("/admin/guests/invite")
	form = page.filled("/admin/guests/invite")
	form.Set("how", "link")
	form.Set("name", "Tom")
	form.Set("rating", "10")
	b.post("/admin/guests/invite", form).want(http.StatusCreated)
	found, err := h.store.Invitations(context.Background(), store.UserQuery{})
	if err != nil || len(found.Invitations) != 1 {
		t.Fatalf("%d invitations, %v", len(found.Invitations), err)
	}
	b.get("/admin/invitations").says("up to PG").want(http.StatusOK)
	at := "/admin/invitations/" + id(found.Invitations[0].User.ID)
	form = b.get(at).says("Films 3 of 4").filled(at)
	form.Set("rating", "0")
	form.Set("show", "on")
	b.post(at, form).says("Films 2 of 4").says("Just hidden, for example: “Coraline”.")
	form.Del("show")
	b.follow(at, form)
	if i, err := h.store.Invitation(context.Background(), found.Invitations[0].User.ID); err != nil || !i.User.Restrictions.Rating.Known || i.User.Restrictions.Rating.Years != 0 {
		t.Errorf("Tom will begin with %+v, %v", i.User.Restrictions, err)
	}
}

package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// shelf is a home with a library of films: a G, a PG, an R and an unrated one,
// of which two are labelled.
func shelf(t *testing.T) (*home, store.Library) {
	t.Helper()
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	folder := films.Roots[0].ID
	_, err := h.SaveFound(h.ctx, 1, []store.Found{
		film(folder, "Alien", "R", "grim"), film(folder, "The Bear", "G"), film(folder, "Coraline", "PG", "grim", "Christmas"), film(folder, "Home", ""),
	})
	h.must(err)
	return h, films
}

// restrict has these restrictions hold for the user.
func (h *home) restrict(id int64, r store.Restrictions) {
	h.t.Helper()
	h.must(h.SetRestrictions(h.ctx, h.mara(), id, store.Limits{Restrictions: r}))
}

// sees are the names of the films that the user sees.
func (h *home) sees(id int64, library store.Library) string {
	h.t.Helper()
	page, err := h.Titles(h.ctx, store.TitleQuery{Viewer: id, Library: library.ID})
	h.must(err)
	return strings.Join(namesOf(page.Titles), ", ")
}

// upTo is a highest rating.
func upTo(years int) store.Age { return store.Age{Known: true, Years: years} }

func TestRestrictionsHold(t *testing.T) {
	h, films := shelf(t)
	elsa := h.add("Elsa", "$elsa")
	for about, test := range map[string]struct {
		limits store.Restrictions
		want   string
	}{
		"none":                         {store.Restrictions{}, "Alien, The Bear, Coraline, Home"},
		"up to PG":                     {store.Restrictions{Rating: upTo(10)}, "The Bear, Coraline, Home"},
		"up to G, nothing unrated":     {store.Restrictions{Rating: upTo(0), HideUnrated: store.AllKinds}, "The Bear"},
		"no unrated series":            {store.Restrictions{HideUnrated: store.KindSet(0).With(store.KindSeries)}, "Alien, The Bear, Coraline, Home"},
		"no unrated films":             {store.Restrictions{HideUnrated: store.KindSet(0).With(store.KindFilms)}, "Alien, The Bear, Coraline"},
		"hides grim":                   {store.Restrictions{HideLabels: []string{"GRIM"}}, "The Bear, Home"},
		"only Christmas":               {store.Restrictions{OnlyLabels: []string{"christmas"}}, "Coraline"},
		"only a label that nobody has": {store.Restrictions{OnlyLabels: []string{"kids"}}, ""},
		"no channels, at home only":    {store.Restrictions{NoChannels: true, NoAway: true, NoDownloads: true, Streams: 2, TimeZone: "Europe/Stockholm", Hours: store.Hours{1: 1}}, "Alien, The Bear, Coraline, Home"},
	} {
		h.restrict(elsa.ID, test.limits)
		if got := h.sees(elsa.ID, films); got != test.want {
			t.Errorf("%s: Elsa sees %q, want %q", about, got, test.want)
		}
		if u := h.user(elsa.ID); u.Restricted() == u.Restrictions.None() {
			t.Errorf("%s: %+v is restricted: %v", about, u.Restrictions, u.Restricted())
		}
	}
}

// What is set is what is read, alone and in a list, and the filter finds it.
func TestRestrictionsAreKept(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	limits := store.Limits{EndsAt: h.clock.now().Add(40 * store.Day), Restrictions: store.Restrictions{
		Rating: upTo(0), HideUnrated: store.KindSet(0).With(store.KindPhotos), HideLabels: []string{" War ", "grim", "war"}, OnlyLabels: []string{"kids"},
		NoDownloads: true, NoAway: true, Streams: 3, Hours: store.Hours{2: 5}, TimeZone: "Asia/Tokyo",
	}}
	h.must(h.SetRestrictions(h.ctx, h.mara(), elsa.ID, limits))
	got := h.user(elsa.ID)
	limits.HideLabels = []string{"grim", "War"}
	if got.Restrictions.Words() == nil || !sameLimits(got.Limits(), limits) {
		t.Errorf("kept are %+v, want %+v", got.Limits(), limits)
	}
	page, err := h.Users(h.ctx, store.UserQuery{Filter: store.FilterRestricted})
	h.must(err)
	if len(page.Users) != 1 || !sameLimits(page.Users[0].Limits(), limits) {
		t.Errorf("the list of the restricted has %+v", page.Users)
	}
	written := h.wrote(func() { h.must(h.SetRestrictions(h.ctx, h.mara(), elsa.ID, limits)) })
	if len(written) != 0 {
		t.Errorf("what changes nothing is written down: %v", written)
	}
	h.must(h.SetRestrictions(h.ctx, h.mara(), elsa.ID, store.Limits{Restrictions: store.Restrictions{TimeZone: "Asia/Tokyo"}}))
	if u := h.user(elsa.ID); u.Restricted() || u.Restrictions.TimeZone != "Asia/Tokyo" {
		t.Errorf("a time zone alone is %+v", u.Restrictions)
	}
	if n := h.number(`SELECT count(*) FROM user_labels`); n != 0 {
		t.Errorf("%d labels are left", n)
	}
}

func sameLimits(a, b store.Limits) bool {
	labels := slices.Equal(a.HideLabels, b.HideLabels) && slices.Equal(a.OnlyLabels, b.OnlyLabels)
	return labels && a.Rating == b.Rating && a.HideUnrated == b.HideUnrated && a.NoDownloads == b.NoDownloads && a.NoChannels == b.NoChannels &&
		a.NoAway == b.NoAway && a.Streams == b.Streams && a.Hours == b.Hours && a.TimeZone == b.TimeZone && a.EndsAt.Equal(b.EndsAt)
}

func TestRestrictionsThatCannotBe(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	many := make([]string, store.MaxLabelRules+1)
	for i := range many {
		many[i] = strings.Repeat("x", i%60+1) + string(rune('a'+i/60))
	}
	for field, r := range map[string]store.Restrictions{
		"rating":      {Rating: upTo(22)},
		"hide_labels": {HideLabels: many},
		"only_labels": {HideLabels: []string{"Grim"}, OnlyLabels: []string{"grim"}},
		"streams":     {Streams: 100},
		"time_zone":   {TimeZone: "Europe/Atlantis"},
	} {
		wantInvalid(t, h.SetRestrictions(h.ctx, h.mara(), elsa.ID, store.Limits{Restrictions: r}), field)
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Nils", Limits: store.Limits{Restrictions: r}})
		wantInvalid(t, err, field)
	}
	for _, zone := range []string{"Local", "../etc/passwd", "Europe/Stockholm\x00", "europe"} {
		wantInvalid(t, h.SetRestrictions(h.ctx, h.mara(), elsa.ID, store.Limits{Restrictions: store.Restrictions{TimeZone: zone}}), "time_zone")
	}
	wantInvalid(t, h.SetRestrictions(h.ctx, h.mara(), elsa.ID, store.Limits{EndsAt: h.clock.now()}), "ends")
	if h.user(elsa.ID).Restricted() {
		t.Error("what was refused has changed something")
	}
}

func TestWhoMayRestrict(t *testing.T) {
	h := newHome(t)
	elsa, jonas := h.add("Elsa", "$elsa"), h.administrator("Jonas")
	g := store.Limits{Restrictions: store.Restrictions{Rating: upTo(0)}}
	wantError(t, h.SetRestrictions(h.ctx, h.mara(), h.owner.ID, g), store.ErrForbidden)
	wantError(t, h.SetRestrictions(h.ctx, actor(elsa), elsa.ID, store.Limits{}), store.ErrForbidden)
	wantError(t, h.Restrict(h.ctx, actor(jonas), store.Presets()[0].Set, elsa.ID, h.owner.ID), store.ErrForbidden)
	if h.user(elsa.ID).Restricted() {
		t.Error("some were restricted, though not all may be")
	}
	h.must(h.SetRestrictions(h.ctx, actor(jonas), jonas.ID, g))
	wantError(t, h.SetRestrictions(h.ctx, actor(jonas), jonas.ID, store.Limits{EndsAt: h.clock.now().Add(time.Hour)}), store.ErrForbidden)
	h.restrict(elsa.ID, store.Restrictions{HideLabels: []string{"grim"}})
	h.must(h.Restrict(h.ctx, h.mara(), store.Presets()[1].Set, elsa.ID, jonas.ID))
	if r := h.user(elsa.ID).Restrictions; r.Rating != upTo(10) || r.HideUnrated != 3 || !slices.Equal(r.HideLabels, []string{"grim"}) {
		t.Errorf("Elsa is left with %+v", r)
	}
	h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, 0))
	if h.user(jonas.ID).Restricted() {
		t.Error("the new owner is restricted")
	}
}

func TestActivityTellsWhatIsRestricted(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.restrict(elsa.ID, store.Restrictions{Rating: upTo(10), HideLabels: []string{"grim"}, NoAway: true})
	page, err := h.Activity(h.ctx, store.ActivityQuery{})
	h.must(err)
	const want = "Mara changed the restrictions of Elsa (highest rating: PG (10); hides: grim; may sign in from away: no)."
	if got := page.Records[0].Sentence(); got != want {
		t.Errorf("Activity says %q, want %q", got, want)
	}
}

// Restrictions are chosen for an invitation, changed, and hold for its guest.
func TestInvitationKeepsRestrictions(t *testing.T) {
	h, films := shelf(t)
	in := store.NewInvitations{Name: "Tom", InvitationTerms: terms(), Links: [][]byte{hash("tom")}}
	in.Restrictions = store.Restrictions{Rating: upTo(0), NoDownloads: true}
	made, err := h.Invite(h.ctx, h.mara(), in)
	h.must(err)
	change := in.InvitationTerms
	change.Restrictions.Rating, change.Restrictions.HideUnrated = upTo(10), store.AllKinds
	h.must(h.ChangeInvitation(h.ctx, h.mara(), made[0].User.ID, change))
	tom, err := h.Join(h.ctx, hash("tom"), store.NewGuest{Name: "Tom", PasswordHash: "$tom"}, store.NewSession{TokenHash: hash("session")})
	h.must(err)
	if !tom.Restrictions.NoDownloads || tom.Restrictions.Rating != upTo(10) {
		t.Errorf("Tom begins with %+v", tom.Restrictions)
	}
	if got := h.sees(tom.ID, films); got != "The Bear, Coraline" {
		t.Errorf("Tom sees %q", got)
	}
}

func TestTryRestrictions(t *testing.T) {
	h, films := shelf(t)
	elsa := h.add("Elsa", "$elsa")
	open := store.FullAccess()
	pg := store.Sight{Access: open, Restrictions: store.Restrictions{Rating: upTo(10), HideUnrated: store.AllKinds}}
	g := store.Sight{Access: open, Restrictions: store.Restrictions{Rating: upTo(0)}}
	for about, test := range map[string]struct {
		id         int64
		draft, was store.Sight
		visible    int
		gone, come string
	}{
		"tighter":           {elsa.ID, pg, elsa.Sight(), 2, "Alien, Home", ""},
		"wider":             {elsa.ID, store.Sight{Access: open}, pg, 4, "", "Alien, Home"},
		"another":           {elsa.ID, g, pg, 2, "Coraline", "Home"},
		"more than a few":   {elsa.ID, store.Sight{Access: open, Restrictions: store.Restrictions{OnlyLabels: []string{"kids"}}}, elsa.Sight(), 0, "Alien, The Bear, Coraline", ""},
		"somebody new":      {0, pg, store.Sight{Access: open}, 2, "Alien, Home", ""},
		"what could not be": {0, pg, store.Sight{Access: open, Restrictions: store.Restrictions{Rating: upTo(99)}}, 2, "", ""},
	} {
		trial, err := h.TryRestrictions(h.ctx, h.mara(), test.id, test.draft, test.was)
		h.must(err)
		if len(trial.Libraries) != 1 || trial.Libraries[0].ID != films.ID || trial.Libraries[0].All != 4 || trial.Libraries[0].Visible != test.visible {
			t.Errorf("%s: %+v", about, trial.Libraries)
		}
		if gone, come := glimpsed(trial.Gone), glimpsed(trial.New); gone != test.gone || come != test.come {
			t.Errorf("%s: gone %q, new %q", about, gone, come)
		}
	}
	if u := h.user(elsa.ID); u.Restricted() || h.number(`SELECT count(*) FROM users`) != 2 || h.number(`SELECT count(*) FROM labels WHERE name = 'kids'`) != 0 {
		t.Error("a trial has left something behind")
	}
	closed, err := h.TryRestrictions(h.ctx, h.mara(), 0, store.Sight{}, store.Sight{Access: open})
	if h.must(err); len(closed.Libraries) != 0 || glimpsed(closed.Gone) != "Alien, The Bear, Coraline" {
		t.Errorf("without access: %+v", closed)
	}
	_, err = h.TryRestrictions(h.ctx, h.mara(), elsa.ID, store.Sight{Restrictions: store.Restrictions{Rating: upTo(99)}}, pg)
	wantInvalid(t, err, "rating")
	for _, id := range []int64{0, elsa.ID, h.owner.ID} {
		_, err = h.TryRestrictions(h.ctx, actor(elsa), id, pg, pg)
		if err == nil {
			t.Errorf("Elsa may try restrictions of %d", id)
		}
	}
	_, err = h.TryRestrictions(h.ctx, h.mara(), h.owner.ID, pg, pg)
	wantError(t, err, store.ErrForbidden)
}

// glimpsed are the names in order.
func glimpsed(found []store.Glimpse) string {
	names := make([]string, len(found))
	for i, g := range found {
		names[i] = g.Name
	}
	return strings.Join(names, ", ")
}

// What is missing is not counted, and what lies in somebody's own folder is
// counted but not named.
func TestTryRestrictionsLeavesOut(t *testing.T) {
	h, films := shelf(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.SetPersonalFolder(h.ctx, h.mara(), elsa.ID, store.PersonalFolderInput{Kind: store.KindFilms, Path: "/srv/elsa"}))
	own, err := h.PersonalFolder(h.ctx, elsa.ID)
	h.must(err)
	h.shelve(film(own.Roots[0].ID, "Aaa", "R"))
	h.goes("Alien")
	trial, err := h.TryRestrictions(h.ctx, h.mara(), elsa.ID, store.Sight{Access: store.FullAccess(), Restrictions: store.Restrictions{Rating: upTo(0)}}, elsa.Sight())
	h.must(err)
	if got := glimpsed(trial.Gone); got != "Coraline" {
		t.Errorf("gone: %q", got)
	}
	want := map[int64][2]int{films.ID: {3, 2}, own.ID: {1, 0}}
	if len(trial.Libraries) != len(want) {
		t.Errorf("libraries: %+v", trial.Libraries)
	}
	for _, r := range trial.Libraries {
		if got := [2]int{r.All, r.Visible}; got != want[r.ID] {
			t.Errorf("%s: %v, want %v", r.Name, got, want[r.ID])
		}
	}
}

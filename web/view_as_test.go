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

// restrict has a user see no more than what is rated up to an age.
func (h *house) restrict(id int64, years int) {
	h.t.Helper()
	in := store.Limits{Restrictions: store.Restrictions{Rating: store.Age{Known: true, Years: years}}}
	if err := h.store.SetRestrictions(context.Background(), h.asOwner(), id, in); err != nil {
		h.t.Fatal(err)
	}
}

// rated is a film with a rating.
func rated(name, rating string) store.Found {
	f := found(store.TitleFilm, name)
	f.Rating = rating
	return f
}

// cinema is a house with a library of two films, of which Elsa sees one.
func cinema(t *testing.T) (h *house, elsa store.User, bear, alien store.Title) {
	t.Helper()
	h = newHousehold(t)
	elsa = h.add("Elsa", goodPassword)
	films := h.addKind("Films", store.KindFilms)
	titles := h.shelve(films.ID, rated("The Bear", "G"), rated("Alien", "R"))
	h.restrict(elsa.ID, 10)
	return h, elsa, titles[0], titles[1]
}

func (h *house) actionsWith(action store.Action) (n int) {
	h.t.Helper()
	record, err := h.store.Activity(context.Background(), store.ActivityQuery{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range record.Records {
		if r.Action == action {
			n++
		}
	}
	return n
}

func TestViewAs(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	mara := h.signedIn("Mara", atHome)
	mara.get(title(alien)).want(http.StatusOK)
	about := "/admin/users/" + fmt.Sprint(elsa.ID)
	mara.get(about).want(http.StatusOK).says("View as Elsa")
	home := mara.follow(about+"/view", nil).want(http.StatusOK).says("You see what Elsa sees.")
	if strings.Contains(home.Body, "Alien") || strings.Contains(home.text(".nav"), "Users") || strings.Contains(home.text(".nav"), "My account") {
		t.Errorf("Elsa’s home is\n%s", home.text("body"))
	}
	mara.get(title(bear)).want(http.StatusOK).says("You see what Elsa sees.")
	hidden := mara.get(title(alien)).want(http.StatusNotFound).says("You see what Elsa sees.")
	if why, _ := hidden.doc().Find(".sheet a:contains('Why?')").Attr("href"); why != "/admin/titles/"+fmt.Sprint(alien.ID)+"/why?user="+fmt.Sprint(elsa.ID) {
		t.Errorf("from the page that hides it, why is at %q", why)
	}
	mara.post(about+"/view", nil).want(http.StatusSeeOther)
	if n := h.actionsWith(store.ActionViewStarted); n != 1 {
		t.Errorf("it began %d times", n)
	}
	mara.get("/admin/users").want(http.StatusOK).says("You are viewing Usher as Elsa.")
	mara.follow("/view/stop", nil).want(http.StatusOK).says("You see what you yourself see again.")
	mara.get(title(alien)).want(http.StatusOK)
	mara.post("/view/stop", nil).want(http.StatusSeeOther)
	if n := h.actionsWith(store.ActionViewStopped); n != 1 {
		t.Errorf("it ended %d times", n)
	}
}

func title(t store.Title) string { return "/titles/" + fmt.Sprint(t.ID) }

func TestNothingChangesWhileViewing(t *testing.T) {
	h, elsa, _, _ := cinema(t)
	mara := h.signedIn("Mara", atHome)
	mara.post("/admin/users/"+fmt.Sprint(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
	for _, path := range []string{"/account/password", "/account/mail", "/account/profile", "/account/connect", "/sign-in", "/sign-in/forgot"} {
		mara.post(path, url.Values{"password": {"x"}}).want(http.StatusForbidden).says("You see what Elsa sees, and nothing can be changed that way.")
	}
	mara.get("/account").want(http.StatusForbidden)
	mara.post("/admin/users/"+fmt.Sprint(elsa.ID)+"/disable", nil).want(http.StatusSeeOther)
	if !h.user(elsa.ID).Disabled {
		t.Error("the admin area changes nothing")
	}
	mara.get("/account").want(http.StatusOK)
	mara.post("/sign-out", nil).want(http.StatusSeeOther)
}

// Viewing ends with what allowed it.
func TestViewingEnds(t *testing.T) {
	ctx := context.Background()
	for about, end := range map[string]func(*house, store.User){
		"disabled": func(h *house, u store.User) { h.must(h.store.SetDisabled(ctx, h.asOwner(), true, u.ID)) },
		"disabled and enabled": func(h *house, u store.User) {
			h.must(h.store.SetDisabled(ctx, h.asOwner(), true, u.ID))
			h.must(h.store.SetDisabled(ctx, h.asOwner(), false, u.ID))
		},
		"deleted": func(h *house, u store.User) { h.must(h.store.DeleteUsers(ctx, h.asOwner(), u.ID)) },
		"ended": func(h *house, u store.User) {
			h.must(h.store.UpdateProfile(ctx, h.asOwner(), u.ID, store.Profile{Name: u.Name, EndsAt: h.clock.now().Add(time.Hour)}))
			h.clock.pass(2 * time.Hour)
		},
	} {
		t.Run(about, func(t *testing.T) {
			h, elsa, _, alien := cinema(t)
			h.t = t
			mara := h.signedIn("Mara", atHome)
			mara.post("/admin/users/"+fmt.Sprint(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
			mara.get(title(alien)).want(http.StatusNotFound)
			end(h, elsa)
			if body := mara.get(title(alien)).want(http.StatusOK).Body; strings.Contains(body, "You see what") {
				t.Error("the page still says so")
			}
		})
	}
}

func TestWhomNobodyViewsAs(t *testing.T) {
	h, elsa, _, _ := cinema(t)
	jonas := h.addAdministrator("Jonas")
	for name, id := range map[string]int64{"Jonas": h.owner.ID, "Mara": h.owner.ID, "Elsa": elsa.ID} {
		h.signedIn(name, atHome).post("/admin/users/"+fmt.Sprint(id)+"/view", nil).want(http.StatusForbidden)
	}
	// One who is dismissed sees as themself again, and signs in anew.
	other := h.signedIn("Jonas", atHome)
	other.post("/admin/users/"+fmt.Sprint(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
	h.must(h.store.UpdateProfile(context.Background(), h.asOwner(), jonas.ID, store.Profile{Name: "Jonas"}))
	if got := other.get("/"); got.Status != http.StatusSeeOther {
		t.Errorf("who is dismissed gets %d", got.Status)
	}
}

// Whatever page is looked at shows what the other sees.
func TestViewAsOnEveryPage(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	series := h.addKind("Series", store.KindSeries)
	show := &store.FoundTitle{Kind: store.TitleSeries, Key: "ferry", Name: "Night Ferry"}
	mild, wild := found(store.TitleEpisode, "Mild", show), found(store.TitleEpisode, "Wild", show)
	mild.Rating, wild.Rating = "TV-G", "TV-MA"
	h.shelve(series.ID, mild, wild)
	films := h.addKind("More films", store.KindFilms)
	hidden := withPoster(rated("Saw", "R"), "saw.png")
	saw := h.shelve(films.ID, hidden)[0]
	h.putPicture(films, "saw.png")
	mara := h.signedIn("Mara", atHome)
	ferry := mara.link(fmt.Sprintf("/libraries/%d", series.ID), "Night Ferry")
	mara.get(ferry).says("Wild")
	mara.get(posterAddress(saw)).want(http.StatusOK)
	mara.post("/admin/users/"+fmt.Sprint(elsa.ID)+"/view", nil).want(http.StatusSeeOther)
	wantNames(t, "episodes", mara.get(ferry).want(http.StatusOK).each(rowNames), "Mild")
	wantNames(t, "a search", mara.get("/search?q=alien").want(http.StatusOK).each(rowNames))
	wantNames(t, "another", mara.get("/search?q=bear").want(http.StatusOK).each(rowNames), bear.Name)
	wantNames(t, "a library", mara.get(fmt.Sprintf("/libraries/%d", alien.LibraryID)).each(posterNames), bear.Name)
	mara.get(posterAddress(saw)).want(http.StatusNotFound)
}

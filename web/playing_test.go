package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/playing"
	"usher/store"
)

// sessionOf is the session of a browser that is signed in.
func (h *house) sessionOf(b *browser) store.Session {
	h.t.Helper()
	session, err := h.store.Session(context.Background(), auth.HashToken(b.cookie()))
	if err != nil {
		h.t.Fatal(err)
	}
	return session
}

// plays has the user of a browser play a film in it, and answers the play.
func (h *house) plays(b *browser) playing.Play {
	h.t.Helper()
	session := h.sessionOf(b)
	err := h.server.Plays.Tell(playing.Begin{
		Device: playing.Device{Session: session.ID}, DeviceName: "Firefox on Linux", UserID: session.User.ID, UserName: session.User.Name,
		What: playing.What{Title: 7}, Name: "The Secret Film", Source: "Films of " + hostile,
	}, false)
	if err != nil {
		h.t.Fatal(err)
	}
	all := h.server.Plays.Of(session.User.ID)
	return all[len(all)-1]
}

func stopAddress(play playing.Play) string { return fmt.Sprintf("/admin/playing/%d/stop", play.ID) }

func TestNowPlaying(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	b.get("/admin/activity/playing").want(http.StatusOK).says("Nothing plays now")
	elsas, maras := h.plays(h.signedIn("Elsa", atHome)), h.plays(h.signedIn("Mara", atHome))
	shown := b.get("/admin/activity/playing").want(http.StatusOK).
		says("Two devices play something now.").says("Elsa").says("Firefox on Linux").says("Films of " + hostile).says("Since ")
	if strings.Contains(shown.Body, "Secret") {
		t.Error("an administrator sees what it is")
	}
	if tab := shown.text(".tabs [aria-current]"); tab != "Now playing" {
		t.Errorf("the tab %q is open", tab)
	}
	for play, want := range map[playing.Play]int{elsas: 1, maras: 0} {
		if got := shown.doc().Find(`a[href="` + stopAddress(play) + `"]`).Length(); got != want {
			t.Errorf("%s’s can be stopped %d times, want %d", play.UserName, got, want)
		}
	}
	b.get(stopAddress(elsas)).want(http.StatusOK).says("Stop what Elsa is playing?").says("A word to Elsa")
	b.get(stopAddress(maras)).want(http.StatusForbidden)
	b.post(stopAddress(maras), nil).want(http.StatusForbidden)
	if len(h.server.Plays.All()) != 2 {
		t.Error("the owner’s was stopped")
	}
	h.clock.pass(playing.Lingers)
	b.get("/admin/activity/playing").says("Nothing plays now")
	b.follow(stopAddress(elsas), nil).says("That is over already")
	for _, record := range []string{"stopped", "Secret"} {
		if strings.Contains(b.get("/admin/activity").Body, record) {
			t.Errorf("Activity tells of %q", record)
		}
	}
}

func TestStopWithAWord(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	admin, elsa, other := h.signedIn("Mara", away), h.signedIn("Elsa", atHome), h.signedIn("Elsa", away)
	play := h.plays(elsa)
	long := strings.Repeat("x", store.MaxWord+1)
	again := admin.post(stopAddress(play), url.Values{"word": {long}}).want(http.StatusUnprocessableEntity)
	again.wantError("word", "The longest possible is 200.")
	if again.value("word") != long || len(h.server.Plays.All()) != 1 {
		t.Error("what was typed is lost, or it was stopped")
	}
	done := admin.follow(stopAddress(play), url.Values{"word": {"Dinner & " + hostile}})
	done.says("What Elsa was playing on Firefox on Linux is stopped.").says("Nothing plays now")
	const told = "An administrator has stopped “The Secret Film” and says: “Dinner & "
	other.get("/")
	elsa.get("/").says(told + strings.Join(strings.Fields(hostile), " "))
	for who, b := range map[string]*browser{"the viewer again": elsa, "another browser": other, "the administrator": admin} {
		if strings.Contains(b.get("/").Body, "has stopped") {
			t.Errorf("%s is told", who)
		}
	}
	activity := admin.get("/admin/activity").says("Mara stopped what Elsa was playing on Firefox on Linux.")
	if strings.Contains(activity.Body, "Secret") || strings.Contains(activity.Body, "Dinner") {
		t.Error("Activity says what it was, or the word")
	}
}

func TestTheStreamFollowsWhatPlays(t *testing.T) {
	h := newHousehold(t)
	h.add("Elsa", goodPassword)
	elsa, admin := h.signedIn("Elsa", atHome), h.signedIn("Mara", atHome)
	brief := h.followAt(admin, "/admin/playing/events")
	if told := brief.data(); told != "[]" {
		t.Errorf("it tells %s", told)
	}
	brief.ends()
	s := h.followAt(admin, "/admin/playing/events?wait=1")
	if told := s.data(); told != "[]" {
		t.Errorf("at first it tells %s", told)
	}
	play := h.plays(elsa)
	if told, want := s.data(), fmt.Sprintf(`[{"id":%d,"state":"playing"}]`, play.ID); told != want {
		t.Errorf("it tells %s, want %s", told, want)
	}
	err := h.server.Plays.Tell(playing.Begin{Device: play.Device, What: play.What}, true)
	if err != nil {
		t.Fatal(err)
	}
	if told, want := s.data(), fmt.Sprintf(`[{"id":%d,"state":"paused"}]`, play.ID); told != want {
		t.Errorf("it tells %s, want %s", told, want)
	}
	if page := h.signedIn("Mara", away).get("/admin/activity/playing"); page.text(".row .badge") != "Paused" {
		t.Errorf("the page says %q", page.text(".row"))
	}
	h.clock.pass(time.Minute)
	if told := s.data(); told != "[]" {
		t.Errorf("in the end it tells %s", told)
	}
	h.server.EndStreams()
}

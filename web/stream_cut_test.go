package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"usher/playing"
	"usher/store"
)

// long is a film that nobody gets whole within a test: it is all holes, so that
// it takes no room.
func (th *theatre) long(name string) store.Title {
	th.t.Helper()
	film := th.film(name, nil)
	th.must(os.Truncate(filepath.Join(th.folder, name, name+" 1.mp4"), 8<<30))
	return film
}

// sip reads on, slowly, until the answer is over, and says why it is.
func sip(response *http.Response) error {
	some := make([]byte, 64<<10)
	for {
		if _, err := io.ReadFull(response.Body, some); err != nil {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// begins has the browser begin to play a film.
func (th *theatre) begins(b *browser, film store.Title) *http.Response {
	th.t.Helper()
	response := th.ask(b, http.MethodGet, streamAddress(film))
	if response.StatusCode != http.StatusOK {
		th.t.Fatalf("%s does not begin: %d", film.Name, response.StatusCode)
	}
	if _, err := io.ReadFull(response.Body, make([]byte, 1<<20)); err != nil {
		th.t.Fatal(err)
	}
	return response
}

// TestWhatFlowsIsCut takes from each of several viewers what they need to play,
// in one of the ways that there are, while they do. One keeps it.
func TestWhatFlowsIsCut(t *testing.T) {
	th := newTheatre(t)
	ctx, mara := context.Background(), th.asOwner()
	alien := th.long("Alien")
	other := th.addKind("Other films", store.KindFilms)
	folder := other.Roots[0].Path
	moved := th.shelve(other.ID, found(store.TitleFilm, "Moved"))[0]
	th.must(os.Mkdir(filepath.Join(folder, "0"), 0o700))
	th.put(other, "0/Moved", nil)
	th.must(os.Truncate(filepath.Join(folder, "0", "Moved"), 8<<30))

	ways := []struct {
		name string
		film store.Title
		take func(user store.User, b *browser) error
	}{
		{"disabled", alien, func(u store.User, _ *browser) error { return th.store.SetDisabled(ctx, mara, true, u.ID) }},
		{"deleted", alien, func(u store.User, _ *browser) error { return th.store.DeleteUsers(ctx, mara, u.ID) }},
		{"no access", alien, func(u store.User, _ *browser) error { return th.store.SetAccess(ctx, mara, store.Access{}, u.ID) }},
		{"rating", alien, func(u store.User, _ *browser) error {
			return th.store.SetRestrictions(ctx, mara, u.ID, store.Limits{Restrictions: store.Restrictions{HideUnrated: store.AllKinds}})
		}},
		{"signed out", alien, func(_ store.User, b *browser) error { b.post("/sign-out", url.Values{}); return nil }},
		{"stopped", alien, func(u store.User, _ *browser) error {
			th.house.server.Plays.Stop(th.house.server.Plays.Of(u.ID)[0].ID, "Dinner.")
			return nil
		}},
		{"left", alien, func(u store.User, _ *browser) error {
			play := th.house.server.Plays.Of(u.ID)[0]
			th.house.server.Plays.End(play.Device, play.What)
			return nil
		}},
		{"folder taken out", moved, func(store.User, *browser) error {
			return th.store.UpdateLibrary(ctx, mara, other.ID, store.LibraryInput{Name: other.Name, Kind: other.Kind, Folders: []string{t.TempDir()}})
		}},
	}
	flows := make([]*http.Response, len(ways))
	users, browsers := make([]store.User, len(ways)), make([]*browser, len(ways))
	for i, way := range ways {
		users[i] = th.add(way.name, goodPassword)
		browsers[i] = th.signedIn(way.name, atHome)
		flows[i] = th.begins(browsers[i], way.film)
	}
	hers := th.signedIn("Mara", atHome)
	standing := th.begins(hers, alien)
	before := hers.cookie()
	hers.post("/account/confirm", url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	if hers.cookie() == before {
		t.Fatal("her session has the token from before")
	}
	for i, way := range ways {
		if err := way.take(users[i], browsers[i]); err != nil {
			t.Fatalf("%s: %v", way.name, err)
		}
	}
	for i, way := range ways {
		if err := sip(flows[i]); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: it ends with %v", way.name, err)
		}
	}
	if _, err := io.ReadFull(standing.Body, make([]byte, 16<<20)); err != nil {
		t.Errorf("what may go on does not: %v", err)
	}
	th.house.server.EndStreams()
	if err := sip(standing); err == nil {
		t.Error("it goes on when the server stops")
	}
}

// Somebody who came in by name alone plays at home only, and what counts as home
// may change.
func TestWhatFlowsAtHomeIsCutAway(t *testing.T) {
	th := newTheatre(t)
	th.add("Nils", "")
	b := th.browser(atHome)
	b.post("/sign-in", url.Values{"name": {"Nils"}}).want(http.StatusSeeOther)
	flow := th.begins(b, th.long("Alien"))
	settings, err := th.store.Settings(t.Context())
	th.must(err)
	settings.HomeNetworks = "10.0.0.0/8"
	th.must(th.store.SaveSettings(t.Context(), th.asOwner(), settings))
	if err := sip(flow); err == nil {
		t.Error("it goes on")
	}
}

func TestOneStreamTooMany(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	limits := func(n int) {
		th.must(th.store.SetRestrictions(t.Context(), th.asOwner(), elsa.ID, store.Limits{Restrictions: store.Restrictions{Streams: n}}))
	}
	limits(2)
	alien, heat := th.long("Alien"), th.long("Heat")
	tv, phone, tablet := th.signedIn("Elsa", atHome), th.signedIn("Elsa", atHome), th.signedIn("Elsa", atHome)
	first, second := th.begins(tv, alien), th.begins(phone, heat)
	if again := th.ask(tv, http.MethodGet, streamAddress(alien), "Range", "bytes=5-9"); again.StatusCode != http.StatusPartialContent {
		t.Errorf("a piece more of what plays: %d", again.StatusCode)
	}
	tablet.get(streamAddress(alien)).want(http.StatusTooManyRequests).says("“Alien” plays on").says("“Heat” plays on")
	refused := th.ask(tablet, http.MethodGet, streamAddress(heat), "Accept", "application/json")
	var told struct {
		Message string
		Playing []struct{ Name, Device string }
	}
	if err := json.NewDecoder(refused.Body).Decode(&told); err != nil || refused.StatusCode != http.StatusTooManyRequests {
		t.Fatalf("%d: %v", refused.StatusCode, err)
	}
	if len(told.Playing) != 2 || told.Playing[0].Name != "Alien" || told.Playing[1].Name != "Heat" || told.Playing[0].Device == "" || told.Message == "" {
		t.Errorf("told %+v", told)
	}
	if head := th.ask(tablet, http.MethodHead, streamAddress(heat)); head.StatusCode != http.StatusOK {
		t.Errorf("looking is refused: %d", head.StatusCode)
	}
	limits(1)
	if err := sip(second); err == nil {
		t.Error("both go on after the limit was lowered")
	}
	if _, err := io.ReadFull(first.Body, make([]byte, 8<<20)); err != nil {
		t.Errorf("the older one does not go on: %v", err)
	}
	_ = first.Body.Close()
	th.untilFree(elsa.ID)
	th.begins(tablet, alien)
}

// untilFree lets time pass until nothing takes a place: the server has to find
// out first that the clients are gone.
func (th *theatre) untilFree(user int64) {
	th.t.Helper()
	for range 1000 {
		th.clock.pass(playing.Lingers)
		if len(th.house.server.Plays.Of(user)) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	th.t.Fatal("what nobody plays any more takes a place still")
}

// Whoever asks to be told learns what an administrator has said.
func TestStoppedIsTold(t *testing.T) {
	th := newTheatre(t)
	alien := th.film("Alien", noise(100))
	b := th.signedIn("Mara", atHome)
	b.get(streamAddress(alien)).want(http.StatusOK)
	th.house.server.Plays.Stop(th.house.server.Plays.Of(th.owner.ID)[0].ID, "Dinner.")
	b.get(streamAddress(alien)).want(http.StatusForbidden).says("Dinner.")
	var told struct{ Stopped *string }
	answer := th.ask(b, http.MethodGet, streamAddress(alien), "Accept", "application/json")
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil || told.Stopped == nil || *told.Stopped != "Dinner." || answer.StatusCode != http.StatusForbidden {
		t.Errorf("%d: told %+v, %v", answer.StatusCode, told, err)
	}
	stranger := th.browser(atHome)
	if answer := th.ask(stranger, http.MethodGet, streamAddress(alien), "Accept", "application/json"); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("somebody who is signed out: %d", answer.StatusCode)
	}
}

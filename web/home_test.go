package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"usher/store"
)

func TestHomeShowsWhatOneMayWatch(t *testing.T) {
	h := newHousehold(t)
	films, series := h.addLibrary("Films"), h.addLibrary("Series")
	h.addLibrary("Music")
	radio := h.addChannel("Radio")
	h.addChannel("News")
	elsa := h.addWith("Elsa", store.Access{Libraries: []int64{series.ID, films.ID}, Channels: []int64{radio.ID}})
	b := h.signedIn("Elsa", away)
	page := b.get("/").want(http.StatusOK).says("Hello, Elsa").says("There are two libraries and one channel here for you.")
	if names := page.shelves(); !slices.Equal(names, []string{"Films", "Series", "Radio"}) {
		t.Errorf("Elsa sees %v", names)
	}

	// A change of access or of the order takes effect on the next request.
	if err := h.store.MoveLibrary(context.Background(), h.asOwner(), series.ID, true); err != nil {
		t.Fatal(err)
	}
	if names := b.get("/").shelves(); !slices.Equal(names, []string{"Series", "Films", "Radio"}) {
		t.Errorf("after the move Elsa sees %v", names)
	}
	if err := h.store.SetAccess(context.Background(), h.asOwner(), store.Access{AllLibraries: true}, elsa.ID); err != nil {
		t.Fatal(err)
	}
	page = b.get("/").says("There are three libraries here for you.")
	if names := page.shelves(); !slices.Equal(names, []string{"Series", "Films", "Music"}) {
		t.Errorf("after the change Elsa sees %v", names)
	}
	h.addLibrary("Photos")
	if names := b.get("/").shelves(); !slices.Contains(names, "Photos") {
		t.Errorf("a library added later is missing from %v", names)
	}
}

// shelves are the libraries and channels of the first page, from the top.
func (a answer) shelves() []string {
	a.t.Helper()
	return append(a.each(".shelves .name"), a.names()...)
}

func TestHomeWithNothingToWatch(t *testing.T) {
	h := newHousehold(t)
	h.addWith("Elsa", store.Access{})
	h.addAdministrator("Jonas")
	const add = "a[href='/admin/libraries/new']"
	elsa := h.signedIn("Elsa", away)
	page := elsa.get("/").says("Nothing to watch yet").says("There are no libraries on this server so far.")
	if page.doc().Find(add).Length() > 0 {
		t.Error("Elsa is led into the admin area")
	}
	for _, name := range []string{"Mara", "Jonas"} {
		if h.signedIn(name, away).get("/").says("Your server is ready for its first library").doc().Find(add).Length() != 1 {
			t.Errorf("%s is not led to the first library", name)
		}
	}
	h.addLibrary("Films")
	elsa.get("/").says("No library or channel has been chosen for you so far. Ask an administrator of this server.")
}

func TestHomeWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Films")
	h.add("Nils", "")
	b := h.browser(atHome)
	b.post("/sign-in", url.Values{"name": {"Nils"}}).want(http.StatusSeeOther)
	b.get("/").want(http.StatusOK).says("Hello, Nils").says("There is one library here for you.")
	b.address = away
	if refused := b.get("/").want(http.StatusSeeOther); refused.Location != "/sign-in" {
		t.Errorf("away Nils is sent to %q", refused.Location)
	}
}

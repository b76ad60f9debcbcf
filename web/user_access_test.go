package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"usher/store"
)

func TestSaveAccess(t *testing.T) {
	h := newHousehold(t)
	films, music := h.addLibrary("Films"), h.addLibrary("Music")
	radio := h.addChannel("Radio")
	elsa := h.addWith("Elsa", store.FullAccess())
	b, hers := h.signedIn("Mara", away), h.signedIn("Elsa", away)
	page := b.get(about(elsa, "/access")).says("What Elsa sees after signing in. Changes apply at once, on every device.")
	if page.doc().Find("#all_libraries[checked], #all_channels[checked]").Length() != 2 {
		t.Error("the form does not show that Elsa may watch everything")
	}

	form := url.Values{"library": {id(music.ID), "4711", "x"}, "all_channels": {"on"}, "channel": {id(radio.ID)}}
	page = b.follow(about(elsa, "/access"), form).says("What Elsa may watch is saved.")
	if page.doc().Find("#library-"+id(music.ID)+"[checked], #all_channels[checked]").Length() != 2 || page.doc().Find("input[name=library][checked]").Length() != 1 {
		t.Error("the form does not show what was saved")
	}
	got := h.user(elsa.ID).Access
	if got.AllLibraries || !slices.Equal(got.Libraries, []int64{music.ID}) || !got.AllChannels {
		t.Errorf("Elsa may watch %+v", got)
	}
	if names := hers.get("/").shelves(); !slices.Equal(names, []string{"Music", "Radio"}) {
		t.Errorf("on the next request Elsa sees %v", names)
	}

	b.follow(about(elsa, "/access"), url.Values{}).says("No libraries")
	if names := hers.get("/").shelves(); len(names) != 0 {
		t.Errorf("with nothing ticked Elsa sees %v", names)
	}
	b.follow(about(elsa, "/access"), url.Values{"all_libraries": {"on"}})
	h.addLibrary("Series")
	if names := hers.get("/").shelves(); !slices.Equal(names, []string{films.Name, "Music", "Series"}) {
		t.Errorf("with all libraries Elsa sees %v", names)
	}
	b.get(about(elsa, "/activity")).says("Mara changed what Elsa may watch")
}

// id is a record's id as forms have it.
func id(n int64) string { return strconv.FormatInt(n, 10) }

func TestAccessOfAdministrators(t *testing.T) {
	h := newHousehold(t)
	jonas := h.addAdministrator("Jonas")
	b := h.signedIn("Jonas", away)
	b.follow(about(jonas, "/access"), url.Values{"all_channels": {"on"}}).want(http.StatusOK)
	if h.user(jonas.ID).Access.AllLibraries {
		t.Error("it was not saved")
	}
	h.add("Elsa", goodPassword)
	h.signedIn("Elsa", away).post(about(jonas, "/access"), url.Values{"all_libraries": {"on"}}).want(http.StatusForbidden)
	if h.user(jonas.ID).Access.AllLibraries {
		t.Error("a plain user has changed what an administrator may watch")
	}
}

package web_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

// hostile is text that must come back as text.
const hostile = `<script>alert(1)</script>"'&`

func libraryForm(name, kind string, folders ...string) url.Values {
	return url.Values{"name": {name}, "kind": {kind}, "folders": {strings.Join(folders, "\r\n")}}
}

// addLibrary adds a library of films with a folder of its own.
func (h *house) addLibrary(name string) store.Library {
	h.t.Helper()
	id, err := h.store.AddLibrary(context.Background(), h.asOwner(), store.LibraryInput{Name: name, Kind: store.KindFilms, Folders: []string{h.t.TempDir()}})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.library(id)
}

func (h *house) library(id int64) store.Library {
	h.t.Helper()
	library, err := h.store.Library(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return library
}

func (h *house) libraries() []store.Library {
	h.t.Helper()
	libraries, err := h.store.Libraries(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return libraries
}

// addWith makes a user with goodPassword who may watch only what is chosen.
func (h *house) addWith(name string, access store.Access) store.User {
	h.t.Helper()
	u, err := h.store.CreateUser(context.Background(), h.asOwner(), store.NewUser{Name: name, Access: access, PasswordHash: h.hash(goodPassword)})
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

// names are the names in the rows of a page, from the top.
func (a answer) names() []string {
	a.t.Helper()
	var names []string
	for _, name := range a.doc().Find(".rows .name").EachIter() {
		names = append(names, strings.TrimSpace(name.Text()))
	}
	return names
}

// value is what stands in a field.
func (a answer) value(name string) string {
	a.t.Helper()
	field := a.doc().Find("#" + name)
	switch {
	case field.Length() != 1:
		a.t.Fatalf("%d fields %q", field.Length(), name)
	case field.Is("textarea"):
		return field.Text()
	case field.Is("select"):
		return field.Find("option[selected]").AttrOr("value", "")
	}
	return field.AttrOr("value", "")
}

// wantError fails the test unless the field says the words, and the head of the
// form leads to it.
func (a answer) wantError(field, words string) answer {
	a.t.Helper()
	if text := a.text("#" + field + "-error"); !strings.Contains(text, words) {
		a.t.Fatalf("at %s stands %q, not %q", field, text, words)
	}
	if a.doc().Find("[role=alert] a[href='#"+field+"']").Length() == 0 || a.doc().Find("#"+field+"[aria-invalid=true]").Length() != 1 {
		a.t.Fatalf("the head of the form does not lead to %s", field)
	}
	return a
}

func TestFirstLibrary(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.get("/admin/libraries").want(http.StatusOK).says("No libraries yet").says("Add the first, and then choose who may watch it.")
	if b.get("/admin/libraries").doc().Find(".empty a[href='/admin/libraries/new']").Length() != 1 {
		t.Error("the empty page does not lead to the first library")
	}
	films, more := t.TempDir(), t.TempDir()
	added := b.follow("/admin/libraries/new", libraryForm(" Films ", "films", films+"/", "", "  "+more+"  "))
	added.says("Films is added.").says("Asked for because the folders are new")
	added = b.get("/admin/libraries").says("One library. Everyone with all libraries sees it.")
	library := h.libraries()[0]
	if want := slices.Sorted(slices.Values([]string{films, more})); library.Name != "Films" || library.Kind != store.KindFilms || !slices.Equal(library.Folders, want) {
		t.Errorf("stored: %+v, want the folders %v", library, want)
	}
	if row := added.doc().Find(".rows .row"); row.Length() != 1 || row.Find(".i.film").Length() != 1 || row.Find(".clip").First().Text() != films+", "+more && row.Find(".clip").First().Text() != more+", "+films {
		t.Errorf("row: %s", row.Text())
	}
}

// manyFolders are more than a library may have.
func manyFolders() []string {
	folders := make([]string, store.MaxFolders+1)
	for i := range folders {
		folders[i] = "/srv/" + strconv.Itoa(i)
	}
	return folders
}

func TestLibraryRefused(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Films")
	b := h.signedIn("Mara", away)
	file := filepath.Join(t.TempDir(), "film.mkv")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	good := t.TempDir()
	for _, test := range []struct {
		about        string
		form         url.Values
		field, words string
	}{
		{"no name", libraryForm("", "films", good), "name", "Type a name."},
		{"a name of 65 characters", libraryForm(strings.Repeat("x", 65), "films", good), "name", "65 characters"},
		{"an invisible character", libraryForm("Fi\u200blms", "films", good), "name", "invisible character"},
		{"a name that differs in case", libraryForm("fILMS", "films", good), "name", "There is already a library called Films."},
		{"no kind", libraryForm("Music", "", good), "kind", "Choose what the library holds."},
		{"a kind of its own", libraryForm("Music", "games", good), "kind", "Choose what the library holds."},
		{"no folder", libraryForm("Music", "music", " ", ""), "folders", "Name at least one folder on the server."},
		{"a folder that is not there", libraryForm("Music", "music", good, good+"/nowhere"), "folders", "There is no folder " + good + "/nowhere on the server."},
		{"a file", libraryForm("Music", "music", file), "folders", file + " is a file."},
		{"a relative path", libraryForm("Music", "music", "music"), "folders", "“music”: Write the whole path"},
		{"hostile text", libraryForm("Music", "music", hostile), "folders", "“" + hostile + "”: Write the whole path"},
		{"one folder too often", libraryForm("Music", "music", strings.Fields(strings.Repeat("/nowhere ", store.MaxFolders+1))...), "folders", "There is no folder /nowhere on the server."},
		{"too many folders", libraryForm("Music", "music", manyFolders()...), "folders", "at most 50 folders"},
	} {
		t.Run(test.about, func(t *testing.T) {
			refused := b.post("/admin/libraries/new", test.form).want(http.StatusUnprocessableEntity)
			refused.wantError(test.field, test.words)
			if refused.value("name") != test.form.Get("name") || refused.value("folders") != strings.ReplaceAll(test.form.Get("folders"), "\r\n", "\n") {
				t.Errorf("not kept: %q and %q", refused.value("name"), refused.value("folders"))
			}
			if len(h.libraries()) != 1 {
				t.Error("a library was added")
			}
		})
	}
}

func TestLibraryProblemsTogether(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	b := h.signedIn("Mara", away)
	refused := b.post("/admin/libraries/new", libraryForm("films", "photos", "/nowhere/one", "two", films.Folders[0])).want(http.StatusUnprocessableEntity)
	refused.wantError("name", "There is already a library called Films.")
	refused.wantError("folders", "There is no folder /nowhere/one on the server. “two”: Write the whole path").says("Three things to look at first")
	if kind := refused.value("kind"); kind != "photos" {
		t.Errorf("the kind became %q", kind)
	}
}

func TestLibraryWhoseFolderIsGone(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	gone := films.Folders[0]
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	address := "/admin/libraries/" + strconv.FormatInt(films.ID, 10)
	b.get(address + "/folders").want(http.StatusOK).says("Usher cannot read all of this library now.").says("There is no folder " + gone + " on the server.")
	saved := b.follow(address, libraryForm("Old films", "films", gone+"/"))
	saved.says("Old films is saved.").says("Usher cannot read all of this library now.")
	if got := h.library(films.ID); got.Name != "Old films" || !slices.Equal(got.Folders, []string{gone}) {
		t.Errorf("stored: %+v", got)
	}
	b.post(address, libraryForm("Old films", "films", gone, gone+"/more")).want(http.StatusUnprocessableEntity).wantError("folders", "There is no folder "+gone+"/more on the server.")
	if text := b.post(address, libraryForm("Old films", "films", gone, gone+"/more")).text("#folders-error"); strings.Contains(text, gone+" on") {
		t.Errorf("a folder that it had is refused: %s", text)
	}
}

func TestLibraryInsideAnother(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	inside := filepath.Join(films.Folders[0], "kids")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	saved := b.follow("/admin/libraries/new", libraryForm("Cartoons", "films", inside))
	saved.says("Cartoons is added.").says(inside + " lies inside " + films.Folders[0] + " of the library Films.")
	b.get("/admin/libraries/" + strconv.FormatInt(films.ID, 10)).says(films.Folders[0] + " holds " + inside + " of the library Cartoons.")
}

func TestShelvesInOrder(t *testing.T) {
	h := newHousehold(t)
	for _, name := range []string{"One", "Two", "Three"} {
		h.addLibrary(name)
		h.addChannel(name)
	}
	b := h.signedIn("Mara", away)
	for _, list := range []string{"/admin/libraries", "/admin/channels"} {
		t.Run(list, func(t *testing.T) {
			if names := b.get(list).names(); !slices.Equal(names, []string{"One", "Two", "Three"}) {
				t.Fatalf("at first: %v", names)
			}
			moved := b.follow(list+"/3/move", url.Values{"to": {"up"}}).says("Three is number 2 of 3 now.")
			if names := moved.names(); !slices.Equal(names, []string{"One", "Three", "Two"}) {
				t.Errorf("after Three went up: %v", names)
			}
			if focus := moved.doc().Find("[autofocus]"); focus.AttrOr("aria-label", "") != "Move Three up" {
				t.Errorf("the focus is on %q", focus.AttrOr("aria-label", ""))
			}
			top := b.follow(list+"/3/move", url.Values{"to": {"up"}})
			if focus := top.doc().Find("[autofocus]"); focus.AttrOr("aria-label", "") != "Move Three down" {
				t.Errorf("at the top the focus is on %q", focus.AttrOr("aria-label", ""))
			}
			if top.doc().Find(".row:first-child button[value=up]:disabled").Length() != 1 || top.doc().Find(".row:last-child button[value=down]:disabled").Length() != 1 {
				t.Error("the ends can be moved further")
			}
			b.follow(list+"/3/move", url.Values{"to": {"up"}}).says("Three is number 1 of 3 now.")
			b.follow(list+"/1/move", url.Values{"to": {"down"}})
			if names := b.get(list).names(); !slices.Equal(names, []string{"Three", "Two", "One"}) {
				t.Errorf("at last: %v", names)
			}
			b.post(list+"/1/move", url.Values{"to": {"sideways"}}).want(http.StatusBadRequest)
			b.post(list+"/99/move", url.Values{"to": {"up"}}).want(http.StatusNotFound)
			b.get(list + "/99").want(http.StatusNotFound)
			b.get(list + "/99/delete").want(http.StatusNotFound)
			b.post(list+"/99/delete", nil).want(http.StatusNotFound)
			b.get(list + "/none").want(http.StatusNotFound)
		})
	}
}

func TestDeleteFromShelves(t *testing.T) {
	h := newHousehold(t)
	library, channel := h.addLibrary("One"), h.addChannel("One")
	h.addLibrary("Two")
	h.addChannel("Two")
	some := store.Access{Libraries: []int64{library.ID}, Channels: []int64{channel.ID}}
	elsa := h.addWith("Elsa", some)
	h.addWith("Nils", some)
	h.add("Ingrid", goodPassword)
	b := h.signedIn("Mara", away)
	for list, stays := range map[string]string{
		"/admin/libraries": "The files on the disk stay where they are.",
		"/admin/channels":  "What is at its address stays as it is.",
	} {
		t.Run(list, func(t *testing.T) {
			b.get(list).says("Chosen for two people").says("Chosen for nobody")
			asked := b.get(list + "/1/delete").want(http.StatusOK).says("Two people for whom it was chosen lose it").says("It leaves its place in the list.").says(stays)
			if form := asked.doc().Find("form[data-dialog-body]"); form.AttrOr("action", "") != list+"/1/delete" {
				t.Errorf("the question is sent to %q", form.AttrOr("action", ""))
			}
			b.follow(list+"/1/delete", nil).says("One is deleted.")
			if names := b.get(list).names(); !slices.Equal(names, []string{"Two"}) {
				t.Errorf("left: %v", names)
			}
			b.get(list + "/2/delete").says("It was chosen for nobody by name, but everyone with all")
		})
	}
	if access := h.user(elsa.ID).Access; len(access.Libraries)+len(access.Channels) > 0 {
		t.Errorf("Elsa still has %+v", access)
	}
	if _, err := os.Stat(library.Folders[0]); err != nil {
		t.Errorf("the folder went too: %v", err)
	}
}

func TestLibraryHostileText(t *testing.T) {
	h := newHousehold(t)
	library := h.addLibrary(hostile)
	h.addChannel(hostile)
	b := h.signedIn("Mara", away)
	for _, path := range []string{"/admin/libraries", "/admin/libraries/1", "/admin/libraries/1/delete", "/admin/channels", "/admin/channels/1", "/admin/channels/1/delete", "/", "/admin/activity"} {
		page := b.get(path).want(http.StatusOK).says(hostile)
		if strings.Contains(page.Body, "<script>alert") {
			t.Errorf("%s lets a script in", path)
		}
	}
	if got := b.get("/admin/libraries/1/folders").value("name"); got != library.Name {
		t.Errorf("the field holds %q", got)
	}
}

func TestLibraryFieldsThatAreNot(t *testing.T) {
	h := newHousehold(t)
	films, music := h.addLibrary("Films"), h.addLibrary("Music")
	b := h.signedIn("Mara", away)
	form := libraryForm("Old films", "films", films.Folders[0])
	form.Set("id", strconv.FormatInt(music.ID, 10))
	form.Set("position", "9")
	form.Set("created_at", "1")
	b.post("/admin/libraries/"+strconv.FormatInt(films.ID, 10)+"?name=Query", form).want(http.StatusSeeOther)
	all := h.libraries()
	if all[0].Name != "Old films" || all[1].Name != "Music" || !all[0].CreatedAt.Equal(films.CreatedAt) {
		t.Errorf("stored: %+v", all)
	}
}

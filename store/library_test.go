package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// library adds a library of films.
func (h *home) library(name string, folders ...string) int64 {
	h.t.Helper()
	if len(folders) == 0 {
		folders = []string{"/srv/" + name}
	}
	id, err := h.AddLibrary(h.ctx, h.mara(), store.LibraryInput{Name: name, Kind: store.KindFilms, Folders: folders})
	h.must(err)
	return id
}

func (h *home) libraryNames() []string {
	h.t.Helper()
	libraries, err := h.Libraries(h.ctx)
	h.must(err)
	var names []string
	for _, l := range libraries {
		names = append(names, l.Name)
	}
	return names
}

func TestAddLibrary(t *testing.T) {
	h := newHome(t)
	in := store.LibraryInput{Name: " Cafe\u0301  films ", Kind: store.KindFilms, Folders: []string{"/b", "/a", "/b"}}
	wrote := h.wrote(func() {
		id, err := h.AddLibrary(h.ctx, h.mara(), in)
		h.must(err)
		got, err := h.Library(h.ctx, id)
		h.must(err)
		if got.Name != "Café films" || got.Kind != store.KindFilms || !slices.Equal(got.Folders, []string{"/a", "/b"}) || !got.CreatedAt.Equal(h.clock.now()) {
			t.Errorf("stored: %+v", got)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionLibraryAdded}) {
		t.Errorf("written down: %v", wrote)
	}
	if !slices.Equal(in.Folders, []string{"/b", "/a", "/b"}) {
		t.Errorf("the folders of the input became %v", in.Folders)
	}
	_, err := h.Library(h.ctx, 99)
	wantError(t, err, store.ErrNotFound)
}

func TestLibraryRules(t *testing.T) {
	h := newHome(t)
	h.library("Films")
	music := h.library("Music")
	for _, test := range []struct {
		about  string
		in     store.LibraryInput
		found  []store.Problem
		fields []string
	}{
		{"nothing at all", store.LibraryInput{}, nil, []string{"folders", "kind", "name"}},
		{"another's name in capitals", store.LibraryInput{Name: "FILMS", Kind: store.KindMusic, Folders: []string{"/a"}}, nil, []string{"name"}},
		{"another's name in another Unicode form", store.LibraryInput{Name: "Ｆilms", Kind: store.KindMusic, Folders: []string{"/a"}}, nil, []string{"name"}},
		{"a long name", store.LibraryInput{Name: strings.Repeat("ß", 65), Kind: store.KindMusic, Folders: []string{"/a"}}, nil, []string{"name"}},
		{"a kind of its own", store.LibraryInput{Name: "A", Kind: "games", Folders: []string{"/a"}}, nil, []string{"kind"}},
		{"what was found before, with the rest", store.LibraryInput{Name: "", Kind: store.KindMusic, Folders: []string{"/a"}},
			[]store.Problem{{Field: "folders", Message: "There is no folder /a."}}, []string{"folders", "name"}},
	} {
		t.Run(test.about, func(t *testing.T) {
			_, err := h.AddLibrary(h.ctx, h.mara(), test.in, test.found...)
			wantInvalid(t, err, test.fields...)
			wantInvalid(t, h.UpdateLibrary(h.ctx, h.mara(), music, test.in, test.found...), test.fields...)
		})
	}
	if names := h.libraryNames(); !slices.Equal(names, []string{"Films", "Music"}) {
		t.Errorf("stored: %v", names)
	}
}

func TestTooManyFolders(t *testing.T) {
	h := newHome(t)
	folders := make([]string, store.MaxFolders+1)
	for i := range folders {
		folders[i] = "/srv/" + strings.Repeat("x", i+1)
	}
	_, err := h.AddLibrary(h.ctx, h.mara(), store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: folders})
	wantInvalid(t, err, "folders")
	h.library("Films", folders[1:]...)
}

func TestUpdateLibraryWritesWhatChanged(t *testing.T) {
	h := newHome(t)
	id := h.library("Films", "/a", "/b")
	last := func() string {
		t.Helper()
		page, err := h.Activity(h.ctx, store.ActivityQuery{})
		h.must(err)
		return page.Records[0].Sentence()
	}
	for _, step := range []struct {
		in   store.LibraryInput
		want string
	}{
		{store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/b", "/a"}}, "Mara added the library Films."},
		{store.LibraryInput{Name: "Cinema", Kind: store.KindFilms, Folders: []string{"/a", "/b"}}, "Mara changed the library Cinema (renamed from “Films”)."},
		{store.LibraryInput{Name: "Cinema", Kind: store.KindSeries, Folders: []string{"/a"}}, "Mara changed the library Cinema (kind, folders)."},
	} {
		h.must(h.UpdateLibrary(h.ctx, h.mara(), id, step.in))
		if got := last(); got != step.want {
			t.Errorf("after %+v: %q, want %q", step.in, got, step.want)
		}
	}
	got, err := h.Library(h.ctx, id)
	h.must(err)
	if got.Kind != store.KindSeries || !slices.Equal(got.Folders, []string{"/a"}) {
		t.Errorf("stored: %+v", got)
	}
	wantError(t, h.UpdateLibrary(h.ctx, h.mara(), 99, store.LibraryInput{Name: "X", Kind: store.KindFilms, Folders: []string{"/x"}}), store.ErrNotFound)
}

func TestMoveLibrary(t *testing.T) {
	h := newHome(t)
	one, two, three := h.library("One"), h.library("Two"), h.library("Three")
	for _, step := range []struct {
		id    int64
		up    bool
		want  string
		wrote int
	}{
		{three, true, "One Three Two", 1},
		{three, true, "Three One Two", 1},
		{three, true, "Three One Two", 0}, // no further
		{one, false, "Three Two One", 1},
		{one, false, "Three Two One", 0},
		{two, false, "Three One Two", 1},
	} {
		wrote := h.wrote(func() { h.must(h.MoveLibrary(h.ctx, h.mara(), step.id, step.up)) })
		if got := strings.Join(h.libraryNames(), " "); got != step.want || len(wrote) != step.wrote {
			t.Errorf("%+v: %s, written down %v", step, got, wrote)
		}
	}
	h.must(h.DeleteLibrary(h.ctx, h.mara(), one))
	h.library("Four")
	if got := strings.Join(h.libraryNames(), " "); got != "Three Two Four" {
		t.Errorf("a new one stands at %s", got)
	}
	wantError(t, h.MoveLibrary(h.ctx, h.mara(), one, true), store.ErrNotFound)
}

func TestDeleteLibrary(t *testing.T) {
	h := newHome(t)
	films, music := h.library("Films"), h.library("Music")
	elsa := h.add("Elsa", "")
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Libraries: []int64{films, music}}, elsa.ID))
	h.must(h.DeleteLibrary(h.ctx, h.mara(), films))
	if access := h.user(elsa.ID).Access; !slices.Equal(access.Libraries, []int64{music}) {
		t.Errorf("Elsa has %v", access.Libraries)
	}
	if left := h.number(`SELECT count(*) FROM library_folders WHERE library_id = ?`, films); left != 0 {
		t.Errorf("%d folders are left", left)
	}
	wantError(t, h.DeleteLibrary(h.ctx, h.mara(), films), store.ErrNotFound)
	if again := h.library("Films"); again == films {
		t.Error("a new library has the number of the deleted one, and whoever kept a link to that")
	}
}

func TestLibraryUsers(t *testing.T) {
	h := newHome(t)
	films, music := h.library("Films"), h.library("Music")
	for name, access := range map[string]store.Access{
		"Elsa": {Libraries: []int64{films, music}}, "Nils": {Libraries: []int64{films}},
		"Ingrid": {AllLibraries: true, Libraries: []int64{films}}, "Oskar": {},
	} {
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name, Access: access})
		h.must(err)
	}
	users, err := h.LibraryUsers(h.ctx)
	h.must(err)
	if len(users) != 2 || users[films] != 2 || users[music] != 1 {
		t.Errorf("given: %v", users)
	}
}

// What another process changes is seen after the next look.
func TestLibrariesAreFresh(t *testing.T) {
	h := newHome(t)
	h.library("Films")
	h.libraryNames()
	other := h.open()
	id, err := other.AddLibrary(h.ctx, h.mara(), store.LibraryInput{Name: "Music", Kind: store.KindMusic, Folders: []string{"/m"}})
	h.must(err)
	h.must(h.Refresh(h.ctx))
	if names := h.libraryNames(); !slices.Equal(names, []string{"Films", "Music"}) {
		t.Errorf("after an addition: %v", names)
	}
	h.must(other.UpdateLibrary(h.ctx, h.mara(), id, store.LibraryInput{Name: "Music", Kind: store.KindMusic, Folders: []string{"/m", "/n"}}))
	h.must(h.Refresh(h.ctx))
	if got, err := h.Library(h.ctx, id); err != nil || len(got.Folders) != 2 {
		t.Errorf("after more folders: %+v, %v", got, err)
	}
}

// Only administrators change libraries and channels, by the role that the
// database knows.
func TestWhoChangesMedia(t *testing.T) {
	h := newHome(t)
	library, channel := h.library("Films"), h.channel("Radio")
	elsa, jonas := h.add("Elsa", "$elsa"), h.administrator("Jonas")
	input := store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/x"}}
	feed := store.ChannelInput{Name: "Radio", Address: "https://radio.example/x"}
	changes := map[string]func(context.Context, store.Actor) error{
		"add library": func(ctx context.Context, a store.Actor) error {
			_, err := h.AddLibrary(ctx, a, store.LibraryInput{Name: "L" + a.Name, Kind: store.KindFilms, Folders: []string{"/x"}})
			return err
		},
		"change library": func(ctx context.Context, a store.Actor) error { return h.UpdateLibrary(ctx, a, library, input) },
		"move library":   func(ctx context.Context, a store.Actor) error { return h.MoveLibrary(ctx, a, library, true) },
		"add channel": func(ctx context.Context, a store.Actor) error {
			_, err := h.AddChannel(ctx, a, store.ChannelInput{Name: "C" + a.Name, Address: "https://radio.example/"})
			return err
		},
		"change channel": func(ctx context.Context, a store.Actor) error { return h.UpdateChannel(ctx, a, channel, feed) },
		"move channel":   func(ctx context.Context, a store.Actor) error { return h.MoveChannel(ctx, a, channel, true) },
	}
	forged := actor(elsa)
	forged.Role = store.RoleAdministrator
	for name, change := range changes {
		wantError(t, change(h.ctx, actor(elsa)), store.ErrForbidden)
		wantError(t, change(h.ctx, forged), store.ErrForbidden)
		if err := change(h.ctx, actor(jonas)); err != nil {
			t.Errorf("%s by an administrator: %v", name, err)
		}
	}
	wantError(t, h.DeleteLibrary(h.ctx, forged, library), store.ErrForbidden)
	wantError(t, h.DeleteChannel(h.ctx, forged, channel), store.ErrForbidden)
	h.must(h.DeleteLibrary(h.ctx, actor(jonas), library))
	h.must(h.DeleteChannel(h.ctx, actor(jonas), channel))
}

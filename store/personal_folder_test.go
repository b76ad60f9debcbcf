package store_test

import (
	"errors"
	"slices"
	"testing"

	"usher/store"
)

func TestAPersonalFolderIsOneUsersAlone(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	in := store.PersonalFolderInput{Kind: store.KindFilms, Path: "/srv/elsa"}
	h.must(h.SetPersonalFolder(h.ctx, actor(h.owner), elsa.ID, in))
	folder, err := h.PersonalFolder(h.ctx, elsa.ID)
	if h.must(err); folder.Name != "Elsa’s folder" || folder.UserID != elsa.ID || !slices.Equal(folder.Folders, []string{"/srv/elsa"}) {
		t.Errorf("stored: %+v", folder)
	}
	if got := h.openJobs(); !slices.Equal(got, []string{"waiting Elsa’s folder library"}) {
		t.Errorf("jobs: %q", got)
	}
	_, err = h.SaveFound(h.ctx, 1, []store.Found{film(folder.Roots[0].ID, "Home", "")})
	h.must(err)
	page, err := h.Titles(h.ctx, store.TitleQuery{Viewer: elsa.ID, Library: folder.ID})
	if h.must(err); !slices.Equal(namesOf(page.Titles), []string{"Home"}) {
		t.Fatalf("Elsa sees %q", namesOf(page.Titles))
	}
	for _, other := range []store.User{nils, h.owner} {
		if _, err := h.OpenLibrary(h.ctx, other.ID, folder.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s may look into it: %v", other.Name, err)
		}
	}
	id := page.Titles[0].ID
	if _, err := h.TitleRecord(h.ctx, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("administrators look after what is in it: %v", err)
	}
	if err := h.CorrectTitles(h.ctx, actor(h.owner), []int64{id}, store.TitleCorrection{Add: []string{"x"}}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("administrators correct what is in it: %v", err)
	}
	if libraries, err := h.Libraries(h.ctx); err != nil || len(libraries) != 0 {
		t.Errorf("it is among the libraries: %v, %v", libraries, err)
	}
	wantError(t, h.DeleteLibrary(h.ctx, actor(h.owner), folder.ID), store.ErrNotFound)
	films := h.addLibrary("Films", store.KindFilms)
	h.must(h.MoveLibrary(h.ctx, actor(h.owner), films.ID, true))
	if shared, err := h.OpenLibraries(h.ctx, elsa.ID); err != nil || len(shared) != 2 || shared[0].ID != films.ID {
		t.Errorf("in order: %v, %v", shared, err)
	}
}

func TestAPersonalFolderFollowsItsUser(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	set := func(kind store.LibraryKind, path string) store.Library {
		t.Helper()
		h.must(h.SetPersonalFolder(h.ctx, actor(h.owner), elsa.ID, store.PersonalFolderInput{Kind: kind, Path: path}))
		folder, err := h.PersonalFolder(h.ctx, elsa.ID)
		h.must(err)
		return folder
	}
	first := set(store.KindPhotos, "/srv/elsa")
	second := set(store.KindHomeVideos, "/srv/elsa2")
	if second.ID != first.ID || second.Kind != store.KindHomeVideos || !slices.Equal(second.Folders, []string{"/srv/elsa2"}) {
		t.Errorf("changed: %+v", second)
	}
	h.must(h.UpdateProfile(h.ctx, actor(h.owner), elsa.ID, store.Profile{Name: "Elsa Lind"}))
	if folder, err := h.PersonalFolder(h.ctx, elsa.ID); err != nil || folder.Name != "Elsa Lind’s folder" {
		t.Errorf("renamed: %q, %v", folder.Name, err)
	}
	h.must(h.RemovePersonalFolder(h.ctx, actor(h.owner), elsa.ID))
	if _, err := h.PersonalFolder(h.ctx, elsa.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
	wantError(t, h.RemovePersonalFolder(h.ctx, actor(h.owner), elsa.ID), store.ErrNotFound)
	gone := set(store.KindPhotos, "/srv/elsa")
	h.must(h.DeleteUsers(h.ctx, actor(h.owner), elsa.ID))
	if _, err := h.AnyLibrary(h.ctx, gone.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("it outlives its user: %v", err)
	}
}

func TestWhoMaySetAPersonalFolder(t *testing.T) {
	h := newHome(t)
	elsa, jonas := h.add("Elsa", ""), h.add("Jonas", "$jonas")
	h.must(h.UpdateProfile(h.ctx, actor(h.owner), jonas.ID, store.Profile{Name: "Jonas", Administrator: true}))
	jonas, err := h.User(h.ctx, jonas.ID)
	h.must(err)
	in := store.PersonalFolderInput{Kind: store.KindPhotos, Path: "/srv/photos"}
	wantError(t, h.SetPersonalFolder(h.ctx, actor(elsa), elsa.ID, in), store.ErrForbidden)
	wantError(t, h.SetPersonalFolder(h.ctx, actor(jonas), h.owner.ID, in), store.ErrForbidden)
	h.must(h.SetPersonalFolder(h.ctx, actor(jonas), elsa.ID, in))
	wantError(t, h.RemovePersonalFolder(h.ctx, actor(elsa), elsa.ID), store.ErrForbidden)
	var invalid *store.Invalid
	if err := h.SetPersonalFolder(h.ctx, actor(h.owner), elsa.ID, store.PersonalFolderInput{}); !errors.As(err, &invalid) || len(invalid.Problems) != 2 {
		t.Errorf("an empty one: %v", err)
	}
}

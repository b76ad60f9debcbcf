package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/store"
)

func folderForm(path, kind string) url.Values {
	return url.Values{"folder_path": {path}, "folder_kind": {kind}}
}

func TestPersonalFolder(t *testing.T) {
	h := newHousehold(t)
	elsa, nils := h.add("Elsa", goodPassword), h.add("Nils", goodPassword)
	b := h.signedIn("Mara", away)
	of := func(u store.User, under string) string { return fmt.Sprintf("/admin/users/%d%s", u.ID, under) }
	target := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	b.get(of(elsa, "/access")).want(http.StatusOK).says("Personal folder")
	set := b.follow(of(elsa, "/folder"), folderForm(target+"/", "photos"))
	if set.says("The folder of Elsa is saved.").value("folder_path") != target || set.value("folder_kind") != "photos" {
		t.Errorf("the form holds %q", set.value("folder_path"))
	}
	b.follow(of(nils, "/folder"), folderForm(link, "photos")).says(link + " is the same folder as " + target + " of Elsa’s folder").says("To keep them apart, give each a folder of its own.")
	b.get(of(elsa, "/access")).says("is the same folder as " + link + " of Nils’s folder")
	films := h.addLibrary("Films")
	inside := filepath.Join(films.Folders[0], "elsa")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	b.follow(of(elsa, "/folder"), folderForm(inside, "home-videos")).says(inside + " lies inside " + films.Folders[0] + " of the library Films. Whoever may watch Films sees its files too.")
	b.get(fmt.Sprintf("/admin/libraries/%d", films.ID)).says("holds " + inside + " of Elsa’s folder")
	b.get("/admin/activity").says("Mara set the personal folder of Elsa (" + inside + ", Home videos).")

	e := h.signedIn("Elsa", atHome)
	e.post(of(elsa, "/folder"), folderForm(target, "photos")).want(http.StatusForbidden)
	for _, path := range []string{"/", "/account"} {
		if strings.Contains(e.get(path).Body, inside) {
			t.Errorf("Elsa reads at %s where it is", path)
		}
	}
	b.get(of(elsa, "/folder/remove")).want(http.StatusOK).says("Take the folder of Elsa out of Usher?")
	b.follow(of(elsa, "/folder/remove"), nil).says("is taken out of Usher.")
	if _, err := h.store.PersonalFolder(context.Background(), elsa.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("it is there still: %v", err)
	}
	if _, err := os.Stat(inside); err != nil {
		t.Errorf("the files went too: %v", err)
	}
}

func TestPersonalFolderRefused(t *testing.T) {
	h := newHousehold(t)
	elsa, jonas := h.add("Elsa", ""), h.addAdministrator("Jonas")
	b := h.signedIn("Mara", away)
	path := fmt.Sprintf("/admin/users/%d/folder", elsa.ID)
	for typed, words := range map[string]string{
		"": "Name a folder on the server", "photos": "Write the whole path", "/nowhere/elsa": "There is no folder",
		hostile: "Write the whole path", h.store.Folder(): "is where Usher keeps its own data",
	} {
		refused := b.post(path, folderForm(typed, "music")).want(http.StatusUnprocessableEntity).wantError("folder_path", words)
		if refused.value("folder_path") != typed || refused.value("folder_kind") != "music" {
			t.Errorf("not kept: %q", refused.value("folder_path"))
		}
	}
	b.follow(path, folderForm(filepath.Dir(h.store.Folder()), "music")).says("holds the folder in which Usher keeps its own data")
	j := h.signedIn("Jonas", away)
	j.post(fmt.Sprintf("/admin/users/%d/folder", h.owner.ID), folderForm(t.TempDir(), "music")).want(http.StatusForbidden)
	hers := t.TempDir()
	b.follow(fmt.Sprintf("/admin/users/%d/folder", h.owner.ID), folderForm(hers, "music")).says(hers)
	if page := j.get(fmt.Sprintf("/admin/users/%d/access", h.owner.ID)); page.doc().Find("#folder").Length() != 0 || strings.Contains(page.Body, hers) {
		t.Error("the owner's folder is shown to another administrator")
	}
	j.get(fmt.Sprintf("/admin/users/%d/folder/remove", h.owner.ID)).want(http.StatusForbidden)
	j.follow(fmt.Sprintf("/admin/users/%d/folder", jonas.ID), folderForm(t.TempDir(), "music")).says("The folder of Jonas is saved.")
}

func TestALibraryOverUshersData(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	b.post("/admin/libraries/new", libraryForm("Data", "films", h.store.Folder())).want(http.StatusUnprocessableEntity).wantError("folders", "is where Usher keeps its own data")
	b.follow("/admin/libraries/new", libraryForm("All", "films", filepath.Dir(h.store.Folder()))).says("holds the folder in which Usher keeps its own data")
}

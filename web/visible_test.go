package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"usher/store"
)

// like asks for an address, and for another at which there is nothing, and fails
// unless both answers are the same to the byte.
func (b *browser) like(path, nothing string) {
	b.house.t.Helper()
	got, want := b.get(path), b.get(nothing)
	if got.Status != want.Status || got.Body != want.Body || fmt.Sprint(got.Header) != fmt.Sprint(want.Header) {
		b.house.t.Errorf("%s is answered %d %v, and %s %d %v\n%s\n%s", path, got.Status, got.Header, nothing, want.Status, want.Header, got.Body, want.Body)
	}
}

// What is hidden from somebody is answered as what does not exist, whatever
// address is asked for.
func TestWhatIsHiddenDoesNotExist(t *testing.T) {
	h, elsa, _, alien := cinema(t)
	closed := h.addKind("Closed", store.KindFilms)
	secret := h.shelve(closed.ID, rated("Secret", "G"))[0]
	h.must(h.store.SetAccess(context.Background(), h.asOwner(), store.Access{Libraries: []int64{alien.LibraryID}}, elsa.ID))
	b := h.signedIn("Elsa", atHome)
	for _, hidden := range []store.Title{alien, secret} {
		for _, under := range []string{"", "/poster/x", "/picture/x", "/stream"} {
			b.like(title(hidden)+under, "/titles/987654"+under)
		}
	}
	b.like(fmt.Sprintf("/libraries/%d", closed.ID), "/libraries/987654")
	none := func(word string) string {
		return strings.ReplaceAll(b.get("/search?q="+word).want(http.StatusOK).Body, word, "")
	}
	if none("alien") != none("zebra") {
		t.Error("a search for what is hidden is answered otherwise than one for what does not exist")
	}
	for _, path := range []string{"/", "/search?q=a", fmt.Sprintf("/libraries/%d", alien.LibraryID), fmt.Sprintf("/libraries/%d?q=alien", alien.LibraryID)} {
		if body := b.get(path).want(http.StatusOK).Body; strings.Contains(body, "Alien") || strings.Contains(body, "Secret") {
			t.Errorf("%s names what is hidden:\n%s", path, body)
		}
	}
}

// What somebody may watch counts on the next request, though lists are kept in
// memory.
func TestVisibleOnTheNextRequest(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	ctx, mara, b := context.Background(), h.asOwner(), h.signedIn("Elsa", atHome)
	shows := func(when string, want ...string) {
		t.Helper()
		for _, path := range []string{"/", fmt.Sprintf("/libraries/%d", bear.LibraryID), "/search?q=a+b"} {
			b.get(path)
		}
		got := b.get(fmt.Sprintf("/libraries/%d", bear.LibraryID))
		for _, name := range []string{"The Bear", "Alien"} {
			if has := strings.Contains(got.Body, name); has != strings.Contains(strings.Join(want, ","), name) {
				t.Errorf("%s, the library shows %s: %v", when, name, has)
			}
		}
	}
	shows("with a limit", "The Bear")
	h.restrict(elsa.ID, 18)
	shows("with a higher limit", "The Bear", "Alien")
	correct := func(rating string) {
		in := store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: rating}
		h.must(h.store.CorrectTitles(ctx, mara, []int64{bear.ID}, in))
	}
	h.restrict(elsa.ID, 17)
	correct("NC-17")
	shows("after a correction", "Alien")
	correct("PG")
	shows("after another", "The Bear", "Alien")
	h.must(h.store.SetAccess(ctx, mara, store.Access{}, elsa.ID))
	b.get(fmt.Sprintf("/libraries/%d", bear.LibraryID)).want(http.StatusNotFound)
	b.get(title(alien)).want(http.StatusNotFound)
}

func TestWhy(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	mara := h.signedIn("Mara", atHome)
	ask := func(of store.Title) answer {
		return mara.get(fmt.Sprintf("/admin/titles/%d/why?user=%d", of.ID, elsa.ID)).want(http.StatusOK)
	}
	ask(alien).says("It is hidden from Elsa.").says("It is rated R (17), and Elsa’s limit is PG (10).")
	ask(bear).says("Elsa sees it.").says("Elsa may watch all libraries, and so Films.")
	path := fmt.Sprintf("/admin/titles/%d/why", alien.ID)
	choose := mara.get(path + "?q=els").want(http.StatusOK).says("Whom do you ask about?")
	if to, _ := choose.doc().Find(".people-links a").Attr("href"); to != fmt.Sprintf("%s?user=%d", path, elsa.ID) {
		t.Errorf("a search leads to %q", to)
	}
	mara.get(path + "?q=nobody+such").says("Nobody found")
	mara.get(path + "?user=4711").want(http.StatusNotFound)
	mara.get(path + "?user=x").want(http.StatusNotFound)
	mara.get("/admin/titles/4711/why").want(http.StatusNotFound)
}

// Why is told of what lies in somebody's own folder, too, but not what it is
// called.
func TestWhyInSomebodysFolder(t *testing.T) {
	h, elsa, _, _ := cinema(t)
	ctx := context.Background()
	h.must(h.store.SetPersonalFolder(ctx, h.asOwner(), elsa.ID, store.PersonalFolderInput{Kind: store.KindPhotos, Path: t.TempDir()}))
	own, err := h.store.PersonalFolder(ctx, elsa.ID)
	h.must(err)
	diary := found(store.TitlePicture, "Diary")
	diary.Folder = own.Roots[0].ID
	_, err = h.store.SaveFound(ctx, 1, []store.Found{diary})
	h.must(err)
	list, err := h.store.Titles(ctx, store.TitleQuery{Viewer: elsa.ID, Library: own.ID})
	h.must(err)
	path := fmt.Sprintf("/admin/titles/%d/", list.Titles[0].ID)
	mara := h.signedIn("Mara", atHome)
	for _, under := range []string{fmt.Sprintf("why?user=%d", elsa.ID), fmt.Sprintf("why?user=%d", h.owner.ID), "why", "audience"} {
		if page := mara.get(path + under).want(http.StatusOK).says("A picture in Elsa’s folder"); strings.Contains(page.Body, "Diary") {
			t.Errorf("%s names the picture", under)
		}
	}
	mara.get(path + "audience").says("1 of 2 people see this.")
}

func TestWhoSeesThis(t *testing.T) {
	h, elsa, bear, alien := cinema(t)
	h.add("Nils", goodPassword)
	h.must(h.store.SetDisabled(context.Background(), h.asOwner(), true, elsa.ID))
	mara := h.signedIn("Mara", atHome)
	audience := func(of store.Title) answer { return mara.get("/admin" + title(of) + "/audience").want(http.StatusOK) }
	if names := audience(bear).says("3 of 3 people see this.").says("Disabled").each(".row .name a"); strings.Join(names, ",") != "Elsa,Mara,Nils" {
		t.Errorf("The Bear is seen by %v", names)
	}
	if names := audience(alien).says("2 of 3 people see this.").each(".row .name a"); strings.Join(names, ",") != "Mara,Nils" {
		t.Errorf("Alien is seen by %v", names)
	}
	h.must(h.store.SetAccess(context.Background(), h.asOwner(), store.Access{}, elsa.ID))
	mara.get(fmt.Sprintf("/admin/libraries/%d/audience", bear.LibraryID)).want(http.StatusOK).says("2 of 3 people may look into this library.")
	mara.get("/admin/libraries/4711/audience").want(http.StatusNotFound)
	mara.get("/admin/titles/4711/audience").want(http.StatusNotFound)
}

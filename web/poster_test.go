package web_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image/color"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/store"
)

// posterVersion is what all posters of these tests say of themselves.
const posterVersion = "v1"

func withPoster(f store.Found, path string) store.Found {
	f.Poster = store.FoundPoster{Path: path, Stamp: posterVersion}
	return f
}

// put writes a file into the first folder of a library.
func (h *house) put(library store.Library, path string, content []byte) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(library.Roots[0].Path, path), content, 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// putPicture writes a red picture of 800 by 600 pixels.
func (h *house) putPicture(library store.Library, path string) {
	h.t.Helper()
	h.put(library, path, pngOf(h.t, 800, 600, color.RGBA{R: 200, A: 255}))
}

func posterAddress(t store.Title) string { return "/titles/" + id(t.ID) + "/poster/" + posterVersion }

func pictureAddress(t store.Title) string { return "/titles/" + id(t.ID) + "/picture/" + posterVersion }

// isPoster fails the test unless a red JPEG picture of these measures came back,
// to be kept by the browser.
func (a answer) isPoster(width, height int) {
	a.t.Helper()
	a.want(http.StatusOK)
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff", "Vary": "Cookie", "Etag": `"` + posterVersion + `"`,
	} {
		if got := a.Header.Get(name); got != want {
			a.t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	picture, err := jpeg.Decode(strings.NewReader(a.Body))
	if err != nil {
		a.t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != width || size.Y != height {
		a.t.Errorf("it measures %v, want %d by %d", size, width, height)
	}
	if red, green, _, _ := picture.At(width/2, height/2).RGBA(); red>>8 < 180 || green>>8 > 40 {
		a.t.Error("it is another picture")
	}
}

func TestPosters(t *testing.T) {
	h := newHousehold(t)
	films, photos := h.addKind("Films", store.KindFilms), h.addKind("Photos", store.KindPhotos)
	alien := h.shelve(films.ID, withPoster(found(store.TitleFilm, "Alien"), "alien.png"))[0]
	beach := h.shelve(photos.ID, withPoster(found(store.TitlePicture, "Beach"), "beach.png"))[0]
	h.putPicture(films, "alien.png")
	h.putPicture(photos, "beach.png")
	h.add("Elsa", goodPassword)
	b := h.signedIn("Elsa", away)

	b.get(posterAddress(alien)).isPoster(320, 240)
	b.get(posterAddress(beach)).isPoster(320, 240)
	b.get(pictureAddress(beach)).isPoster(800, 600)
	b.get(pictureAddress(alien)).want(http.StatusNotFound)
	b.get("/titles/" + id(alien.ID) + "/poster/v2").want(http.StatusNotFound)
	b.send(http.MethodHead, posterAddress(alien), "", nil).want(http.StatusOK)
	b.header.Set("If-None-Match", `"`+posterVersion+`"`)
	if again := b.get(posterAddress(alien)).want(http.StatusNotModified); again.Body != "" {
		t.Error("it is sent again")
	}

	// What was made once is there without the disk.
	b.header.Del("If-None-Match")
	if err := os.RemoveAll(films.Roots[0].Path); err != nil {
		t.Fatal(err)
	}
	b.get(posterAddress(alien)).isPoster(320, 240)
	h.signedIn("Mara", away).get("/admin"+posterAddress(alien)).isPoster(320, 240)
}

// Of music the art inside does, whatever the file is called.
func TestPosterInsideMusic(t *testing.T) {
	h := newHousehold(t)
	music := h.addKind("Music", store.KindMusic)
	album := &store.FoundTitle{Kind: store.TitleAlbum, Key: "album", Name: "Kind of Blue", Poster: store.FoundPoster{Path: "so what.flac", Stamp: posterVersion}}
	h.shelve(music.ID, found(store.TitleTrack, "So What", album))
	art := pngOf(t, 64, 64, color.RGBA{R: 200, A: 255})
	h.put(music, "so what.flac", flacWith(art))
	h.signedIn("Mara", away).get(posterAddress(h.titled(music.ID, store.TitleAlbum, "Kind of Blue"))).isPoster(64, 64)
}

// flacWith is a FLAC file with nothing but a picture in it.
func flacWith(art []byte) []byte {
	block := append(binary.BigEndian.AppendUint32(nil, 3), make([]byte, 24)...)
	block = append(binary.BigEndian.AppendUint32(block, uint32(len(art))), art...)
	size := len(block)
	return append([]byte{'f', 'L', 'a', 'C', 0x80 | 6, byte(size >> 16), byte(size >> 8), byte(size)}, block...)
}

// A poster that somebody may not see is no different from one that is not there.
func TestPostersAreHiddenWithTheirTitles(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	adult := withPoster(found(store.TitleFilm, "Saw"), "saw.png")
	adult.Rating = "R"
	titles := h.shelve(films.ID, adult, withPoster(found(store.TitleFilm, "Gone"), "saw.png"))
	saw := titles[0]
	h.putPicture(films, "saw.png")
	elsa := h.add("Elsa", goodPassword)
	b, mara := h.signedIn("Elsa", away), h.signedIn("Mara", away)
	b.get(posterAddress(saw)).isPoster(320, 240)

	err := h.store.SetRestrictions(context.Background(), h.asOwner(), elsa.ID, store.Limits{Restrictions: store.Restrictions{Rating: store.Age{Known: true, Years: 10}}})
	if err != nil {
		t.Fatal(err)
	}
	hidden := b.get(posterAddress(saw)).want(http.StatusNotFound)
	missing := b.get("/titles/987654/poster/" + posterVersion).want(http.StatusNotFound)
	if hidden.Body != missing.Body {
		t.Error("one can tell that it is there")
	}
	for name := range missing.Header {
		if got, want := hidden.Header.Get(name), missing.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(hidden.Header) != len(missing.Header) {
		t.Error("other headers are sent")
	}
	b.get(pictureAddress(saw)).want(http.StatusNotFound)
	mara.get(posterAddress(saw)).isPoster(320, 240)
	mara.get("/admin"+posterAddress(saw)).isPoster(320, 240)
}

// Administrators do not look into personal folders.
func TestPostersInPersonalFolders(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	if err := h.store.SetPersonalFolder(context.Background(), h.asOwner(), elsa.ID, store.PersonalFolderInput{Kind: store.KindPhotos, Path: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	own, err := h.store.PersonalFolder(context.Background(), elsa.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.putPicture(own, "me.png")
	me := withPoster(found(store.TitlePicture, "Me"), "me.png")
	me.Folder = own.Roots[0].ID
	if _, err := h.store.SaveFound(context.Background(), 1, []store.Found{me}); err != nil {
		t.Fatal(err)
	}
	list, err := h.store.Titles(context.Background(), store.TitleQuery{Viewer: elsa.ID, Library: own.ID})
	if err != nil || len(list.Titles) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	title := list.Titles[0]
	h.signedIn("Elsa", away).get(posterAddress(title)).isPoster(320, 240)
	mara := h.signedIn("Mara", away)
	mara.get(posterAddress(title)).want(http.StatusNotFound)
	mara.get("/admin" + posterAddress(title)).want(http.StatusNotFound)
}

// What lies beside the library, or is no picture, is no poster.
func TestPostersThatAreNone(t *testing.T) {
	h := newHousehold(t)
	films := h.addKind("Films", store.KindFilms)
	folder := films.Roots[0].Path
	secret := pngOf(t, 8, 8, color.White)
	if err := os.WriteFile(filepath.Join(filepath.Dir(folder), "secret.png"), secret, 0o600); err != nil {
		t.Fatal(err)
	}
	h.put(films, "page.png", []byte("<!doctype html><script>alert(1)</script>"))
	h.put(films, "bomb.png", claiming(secret, 60_000, 60_000))
	h.put(films, "half.png", bytes.Clone(secret[:40]))
	if err := os.Symlink("../secret.png", filepath.Join(folder, "link.png")); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	for i, path := range []string{"../secret.png", "link.png", "page.png", "bomb.png", "half.png", "gone.png", ".", "/etc/passwd", "a\x00b"} {
		title := h.shelve(films.ID, withPoster(found(store.TitleFilm, "Film "+id(int64(i))), path))[0]
		for range 2 {
			b.get(posterAddress(title)).want(http.StatusNotFound)
		}
	}
	if log := h.log.String(); log != "" {
		t.Errorf("it is a failure of the server's: %s", log)
	}
}

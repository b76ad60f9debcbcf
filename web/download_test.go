package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

func downloadAddress(title store.Title) string { return "/titles/" + id(title.ID) + "/download" }

// record is an album of three tracks on two discs, with its files.
func (th *theatre) record() (album store.Title, folder string) {
	th.t.Helper()
	music := th.addKind("Music", store.KindMusic)
	artist := &store.FoundTitle{Kind: store.TitleArtist, Name: "Miles Davis", Key: "miles"}
	under := &store.FoundTitle{Kind: store.TitleAlbum, Name: "Bitches Brew", Key: "brew"}
	var tracks []store.Found
	for i, name := range []string{"Pharaoh’s Dance", "Spanish Key", "Sanctuary"} {
		track := found(store.TitleTrack, name, artist, under)
		track.Disc, track.Number, track.Directory = 1+i/2, 1+i%2, "Brew"
		track.Files[0].Name = fmt.Sprintf("%d%02d %s.mp3", track.Disc, track.Number, name)
		tracks = append(tracks, track)
	}
	th.shelve(music.ID, tracks...)
	folder = filepath.Join(music.Roots[0].Path, "Brew")
	th.must(os.Mkdir(folder, 0o700))
	for _, track := range tracks {
		th.put(music, "Brew/"+track.Files[0].Name, []byte("the sound of "+track.Name))
	}
	return th.titled(music.ID, store.TitleAlbum, "Bitches Brew"), folder
}

// unzipped are the files in a ZIP.
func (th *theatre) unzipped(content []byte) (names []string, contents map[string]string) {
	th.t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		th.t.Fatalf("%v: %q", err, content[:min(len(content), 200)])
	}
	contents = make(map[string]string)
	for _, file := range reader.File {
		open, err := file.Open()
		if err != nil {
			th.t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			th.t.Fatal(err)
		}
		names = append(names, file.Name)
		contents[file.Name] = string(text)
	}
	return names, contents
}

func TestDownloadAFile(t *testing.T) {
	th := newTheatre(t)
	film := noise(1 << 20)
	alien := th.film("Älien", film)
	b := th.signedIn("Mara", atHome)
	first := th.ask(b, http.MethodGet, downloadAddress(alien), "Range", "bytes=0-999")
	begun := th.all(first)
	if got := first.Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''%C3%84lien%201.mp4" || first.StatusCode != http.StatusPartialContent {
		t.Errorf("%d, called %s", first.StatusCode, got)
	}
	rest := th.ask(b, http.MethodGet, downloadAddress(alien), "Range", "bytes=1000-", "If-Range", first.Header.Get("ETag"))
	if got := slices.Concat(begun, th.all(rest)); !bytes.Equal(got, film) {
		t.Errorf("resumed, it is another file of %d bytes", len(got))
	}
	head := th.ask(b, http.MethodHead, downloadAddress(alien))
	if head.StatusCode != http.StatusOK || head.ContentLength != int64(len(film)) {
		t.Errorf("HEAD: %d, %d bytes", head.StatusCode, head.ContentLength)
	}
	if plays := th.house.server.Plays.All(); len(plays) != 0 {
		t.Errorf("a download takes a place: %v", plays)
	}
}

func TestDownloadAnAlbum(t *testing.T) {
	th := newTheatre(t)
	album, _ := th.record()
	b := th.signedIn("Mara", atHome)
	got := th.ask(b, http.MethodGet, downloadAddress(album))
	if kind, name := got.Header.Get("Content-Type"), got.Header.Get("Content-Disposition"); kind != "application/zip" || name != "attachment; filename*=utf-8''Miles%20Davis%20%E2%80%93%20Bitches%20Brew.zip" {
		t.Errorf("it is %s, %s", kind, name)
	}
	names, contents := th.unzipped(th.all(got))
	const top = "Miles Davis – Bitches Brew/"
	want := []string{top + "Disc 1/101 Pharaoh’s Dance.mp3", top + "Disc 1/102 Spanish Key.mp3", top + "Disc 2/201 Sanctuary.mp3"}
	if !slices.Equal(names, want) || contents[want[2]] != "the sound of Sanctuary" {
		t.Errorf("it holds %q", contents)
	}
	head := th.ask(b, http.MethodHead, downloadAddress(album))
	if head.StatusCode != http.StatusOK || head.Header.Get("Content-Type") != "application/zip" || len(th.all(head)) != 0 {
		t.Errorf("HEAD: %d", head.StatusCode)
	}
}

func TestDownloadInParts(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Ben-Hur", []byte("first"), []byte("second"))
	b := th.signedIn("Mara", atHome)
	names, contents := th.unzipped([]byte(b.get(downloadAddress(film)).want(http.StatusOK).Body))
	if want := []string{"Ben-Hur/Ben-Hur 1.mp4", "Ben-Hur/Ben-Hur 2.mp4"}; !slices.Equal(names, want) || contents[want[1]] != "second" {
		t.Errorf("it holds %q", contents)
	}
	if got := b.get(downloadAddress(film) + "?part=2").want(http.StatusOK); got.Body != "second" {
		t.Errorf("the second part is %q", got.Body)
	}
	b.get(downloadAddress(film) + "?part=3").want(http.StatusNotFound)
}

// What is gone or hidden is not in the ZIP; only what is gone is named.
func TestDownloadWhatIsLeft(t *testing.T) {
	th := newTheatre(t)
	album, folder := th.record()
	elsa := th.add("Elsa", goodPassword)
	hidden := th.titled(album.LibraryID, store.TitleTrack, "Spanish Key")
	th.must(th.store.CorrectTitles(context.Background(), th.asOwner(), []int64{hidden.ID}, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "R"}))
	th.restrict(elsa.ID, 10)
	th.must(os.Remove(filepath.Join(folder, "201 Sanctuary.mp3")))
	names, contents := th.unzipped([]byte(th.signedIn("Elsa", atHome).get(downloadAddress(album)).want(http.StatusOK).Body))
	const top = "Miles Davis – Bitches Brew/"
	note := contents[top+"Not included.txt"]
	if !slices.Equal(names, []string{top + "Disc 1/101 Pharaoh’s Dance.mp3", top + "Not included.txt"}) || !strings.Contains(note, "Disc 2/201 Sanctuary.mp3") || strings.Contains(note, "Spanish") {
		t.Errorf("it holds %q", contents)
	}
}

func TestWhoMayDownload(t *testing.T) {
	th := newTheatre(t)
	alien := th.film("Alien", []byte("a film"))
	album, _ := th.record()
	artist := store.Title{ID: album.RootID}
	elsa := th.add("Elsa", goodPassword)
	e := th.signedIn("Elsa", atHome)
	e.get(downloadAddress(alien)).want(http.StatusOK)
	none := e.get("/titles/999999/download").want(http.StatusNotFound)
	e.get(downloadAddress(artist)).want(http.StatusNotFound)

	limits := store.Limits{Restrictions: store.Restrictions{NoDownloads: true}}
	th.must(th.store.SetRestrictions(context.Background(), th.asOwner(), elsa.ID, limits))
	for _, title := range []store.Title{alien, album} {
		e.get(downloadAddress(title)).want(http.StatusForbidden)
		e.get(titleAddress(title)).want(http.StatusOK)
	}
	th.must(th.store.SetAccess(context.Background(), th.asOwner(), store.Access{}, elsa.ID))
	if hidden := e.get(downloadAddress(alien)).want(http.StatusNotFound); hidden.Body != none.Body {
		t.Errorf("hidden: %s\nunknown: %s", hidden.Body, none.Body)
	}
	m := th.signedIn("Mara", atHome)
	m.post("/admin/users/"+id(elsa.ID)+"/view", url.Values{}).want(http.StatusSeeOther)
	m.get(downloadAddress(alien)).want(http.StatusForbidden)
}

// titleAddress is the page of a title, which shows whether it may be downloaded or
// not.
func titleAddress(title store.Title) string { return "/titles/" + id(title.ID) }

// What may not be downloaded any more ends, and does not look whole.
func TestDownloadIsCut(t *testing.T) {
	th := newTheatre(t)
	elsa := th.add("Elsa", goodPassword)
	alien := th.long("Alien")
	parts := th.film("Ben-Hur", nil, nil)
	for _, name := range []string{"Ben-Hur 1.mp4", "Ben-Hur 2.mp4"} {
		th.must(os.Truncate(filepath.Join(th.folder, "Ben-Hur", name), 8<<30))
	}
	b := th.signedIn("Elsa", atHome)
	file, whole := th.ask(b, http.MethodGet, downloadAddress(alien)), th.ask(b, http.MethodGet, downloadAddress(parts))
	for _, response := range []*http.Response{file, whole} {
		if _, err := io.ReadFull(response.Body, make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	limits := store.Limits{Restrictions: store.Restrictions{NoDownloads: true}}
	th.must(th.store.SetRestrictions(context.Background(), th.asOwner(), elsa.ID, limits))
	for name, response := range map[string]*http.Response{"a file": file, "a ZIP": whole} {
		if err := sip(response); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s ends with %v", name, err)
		}
	}
}

// The page that says why something is not to be had just now is not kept in the
// place of it.
func TestARefusalIsNoFile(t *testing.T) {
	th := newTheatre(t)
	alien, parts := th.long("Alien"), th.film("Ben-Hur", []byte("first"), []byte("second"))
	b := th.signedIn("Mara", atHome)
	for range 8 {
		th.begins(b, alien)
	}
	for _, path := range []string{downloadAddress(alien), downloadAddress(parts), streamAddress(alien)} {
		answer := th.ask(b, http.MethodGet, path)
		if kept, kind := answer.Header.Get("Content-Disposition"), answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusTooManyRequests || kept != "" || !strings.HasPrefix(kind, "text/html") {
			t.Errorf("%s: %d, %q, %s", path, answer.StatusCode, kept, kind)
		}
		th.all(answer)
	}
}

// A track that is hidden while it is its turn ends the ZIP, though the album still
// shows.
func TestDownloadOfWhatIsHiddenMeanwhile(t *testing.T) {
	th := newTheatre(t)
	album, folder := th.record()
	elsa := th.add("Elsa", goodPassword)
	th.restrict(elsa.ID, 10)
	th.must(os.Truncate(filepath.Join(folder, "101 Pharaoh’s Dance.mp3"), 8<<30))
	b := th.signedIn("Elsa", atHome)
	response := th.ask(b, http.MethodGet, downloadAddress(album))
	if _, err := io.ReadFull(response.Body, make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	hidden := th.titled(album.LibraryID, store.TitleTrack, "Pharaoh’s Dance")
	th.must(th.store.CorrectTitles(context.Background(), th.asOwner(), []int64{hidden.ID}, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "R"}))
	if err := sip(response); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("it ends with %v", err)
	}
	b.get(titleAddress(album)).want(http.StatusOK)
}

// A file that becomes shorter while it is read ends there, and the ZIP says so.
func TestDownloadOfAFileThatShrinks(t *testing.T) {
	th := newTheatre(t)
	film := th.film("Ben-Hur", nil, []byte("second"))
	path := filepath.Join(th.folder, "Ben-Hur", "Ben-Hur 1.mp4")
	th.must(os.Truncate(path, 256<<20))
	response := th.ask(th.signedIn("Mara", atHome), http.MethodGet, downloadAddress(film))
	if _, err := io.ReadFull(response.Body, make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	th.must(os.Truncate(path, 32<<20))
	rest, err := io.ReadAll(response.Body)
	if err != nil || len(rest) > 200<<20 || !strings.Contains(string(rest[len(rest)-2000:]), "Ben-Hur/Not included.txt") {
		t.Errorf("%d bytes follow, %v", len(rest), err)
	}
}

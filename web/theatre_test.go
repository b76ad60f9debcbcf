package web_test

import (
	"cmp"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"usher/store"
)

// theatre is a server over a connection, with a library of films that are really
// there.
type theatre struct {
	*house
	server  *httptest.Server
	library store.Library
	folder  string
}

func newTheatre(t *testing.T) *theatre {
	t.Helper()
	h := newHousehold(t)
	th := &theatre{house: h, server: httptest.NewServer(h.server), library: h.addKind("Films", store.KindFilms)}
	th.folder = th.library.Roots[0].Path
	t.Cleanup(th.server.Close)
	return th
}

// film is a film with files of these contents.
func (th *theatre) film(name string, parts ...[]byte) store.Title {
	th.t.Helper()
	f := store.Found{FoundTitle: store.FoundTitle{Kind: store.TitleFilm, Name: name}, Directory: name}
	for i, content := range parts {
		file := fmt.Sprintf("%s %d.mp4", name, i+1)
		if err := os.MkdirAll(filepath.Join(th.folder, name), 0o700); err != nil {
			th.t.Fatal(err)
		}
		th.put(th.library, filepath.Join(name, file), content)
		f.Files = append(f.Files, store.FoundFile{Name: file, Size: int64(len(content)), Modified: time.Unix(1, 0)})
	}
	return th.shelve(th.library.ID, f)[0]
}

// noise is what a film looks like to whoever only carries it.
func noise(size int) []byte {
	bytes := make([]byte, size)
	_, _ = rand.New(rand.NewSource(1)).Read(bytes)
	return bytes
}

func streamAddress(title store.Title) string { return "/titles/" + id(title.ID) + "/stream" }

// ask begins an answer over a connection, with the cookie of b.
func (th *theatre) ask(b *browser, method, path string, headers ...string) *http.Response {
	th.t.Helper()
	request, err := http.NewRequestWithContext(th.t.Context(), method, th.server.URL+path, nil)
	if err != nil {
		th.t.Fatal(err)
	}
	request.Header.Set("Cookie", cmp.Or(b.header.Get("Cookie"), "usher_session="+b.cookie()))
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	client := *th.server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(request)
	if err != nil {
		th.t.Fatal(err)
	}
	th.t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// all is the body of an answer that ends as it said.
func (th *theatre) all(response *http.Response) []byte {
	th.t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		th.t.Fatal(err)
	}
	return body
}

// swap puts a link to another folder in the place of a film's folder.
func (th *theatre) swap(name, target string) {
	th.t.Helper()
	th.must(os.RemoveAll(filepath.Join(th.folder, name)))
	th.must(os.Symlink(target, filepath.Join(th.folder, name)))
}

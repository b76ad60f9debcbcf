package stream_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/media"
	"usher/media/stream"
)

// film is a library with a film in it, open.
func film(t testing.TB, content string) *stream.File {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "film.mp4"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := stream.NewDisk(t.TempDir()).Open(t.Context(), folder, "film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func TestOpen(t *testing.T) {
	base := t.TempDir()
	data, folder := filepath.Join(base, "films", "usher-data"), filepath.Join(base, "films")
	for _, path := range []string{filepath.Join(data, "posters"), filepath.Join(folder, "Heat")} {
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"usher-data/usher.db", "usher-data/posters/one.jpg", "Heat/heat.mp4"} {
		if err := os.WriteFile(filepath.Join(folder, path), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"in.mp4": "Heat/heat.mp4", "own.mp4": "usher-data/usher.db", "posters": "usher-data/posters"} {
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Link(filepath.Join(data, "usher.db"), filepath.Join(folder, "linked.mp4")), os.Link(filepath.Join(folder, "Heat", "heat.mp4"), filepath.Join(folder, "twice.mp4"))); err != nil {
		t.Fatal(err)
	}
	disk := stream.NewDisk(data)
	for path, want := range map[string]error{
		"Heat/heat.mp4": nil, "in.mp4": nil,
		"usher-data/usher.db": media.ErrUshers, "own.mp4": media.ErrUshers, "posters/one.jpg": media.ErrUshers, "linked.mp4": media.ErrUshers, "twice.mp4": nil,
		"../films/Heat/heat.mp4": media.ErrOutside, "Heat": media.ErrNotRegular, "nothing": os.ErrNotExist,
	} {
		file, err := disk.Open(t.Context(), folder, path)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if err == nil {
			_ = file.Close()
		}
	}
}

// What lies in the folder of a library plays, also where that folder lies inside
// the data folder, as those of the made-up household do; but not what else is there.
func TestALibraryInsideTheDataFolder(t *testing.T) {
	data := t.TempDir()
	folder := filepath.Join(data, "demo-media", "Films")
	for _, path := range []string{filepath.Join(folder, "film.mp4"), filepath.Join(data, "usher.db"), filepath.Join(data, "posters", "one.jpg")} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Link(filepath.Join(data, "usher.db"), filepath.Join(folder, "linked.mp4")); err != nil {
		t.Fatal(err)
	}
	disk := stream.NewDisk(data)
	for at, want := range map[[2]string]error{
		{folder, "film.mp4"}: nil, {folder, "linked.mp4"}: media.ErrUshers,
		{filepath.Join(data, "posters"), "one.jpg"}: media.ErrUshers, {data, "usher.db"}: media.ErrUshers,
	} {
		file, err := disk.Open(t.Context(), at[0], at[1])
		if !errors.Is(err, want) {
			t.Errorf("%s in %s: %v, want %v", at[1], at[0], err, want)
		}
		if err == nil {
			_ = file.Close()
		}
	}
}

// What was seen at a path a moment ago tells nothing of another file there.
func TestAFileThatIsSwapped(t *testing.T) {
	data, folder := t.TempDir(), t.TempDir()
	for _, path := range []string{filepath.Join(data, "film.mp4"), filepath.Join(folder, "film.mp4")} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	disk := stream.NewDisk(data)
	file, err := disk.Open(t.Context(), folder, "film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	if err := errors.Join(os.RemoveAll(folder), os.Symlink(data, folder)); err != nil {
		t.Fatal(err)
	}
	if _, err := disk.Open(t.Context(), folder, "film.mp4"); !errors.Is(err, media.ErrUshers) {
		t.Errorf("Usher’s own: %v", err)
	}
}

// A disk that does not answer is waited for by a few, and by nobody for ever;
// another folder is another disk.
func TestADiskThatHangs(t *testing.T) {
	good, asked, awake := t.TempDir(), make(chan string, 100), make(chan struct{})
	if err := os.WriteFile(filepath.Join(good, "film.mp4"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	disk := stream.NewSlowDisk(50*time.Millisecond, "hangs", asked, awake)
	for range stream.MostStuck {
		if _, err := disk.Open(t.Context(), "hangs", "film.mp4"); !errors.Is(err, stream.ErrHangs) {
			t.Fatalf("it answers %v", err)
		}
	}
	if _, err := disk.Open(t.Context(), "hangs", "film.mp4"); !errors.Is(err, stream.ErrHangs) || len(asked) != stream.MostStuck {
		t.Errorf("the disk was asked %d times more: %v", len(asked)-stream.MostStuck, err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := disk.Open(gone, good, "film.mp4"); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("for somebody who is gone: %v", err)
	}
	close(awake)
	for range 1000 {
		if _, err := disk.Open(t.Context(), "hangs", "film.mp4"); errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a disk that answers again is refused")
}

// serve answers over a connection with the file, through a writer of which the
// test is told.
func serve(t *testing.T, file *stream.File, set func(*stream.Writer)) (*http.Response, <-chan struct{}) {
	t.Helper()
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(over)
		writer := stream.NewWriter(w, r)
		set(writer)
		stream.Serve(writer, r, file)
		if writer.WasCut() {
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response, over
}

// holes makes the film larger than every buffer on the way.
func holes(t *testing.T, file *stream.File, size int64) *stream.File {
	t.Helper()
	if err := os.Truncate(file.Name(), size); err != nil {
		t.Fatal(err)
	}
	again, err := stream.NewDisk(t.TempDir()).Open(t.Context(), filepath.Dir(file.Name()), filepath.Base(file.Name()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again
}

func TestAClientThatTakesNothing(t *testing.T) {
	response, over := serve(t, holes(t, film(t, ""), 1<<30), func(w *stream.Writer) { w.SetPieceTime(200 * time.Millisecond) })
	<-over
	if _, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Error("it gets the whole in the end")
	}
}

func TestCutWhileTheClientTakesNothing(t *testing.T) {
	cut := make(chan *stream.Writer, 1)
	_, over := serve(t, holes(t, film(t, ""), 1<<30), func(w *stream.Writer) { cut <- w })
	w := <-cut
	time.Sleep(100 * time.Millisecond) // by then it most likely waits; if not, it ends all the sooner
	w.Cut()
	w.Cut()
	<-over
}

func TestCutWhileTheDiskHangs(t *testing.T) {
	file := film(t, strings.Repeat("x", 3<<20))
	hangs, awake := make(chan struct{}), make(chan struct{})
	defer close(awake)
	file.Touch(func(_ *os.File, from, _ int64) {
		if from >= 1<<20 {
			close(hangs)
			<-awake
		}
	})
	cut := make(chan *stream.Writer, 1)
	response, over := serve(t, file, func(w *stream.Writer) { cut <- w })
	go func() { _, _ = io.Copy(io.Discard, response.Body) }()
	<-hangs
	(<-cut).Cut()
	<-over
}

// Reads that nobody waits for any more hold threads, of which a program has only
// so many: where there are too many of them, the disk is asked for nothing else.
func TestReadsThatHang(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "film.mp4"), []byte("film"), 0o600); err != nil {
		t.Fatal(err)
	}
	disk, awake := stream.NewDisk(t.TempDir()), make(chan struct{})
	open := func() error {
		file, err := disk.Open(t.Context(), folder, "film.mp4")
		if err == nil {
			t.Cleanup(func() { _ = file.Close() })
			file.Touch(func(*os.File, int64, int64) { <-awake })
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			w := stream.NewWriter(httptest.NewRecorder(), r)
			w.Cut()
			stream.Serve(w, r, file)
		}
		return err
	}
	for range stream.MostUnread {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	if err := open(); !errors.Is(err, stream.ErrHangs) {
		t.Errorf("one more: %v", err)
	}
	close(awake)
	for range 1000 {
		if open() == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a disk that answers again is refused")
}

// What the server gives to read a request in does not end its answer.
func TestLongerThanTheRequestMayTake(t *testing.T) {
	file, done := film(t, "film"), make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writer := stream.NewWriter(w, r)
		time.Sleep(300 * time.Millisecond)
		done <- r.Context().Err()
		stream.Serve(writer, r, file)
	}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond
	server.Start()
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if gone := <-done; gone != nil || err != nil || string(body) != "film" {
		t.Errorf("%q came, %v, and the request is %v", body, err, gone)
	}
}

func TestMediaTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.MP4": "video/mp4", "a.b.mkv": "video/matroska", "a.flac": "audio/flac", "a.jpeg": "image/jpeg",
		"a.html": "application/octet-stream", "a.svg": "application/octet-stream", "a.xml": "application/octet-stream", "mp4": "application/octet-stream", "": "application/octet-stream",
	} {
		if got := stream.MediaType(name); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
}

func FuzzDisposition(f *testing.F) {
	for _, name := range []string{"film.mp4", "Amélie.mkv", "a\"b;c=d.mp4", "a\r\nSet-Cookie: x", "\xff\xfe", "../../etc/passwd", "\u202egnp.exe", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		header := stream.Disposition(stream.Attachment, name)
		kind, params, err := mime.ParseMediaType(header)
		if err != nil || kind != stream.Attachment {
			t.Fatalf("%q: %v", header, err)
		}
		if strings.ContainsAny(header, "\r\n\x00") || strings.ContainsAny(params["filename"], "/\\\r\n") {
			t.Errorf("%q is called %q", name, params["filename"])
		}
	})
}

// FuzzRange holds whatever is asked for to bytes of the file, no more of them
// than there are, or a refusal.
func FuzzRange(f *testing.F) {
	content := "0123456789abcdef"
	for _, ranges := range []string{"", "bytes=0-", "bytes=-3", "bytes=2-5,7-9", "bytes=99-", "bytes=5-2", "bytes= 1 - 2 ", "bytes=,,,1-1", "items=0-1", "bytes=0-18446744073709551616", "bytes=0-0" + strings.Repeat(",0-0", 40)} {
		f.Add(ranges)
	}
	file := film(f, content)
	f.Fuzz(func(t *testing.T, ranges string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Range", ranges)
		w := httptest.NewRecorder()
		stream.Serve(stream.NewWriter(w, r), r, file)
		switch body := w.Body.String(); w.Code {
		case http.StatusOK:
			if body != content {
				t.Errorf("%q: %q", ranges, body)
			}
		case http.StatusPartialContent:
			var from, to, of int
			if several := strings.HasPrefix(w.Header().Get("Content-Type"), "multipart/"); several {
				if len(body) > 16*200+len(content) {
					t.Errorf("%q: %d bytes", ranges, len(body))
				}
			} else if _, err := fmt.Sscanf(w.Header().Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &of); err != nil || of != len(content) || body != content[from:to+1] {
				t.Errorf("%q: %v, %q", ranges, w.Header(), body)
			}
		case http.StatusRequestedRangeNotSatisfiable:
		default:
			t.Errorf("%q: %d", ranges, w.Code)
		}
	})
}

package poster

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"usher/store"
)

// shelf is a library's folder with a picture in it, and a place for posters.
func shelf(t *testing.T) (p *Posters, of store.Poster) {
	t.Helper()
	folder := t.TempDir()
	write(t, filepath.Join(folder, "poster.png"), pictureOf(t, 640, 640))
	return New(t.TempDir()), store.Poster{Folder: folder, Path: "poster.png", Version: "v1"}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func pictureOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// measures are those of a poster.
func measures(t *testing.T, p *Posters, of store.Poster, size Size) image.Point {
	t.Helper()
	made, err := p.JPEG(t.Context(), of, size)
	if err != nil {
		t.Fatal(err)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	return image.Pt(config.Width, config.Height)
}

func TestPostersAreKept(t *testing.T) {
	p, of := shelf(t)
	if got := measures(t, p, of, Small); got != image.Pt(320, 320) {
		t.Errorf("a small one measures %v", got)
	}
	if got := measures(t, p, of, Large); got != image.Pt(640, 640) {
		t.Errorf("a large one measures %v", got)
	}
	write(t, filepath.Join(of.Folder, of.Path), pictureOf(t, 32, 16))
	if got := measures(t, p, of, Small); got != image.Pt(320, 320) {
		t.Errorf("it was made again: %v", got)
	}
	of.Version = "v2"
	if got := measures(t, p, of, Small); got != image.Pt(32, 16) {
		t.Errorf("the old one shows for the new one: %v", got)
	}
	if files := files(t, p); len(files) != 3 {
		t.Errorf("there are %v", files)
	}
}

// files are those that are kept; it fails the test where others could read them.
func files(t *testing.T, p *Posters) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(p.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", path, info.Mode())
		}
		if !entry.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return paths
}

// What cannot be opened may be there the next time; what is no picture never
// becomes one.
func TestPostersThatCannotBeMade(t *testing.T) {
	p, of := shelf(t)
	path := filepath.Join(of.Folder, of.Path)
	wantNone := func(why string) {
		t.Helper()
		if made, err := p.JPEG(t.Context(), of, Small); !errors.Is(err, store.ErrNotFound) || made != nil {
			t.Errorf("%s: %d bytes, %v", why, len(made), err)
		}
	}
	elsewhere := of
	elsewhere.Folder = filepath.Join(of.Folder, "unmounted")
	if _, err := p.JPEG(t.Context(), elsewhere, Small); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a folder that is not mounted: %v", err)
	}
	elsewhere.Folder = filepath.Join(of.Folder, "pipe")
	if err := syscall.Mkfifo(elsewhere.Folder, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.JPEG(t.Context(), elsewhere, Small); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a folder that became a pipe: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantNone("gone")
	if kept := files(t, p); len(kept) != 0 {
		t.Errorf("it is remembered as gone: %v", kept)
	}
	write(t, path, []byte("no picture"))
	wantNone("no picture")
	write(t, path, pictureOf(t, 8, 8))
	wantNone("no picture, as it was found")
	of.Version = "v2"
	if got := measures(t, p, of, Small); got != image.Pt(8, 8) {
		t.Errorf("it measures %v", got)
	}
}

// Whoever leaves takes the poster from nobody else who waits for it.
func TestPostersAskedForAtOnce(t *testing.T) {
	p, of := shelf(t)
	leaving, leave := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for i := range 20 {
		asking.Go(func() {
			if i%2 == 0 {
				_, _ = p.JPEG(leaving, of, Small)
				return
			}
			if _, err := p.JPEG(t.Context(), of, Small); err != nil {
				t.Errorf("somebody got %v", err)
			}
		})
	}
	leave()
	asking.Wait()
	if kept := files(t, p); len(kept) != 1 {
		t.Errorf("there are %v", kept)
	}
	if _, err := p.JPEG(leaving, store.Poster{Folder: of.Folder, Path: of.Path, Version: "v3"}, Small); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who has left got %v", err)
	}
}

func TestPrune(t *testing.T) {
	p, of := shelf(t)
	if err := p.Prune(t.Context()); err != nil {
		t.Errorf("nothing was made yet: %v", err)
	}
	now := time.Now()
	used := func(version string, ago time.Duration) string {
		t.Helper()
		of.Version = version
		if _, err := p.JPEG(t.Context(), of, Small); err != nil {
			t.Fatal(err)
		}
		name := p.name(of, Small)
		if err := os.Chtimes(name, now.Add(-ago), now.Add(-ago)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	const day = 24 * time.Hour
	forgotten, older, newer := used("forgotten", 31*day), used("older", 20*day), used("newer", day/2)
	info, err := os.Stat(newer)
	if err != nil {
		t.Fatal(err)
	}
	abandoned, begun := filepath.Join(filepath.Dir(newer), begun+"1"), filepath.Join(filepath.Dir(newer), begun+"2")
	write(t, abandoned, nil)
	write(t, begun, nil)
	if err := os.Chtimes(abandoned, now.Add(-2*time.Hour), now.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	left := func() (left string) {
		for name, path := range map[string]string{"forgotten ": forgotten, "older ": older, "newer ": newer, "abandoned ": abandoned, "begun": begun} {
			if _, err := os.Stat(path); err == nil {
				left += name
			}
		}
		return left
	}
	if err := p.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := left(); len(got) != len("older newer begun") {
		t.Errorf("%s are left", got)
	}
	if err := p.prune(t.Context(), now, info.Size()); err != nil {
		t.Fatal(err)
	}
	if got := left(); len(got) != len("newer begun") {
		t.Errorf("%s are left of what has room", got)
	}

	// Looking at a poster makes it used.
	name := used("looked at", 25*day)
	of.Version = "looked at"
	if _, err := p.JPEG(t.Context(), of, Small); err != nil {
		t.Fatal(err)
	}
	if err := p.prune(t.Context(), now.Add(10*day), mostBytes); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); err != nil {
		t.Error(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := p.Prune(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("it goes on: %v", err)
	}
}

package bundle_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"usher/media/bundle"
)

// entries are the files in a ZIP, by their paths.
func entries(t *testing.T, content []byte) (names []string, contents map[string]string) {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	contents = make(map[string]string)
	for _, file := range reader.File {
		open, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		if file.Method != zip.Store {
			t.Errorf("%s is pressed", file.Name)
		}
		names = append(names, file.Name)
		contents[file.Name] = string(text)
	}
	return names, contents
}

func file(folder, name, content string) bundle.File {
	return bundle.File{Folder: folder, Name: name, Size: int64(len(content)), Modified: time.Unix(1_700_000_000, 0), Content: strings.NewReader(content)}
}

func add(t *testing.T, b *bundle.Writer, files ...bundle.File) {
	t.Helper()
	for _, f := range files {
		if err := b.Add(f); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBundle(t *testing.T) {
	var out bytes.Buffer
	b := bundle.New(&out, "Miles Davis – Kind of Blue")
	large := make([]byte, 1<<20+5)
	_, _ = rand.New(rand.NewSource(1)).Read(large)
	add(t, b, file("Disc 1", "01 So What.flac", string(large)), file("Disc 2", "01 Blå.flac", "blue"), file("", "empty.jpg", ""))
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	names, contents := entries(t, out.Bytes())
	const top = "Miles Davis – Kind of Blue/"
	if want := []string{top + "Disc 1/01 So What.flac", top + "Disc 2/01 Blå.flac", top + "empty.jpg"}; !slices.Equal(names, want) {
		t.Errorf("it holds %q", names)
	}
	if contents[names[0]] != string(large) || contents[names[1]] != "blue" {
		t.Error("the files are others")
	}
}

func TestHostileNames(t *testing.T) {
	var out bytes.Buffer
	b := bundle.New(&out, "..")
	for _, name := range []string{"../../evil", "/etc/passwd", `..\evil`, "nul", "", "a.mp3", "A.MP3", "a (2).mp3", "not included.txt"} {
		add(t, b, file("..", name, "x"))
	}
	b.LeaveOut("", "Not included.txt")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	names, _ := entries(t, out.Bytes())
	seen := make(map[string]bool)
	for _, name := range names {
		lower := strings.ToLower(name)
		if seen[lower] || strings.Contains("/"+name+"/", "/../") || !strings.HasPrefix(name, "_/") || strings.ContainsAny(name, `\:`) {
			t.Errorf("%q is among %q", name, names)
		}
		seen[lower] = true
	}
	if len(names) != 10 || !seen["_/_/a (2) (2).mp3"] {
		t.Errorf("it holds %q", names)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	var out bytes.Buffer
	b := bundle.New(&out, "Heat")
	shrunk := file("", "shrunk.mkv", "half")
	shrunk.Size = 8
	grown := file("", "grown.mkv", "whole and more")
	grown.Size = 5
	broken := file("", "broken.mkv", "")
	broken.Size, broken.Content = 9, io.MultiReader(strings.NewReader("beg"), iotest.ErrReader(errors.New("input/output error")))
	add(t, b, shrunk, grown, broken)
	b.LeaveOut("Disc 1", "gone.mkv")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	_, contents := entries(t, out.Bytes())
	for name, want := range map[string]string{"Heat/shrunk.mkv": "half", "Heat/grown.mkv": "whole", "Heat/broken.mkv": "beg"} {
		if contents[name] != want {
			t.Errorf("%s is %q, want %q", name, contents[name], want)
		}
	}
	gone, cut, _ := strings.Cut(contents["Heat/Not included.txt"], "Of these")
	if !strings.Contains(gone, "    Disc 1/gone.mkv\r\n") || !strings.Contains(cut, "    shrunk.mkv\r\n    broken.mkv\r\n") || strings.Contains(gone+cut, "grown") {
		t.Errorf("the note says %q%q", gone, cut)
	}
}

// A client that is gone ends it.
func TestNobodyTakesIt(t *testing.T) {
	b := bundle.New(full{}, "Heat")
	if err := b.Add(file("", "a.mkv", strings.Repeat("x", 1<<20))); !errors.Is(err, errFull) {
		t.Errorf("adding: %v", err)
	}
	if err := b.Close(); !errors.Is(err, errFull) {
		t.Errorf("closing: %v", err)
	}
}

var errFull = errors.New("nobody there")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

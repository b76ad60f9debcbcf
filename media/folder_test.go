package media

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckFolderTakesWhatCanBeRead(t *testing.T) {
	base := t.TempDir()
	films := filepath.Join(base, "Filme für März")
	if err := os.Mkdir(films, 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(base, "link")
	if err := os.Symlink(films, link); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		films:                          films,
		films + "/":                    films,
		films + "/../Filme für März/.": films,
		base + "//link":                link,
		base:                           base,
	} {
		got, err := CheckFolder(path)
		if err != nil || got != want {
			t.Errorf("CheckFolder(%q) = %q, %v; want %q", path, got, err, want)
		}
	}
}

func TestCheckFolderSaysWhyNot(t *testing.T) {
	base := t.TempDir()
	file := filepath.Join(base, "film.mkv")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	loop := filepath.Join(base, "loop")
	if err := os.Symlink(loop, loop); err != nil {
		t.Fatal(err)
	}
	for path, why := range map[string]string{
		"":                                    "Name a folder",
		"  ":                                  "Name a folder",
		"films":                               "whole path",
		"./films":                             "whole path",
		base + "/missing":                     "There is no folder",
		file:                                  "is a file",
		file + "/inside":                      "cannot be read",
		loop:                                  "cannot be read",
		base + "\x00":                         "cannot be shown",
		base + "/\n":                          "cannot be shown",
		base + "/\xff":                        "cannot be shown",
		base + "/" + strings.Repeat("n", 256): "longer",
		base + strings.Repeat("/name", 1000):  "longer",
	} {
		got, err := CheckFolder(path)
		var bad *BadFolder
		if !errors.As(err, &bad) || !strings.Contains(bad.Reason, why) || got != "" {
			t.Errorf("CheckFolder(%q) = %q, %v; want a *BadFolder with %q", path, got, err, why)
		}
	}
}

func TestCheckFolderNeedsPermissionToLookInside(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the system administrator may read everything")
	}
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o300); err != nil {
		t.Fatal(err)
	}
	if _, err := CheckFolder(closed); err == nil || !strings.Contains(err.Error(), "may not read") {
		t.Errorf("CheckFolder of a folder without permission: %v", err)
	}
}

package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is Usher's own source, seen from this folder.
const root = "../.."

func TestRooms(t *testing.T) {
	packages := listPackages(t)
	for name, rule := range map[string]func([]goPackage) []string{
		"every room has its place":     strangers,
		"rooms import what they may":   trespassers,
		"packages stay where they are": leaks,
		"names say what is provided":   vagueNames,
	} {
		t.Run(name, func(t *testing.T) { report(t, rule(packages)) })
	}
}

func TestFiles(t *testing.T) {
	files := readSource(t)
	for name, rule := range map[string]func(sourceFile) []string{
		"files are short":                longFiles,
		"nothing runs by being imported": initFunctions,
		"SQL stays in the store":         strayQueries,
		"passwords are hashed well":      quickHashes,
		"pages hold no style or script":  inlineParts,
	} {
		t.Run(name, func(t *testing.T) {
			for _, file := range files {
				report(t, rule(file))
			}
		})
	}
}

func report(t *testing.T, complaints []string) {
	t.Helper()
	for _, complaint := range complaints {
		t.Error(complaint)
	}
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports", "./...")
	command.Dir = root
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.Bytes())
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 2 {
		t.Fatalf("go list found only %v", packages)
	}
	return packages
}

// readSource reads every Go file and template, but not what is hidden, what
// tests are fed with, or the linters' module.
func readSource(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() {
			hidden := strings.HasPrefix(base, ".") && name != root
			if hidden || base == "testdata" || base == "tools" || base == "usher-data" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") && !strings.HasSuffix(base, ".templ") {
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		files = append(files, sourceFile{filepath.ToSlash(relative), content})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 2 {
		t.Fatalf("found only %d source files", len(files))
	}
	return files
}

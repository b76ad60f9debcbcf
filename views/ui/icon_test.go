package ui_test

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"usher/static"
)

// Every icon that a template names is in the sprite: a name that is mistyped would draw a ticket.
func TestIconsExist(t *testing.T) {
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, httptest.NewRequest("GET", static.URL("icons.svg"), nil))
	known := make(map[string]bool)
	for _, m := range regexp.MustCompile(`<g id="([a-z-]+)"`).FindAllStringSubmatch(w.Body.String(), -1) {
		known[m[1]] = true
	}

	named := regexp.MustCompile(`(?:Icon\(|[iI]con:\s*|class="i )"?([a-z-]+)"`)
	views := os.DirFS("..")
	found := 0
	err := fs.WalkDir(views, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !(strings.HasSuffix(path, ".templ") || path == "ui/layout.go") {
			return err
		}
		source, err := fs.ReadFile(views, path)
		if err != nil {
			return err
		}
		for _, m := range named.FindAllStringSubmatch(string(source), -1) {
			found++
			if !known[m[1]] {
				t.Errorf("%s names the icon %q, which is not in the sprite", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Fatal("found no icons in the templates")
	}
}

package architecture

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// module is the import path before the name of every room.
const module = "usher/"

// rooms says which rooms each room may import. A room that may import
// everything is an end that nobody imports in turn.
var rooms = map[string][]string{
	"static": {},
	"mail":   {"store", "auth"},
	"store":  {},
	"auth":   {"store"},
	"media":  {"store"},

	"media/naming":   {"store"},
	"media/nfo":      {"media/plain", "store"},
	"media/plain":    {},
	"media/channel":  {"media/plain", "outside", "store"},
	"media/metadata": {},
	"media/bundle":   {"media"},
	"media/subtitle": {"media"},
	"media/format":   {},
	"media/poster":   {"media", "media/metadata", "store"},
	"media/scan":     {"media", "media/naming", "media/nfo", "media/metadata", "store"},
	"media/stream":   {"media"},
	"media/relay":    {"media/stream", "outside"},
	"demo":           {"store"},
	"playing":        {},
	"outside":        {},

	"views/ui": {"static"},
	"views":    {"views/ui", "playing", "store"},

	"web/page":    {"views", "views/ui", "auth", "outside", "playing", "store", "static", "media", "media/stream"},
	"web/door":    {"web/page", "views", "views/ui", "auth", "store", "media"},
	"web/admin":   {"web/page", "views", "views/ui", "auth", "playing", "store", "media", "media/poster", "mail"},
	"web/account": {"web/page", "views", "views/ui", "auth", "store", "media"},
	"web/watch":   {"web/page", "views", "views/ui", "auth", "outside", "playing", "store", "media", "media/poster", "media/format", "media/relay", "media/stream", "media/subtitle", "media/bundle"},
	"web": {"web/page", "web/door", "web/admin", "web/account", "web/watch",
		"views", "auth", "outside", "playing", "store", "media", "media/poster", "static", "media/format", "media/stream", "media/subtitle"},

	"cmd/usher":             {everything},
	"docs/screenshots":      {everything},
	"internal/architecture": {},
	"internal/blankdata":    {"store"},
	"internal/chromium":     {},
	"internal/fulldisk":     {},
	"internal/passkey":      {},
	"internal/provider":     {},
	"internal/letterbox":    {},

	"internal/letterbox/serve": {"internal/letterbox"},
}

const everything = "*"

// kept are packages from elsewhere that only some rooms may name, so that
// replacing one is a change in one place.
var kept = map[string][]string{
	"github.com/labstack/echo":        {"web"},
	"github.com/mattn/go-sqlite3":     {"store"},
	"github.com/pressly/goose":        {"store"},
	"database/sql":                    {"store"},
	"github.com/gorilla/sessions":     {"auth"},
	"github.com/gorilla/securecookie": {"auth"},
	"github.com/coreos/go-oidc":       {"auth"},
	"golang.org/x/oauth2":             {"auth"},
	"github.com/go-webauthn/webauthn": {"auth", "internal/passkey"},
	"github.com/pquerna/otp":          {"auth"},
	"github.com/zitadel/oidc":         {"internal/provider"},
	"github.com/go-jose/go-jose":      {"internal/provider"},
	"golang.org/x/crypto/argon2":      {"auth"},
	"github.com/ccojocar/zxcvbn-go":   {"auth"},
	"github.com/alecthomas/kong":      {"cmd/usher"},
	"github.com/mileusna/useragent":   {"auth"},
	"github.com/bep/imagemeta":        {"media"},
	"github.com/dhowden/tag":          {"media"},
	"github.com/fsnotify/fsnotify":    {"media/scan"},
	"github.com/mmcdole/gofeed":       {"media/channel"},
	"github.com/a-h/templ":            {"views", "web", "mail"},
	"github.com/wneessen/go-mail":     {"mail"},
	"github.com/emersion":             {"internal/letterbox"},
	"github.com/chromedp":             {"internal/chromium", "docs/screenshots"},
	"math/rand":                       {"demo"},
}

// goPackage is what `go list -json` tells of a package.
type goPackage struct {
	ImportPath   string
	Name         string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func (p goPackage) room() string { return strings.TrimPrefix(p.ImportPath, module) }

// strangers complains of rooms that nobody has given a place.
func strangers(packages []goPackage) (complaints []string) {
	for _, p := range packages {
		if _, known := rooms[p.room()]; !known {
			complaints = append(complaints, fmt.Sprintf("%s is not in the table of rooms: say there what it may import", p.room()))
		}
	}
	return complaints
}

// trespassers complains of rooms that import a room they may not. Tests may
// import what they like.
func trespassers(packages []goPackage) (complaints []string) {
	for _, p := range packages {
		allowed := rooms[p.room()]
		if slices.Contains(allowed, everything) {
			continue
		}
		for _, imported := range p.Imports {
			room, ours := strings.CutPrefix(imported, module)
			if ours && !slices.Contains(allowed, room) {
				complaints = append(complaints, fmt.Sprintf("%s may not import %s", p.room(), room))
			}
		}
	}
	return complaints
}

// leaks complains of packages named outside of the rooms that keep them. Echo
// is not to be named in tests elsewhere either, else they would have to change
// with it.
func leaks(packages []goPackage) (complaints []string) {
	for _, p := range packages {
		imports := slices.Clone(p.Imports)
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if within(imported, "github.com/labstack/echo") {
				imports = append(imports, imported)
			}
		}
		for _, imported := range imports {
			for keep, by := range kept {
				inside := func(room string) bool { return within(p.room(), room) }
				if within(imported, keep) && !slices.ContainsFunc(by, inside) {
					complaints = append(complaints, fmt.Sprintf("%s may not name %s, which only %v may", p.room(), imported, by))
				}
			}
		}
	}
	slices.Sort(complaints)
	return slices.Compact(complaints)
}

// within tells whether a path is the folder or lies below it. A later major
// version of a package lies below its first.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// vagueNames complains of packages that are called after nothing.
func vagueNames(packages []goPackage) (complaints []string) {
	for _, p := range packages {
		for _, name := range []string{p.Name, path.Base(p.ImportPath)} {
			switch strings.TrimSuffix(name, "_test") {
			case "util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "lib":
				complaints = append(complaints, fmt.Sprintf("%s: call the package after what it provides", p.ImportPath))
			}
		}
	}
	return slices.Compact(complaints)
}

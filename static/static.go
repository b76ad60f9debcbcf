// Package static holds the stylesheet, the script and the pictures of the pages, inside the binary.
//
// Each file is served under a name that carries a hash of its content, so a browser may keep it for ever: a changed
// file has another name.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"sync"
)

// Prefix is the address under which Handler is to be mounted.
const Prefix = "/static/"

//go:embed app.css *.js icons.svg favicon.svg
var files embed.FS

// asset is one file as it is sent.
type asset struct {
	name        string
	url         string
	contentType string
	body        []byte
	zipped      func() []byte
}

var (
	icons        = load("icons.svg")
	favicon      = load("favicon.svg")
	arrows       = load("arrows.js") // fetched on televisions, and where faces are picked
	script       = load("app.js", arrows)
	zones        = load("zones.js")               // fetched where somebody chooses a time zone
	restrictions = load("restrictions.js", zones) // fetched where a form restricts somebody
	jobs         = load("jobs.js")                // fetched where jobs are shown
	playing      = load("playing.js")             // fetched where administrators see what plays
	subtitles    = load("player_subtitles.js")
	why          = load("player_why.js")
	player       = load("player.js", subtitles, why) // fetched where something plays
	playerKeys   = load("player_keys.js", subtitles) // likewise
	picture      = load("picture.js")                // fetched where a picture is shown
	pin          = load("pin.js")                    // fetched where a PIN is typed
	passkey      = load("passkey.js")                // fetched where a passkey is made or shown
	style        = load("app.css", icons)

	byName, byURL = index(icons, favicon, arrows, script, zones, restrictions, jobs, playing,
		subtitles, why, player, playerKeys, picture, pin, passkey, style)
)

// URL returns the address of the file with that name, such as "/static/app.3f9c1a2b.css" for "app.css". It panics when
// there is no such file: the names are constants in the program.
func URL(name string) string {
	a, ok := byName[name]
	if !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return a.url
}

// load reads a file, points its references to the assets it uses (url(name) in a stylesheet, "./name" in a script) to
// their hashed names, and hashes the result: a new icon gives the stylesheet a new name too.
func load(name string, uses ...*asset) *asset {
	body, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	for _, used := range uses {
		body = bytes.ReplaceAll(body, []byte("url("+used.name+")"), []byte("url("+used.url+")"))
		body = bytes.ReplaceAll(body, []byte(`"./`+used.name+`"`), []byte(`"`+used.url+`"`))
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return &asset{
		name:        name,
		url:         Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext,
		contentType: contentTypes[ext],
		body:        body,
		zipped:      sync.OnceValue(func() []byte { return zip(body) }),
	}
}

// contentTypes are set down here, since the tables of the operating system differ from machine to machine.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func index(assets ...*asset) (byName, byURL map[string]*asset) {
	byName, byURL = make(map[string]*asset), make(map[string]*asset)
	for _, a := range assets {
		byName[a.name], byURL[a.url] = a, a
	}
	return byName, byURL
}

func zip(body []byte) []byte {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	// A bytes.Buffer takes every write, so neither of these can fail.
	_, _ = w.Write(body)
	_ = w.Close()
	return buf.Bytes()
}

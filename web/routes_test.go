package web_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/outside"
	"usher/store"
	"usher/web"
)

// The kinds of viewer, in the order of the columns of routeTable. Elsa is the
// one whom addresses with an id are about.
var viewers = []string{"nobody", "Elsa", "Nils", "Oskar", "Priya", "Guest", "Wanda", "Jonas at home", "Jonas", "Mara"}

// routeTable says what every route answers to every kind of viewer:
// nobody, the user it is about, another user, a disabled user (with the
// session from before), a guest, the guest account, somebody who has registered
// and waits (with a session that cannot be), an administrator who came in
// without the password, an administrator, the owner. The first line of a pair
// is at home, the second away; one line is for both. Forms are sent empty.
//
//	ok    200            in    303 to the sign-in page
//	ask   the page that asks for the password once more, or 303 to it
//	done  303 elsewhere  form  422, the form again
//	no    403            none  404
//	bad   400 or 415     set   409, Usher is set up already
//	down  503, for the provider in the house is down
//	far   502, for the server of the channel cannot be asked
var routeTable = []struct {
	route string
	home  string
	away  string
}{
	{route: "GET /healthz", home: "ok ok ok ok ok ok ok ok ok ok"},
	{route: "GET /readyz", home: "ok ok ok ok ok ok ok ok ok ok"},
	{route: "GET /static/*", home: "none none none none none none none none none none"},
	{route: "GET /setup", home: "set set set set set set set set set set"},
	{route: "POST /setup", home: "set set set set set set set set set set"},
	{route: "POST /password-strength", home: "ok ok ok ok ok ok ok ok ok ok"},
	{route: "GET /sign-in", home: "ok done done ok done done ok done done done", away: "ok done done ok done ok ok ok done done"},
	{route: "POST /sign-in", home: "form form form form form form form form form form"},
	{route: "GET /sign-in/code", home: "in in in in in in in in in in"},
	{route: "POST /sign-in/code", home: "in in in in in in in in in in"},
	{route: "GET /sign-in/forgot", home: "ok ok ok ok ok ok ok ok ok ok"},
	{route: "POST /sign-in/passkey/begin", home: "no no no no no no no no no no"},
	{route: "POST /sign-in/passkey", home: "no no no no no no no no no no"},
	{route: "POST /sign-in/forgot", home: "form form form form form form form form form form"},
	{route: "POST /sign-out", home: "in in in in in in in in in in"},
	{route: "GET /reset/:token", home: "none none none none none none none none none none"},
	{route: "POST /reset/:token", home: "none none none none none none none none none none"},
	{route: "GET /device/:token", home: "none none none none none none none none none none"},
	{route: "POST /device/:token", home: "none none none none none none none none none none"},
	{route: "GET /join/:token", home: "none none none none none none none none none none"},
	{route: "POST /join/:token", home: "none none none none none none none none none none"},
	{route: "GET /register", home: "none none none none none none none none none none"},
	{route: "POST /register", home: "none none none none none none none none none none"},
	{route: "GET /register/waiting", home: "ok ok ok ok ok ok ok ok ok ok"},
	{route: "GET /register/:token", home: "none none none none none none none none none none"},
	{route: "POST /register/:token", home: "none none none none none none none none none none"},
	{route: "GET /connect/:id", home: "down done done down down done down down done done", away: "down done done down down down down down done done"},
	{route: "GET /connect/callback", home: "no no no no no no no no no no"},
	{route: "GET /connect/sign-out", home: "in in in in in in in in in in"},
	{route: "GET /join/:token/connect/:id", home: "done done done done done done done done done done"},

	{route: "GET /", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /libraries/:id", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /titles/:id/poster/:version", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /titles/:id/picture/:version", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /titles/:id", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /titles/:id/position", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "GET /titles/:id/stream", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /titles/:id/download", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /titles/:id/player", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /channels/:id/entries/:entry/player", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /play/:token/:name", home: "none none none none none none none none none none"},
	{route: "GET /play/:token/part/:part", home: "none none none none none none none none none none"},
	{route: "GET /titles/:id/subtitles/:key", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /channels/:id", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /channels/:id/entries/:entry", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /channels/:id/entries/:entry/stream", home: "in far far in far far in far far far", away: "in far far in far in in in far far"},
	{route: "GET /channels/:id/entries/:entry/part/:part", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "POST /channels/:id/entries/:entry/position", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "GET /search", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /titles/:id/watched", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "POST /titles/:id/favourite", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "POST /titles/:id/forget", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "POST /channels/:id/entries/:entry/watched", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "POST /channels/:id/entries/:entry/favourite", home: "in bad bad in bad bad in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "POST /channels/:id/entries/:entry/forget", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "GET /history", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /history/clear", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /history/clear", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "GET /favourites", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /account", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /account/profile", home: "in ok ok in ok no in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/profile", home: "in form form in form no in form form form", away: "in form form in form in in in form form"},
	{route: "GET /account/picture", home: "in ok ok in ok no in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/picture", home: "in bad bad in bad no in bad bad bad", away: "in bad bad in bad in in in bad bad"},
	{route: "POST /account/picture/remove", home: "in done done in done no in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/look", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/time-zone", home: "in done done in done no in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/mail/devices", home: "in done done in done no in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/mail", home: "in no no in no no in done done done", away: "in no no in no in in in done done"},
	{route: "GET /account/devices", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/devices/end-others", home: "in done done in done no in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/devices/:id/end", home: "in in none in none none in none none none", away: "in in none in none in in in none none"},
	{route: "GET /account/devices/:id/name", home: "in ok none in none none in none none none", away: "in ok none in none in in in none none"},
	{route: "POST /account/devices/:id/name", home: "in done none in none none in none none none", away: "in done none in none in in in none none"},
	{route: "GET /account/password", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/password", home: "in form form in form form in form form form", away: "in form form in form in in in form form"},
	{route: "GET /account/password/remove", home: "in ok ok in no no in no no no", away: "in ok ok in no in in in no no"},
	{route: "POST /account/password/remove", home: "in form form in no no in no no no", away: "in form form in no in in in no no"},
	{route: "GET /account/confirm", home: "in done done in ok done in ok done done", away: "in done done in ok in in in done done"},
	{route: "POST /account/confirm", home: "in form form in form form in form form form", away: "in form form in form in in in form form"},
	{route: "GET /account/pin", home: "in ok ok in no no in ok ok ok", away: "in ok ok in no in in in ok ok"},
	{route: "POST /account/pin", home: "in form form in no no in form form form", away: "in form form in no in in in form form"},
	{route: "GET /account/pin/remove", home: "in done done in no no in done done done", away: "in done done in no in in in done done"},
	{route: "POST /account/pin/remove", home: "in done done in no no in done done done", away: "in done done in no in in in done done"},
	{route: "GET /account/passkeys", home: "in ok ok in ok no in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/passkeys", home: "in no no in ask no in ask no no", away: "in no no in ask in in in no no"},
	{route: "POST /account/passkeys/begin", home: "in no no in ask no in ask no no", away: "in no no in ask in in in no no"},
	{route: "GET /account/passkeys/:id", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "POST /account/passkeys/:id", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "GET /account/passkeys/:id/remove", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "POST /account/passkeys/:id/remove", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "GET /account/second-factor", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/second-factor", home: "in done done in ask no in ask done done", away: "in done done in ask in in in done done"},
	{route: "GET /account/second-factor/authenticator", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/second-factor/authenticator", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "GET /account/second-factor/qr", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "GET /account/second-factor/remove", home: "in done done in done done in done done done", away: "in done done in done in in in done done"},
	{route: "POST /account/second-factor/remove", home: "in no no in no no in no no no", away: "in no no in no in in in no no"},
	{route: "POST /account/second-factor/recovery-codes", home: "in no no in no no in no no no", away: "in no no in no in in in no no"},
	{route: "POST /account/second-factor/recovery-codes/text", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "GET /account/connect", home: "in ok ok in ok no in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /account/connect", home: "in form form in form no in form form form", away: "in form form in form in in in form form"},
	{route: "GET /account/connect/unlink", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "POST /account/connect/unlink", home: "in none none in none none in none none none", away: "in none none in none in in in none none"},
	{route: "GET /users/:id/picture/:hash", home: "ok ok ok ok ok ok ok ok ok ok", away: "none ok none none none none none none ok ok"},
	{route: "GET /switch", home: "in ok ok in ok ok in ok ok ok", away: "in ok ok in ok in in in ok ok"},
	{route: "POST /switch", home: "in form form in form form in form form form", away: "in form form in form in in in form form"},
}

// areaTable is the same for the admin area, where only an administrator who
// has typed the password comes in: the two words are what Jonas, an
// administrator, and Mara, the owner, get, at home and away.
var areaTable = map[string]string{
	"GET /admin":                                  "done done",
	"GET /admin/users":                            "ok ok",
	"POST /admin/users":                           "done done",
	"GET /admin/users/new":                        "ok ok",
	"POST /admin/users/new":                       "form form",
	"POST /admin/users/guest":                     "done done",
	"GET /admin/guests":                           "ok ok",
	"GET /admin/users/:id":                        "ok ok",
	"POST /admin/users/:id":                       "form form",
	"GET /admin/users/:id/picture":                "ok ok",
	"POST /admin/users/:id/picture":               "bad bad",
	"POST /admin/users/:id/picture/remove":        "done done",
	"GET /admin/users/:id/access":                 "ok ok",
	"POST /admin/users/:id/access":                "done done",
	"GET /admin/users/:id/restrictions":           "ok ok",
	"POST /admin/users/:id/restrictions":          "done done",
	"POST /admin/users/restrictions/try":          "ok ok",
	"GET /admin/users/:id/sign-in":                "ok ok",
	"POST /admin/users/:id/sign-in":               "done done",
	"POST /admin/users/:id/reset-mail":            "done done",
	"POST /admin/users/:id/reset-link":            "ok ok",
	"POST /admin/users/:id/connect-link":          "done done",
	"GET /admin/users/:id/unlink":                 "none none",
	"POST /admin/users/:id/unlink":                "none none",
	"GET /admin/users/:id/devices":                "ok ok",
	"POST /admin/users/:id/devices/end":           "done done",
	"GET /admin/devices":                          "ok ok",
	"POST /admin/devices":                         "done done",
	"POST /admin/devices/:id/end":                 "done done",
	"POST /admin/devices/:id/standing":            "form form",
	"POST /admin/users/:id/device-rule":           "form form",
	"GET /admin/users/:id/activity":               "ok ok",
	"POST /admin/users/:id/view":                  "done done",
	"POST /view/stop":                             "done done",
	"POST /admin/users/:id/disable":               "done done",
	"POST /admin/users/:id/enable":                "done done",
	"GET /admin/users/:id/delete":                 "ok ok",
	"POST /admin/users/:id/delete":                "done done",
	"GET /admin/users/:id/ownership":              "no no",
	"POST /admin/users/:id/ownership":             "no no",
	"GET /admin/users/waiting":                    "ok ok",
	"POST /admin/users/waiting":                   "done done",
	"POST /admin/users/:id/approve":               "done done",
	"GET /admin/users/:id/refuse":                 "none none",
	"POST /admin/users/:id/refuse":                "done done",
	"GET /admin/users/:id/pin":                    "ok ok",
	"POST /admin/users/:id/pin":                   "form form",
	"GET /admin/users/:id/pin/remove":             "done done",
	"POST /admin/users/:id/pin/remove":            "done done",
	"GET /admin/users/:id/second-factor/remove":   "done done",
	"POST /admin/users/:id/second-factor/remove":  "done done",
	"GET /users/:id/password":                     "ok ok",
	"POST /users/:id/password":                    "form form",
	"GET /users/:id/password/remove":              "ok ok",
	"POST /users/:id/password/remove":             "done done",
	"GET /admin/libraries":                        "ok ok",
	"GET /admin/libraries/new":                    "ok ok",
	"POST /admin/libraries/new":                   "form form",
	"GET /admin/libraries/:id":                    "ok ok",
	"POST /admin/libraries/:id":                   "form form",
	"POST /admin/libraries/:id/move":              "bad bad",
	"GET /admin/libraries/:id/delete":             "ok ok",
	"POST /admin/libraries/:id/delete":            "done done",
	"GET /admin/titles/:id/poster/:version":       "ok ok",
	"GET /admin/titles/:id/why":                   "ok ok",
	"GET /admin/titles/:id/audience":              "ok ok",
	"GET /admin/libraries/:id/audience":           "ok ok",
	"GET /admin/channels":                         "ok ok",
	"GET /admin/channels/new":                     "ok ok",
	"POST /admin/channels/new":                    "form form",
	"GET /admin/channels/:id":                     "ok ok",
	"POST /admin/channels/:id":                    "form form",
	"POST /admin/channels/:id/move":               "bad bad",
	"POST /admin/channels/:id/refresh":            "done done",
	"GET /admin/channels/:id/delete":              "ok ok",
	"POST /admin/channels/:id/delete":             "done done",
	"GET /admin/activity":                         "ok ok",
	"POST /admin/users/:id/folder":                "form form",
	"GET /admin/users/:id/folder/remove":          "none none",
	"POST /admin/users/:id/folder/remove":         "none none",
	"GET /admin/libraries/:id/folders":            "ok ok",
	"GET /admin/libraries/:id/titles":             "ok ok",
	"POST /admin/libraries/:id/titles":            "done done",
	"GET /admin/titles/:id":                       "ok ok",
	"POST /admin/titles/:id":                      "form form",
	"GET /admin/activity/playing":                 "ok ok",
	"GET /admin/playing/events":                   "ok ok",
	"GET /admin/playing/:id/stop":                 "done done",
	"POST /admin/playing/:id/stop":                "done done",
	"GET /admin/activity/jobs":                    "ok ok",
	"GET /admin/activity/jobs/:id":                "ok ok",
	"GET /admin/jobs/events":                      "ok ok",
	"POST /admin/jobs/:id/cancel":                 "done done",
	"POST /admin/libraries/:id/scan":              "done done",
	"GET /admin/settings":                         "ok ok",
	"POST /admin/settings":                        "no form",
	"GET /admin/settings/connect":                 "ok ok",
	"GET /admin/settings/connect/new":             "ok ok",
	"POST /admin/settings/connect/new":            "no form",
	"GET /admin/settings/connect/:id":             "ok ok",
	"POST /admin/settings/connect/:id":            "no form",
	"POST /admin/settings/connect/:id/check":      "no ok",
	"GET /admin/settings/connect/:id/remove":      "no ok",
	"POST /admin/settings/connect/:id/remove":     "no done",
	"GET /admin/settings/mail":                    "ok ok",
	"POST /admin/settings/mail":                   "no form",
	"POST /admin/settings/mail/test":              "no form",
	"GET /admin/settings/mail/remove":             "no ok",
	"POST /admin/settings/mail/remove":            "no done",
	"POST /admin/settings/mail/letters/:id/again": "none none",
	"GET /admin/settings/registration":            "ok ok",
	"POST /admin/settings/registration":           "no form",
	"GET /admin/guests/invite":                    "ok ok",
	"POST /admin/guests/invite":                   "form form",
	"GET /admin/invitations":                      "ok ok",
	"POST /admin/invitations":                     "done done",
	"GET /admin/invitations/:id":                  "ok ok",
	"POST /admin/invitations/:id":                 "done done",
	"POST /admin/invitations/:id/link":            "ok ok",
	"POST /admin/invitations/:id/send":            "done done",
	"GET /admin/invitations/:id/revoke":           "ok ok",
	"POST /admin/invitations/:id/revoke":          "done done",
}

// TestRoutes asks for every route as every kind of viewer, at home and away,
// and fails as well for a route that is in no table.
func TestRoutes(t *testing.T) {
	stage := newStage(t)
	known := make(map[string]bool)
	for _, row := range routeTable {
		known[row.route] = true
		away := row.away
		if away == "" {
			away = row.home
		}
		stage.ask(t, row.route, atHome, strings.Fields(row.home))
		stage.ask(t, row.route, awayFromHome, strings.Fields(away))
	}
	for route, words := range areaTable {
		known[route] = true
		last := strings.Fields(words)
		stage.ask(t, route, atHome, append([]string{"in", "no", "no", "in", "no", "no", "in", "ask"}, last...))
		stage.ask(t, route, awayFromHome, append([]string{"in", "no", "no", "in", "no", "in", "in", "in"}, last...))
	}
	for _, route := range stage.open(t).server.Routes() {
		name := route.Method + " " + route.Path
		if route.Method == http.MethodHead {
			name = http.MethodGet + " " + route.Path
		}
		if !known[name] {
			t.Errorf("%s is in no table: say who may ask for it", name)
		}
	}
}

const awayFromHome = away

// stage is a household in a data folder that is copied for every request, so
// that each finds it as it was.
type stage struct {
	folder string
	tokens map[string]string // by viewer
	shared *house            // for requests that change nothing
	paths  *strings.Replacer

	administrator string // the id of Jonas
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{folder: t.TempDir(), tokens: make(map[string]string)}
	st, err := store.Open(context.Background(), s.folder)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: st, hasher: auth.NewQuickHasher()}
	h.owner, err = st.MakeOwner(context.Background(), "Mara", h.hash(goodPassword))
	if err != nil {
		t.Fatal(err)
	}
	elsa := h.add("Elsa", goodPassword)
	people := map[string]store.User{"Mara": h.owner, "Elsa": elsa, "Nils": h.add("Nils", goodPassword), "Oskar": h.add("Oskar", goodPassword), "Jonas": h.addAdministrator("Jonas")}
	for name, user := range people {
		s.tokens[name] = s.enter(t, st, user, store.StrengthPassword)
	}
	if err := st.UpdateSignInRules(context.Background(), h.asOwner(), people["Jonas"].ID, store.SignInRules{MayChangePassword: true, LocalAccess: true}); err != nil {
		t.Fatal(err)
	}
	s.tokens["Jonas at home"] = s.enter(t, st, people["Jonas"], store.StrengthHome)
	s.administrator = fmt.Sprint(people["Jonas"].ID)
	s.furnish(t, h, elsa, people["Oskar"])
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	s.visit(t)
	s.shared = s.open(t)
	return s
}

// visit adds those who do not live here, as the tables have them, with a session
// each: what routes answer must not depend on how they came about.
func (s *stage) visit(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.folder, store.FileName)+"?_foreign_keys=on")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	now := time.Now().UnixMilli()
	for _, visitor := range []struct {
		name, kind, strength string
		password             any
	}{
		{"Priya", "guest", "password", goodHash()}, {"Guest", "guest-account", "home", nil}, {"Wanda", "waiting", "password", goodHash()},
	} {
		made, err := db.Exec(`INSERT INTO users (name, name_key, sort_name, kind, password_hash, created_at) VALUES (?, lower(?), lower(?), ?, ?, ?)`,
			visitor.name, visitor.name, visitor.name, visitor.kind, visitor.password, now)
		if err != nil {
			t.Fatal(err)
		}
		id, err := made.LastInsertId()
		if err != nil {
			t.Fatal(err)
		}
		token, hash := auth.NewToken()
		s.tokens[visitor.name] = token
		if _, err := db.Exec(`INSERT INTO devices (id, user_id, browser_hash, first_seen_at, last_seen_at) VALUES (1000 + ?, ?, ?, ?, ?)`, id, id, hash, now, now); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`INSERT INTO sessions (token_hash, user_id, device_id, strength, created_at, last_seen_at) VALUES (?, ?, 1000 + ?, ?, ?, ?)`,
			hash, id, id, visitor.strength, now, now); err != nil {
			t.Fatal(err)
		}
	}
}

// furnish adds a library, a channel, a picture and a provider, and disables
// Oskar.
func (s *stage) furnish(t *testing.T, h *house, elsa, oskar store.User) {
	t.Helper()
	ctx, mara := context.Background(), h.asOwner()
	library, err := h.store.AddLibrary(ctx, mara, store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	title := h.shelve(library, withPoster(found(store.TitleFilm, "Alien"), "alien.png"))[0]
	photos := h.addKind("Photos", store.KindPhotos)
	picture := h.shelve(photos.ID, withPoster(found(store.TitlePicture, "Beach"), "beach.png"))[0]
	h.putPicture(h.library(library), "alien.png")
	if err := os.Mkdir(filepath.Join(h.library(library).Roots[0].Path, "0"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.put(h.library(library), "0/Alien", []byte("a film"))
	h.put(h.library(library), "0/Alien.en.srt", []byte("subtitles"))
	h.putPicture(photos, "beach.png")
	channel, err := h.store.AddChannel(ctx, mara, store.ChannelInput{Name: "Podcasts", Address: "https://podcasts.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	entry := h.tunedIn(channel, store.FormatPodcast, store.FoundEntry{Name: "Monday", Address: "http://127.0.0.1:1/monday.mp3"})[0]
	if err := h.store.SetPicture(ctx, mara, elsa.ID, []byte("jpeg")); err != nil {
		t.Fatal(err)
	}
	if err := h.store.SetDisabled(ctx, mara, true, oskar.ID); err != nil {
		t.Fatal(err)
	}
	invited, err := h.store.Invite(ctx, mara, store.NewInvitations{Name: "Sam", InvitationTerms: store.InvitationTerms{Life: store.Day}, Links: [][]byte{auth.HashToken("sam")}})
	if err != nil {
		t.Fatal(err)
	}
	provider, err := h.store.AddProvider(ctx, mara, store.ProviderInput{Name: "Home accounts", Issuer: "http://127.0.0.1:1", ClientID: "usher"})
	if err != nil {
		t.Fatal(err)
	}
	job := h.askScan(h.library(library))
	h.finishJobs() // what runs would be followed without end
	devices, err := h.store.Devices(ctx, store.DeviceQuery{User: elsa.ID})
	if err != nil || len(devices.Devices) != 1 {
		t.Fatalf("Elsa has %d devices: %v", len(devices.Devices), err)
	}
	s.paths = strings.NewReplacer("/devices/:id", fmt.Sprintf("/devices/%d", devices.Devices[0].ID), "/connect/:id", fmt.Sprintf("/connect/%d", provider), "/invitations/:id", fmt.Sprintf("/invitations/%d", invited[0].User.ID), "/libraries/:id", fmt.Sprintf("/libraries/%d", library), "/titles/:id/picture/", fmt.Sprintf("/titles/%d/picture/", picture.ID), "/titles/:id", fmt.Sprintf("/titles/%d", title.ID), "/channels/:id", fmt.Sprintf("/channels/%d", channel), "/jobs/:id", fmt.Sprintf("/jobs/%d", job),
		":entry", fmt.Sprint(entry.ID), ":part", "made-up.ts", ":id", fmt.Sprint(elsa.ID), ":hash", h.user(elsa.ID).Picture, ":token", "made-up", ":version", posterVersion, ":key", subtitleKey(h.library(library), "0/Alien"), "*", "made-up.css")
}

func (s *stage) enter(t *testing.T, st *store.Store, user store.User, strength store.Strength) (token string) {
	t.Helper()
	token, hash := auth.NewToken()
	known, err := st.CredentialsByID(context.Background(), user.ID)
	if err != nil {
		t.Fatal(err)
	}
	in := store.NewSession{TokenHash: hash, UserID: user.ID, Strength: strength, AtHome: true}
	if _, err := st.SignIn(context.Background(), in, store.NewDoor(user.Name, ""), known, "", 0); err != nil {
		t.Fatal(err)
	}
	return token
}

// open is a server over a copy of the folder.
func (s *stage) open(t *testing.T, options ...store.Option) *house {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(s.folder)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, store.FileName)); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(context.Background(), folder, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return &house{t: t, store: st, server: web.NewServer(st, auth.NewQuickHasher(), serverKey(t, st), outside.New(outside.Options{}), slog.New(slog.DiscardHandler))}
}

// ask asks for a route as every viewer from one place.
func (s *stage) ask(t *testing.T, route, place string, want []string) {
	t.Helper()
	if len(want) != len(viewers) {
		t.Fatalf("%s: %d words for %d viewers", route, len(want), len(viewers))
	}
	method, path, _ := strings.Cut(route, " ")
	for i, viewer := range viewers {
		h, alone := s.shared, method != http.MethodGet || strings.HasSuffix(path, "/stream") || strings.HasSuffix(path, "/part/:part") // which would play on
		if alone {
			h = s.open(t)
		}
		b := h.browser(place)
		if viewer != "nobody" {
			b.header.Set("Cookie", "usher_session="+s.tokens[viewer])
		}
		contentType := ""
		if method == http.MethodPost {
			contentType = "application/x-www-form-urlencoded"
		}
		got := b.send(method, s.paths.Replace(path), contentType, strings.NewReader(""))
		if word := wordFor(got); word != want[i] {
			t.Errorf("%s as %s from %s: %s (%d), want %s", route, viewer, place, word, got.Status, want[i])
		}
		if alone {
			_ = h.store.Close()
		}
	}
}

func wordFor(a answer) string {
	switch {
	case a.Status == http.StatusSeeOther && strings.HasPrefix(a.Location, "/sign-in"):
		return "in"
	case a.Status == http.StatusSeeOther && strings.HasPrefix(a.Location, "/account/confirm"), strings.Contains(a.Body, `name="confirm_password"`):
		return "ask"
	case a.Status == http.StatusSeeOther:
		return "done"
	}
	words := map[int]string{
		http.StatusOK: "ok", http.StatusUnprocessableEntity: "form", http.StatusForbidden: "no",
		http.StatusNotFound: "none", http.StatusConflict: "set", http.StatusServiceUnavailable: "down",
		http.StatusBadGateway: "far", http.StatusBadRequest: "bad", http.StatusUnsupportedMediaType: "bad",
	}
	if word, known := words[a.Status]; known {
		return word
	}
	return fmt.Sprint(a.Status)
}

package web_test

import (
	"database/sql"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/store"
)

// standing is a session as a strength and a time have made it.
type standing struct {
	about    string
	strength store.Strength
	proven   time.Duration // ago; less than 0 is to come
	never    bool          // proven
	factor   store.Factor
}

const demanded = ", second factor demanded"

// strengthTable says what the admin area answers to Jonas, an administrator, by
// the strength of his session, at home and away:
//
//	open  what the table of the area says
//	ask   the page that asks for the password
//	set   led to where a second factor is set up
//	in    led to the sign-in page
var strengthTable = []struct {
	standing
	home, away string
}{
	{standing{about: "picked", strength: store.StrengthHome, never: true}, "ask", "in"},
	{standing{about: "picked, password typed now", strength: store.StrengthHome}, "open", "in"},
	{standing{about: "by PIN", strength: store.StrengthPIN, never: true}, "ask", "in"},
	{standing{about: "by PIN, password typed now", strength: store.StrengthPIN}, "open", "in"},
	{standing{about: "by PIN, password typed 11 hours ago", strength: store.StrengthPIN, proven: 11 * time.Hour}, "open", "in"},
	{standing{about: "by PIN, password typed 13 hours ago", strength: store.StrengthPIN, proven: 13 * time.Hour}, "ask", "in"},
	{standing{about: "by PIN, password typed before the clock went back", strength: store.StrengthPIN, proven: -time.Hour}, "ask", "in"},
	{standing{about: "by password", strength: store.StrengthPassword}, "open", "open"},
	{standing{about: "by password 13 hours ago", strength: store.StrengthPassword, proven: 13 * time.Hour}, "open", "open"},
	{standing{about: "through Connect", strength: store.StrengthConnect}, "open", "open"},
	{standing{about: "by passkey", strength: store.StrengthPasskey, factor: store.FactorPasskey}, "open", "open"},

	{standing{about: "by PIN" + demanded, strength: store.StrengthPIN, never: true}, "ask", "in"},
	{standing{about: "by PIN, password typed now" + demanded, strength: store.StrengthPIN}, "set", "in"},
	{standing{about: "by PIN, password and code typed now" + demanded, strength: store.StrengthPIN, factor: store.FactorCode}, "open", "in"},
	{standing{about: "by password" + demanded, strength: store.StrengthPassword}, "set", "set"},
	{standing{about: "by password and recovery code" + demanded, strength: store.StrengthPassword, factor: store.FactorRecovery}, "open", "open"},
	{standing{about: "through Connect" + demanded, strength: store.StrengthConnect}, "set", "set"},
	{standing{about: "by passkey" + demanded, strength: store.StrengthPasskey, factor: store.FactorPasskey}, "open", "open"},
}

// TestStrengths asks for every route of the admin area in sessions of every
// strength, and for every page of everybody else in those that count at home only.
func TestStrengths(t *testing.T) {
	stage := newStage(t)
	free, strict := stage.open(t), stage.open(t)
	alter(t, strict, `UPDATE settings SET admin_second_factor = 1`)
	for _, row := range strengthTable {
		h := free
		if strings.HasSuffix(row.about, demanded) {
			h = strict
		}
		token := row.begin(t, h, "Jonas")
		for place, want := range map[string]string{atHome: row.home, awayFromHome: row.away} {
			for route, words := range areaTable {
				if !harmless(route, want) {
					continue
				}
				got := areaWord(stage.answer(h, route, place, token))
				if wants := strings.NewReplacer("open", strings.Fields(words)[0]).Replace(want); got != wants {
					t.Errorf("%s as Jonas, %s, from %s: %s, want %s", route, row.about, place, got, wants)
				}
			}
		}
	}
	stage.homeOnly(t, free)
}

// homeOnly asks as Elsa, who was picked or came by PIN: at home she gets what her
// password gets, and away she is nobody.
func (s *stage) homeOnly(t *testing.T, h *house) {
	t.Helper()
	for _, strength := range []store.Strength{store.StrengthHome, store.StrengthPIN} {
		token := standing{strength: strength, never: true}.begin(t, h, "Elsa")
		for _, row := range routeTable {
			if !harmless(row.route, "open") || row.route == "GET /connect/:id" || row.route == "GET /account/confirm" { // where she is asked for the password
				continue
			}
			away := row.away
			if away == "" {
				away = row.home
			}
			for place, want := range map[string]string{atHome: strings.Fields(row.home)[1], awayFromHome: strings.Fields(away)[0]} {
				if got := wordFor(s.answer(h, row.route, place, token)); got != want {
					t.Errorf("%s as Elsa, %s, from %s: %s, want %s", row.route, strength, place, got, want)
				}
			}
		}
	}
}

// harmless says whether a route may be asked for in a house that others share:
// it changes nothing, or is refused before it could, and ends.
func harmless(route, want string) bool {
	if strings.HasSuffix(route, "/events") || strings.HasSuffix(route, "/stream") || strings.HasSuffix(route, "/part/:part") {
		return want == "in"
	}
	return strings.HasPrefix(route, "GET ") || want != "open"
}

// begin opens the session for somebody, past the store, and answers its token.
func (s standing) begin(t *testing.T, h *house, name string) (token string) {
	t.Helper()
	now := time.Now()
	proven := now.Add(-s.proven).UnixMilli()
	if s.never {
		proven = 0
	}
	token, hash := auth.NewToken()
	alter(t, h, `INSERT INTO devices (user_id, browser_hash, first_seen_at, last_seen_at) SELECT id, ?, ?, ? FROM users WHERE name = ?`, hash, now.UnixMilli(), now.UnixMilli(), name)
	alter(t, h, `INSERT INTO sessions (token_hash, user_id, device_id, strength, proven_at, second_factor, created_at, last_seen_at)
		SELECT ?, user_id, id, ?, ?, ?, ?, ? FROM devices WHERE browser_hash = ?`, hash, s.strength, proven, s.factor, now.UnixMilli(), now.UnixMilli(), hash)
	return token
}

// alter changes the database of a house past its store.
func alter(t *testing.T, h *house, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(h.store.Folder(), store.FileName)+"?_busy_timeout=5000&_foreign_keys=on")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// answer is what a route answers to whoever has the token.
func (s *stage) answer(h *house, route, place, token string) answer {
	b := h.browser(place)
	b.header.Set("Cookie", "usher_session="+token)
	method, path, _ := strings.Cut(route, " ")
	if method == http.MethodPost {
		return b.post(s.paths.Replace(path), url.Values{})
	}
	return b.get(s.paths.Replace(path))
}

func areaWord(a answer) string {
	if a.Status == http.StatusSeeOther && strings.HasPrefix(a.Location, "/account/second-factor") {
		return "set"
	}
	return wordFor(a)
}

// TestDangerousRoutes sends each dangerous form in sessions whose password was
// typed just now, eleven minutes ago, and at a time that has not come yet.
func TestDangerousRoutes(t *testing.T) {
	stage := newStage(t)
	settings := url.Values{
		"server_name": {"Usher"}, "home_networks": {"192.168.0.0/16"}, "session_idle_days": {"30"}, "session_max_days": {"90"},
		"activity_days": {"180"}, "scan_hours": {"1"}, "refresh_hours": {"6"}, "admin_hours": {"12"},
	}
	for _, row := range []struct {
		route string
		form  url.Values
	}{
		{"POST /admin/users/:id", url.Values{"name": {"Elsa"}, "administrator": {"on"}}},
		{"POST /admin/users/ADMIN", url.Values{"name": {"Jonas"}}},
		{"POST /admin/users/ADMIN/ownership", nil},
		{"POST /admin/users/ADMIN/sign-in", url.Values{"may_change_password": {"on"}}},
		{"POST /admin/users/ADMIN/disable", nil},
		{"POST /admin/users/ADMIN/delete", nil},
		{"POST /admin/users/ADMIN/reset-link", nil},
		{"POST /admin/users/ADMIN/pin", url.Values{"pin": {"1234"}}},
		{"POST /users/ADMIN/password", url.Values{"password": {"marble anchor tulip dusk"}}},
		{"POST /admin/settings", settings},
		{"POST /admin/settings/mail", url.Values{"host": {"mail.example"}, "port": {"587"}, "encryption": {"smtp+starttls"}, "from": {"usher@mail.example"}}},
		{"POST /admin/settings/mail/test", url.Values{"to": {"mara@mail.example"}}},
		{"POST /admin/settings/connect/new", url.Values{"name": {"There"}, "issuer": {"https://there.example"}, "client_id": {"usher"}}},
		{"POST /admin/settings/connect/:id", url.Values{"name": {"There"}, "issuer": {"http://127.0.0.1:1"}, "client_id": {"usher"}}},
		{"POST /admin/settings/connect/:id/remove", nil},
		{"POST /admin/settings/registration", url.Values{"registration": {"open"}, "registrations_a_day": {"5"}}},
	} {
		for _, age := range []struct {
			standing
			ask bool
		}{
			{standing{about: "now", strength: store.StrengthPassword}, false},
			{standing{about: "11 minutes ago", strength: store.StrengthPassword, proven: 11 * time.Minute}, true},
			{standing{about: "in an hour", strength: store.StrengthPassword, proven: -time.Hour}, true},
		} {
			h := stage.open(t)
			token := age.begin(t, h, "Mara")
			method, path, _ := strings.Cut(row.route, " ")
			b := h.browser(awayFromHome)
			b.header.Set("Cookie", "usher_session="+token)
			got := wordFor(b.send(method, stage.paths.Replace(strings.Replace(path, "ADMIN", stage.administrator, 1)), "application/x-www-form-urlencoded", strings.NewReader(row.form.Encode())))
			if asked := got == "ask"; asked != age.ask || got == "form" || got == "no" || got == "none" {
				t.Errorf("%s with the password typed %s: %s", row.route, age.about, got)
			}
			_ = h.store.Close()
		}
	}
}

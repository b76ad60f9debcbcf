package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/sessions"

	"usher/store"
)

// Flash is a message for the next page that is shown. Kind is "" for what was
// done, "warn" for what was done but asks for attention, and "bad" for what
// could not be done.
type Flash struct {
	Kind, Text string
}

// The values of a session.
type valueKey int

const (
	valueSession valueKey = iota // store.Session: whom the cookie's token belongs to
	valueToken                   // string: a new token that the cookie has yet to get
	valueBrowser                 // string: the token in the browser's own cookie
)

// Sessions keeps sessions in the database: a store for gorilla/sessions whose
// cookie holds nothing but a random token, of which the database knows only
// the SHA-256. gorilla/sessions has no way to give a session a new id, so
// every sign-in makes a new token (Begin) and the old session is deleted with
// the change that made the new one.
type Sessions struct {
	store *store.Store
}

var _ sessions.Store = (*Sessions)(nil)

// NewSessions keeps sessions in st.
func NewSessions(st *store.Store) *Sessions {
	return &Sessions{store: st}
}

// cookieName is the name of the session's cookie.
func cookieName(secure bool) string { return hostCookie("usher_session", secure) }

// hostCookie is the name of a cookie. Browsers take __Host- only with Secure,
// from the host itself, for every path (RFC 6265bis, 4.1.3.2).
func hostCookie(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// cookieOptions are those of every cookie that proves something.
func cookieOptions(settings store.Settings, life time.Duration) *sessions.Options {
	return &sessions.Options{Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true, Secure: Secure(settings), SameSite: http.SameSiteLaxMode}
}

// Secure says whether the server is reached over https, so that cookies are
// for https only.
func Secure(settings store.Settings) bool {
	return strings.HasPrefix(settings.Address, "https://")
}

// Get is the session of the request, read once.
func (s *Sessions) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the request's cookie names. A cookie that names
// none gives an empty new session and no error; an error is the database's.
func (s *Sessions) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.IsNew = true
	settings, err := s.store.Settings(r.Context())
	if err != nil {
		return session, err
	}
	session.Options = cookieOptions(settings, settings.SessionMax)
	cookie, err := r.Cookie(name)
	if err != nil || cookie.Value == "" {
		return session, s.store.Refresh(r.Context())
	}
	found, err := s.store.Session(r.Context(), HashToken(cookie.Value))
	if errors.Is(err, store.ErrNotFound) {
		return session, nil
	}
	if err != nil {
		return session, fmt.Errorf("load session: %w", err)
	}
	session.IsNew = false
	session.Values[valueSession] = found
	for _, flash := range decodeFlashes(found.Flash) {
		session.AddFlash(flash)
	}
	return session, nil
}

// Save writes what changed: the flashes to the database, a new token to the
// cookie. A MaxAge below 0 takes the cookie away; the session itself is
// deleted by whoever signs somebody out.
func (s *Sessions) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		return nil
	}
	if token, fresh := session.Values[valueToken].(string); fresh {
		http.SetCookie(w, sessions.NewCookie(session.Name(), token, session.Options))
		delete(session.Values, valueToken)
		setBrowser(w, session)
	}
	found, signedIn := session.Values[valueSession].(store.Session)
	if !signedIn {
		return nil
	}
	flash, err := encodeFlashes(session)
	if err != nil || flash == found.Flash {
		return err
	}
	found.Flash = flash
	session.Values[valueSession] = found
	return s.store.SetFlash(r.Context(), found.ID, flash)
}

// Load is the session of the request: whose it is, ok when somebody is signed
// in.
func (s *Sessions) Load(r *http.Request) (found store.Session, ok bool, err error) {
	session, err := s.ofRequest(r)
	if err != nil {
		return store.Session{}, false, err
	}
	found, ok = session.Values[valueSession].(store.Session)
	return found, ok, nil
}

// LoadAgain is Load as of now, for a request that goes on long after it has
// begun: Load answers what was so then. The session may have another token by now.
func (s *Sessions) LoadAgain(r *http.Request) (found store.Session, ok bool, err error) {
	before, ok, err := s.Load(r)
	if err != nil || !ok {
		return store.Session{}, false, err
	}
	found, err = s.store.SessionByID(r.Context(), before.ID)
	if errors.Is(err, store.ErrNotFound) {
		return store.Session{}, false, nil
	}
	return found, err == nil, err
}

func (s *Sessions) ofRequest(r *http.Request) (*sessions.Session, error) {
	settings, err := s.store.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	return s.Get(r, cookieName(Secure(settings)))
}

// Begin gives the browser the token of a session that the database has just
// got, in place of whatever it had.
func (s *Sessions) Begin(r *http.Request, w http.ResponseWriter, token string) error {
	session, err := s.ofRequest(r)
	if err != nil {
		return err
	}
	found, err := s.store.Session(r.Context(), HashToken(token))
	if err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	session.Values[valueSession], session.Values[valueToken] = found, token
	return session.Save(r, w)
}

// Rename follows a change of the server's address by which the cookie gets
// another name: the browser at hand stays signed in with a new token, and all
// others have to sign in once more. Tokens that went over plain http, where they
// can be read on the way, are worth nothing afterwards.
func (s *Sessions) Rename(r *http.Request, w http.ResponseWriter, before store.Settings) error {
	old, err := s.Get(r, cookieName(Secure(before)))
	if err != nil {
		return err
	}
	renamed, err := s.ofRequest(r)
	if err != nil || renamed.Name() == old.Name() {
		return err
	}
	found, signedIn := old.Values[valueSession].(store.Session)
	if !signedIn {
		return nil
	}
	token, hash := NewToken()
	if err := s.store.KeepOnly(r.Context(), found.ID, hash); err != nil {
		return err
	}
	renamed.Values[valueSession], renamed.Values[valueToken] = found, token
	old.Options.MaxAge = -1
	return errors.Join(old.Save(r, w), renamed.Save(r, w))
}

// End takes the cookie away from the browser.
func (s *Sessions) End(r *http.Request, w http.ResponseWriter) error {
	session, err := s.ofRequest(r)
	if err != nil {
		return err
	}
	delete(session.Values, valueSession)
	session.Options.MaxAge = -1
	return session.Save(r, w)
}

// AddFlash leaves a message for the next page of whoever is signed in.
func (s *Sessions) AddFlash(r *http.Request, w http.ResponseWriter, flash Flash) error {
	session, err := s.ofRequest(r)
	if err != nil {
		return err
	}
	session.AddFlash(flash)
	return session.Save(r, w)
}

// TakeFlashes are the messages left for this page; they are gone afterwards.
func (s *Sessions) TakeFlashes(r *http.Request, w http.ResponseWriter) ([]Flash, error) {
	session, err := s.ofRequest(r)
	if err != nil {
		return nil, err
	}
	found, signedIn := session.Values[valueSession].(store.Session)
	if !signedIn || found.Flash == "" {
		return nil, nil
	}
	var flashes []Flash
	for _, value := range session.Flashes() {
		if flash, ok := value.(Flash); ok {
			flashes = append(flashes, flash)
		}
	}
	return flashes, session.Save(r, w)
}

func decodeFlashes(text string) []Flash {
	if text == "" {
		return nil
	}
	var flashes []Flash
	if err := json.Unmarshal([]byte(text), &flashes); err != nil {
		return nil
	}
	return flashes
}

// encodeFlashes reads the flashes without using them up.
func encodeFlashes(session *sessions.Session) (string, error) {
	values := session.Flashes()
	if len(values) == 0 {
		return "", nil
	}
	for _, value := range values {
		session.AddFlash(value)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("keep flashes: %w", err)
	}
	return string(text), nil
}

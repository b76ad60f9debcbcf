package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"usher/internal/blankdata"
	"usher/store"
)

// home is a store over a database file of its own, with a clock that stands
// still until the test moves it.
type home struct {
	*store.Store
	t      testing.TB
	ctx    context.Context
	folder string
	clock  *clock
	owner  store.User
}

// clock starts on a day in June.
type clock struct{ millis atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.millis.Store(time.Date(2026, time.June, 5, 12, 0, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *clock) now() time.Time { return time.UnixMilli(c.millis.Load()) }

// pass lets time go by; less than 0 sets the clock back.
func (c *clock) pass(d time.Duration) { c.millis.Add(d.Milliseconds()) }

// emptyHome has no owner yet.
func emptyHome(t testing.TB) *home {
	t.Helper()
	h := &home{t: t, ctx: t.Context(), folder: blankdata.Folder(t), clock: newClock()}
	h.Store = h.open()
	return h
}

// newHome has the owner Mara, whose password hash is "$mara".
func newHome(t testing.TB) *home {
	t.Helper()
	h := emptyHome(t)
	var err error
	h.owner, err = h.MakeOwner(h.ctx, "Mara", "$mara")
	h.must(err)
	return h
}

// open is one more store over the same file, as another process has it.
func (h *home) open() *store.Store {
	h.t.Helper()
	s, err := store.Open(h.ctx, h.folder, store.WithClock(h.clock.now))
	h.must(err)
	h.t.Cleanup(func() { _ = s.Close() })
	return s
}

func (h *home) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// actor is the user as an actor, from an address at home.
func actor(u store.User) store.Actor {
	return store.Actor{ID: u.ID, Name: u.Name, Role: u.Role, Address: "192.168.1.20", AtHome: true}
}

// mara is the owner as an actor.
func (h *home) mara() store.Actor { return actor(h.owner) }

// add makes a local user who may watch everything. A hash of "" is no
// password.
func (h *home) add(name, hash string) store.User {
	h.t.Helper()
	u, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name, PasswordHash: hash, Access: store.FullAccess()})
	h.must(err)
	return u
}

// administrator makes an administrator.
func (h *home) administrator(name string) store.User {
	h.t.Helper()
	u := h.add(name, "$"+name)
	h.must(h.UpdateProfile(h.ctx, h.mara(), u.ID, store.Profile{Name: name, Administrator: true}))
	return h.user(u.ID)
}

// user is the user as the database has them now.
func (h *home) user(id int64) store.User {
	h.t.Helper()
	u, err := h.User(h.ctx, id)
	h.must(err)
	return u
}

// profile is what the Profile tab shows of the user now, ready to be changed.
func (h *home) profile(id int64) store.Profile {
	h.t.Helper()
	u := h.user(id)
	return store.Profile{
		Name: u.Name, Email: u.Email, Note: u.Note, EndsAt: u.EndsAt,
		Administrator: u.Role != store.RoleUser, Disabled: u.Disabled, Locked: !u.MayEditProfile,
	}
}

// edit changes the user's profile as the owner.
func (h *home) edit(id int64, change func(*store.Profile)) error {
	h.t.Helper()
	p := h.profile(id)
	change(&p)
	return h.UpdateProfile(h.ctx, h.mara(), id, p)
}

// credentials are the user's.
func (h *home) credentials(id int64) store.Credentials {
	h.t.Helper()
	c, err := h.CredentialsByID(h.ctx, id)
	h.must(err)
	return c
}

// hash is what the database keeps of a token.
func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// signIn opens a session with the password for the user, under the token.
func (h *home) signIn(id int64, token string) store.Session {
	h.t.Helper()
	_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(token), UserID: id, Strength: store.StrengthPassword},
		store.NewDoor("", ""), h.credentials(id), "", 0)
	h.must(err)
	session, err := h.Session(h.ctx, hash(token))
	h.must(err)
	return session
}

// signedIn says whether the token's session counts.
func (h *home) signedIn(token string) bool {
	h.t.Helper()
	_, err := h.Session(h.ctx, hash(token))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		h.t.Fatal(err)
	}
	return err == nil
}

// actions are what Activity tells, oldest first.
func (h *home) actions() []store.Action {
	h.t.Helper()
	page, err := h.Activity(h.ctx, store.ActivityQuery{})
	h.must(err)
	var actions []store.Action
	for _, r := range slices.Backward(page.Records) {
		actions = append(actions, r.Action)
	}
	return actions
}

// wrote are the actions that do adds to Activity.
func (h *home) wrote(do func()) []store.Action {
	h.t.Helper()
	before := len(h.actions())
	do()
	return h.actions()[before:]
}

// raw is a connection past the store, to look at the file and to break it.
func (h *home) raw() *sql.DB {
	h.t.Helper()
	path := (&url.URL{Path: filepath.Join(h.folder, store.FileName)}).EscapedPath()
	db, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	h.must(err)
	h.t.Cleanup(func() { _ = db.Close() })
	return db
}

// number is the one number that a query past the store finds.
func (h *home) number(query string, args ...any) (n int) {
	h.t.Helper()
	h.must(h.raw().QueryRowContext(h.ctx, query, args...).Scan(&n))
	return n
}

// wantInvalid fails the test unless err is about exactly these fields.
func wantInvalid(t testing.TB, err error, fields ...string) {
	t.Helper()
	var invalid *store.Invalid
	if !errors.As(err, &invalid) {
		t.Fatalf("error %v, want an Invalid about %q", err, fields)
	}
	var got []string
	for _, p := range invalid.Problems {
		got = append(got, p.Field)
		if p.Message == "" {
			t.Errorf("the problem at %q has no message", p.Field)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, fields) {
		t.Fatalf("problems at %q, want %q: %v", got, fields, err)
	}
}

// wantError fails the test unless err is of the kind.
func wantError(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, want %v", err, kind)
	}
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"usher/store"
)

func (h *home) setUp(code, name, token string) (store.User, error) {
	return h.SetUp(h.ctx, hash(code), store.NewUser{Name: name, Email: "mara@example.org", PasswordHash: "$mara"}, "Lindqvist home", store.NewSession{TokenHash: hash(token), Address: "192.168.1.20", AtHome: true})
}

func TestSetUp(t *testing.T) {
	h := emptyHome(t)
	needed := func(want bool) {
		t.Helper()
		if got, err := h.NeedsSetUp(h.ctx); err != nil || got != want {
			t.Errorf("set-up needed: %t, %v", got, err)
		}
	}
	needed(true)
	_, err := h.setUp("no code yet", "Mara", "x")
	wantError(t, err, store.ErrBadLink)
	h.must(h.OpenSetUp(h.ctx, hash("old code")))
	h.must(h.OpenSetUp(h.ctx, hash("code")))
	for _, code := range []string{"", "old code", "Code", "code "} {
		wantError(t, h.CheckSetUp(h.ctx, hash(code)), store.ErrBadLink)
		_, err := h.setUp(code, "Mara", "x")
		wantError(t, err, store.ErrBadLink)
	}
	h.must(h.CheckSetUp(h.ctx, hash("code")))
	_, err = h.setUp("code", " ", "x")
	wantInvalid(t, err, "name")
	_, err = h.SetUp(h.ctx, hash("code"), store.NewUser{Name: "Mara", PasswordHash: "$mara"}, "", store.NewSession{TokenHash: hash("x")})
	wantInvalid(t, err, "server_name")
	_, err = h.SetUp(h.ctx, hash("code"), store.NewUser{Email: "none"}, "", store.NewSession{TokenHash: hash("x")}, store.Problem{Field: "password", Message: "Too short."})
	wantInvalid(t, err, "email", "name", "password", "server_name")
	needed(true)
	if got := h.actions(); len(got) != 0 || h.signedIn("x") {
		t.Errorf("what was refused wrote %v", got)
	}

	owner, err := h.setUp("code", "Mara", "browser")
	h.must(err)
	needed(false)
	settings, err := h.Settings(h.ctx)
	h.must(err)
	if owner.Role != store.RoleOwner || owner.Restricted() || !owner.HasPassword || settings.ServerName != "Lindqvist home" || !h.signedIn("browser") {
		t.Errorf("the owner is %+v of %q", owner, settings.ServerName)
	}
	if got := h.actions(); !slices.Equal(got, []store.Action{store.ActionSetUp}) {
		t.Errorf("wrote %v", got)
	}
	_, err = h.setUp("code", "Jonas", "y")
	wantError(t, err, store.ErrSetUp)
	wantError(t, h.CheckSetUp(h.ctx, hash("code")), store.ErrSetUp)
	wantError(t, h.OpenSetUp(h.ctx, hash("code")), store.ErrSetUp)
	_, err = h.MakeOwner(h.ctx, "Jonas", "$jonas")
	wantError(t, err, store.ErrSetUp)
	if h.number(`SELECT count(*) FROM setup`) != 0 {
		t.Error("the code is still there")
	}
}

// Many who have the code at once make one owner, whether they come through
// this process or another.
func TestSetUpsSideBySide(t *testing.T) {
	h := emptyHome(t)
	stores := []*store.Store{h.Store, h.open()}
	h.must(h.OpenSetUp(h.ctx, hash("code")))
	var made atomic.Int64
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			in := store.NewUser{Name: fmt.Sprintf("Owner %d", i), PasswordHash: "$x"}
			var err error
			if i%4 < 2 {
				_, err = stores[i%2].SetUp(h.ctx, hash("code"), in, "Home", store.NewSession{TokenHash: hash(in.Name)})
			} else {
				_, err = stores[i%2].MakeOwner(h.ctx, in.Name, in.PasswordHash)
			}
			if err == nil {
				made.Add(1)
			} else if !errors.Is(err, store.ErrSetUp) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if users, sessions := h.number(`SELECT count(*) FROM users`), h.number(`SELECT count(*) FROM sessions`); made.Load() != 1 || users != 1 || sessions > 1 {
		t.Errorf("%d were told that they are the owner, %d are there, with %d sessions", made.Load(), users, sessions)
	}
	for _, s := range stores {
		if needed, err := s.NeedsSetUp(h.ctx); err != nil || needed {
			t.Errorf("set-up needed: %t, %v", needed, err)
		}
	}
}

func TestMakeOwner(t *testing.T) {
	h := emptyHome(t)
	h.must(h.OpenSetUp(h.ctx, hash("code")))
	_, err := h.MakeOwner(h.ctx, "Ma\nra", "$mara")
	wantInvalid(t, err, "name")
	_, err = h.Owner(h.ctx)
	wantError(t, err, store.ErrNotFound)
	owner, err := h.MakeOwner(h.ctx, "Mara", "$mara")
	h.must(err)
	if got, err := h.Owner(h.ctx); err != nil || got.ID != owner.ID || got.Role != store.RoleOwner {
		t.Errorf("the owner is %+v: %v", got, err)
	}
	wantError(t, h.CheckSetUp(h.ctx, hash("code")), store.ErrSetUp)
}

// A database that cannot be asked is no answer to whether there is an owner.
func TestSetUpDoesNotGuess(t *testing.T) {
	h := emptyHome(t)
	over, cancel := context.WithCancel(h.ctx)
	cancel()
	if err := h.CheckSetUp(over, hash("code")); err == nil || errors.Is(err, store.ErrSetUp) {
		t.Errorf("the answer is %v", err)
	}
}

package auth

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// porch is a porter over a database of its own, with a hasher that costs next
// to nothing and a clock that stands still.
type porch struct {
	t      *testing.T
	store  *store.Store
	hasher *Hasher
	now    time.Time
	owner  store.Actor
}

func newPorch(t *testing.T) *porch {
	t.Helper()
	p := &porch{t: t, hasher: quick(1), now: time.Date(2026, time.June, 5, 12, 0, 0, 0, time.UTC)}
	var err error
	p.store, err = store.Open(t.Context(), t.TempDir(), store.WithClock(func() time.Time { return p.now }))
	p.must(err)
	t.Cleanup(func() { _ = p.store.Close() })
	mara, err := p.store.MakeOwner(t.Context(), "Mara", p.hash("right"))
	p.must(err)
	p.owner = store.Actor{ID: mara.ID, Name: mara.Name, Role: mara.Role}
	return p
}

func (p *porch) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *porch) hash(password string) string {
	p.t.Helper()
	hash, err := p.hasher.Hash(p.t.Context(), password)
	p.must(err)
	return hash
}

func (p *porch) add(name, hash string) store.User {
	p.t.Helper()
	u, err := p.store.CreateUser(p.t.Context(), p.owner, store.NewUser{Name: name, PasswordHash: hash, Access: store.FullAccess()})
	p.must(err)
	return u
}

// try signs in from outside.
func (p *porch) try(name, password string) error {
	_, err := NewPorter(p.store, p.hasher, nil).SignIn(p.t.Context(), Attempt{Name: name, Password: password})
	return err
}

// full takes every place at which passwords are hashed, until the returned
// function gives them back: whoever comes to hash meanwhile gets ErrBusy.
func (p *porch) full() (release func()) {
	p.t.Helper()
	if !p.hasher.admitted.TryAcquire(1 + maxWaiting) {
		p.t.Fatal("somebody is hashing already")
	}
	return func() { p.hasher.admitted.Release(1 + maxWaiting) }
}

// Whoever is refused has cost a hash, whatever the cause, and hears the same.
func TestEveryRefusalHashes(t *testing.T) {
	p := newPorch(t)
	p.add("Nils", "")
	p.must(p.store.SetDisabled(t.Context(), p.owner, true, p.add("Oskar", p.hash("right")).ID))
	freja := p.add("Freja", p.hash("right"))
	p.must(p.store.UpdateProfile(t.Context(), p.owner, freja.ID, store.Profile{Name: "Freja", EndsAt: p.now.Add(time.Hour)}))
	p.now = p.now.Add(2 * time.Hour)
	for _, name := range []string{"Mara", "Nobody", "Nils", "Oskar", "Freja"} {
		for _, password := range []string{"wrong", ""} {
			release := p.full()
			if err := p.try(name, password); !errors.Is(err, ErrBusy) {
				t.Errorf("%s with %q comes to no hash: %v", name, password, err)
			}
			release()
			if err := p.try(name, password); !errors.Is(err, ErrWrong) {
				t.Errorf("%s with %q: %v, want ErrWrong", name, password, err)
			}
		}
	}
}

// After the right password the refusal says why.
func TestRightPasswordHearsWhy(t *testing.T) {
	p := newPorch(t)
	p.must(p.store.SetDisabled(t.Context(), p.owner, true, p.add("Oskar", p.hash("right")).ID))
	freja, end := p.add("Freja", p.hash("right")), p.now.Add(time.Hour)
	p.must(p.store.UpdateProfile(t.Context(), p.owner, freja.ID, store.Profile{Name: "Freja", EndsAt: end}))
	p.now = end
	for name, want := range map[string]string{"Oskar": "this account is disabled", "Freja": "this account ended on " + end.Local().Format("2 January 2006")} {
		var refused *Refused
		if err := p.try(name, "right"); !errors.As(err, &refused) || !strings.Contains(refused.Reason, want) {
			t.Errorf("%s: %v, want that %s", name, err, want)
		}
	}
	page, err := p.store.Activity(t.Context(), store.ActivityQuery{Search: "refused"})
	p.must(err)
	if len(page.Records) != 2 {
		t.Errorf("written down: %+v", page.Records)
	}
}

// A server that is too busy to look counts nothing against whoever tries.
func TestBusyIsNoFailure(t *testing.T) {
	p := newPorch(t)
	release := p.full()
	for i := range 20 {
		if err := p.try("Mara", "right"); !errors.Is(err, ErrBusy) {
			t.Fatalf("try %d: %v, want ErrBusy", i, err)
		}
	}
	release()
	p.must(p.try("Mara", "right"))
}

// A password hashed with less than today's parameters is hashed anew when it
// is typed, and works as before.
func TestSignInHashesAnew(t *testing.T) {
	p := newPorch(t)
	old := newHasher(argonParams{memory: 32, passes: 1, lanes: 1}, 1)
	hash, err := old.Hash(t.Context(), "right")
	p.must(err)
	elsa := p.add("Elsa", hash)
	stored := func() string {
		known, err := p.store.CredentialsByID(t.Context(), elsa.ID)
		p.must(err)
		return known.PasswordHash
	}
	if err := p.try("Elsa", "wrong"); !errors.Is(err, ErrWrong) || stored() != hash {
		t.Fatalf("a wrong password changed the hash: %v", err)
	}
	p.must(p.try("Elsa", "right"))
	anew := stored()
	if want := fmt.Sprintf("$m=%d,", p.hasher.params.memory); !strings.Contains(anew, want) {
		t.Errorf("after the sign-in the hash is %s, want one with %s", anew, want)
	}
	p.must(p.try("Elsa", "right"))
	if stored() != anew {
		t.Error("a hash of today was replaced")
	}
}

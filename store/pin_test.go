package store_test

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/store"
)

// withPIN gives the user a PIN, as the owner does it.
func (h *home) withPIN(u store.User, hash string) {
	h.t.Helper()
	h.must(h.SetPIN(h.ctx, h.mara(), u.ID, hash))
}

// begin signs the user in on a device of their own.
func (h *home) begin(u store.User, strength store.Strength, browser string) int64 {
	h.t.Helper()
	id, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(browser), UserID: u.ID, Strength: strength, AtHome: true, Browser: hash(browser)},
		store.NewDoor("", ""), h.credentials(u.ID), "", 0)
	h.must(err)
	return id
}

func (h *home) living(browser string) bool {
	h.t.Helper()
	_, err := h.Session(h.ctx, hash(browser))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		h.t.Fatal(err)
	}
	return err == nil
}

// TestPINEndsWhatBeganWithLess holds that a new PIN, and none, end what began by
// being picked, and nothing else; one's own leaves the session at hand.
func TestPINEndsWhatBeganWithLess(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{LocalAccess: true}))
	me := store.Actor{ID: elsa.ID, Name: "Elsa"}
	h.begin(elsa, store.StrengthHome, "sofa")
	h.begin(elsa, store.StrengthPassword, "phone")
	h.withPIN(elsa, "$1")
	if h.living("sofa") || !h.living("phone") {
		t.Error("setting a PIN ended the wrong sessions")
	}
	here := h.begin(elsa, store.StrengthPIN, "sofa")
	h.begin(elsa, store.StrengthPIN, "kitchen")
	h.must(h.SetOwnPIN(h.ctx, me, h.credentials(elsa.ID), "$2", here))
	if !h.living("sofa") || h.living("kitchen") || !h.living("phone") {
		t.Error("changing one's own PIN ended the wrong sessions")
	}
	h.begin(elsa, store.StrengthPIN, "kitchen")
	h.must(h.RemoveOwnPIN(h.ctx, me, h.credentials(elsa.ID), here))
	if !h.living("sofa") || h.living("kitchen") || h.user(elsa.ID).HasPIN {
		t.Error("removing one's own PIN ended the wrong sessions")
	}
	h.withPIN(elsa, "$3")
	h.begin(elsa, store.StrengthPIN, "sofa")
	h.must(h.RemovePIN(h.ctx, h.mara(), elsa.ID))
	h.must(h.RemovePIN(h.ctx, h.mara(), elsa.ID))
	if h.living("sofa") || !h.living("phone") {
		t.Error("removing somebody's PIN ended the wrong sessions")
	}
	page, err := h.Activity(h.ctx, store.ActivityQuery{Search: "PIN"})
	h.must(err)
	var got []string
	for _, record := range page.Records {
		if record.Action != store.ActionSignIn {
			got = append(got, record.Sentence())
		}
	}
	slices.Reverse(got)
	want := []string{"Mara set a PIN for Elsa.", "Elsa chose a new PIN.", "Elsa removed their PIN.", "Mara set a PIN for Elsa.", "Mara removed the PIN of Elsa."}
	if !slices.Equal(got, want) {
		t.Errorf("Activity says %q, want %q", got, want)
	}
}

// TestOnlyThePINThatWasChecked holds that a PIN which changed while it was checked
// signs nobody in, and neither sets another.
func TestOnlyThePINThatWasChecked(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.withPIN(elsa, "$1")
	checked := h.credentials(elsa.ID)
	here := h.begin(elsa, store.StrengthPIN, "sofa")
	me := store.Actor{ID: elsa.ID, Name: "Elsa"}
	signIn := func(strength store.Strength) error {
		_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("late"), UserID: elsa.ID, Strength: strength, AtHome: true}, store.NewDoor("", ""), checked, "", 0)
		return err
	}
	if err := signIn(store.StrengthHome); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("with a PIN, the name alone signs in: %v", err)
	}
	h.must(h.SetOwnPIN(h.ctx, me, checked, "$2", here))
	for about, try := range map[string]func() error{
		"signs in":       func() error { return signIn(store.StrengthPIN) },
		"sets another":   func() error { return h.SetOwnPIN(h.ctx, me, checked, "$3", here) },
		"removes it":     func() error { return h.RemoveOwnPIN(h.ctx, me, checked, here) },
		"of others does": func() error { return h.SetOwnPIN(h.ctx, me, h.credentials(h.owner.ID), "$3", here) },
	} {
		if err := try(); !errors.Is(err, store.ErrForbidden) {
			t.Errorf("a PIN that changed meanwhile %s: %v", about, err)
		}
	}
	h.must(h.RemovePIN(h.ctx, h.mara(), elsa.ID))
	checked = h.credentials(elsa.ID)
	if err := signIn(store.StrengthPIN); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("without a PIN, one signs in: %v", err)
	}
}

// TestWhoMaySetAPIN holds who may set whose.
func TestWhoMaySetAPIN(t *testing.T) {
	h := newHome(t)
	jonas, elsa := h.add("Jonas", "$jonas"), h.add("Elsa", "")
	h.must(h.UpdateProfile(h.ctx, h.mara(), jonas.ID, store.Profile{Name: "Jonas", Administrator: true}))
	sofa, _, err := h.EnableGuestAccount(h.ctx, h.mara())
	h.must(err)
	guest := h.guest("Priya", "")
	asJonas := store.Actor{ID: jonas.ID, Name: "Jonas", Role: store.RoleAdministrator}
	for about, try := range map[string]struct {
		actor store.Actor
		of    int64
		want  error
	}{
		"an administrator a user's":     {asJonas, elsa.ID, nil},
		"the owner an administrator's":  {h.mara(), jonas.ID, nil},
		"an administrator the owner's":  {asJonas, h.owner.ID, store.ErrForbidden},
		"an administrator their own":    {asJonas, jonas.ID, store.ErrForbidden},
		"a user another's":              {store.Actor{ID: elsa.ID}, jonas.ID, store.ErrForbidden},
		"the owner a guest's":           {h.mara(), guest.ID, store.ErrForbidden},
		"the owner the guest account's": {h.mara(), sofa.ID, store.ErrForbidden},
		"the owner that of nobody":      {h.mara(), 99, store.ErrNotFound},
	} {
		if err := h.SetPIN(h.ctx, try.actor, try.of, "$1"); !errors.Is(err, try.want) {
			t.Errorf("%s: %v, want %v", about, err, try.want)
		}
		if err := h.RemovePIN(h.ctx, try.actor, try.of); !errors.Is(err, try.want) {
			t.Errorf("%s, to be removed: %v, want %v", about, err, try.want)
		}
	}
	for _, u := range []store.User{{Kind: store.KindGuest, HasPassword: true}, {Kind: store.KindGuestAccount}, {Kind: store.KindLocal, Linked: true}, {Kind: store.KindLocal, Passkeys: true}} {
		if store.StrengthHome.MaySetPIN(u) {
			t.Errorf("%+v may set a PIN, having been picked", u)
		}
	}
	if local := (store.User{Kind: store.KindLocal, Linked: true}); !store.StrengthConnect.MaySetPIN(local) || !store.StrengthHome.MaySetPIN(store.User{Kind: store.KindLocal}) {
		t.Error("who has proven to be the user, or has nothing to prove it by, may not set a PIN")
	}
}

// pinDoor is where the user's PIN is typed.
func (h *home) pinDoor(u store.User, browser, address string) store.Door {
	h.t.Helper()
	door, err := h.PINDoor(h.ctx, u.ID, hash(browser), address)
	h.must(err)
	return door
}

func TestPINPauseDoubles(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.begin(elsa, store.StrengthHome, "sofa")
	door := h.pinDoor(elsa, "sofa", "192.168.1.20")
	for i := range 5 {
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("try %d: wait %v", i+1, wait)
		}
		if left, wait, err := h.TriesLeft(h.ctx, door); err != nil || left != 4-i || wait > 0 != (left == 0) {
			t.Errorf("after %d tries: %d left, wait %v, %v", i+1, left, wait, err)
		}
	}
	for pause := time.Minute; pause < 4*time.Hour; pause *= 2 {
		want := min(pause, time.Hour)
		if wait := h.knock(door); wait != want {
			t.Fatalf("wait %v, want %v", wait, want)
		}
		h.clock.pass(want)
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("after %v: wait %v more", want, wait)
		}
	}
	h.clock.pass(-400 * store.Day)
	if wait := h.knock(door); wait > time.Hour {
		t.Errorf("with a clock that was set back: wait %v", wait)
	}
}

// A device of the user counts for itself; others count by address and together,
// and are in the way of no device of the user.
func TestPINIsCountedByDevice(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	h.begin(elsa, store.StrengthHome, "sofa")
	h.begin(elsa, store.StrengthHome, "phone")
	sofa, phone := h.pinDoor(elsa, "sofa", "192.168.1.20"), h.pinDoor(elsa, "phone", "192.168.1.20")
	for range 5 {
		h.knock(sofa)
	}
	stranger := h.pinDoor(elsa, "new", "192.168.1.20")
	for about, door := range map[string]store.Door{"another device": phone, "an unknown one": stranger, "another user": h.pinDoor(nils, "sofa", "192.168.1.20")} {
		if wait := h.knock(door); wait != 0 {
			t.Errorf("five wrong ones on one device shut the door of %s for %v", about, wait)
		}
	}
	if h.pinDoor(elsa, "newer", "192.168.1.20") != stranger {
		t.Error("without cookies there are more tries from one address")
	}
	for range 4 {
		h.knock(stranger)
	}
	if wait := h.knock(stranger); wait != time.Minute {
		t.Errorf("after five from one address: wait %v", wait)
	}
	for i := range 45 {
		h.knock(h.pinDoor(elsa, "new", string(rune('a'+i))))
	}
	fresh := h.pinDoor(elsa, "new", "192.168.1.99")
	if wait := h.knock(fresh); wait != time.Hour {
		t.Errorf("after 50 from everywhere: wait %v", wait)
	}
	if left, wait, err := h.TriesLeft(h.ctx, fresh); err != nil || left != 0 || wait != time.Hour {
		t.Errorf("of the 51st: %d left, wait %v, %v", left, wait, err)
	}
	if wait := h.knock(phone); wait != 0 {
		t.Errorf("strangers shut the door of a known device for %v", wait)
	}
	if wait := h.knock(h.pinDoor(nils, "new", "192.168.1.99")); wait != 0 {
		t.Errorf("another user’s PIN is paused for %v", wait)
	}
}

// A right PIN on an unknown device forgets the tries there, but of those
// elsewhere only its own.
func TestRightPINForgets(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	for i := range 49 {
		h.knock(h.pinDoor(elsa, "new", string(rune('a'+i))))
	}
	door := h.pinDoor(elsa, "new", "192.168.1.20")
	for range 10 {
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("wait %v", wait)
		}
		h.must(h.Forget(h.ctx, door))
	}
	h.knock(door)
	if wait := h.knock(door); wait != time.Hour {
		t.Errorf("the 51st waits %v", wait)
	}
	h.withPIN(elsa, "$2")
	if wait := h.knock(door); wait != 0 {
		t.Errorf("after a new PIN: wait %v", wait)
	}
}

// Side by side, five tries get through.
func TestPINsSideBySide(t *testing.T) {
	h := newHome(t)
	door := h.pinDoor(h.add("Elsa", ""), "new", "192.168.1.20")
	stores := []*store.Store{h.Store, h.open()}
	var through atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			if wait, err := stores[i%2].Knock(h.ctx, door); err != nil {
				t.Error(err)
			} else if wait == 0 {
				through.Add(1)
			}
		})
	}
	group.Wait()
	if n := through.Load(); n != 5 {
		t.Errorf("%d got through", n)
	}
}

// A PIN hashed with less is hashed anew, and the password stays as it is.
func TestPINRehash(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.withPIN(elsa, "$1")
	_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("sofa"), UserID: elsa.ID, Strength: store.StrengthPIN, AtHome: true},
		store.NewDoor("", ""), h.credentials(elsa.ID), "$2", 0)
	h.must(err)
	if now := h.credentials(elsa.ID); now.PINHash != "$2" || now.PasswordHash != "$elsa" {
		t.Errorf("the hashes are %q and %q", now.PINHash, now.PasswordHash)
	}
	session, err := h.Session(h.ctx, hash("sofa"))
	if h.must(err); session.Strength != store.StrengthPIN || !session.ProvenAt.IsZero() || !session.User.HasPIN || bytes.Contains([]byte(session.User.Name), []byte("$")) {
		t.Errorf("the session is %+v", session)
	}
}

package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"usher/store"
)

// knock tries the door and returns how long it stays shut.
func (h *home) knock(door store.Door) time.Duration {
	h.t.Helper()
	wait, err := h.Knock(h.ctx, door)
	h.must(err)
	return wait
}

func TestThrottleDoubles(t *testing.T) {
	h := emptyHome(t)
	door := store.NewDoor("Mara", "203.0.113.9")
	for i := range 5 {
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("failure %d: wait %v", i+1, wait)
		}
	}
	for pause := time.Second; pause < 2*time.Hour; pause *= 2 {
		pause := min(pause, 15*time.Minute)
		if wait := h.knock(door); wait != pause {
			t.Fatalf("wait %v, want %v", wait, pause)
		}
		h.clock.pass(pause - time.Millisecond)
		if wait := h.knock(door); wait != time.Millisecond {
			t.Fatalf("after all but a moment of %v: wait %v", pause, wait)
		}
		h.clock.pass(time.Millisecond)
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("after %v: wait %v more", pause, wait)
		}
	}
}

// shut makes the door shut, for a quarter of an hour.
func (h *home) shut(door store.Door) {
	h.t.Helper()
	for range 16 {
		h.clock.pass(h.knock(door))
		h.knock(door)
	}
	if wait := h.knock(door); wait != 15*time.Minute {
		h.t.Fatalf("the door is shut for %v", wait)
	}
}

func TestThrottleIsForNameAndAddress(t *testing.T) {
	h := emptyHome(t)
	h.shut(store.NewDoor("Mara", "203.0.113.9"))
	for _, door := range []store.Door{store.NewDoor("Mara", "192.168.1.20"), store.NewDoor("Elsa", "203.0.113.9"), store.NewDoor("", "203.0.113.9")} {
		if wait := h.knock(door); wait != 0 {
			t.Errorf("%v is shut too, for %v", door.Address, wait)
		}
	}
	// The same name in other letters is the same door, as it is the same user.
	for _, name := range []string{"mara", " MARA ", "Ｍａｒａ", "Mara\t"} {
		if wait := h.knock(store.NewDoor(name, "203.0.113.9")); wait == 0 {
			t.Errorf("%q is another door", name)
		}
	}
	if store.NewDoor("Grandma Ingrid", "") != store.NewDoor("grandma  ingrid", "") {
		t.Error("a second space is another door")
	}
}

func TestThrottleSurvivesRestart(t *testing.T) {
	h := emptyHome(t)
	door := store.NewDoor("Mara", "203.0.113.9")
	h.shut(door)
	h.must(h.Close())
	h.Store = h.open()
	if wait := h.knock(door); wait != 15*time.Minute {
		t.Errorf("after a restart: wait %v", wait)
	}
}

func TestThrottleForgets(t *testing.T) {
	door := store.NewDoor("Mara", "203.0.113.9")
	for about, forget := range map[string]func(h *home){
		"after a right password": func(h *home) { h.must(h.Forget(h.ctx, door)) },
		"after a day":            func(h *home) { h.clock.pass(store.Day + time.Millisecond) },
		"when it is cleaned up after a day": func(h *home) {
			h.clock.pass(store.Day + time.Millisecond)
			_, err := h.CleanUp(h.ctx)
			h.must(err)
		},
	} {
		h := emptyHome(t)
		h.shut(door)
		forget(h)
		for i := range 5 {
			if wait := h.knock(door); wait != 0 {
				t.Errorf("%s, failure %d: wait %v", about, i+1, wait)
			}
		}
		if wait := h.knock(door); wait != time.Second {
			t.Errorf("%s: wait %v", about, wait)
		}
	}
	h := emptyHome(t)
	h.shut(door)
	h.clock.pass(store.Day)
	h.knock(door)
	if wait := h.knock(door); wait != 15*time.Minute {
		t.Errorf("within a day: wait %v", wait)
	}
}

// Guessing from fifty connections at once gains nothing: five get through.
func TestThrottleCountsSideBySide(t *testing.T) {
	h := emptyHome(t)
	stores := []*store.Store{h.Store, h.open()}
	door := store.NewDoor("Mara", "203.0.113.9")
	var through atomic.Int64
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			wait, err := stores[i%2].Knock(h.ctx, door)
			if err != nil {
				t.Error(err)
			}
			if wait == 0 {
				through.Add(1)
			}
		})
	}
	group.Wait()
	if n := through.Load(); n != 5 {
		t.Errorf("%d got through, want 5", n)
	}
}

// A clock that was set back shuts the door for no longer than the longest pause.
func TestThrottleAndClock(t *testing.T) {
	h := emptyHome(t)
	door := store.NewDoor("Mara", "203.0.113.9")
	h.shut(door)
	h.clock.pass(-400 * store.Day)
	if wait := h.knock(door); wait > 15*time.Minute {
		t.Errorf("wait %v", wait)
	}
	h.clock.pass(15 * time.Minute)
	if wait := h.knock(door); wait != 0 {
		t.Errorf("a quarter of an hour later: wait %v", wait)
	}
}

func TestTakeBack(t *testing.T) {
	h := emptyHome(t)
	door := store.NewDoor("Mara", "203.0.113.9")
	h.must(h.TakeBack(h.ctx, door))
	for range 30 {
		if wait := h.knock(door); wait != 0 {
			t.Fatalf("wait %v, although each failure was taken back", wait)
		}
		h.must(h.TakeBack(h.ctx, door))
	}
	for range 6 {
		h.clock.pass(h.knock(door))
	}
	h.knock(door)
	h.must(h.TakeBack(h.ctx, door))
	if wait := h.knock(door); wait > time.Second {
		t.Errorf("after one of six was taken back: wait %v, want that of five", wait)
	}
}

// TestComingInWithoutPasswordForgetsNothing keeps somebody at home from
// guessing the password of a user who may come in without it.
func TestComingInWithoutPasswordForgetsNothing(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.UpdateSignInRules(h.ctx, h.mara(), elsa.ID, store.SignInRules{LocalAccess: true}))
	door := store.NewDoor("Elsa", "192.168.1.20")
	for range 4 {
		h.knock(door)
	}
	for i := range 3 {
		h.knock(door)
		_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash(string(rune('a' + i))), UserID: elsa.ID, Strength: store.StrengthHome}, door, h.credentials(elsa.ID), "", 0)
		h.must(err)
	}
	h.knock(door)
	if wait := h.knock(door); wait != time.Second {
		t.Errorf("after five wrong passwords the door is shut for %v", wait)
	}
}

// TestThrottleIsBounded holds what one address leaves behind to a thousand
// names, and the names tried last to being among them.
func TestThrottleIsBounded(t *testing.T) {
	h := emptyHome(t)
	last := store.NewDoor("Mara", "203.0.113.9")
	for i := range 1100 {
		h.knock(store.NewDoor(fmt.Sprintf("made up %d", i), "203.0.113.9"))
		h.clock.pass(time.Millisecond)
	}
	for range 5 {
		h.knock(last)
	}
	if n := h.number(`SELECT count(*) FROM throttles`); n > 1001 {
		t.Errorf("%d names are kept for one address", n)
	}
	if wait := h.knock(last); wait != time.Second {
		t.Errorf("after 1,100 other names the fifth failure of one is a pause of %v", wait)
	}
}

// TestRefusalsAreCounted holds a guesser to one line of Activity an hour.
func TestRefusalsAreCounted(t *testing.T) {
	h := newHome(t)
	elsa := h.user(h.add("Elsa", "$hash").ID)
	refuse := func(user *store.User, address string) { h.must(h.RecordRefusal(h.ctx, user, "", address, false)) }
	for range 12 {
		refuse(&elsa, "203.0.113.9")
		refuse(nil, "203.0.113.9")
	}
	refuse(&elsa, "203.0.113.10")
	h.clock.pass(2 * time.Hour)
	refuse(&elsa, "203.0.113.9")
	page, err := h.Activity(h.ctx, store.ActivityQuery{Search: "failed"})
	h.must(err)
	var got []string
	for _, record := range page.Records {
		got = append(got, record.Sentence()+" "+record.Address)
	}
	want := []string{
		"A sign-in as Elsa failed. 203.0.113.9",
		"A sign-in as Elsa failed. 203.0.113.10",
		"A sign-in with an unknown name failed 12 times. 203.0.113.9",
		"A sign-in as Elsa failed 12 times. 203.0.113.9",
	}
	if !slices.Equal(got, want) {
		t.Errorf("Activity says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestLongNamesAreCut holds that strangers cause little work with what can be
// nobody's name, and that the longest name signs in in any form.
func TestLongNamesAreCut(t *testing.T) {
	long := strings.Repeat("ﷺ", 1000)
	if store.NewDoor(long+"1", "") != store.NewDoor(long+"2", "") {
		t.Error("all of a long name is looked at")
	}
	h := newHome(t)
	longest := strings.Repeat("ᾂ", store.MaxName)
	elsa := h.add(longest, "$elsa")
	if found, err := h.Credentials(h.ctx, norm.NFD.String(longest)); err != nil || found.ID != elsa.ID {
		t.Errorf("the longest name is of %d, %v", found.ID, err)
	}
}

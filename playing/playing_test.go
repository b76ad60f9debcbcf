package playing_test

import (
	"errors"
	"testing"
	"time"

	"usher/playing"
)

// house is plays with a clock that the test moves.
type house struct {
	*playing.Plays
	t   *testing.T
	now time.Time
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, now: time.Unix(1_800_000_000, 0)}
	h.Plays = playing.New(func() time.Time { return h.now })
	return h
}

// film is a film that a user begins on a device, of which they may have two.
func film(user, session, title int64) playing.Begin {
	return playing.Begin{Device: playing.Device{Session: session}, UserID: user, What: playing.What{Title: title}, Name: "A film", Limit: 2}
}

func (h *house) open(b playing.Begin) *playing.Flow {
	h.t.Helper()
	flow, err := h.Open(b, func() { h.t.Error("cut without a reason") })
	if err != nil {
		h.t.Fatalf("%+v may not begin: %v", b, err)
	}
	return flow
}

func (h *house) plays(want int) {
	h.t.Helper()
	if got := len(h.All()); got != want {
		h.t.Errorf("%d play, want %d", got, want)
	}
}

func TestOneTooMany(t *testing.T) {
	h := newHouse(t)
	first, other := h.open(film(1, 11, 101)), h.open(film(1, 12, 102))
	again := h.open(film(1, 12, 102)) // another range of the same title
	h.plays(2)
	var many *playing.TooMany
	if _, err := h.Open(film(1, 13, 103), nil); !errors.As(err, &many) || len(many.Plays) != 2 || many.Plays[0].Device.Session != 11 {
		t.Errorf("the third begins: %v", err)
	}
	if err := h.Tell(film(1, 13, 103), false); !errors.As(err, &many) {
		t.Errorf("the third tells of itself: %v", err)
	}
	h.open(film(2, 14, 103)) // somebody else's

	again.Close()
	other.Close()
	h.now = h.now.Add(playing.Lingers - time.Millisecond)
	if _, err := h.Open(film(1, 13, 103), nil); err == nil {
		t.Error("the place is free before its time: the browser may only wait between two pieces")
	}
	h.now = h.now.Add(time.Millisecond)
	h.open(film(1, 13, 103))
	first.Close()
	h.End(playing.Device{Session: 11}, playing.What{Title: 101})
	h.open(film(1, 12, 104))
}

func TestAPageThatTellsKeepsItsPlace(t *testing.T) {
	h := newHouse(t)
	for range 20 {
		if err := h.Tell(film(1, 11, 101), true); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(5 * time.Second)
	}
	h.plays(1)
	if play := h.All()[0]; !play.Paused || h.now.Sub(play.Since) != 100*time.Second {
		t.Errorf("it is %+v", play)
	}
	h.now = h.now.Add(playing.Lingers)
	h.plays(0)
}

// The next title on a device takes the place of the one before, once nothing
// flows to that and its page is silent.
func TestTheNextOnADevice(t *testing.T) {
	h := newHouse(t)
	one := film(1, 11, 101)
	one.Limit = 1
	two := one
	two.What.Title = 102
	flow := h.open(one)
	if _, err := h.Open(two, nil); err == nil {
		t.Error("two flow at once")
	}
	flow.Close()
	if err := h.Tell(one, false); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open(two, nil); err == nil {
		t.Error("the page before still tells of its play")
	}
	h.now = h.now.Add(8 * time.Second)
	h.open(two)
	h.plays(1)
}

// A device that tells of ever more plays has no more of them than pages.
func TestPagesWithoutEnd(t *testing.T) {
	h := newHouse(t)
	endless := film(1, 11, 101)
	endless.Limit = 0
	h.open(endless)
	for range 1000 {
		endless.What.Title++
		if err := h.Tell(endless, false); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Millisecond)
	}
	plays := h.All()
	if len(plays) != 16 || plays[0].What.Title != 101 || plays[len(plays)-1].What != endless.What {
		t.Errorf("%d play, from %+v to %+v", len(plays), plays[0], plays[len(plays)-1])
	}
}

func TestStop(t *testing.T) {
	h := newHouse(t)
	cut := 0
	flow, err := h.Open(film(1, 11, 101), func() { cut++ })
	if err != nil {
		t.Fatal(err)
	}
	play := h.Of(1)[0]
	if _, done := h.Stop(play.ID+1, ""); done {
		t.Error("another was stopped")
	}
	if stopped, done := h.Stop(play.ID, "Dinner."); !done || stopped.Name != "A film" || cut != 1 {
		t.Errorf("stopped %+v, %t, cut %d times", stopped, done, cut)
	}
	flow.Close()
	h.plays(0)
	if told := h.Untold(12); len(told) != 0 {
		t.Errorf("another browser is told %v", told)
	}
	if told := h.Untold(11); len(told) != 1 || told[0] != (playing.Ended{Name: "A film", Word: "Dinner."}) {
		t.Errorf("the viewer is told %v", told)
	}
	if told := h.Untold(11); len(told) != 0 {
		t.Errorf("the viewer is told again %v", told)
	}
	var stopped *playing.Stopped
	if _, err := h.Open(film(1, 11, 101), nil); !errors.As(err, &stopped) || stopped.Word != "Dinner." {
		t.Errorf("it goes on: %v", err)
	}
	if told := h.Untold(11); len(told) != 0 {
		t.Errorf("after asking for the next piece the viewer is told again %v", told)
	}
	h.open(film(1, 11, 102)).Close()
	anew := film(1, 11, 101)
	anew.Anew = true
	h.open(anew)
	h.open(film(1, 11, 101))
}

// A browser that asks for the next piece by itself shows nobody the word of
// whoever stopped it; a page that tells of its play does.
func TestWhoIsTold(t *testing.T) {
	for _, test := range []struct {
		by   string
		ask  func(h *house) error
		told int
	}{
		{"a piece", func(h *house) error { _, err := h.Open(film(1, 11, 101), nil); return err }, 1},
		{"a page", func(h *house) error { return h.Tell(film(1, 11, 101), false) }, 0},
	} {
		h := newHouse(t)
		h.open(film(1, 11, 101)).Close()
		if _, done := h.Stop(h.All()[0].ID, "Dinner."); !done {
			t.Fatal("not stopped")
		}
		var stopped *playing.Stopped
		if err := test.ask(h); !errors.As(err, &stopped) {
			t.Errorf("%s goes on: %v", test.by, err)
		}
		if told := h.Untold(11); len(told) != test.told {
			t.Errorf("after %s there is left to tell %v", test.by, told)
		}
	}
}

func TestStoppedLongAgo(t *testing.T) {
	h := newHouse(t)
	h.open(film(1, 11, 101)).Close()
	if _, done := h.Stop(h.All()[0].ID, ""); !done {
		t.Fatal("not stopped")
	}
	h.now = h.now.Add(time.Minute)
	h.open(film(1, 11, 101))
}

// A word that nobody has read for ten minutes is read by nobody.
func TestAWordOfLongAgo(t *testing.T) {
	h := newHouse(t)
	h.open(film(1, 11, 101)).Close()
	if _, done := h.Stop(h.All()[0].ID, "Dinner."); !done {
		t.Fatal("not stopped")
	}
	h.now = h.now.Add(10 * time.Minute)
	if told := h.Untold(11); len(told) != 0 {
		t.Errorf("the viewer is told %v", told)
	}
}

// With fewer plays than before, the oldest go on.
func TestFewerThanBefore(t *testing.T) {
	h := newHouse(t)
	first, second := film(1, 11, 101), film(1, 12, 102)
	h.open(first)
	h.open(second)
	for _, test := range []struct {
		begin playing.Begin
		limit int
		want  bool
	}{
		{first, 2, true}, {second, 2, true}, {first, 1, true}, {second, 1, false}, {second, 0, true}, {film(1, 13, 103), 1, true},
	} {
		test.begin.Limit = test.limit
		if got := h.Within(test.begin); got != test.want {
			t.Errorf("title %d of at most %d goes on: %t", test.begin.What.Title, test.limit, got)
		}
	}
}

// Somebody who is signed out somewhere plays there no more, and goes on elsewhere.
func TestKeepTo(t *testing.T) {
	h := newHouse(t)
	cut := 0
	if _, err := h.Open(film(1, 11, 101), func() { cut++ }); err != nil {
		t.Fatal(err)
	}
	here, others := film(1, 12, 102), film(2, 13, 103)
	h.open(here)
	h.open(others)
	h.KeepTo(1, []int64{12})
	if left := h.Of(1); cut != 1 || len(left) != 1 || left[0].Device != here.Device || len(h.Of(2)) != 1 {
		t.Errorf("cut %d, left %+v", cut, left)
	}
	h.open(film(1, 11, 101)) // once it may again
}

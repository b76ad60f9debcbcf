package door

import (
	"testing"
	"time"
)

func TestBudgetCountsTheWork(t *testing.T) {
	now := time.Date(2026, time.June, 5, 12, 0, 0, 0, time.UTC)
	b := newBudget(func() time.Time { return now })
	ask := func(cost time.Duration) bool { return b.spend(func() { now = now.Add(cost) }) }
	count := func(cost time.Duration) (n int) {
		for ask(cost) {
			n++
		}
		return n
	}
	if n := count(50 * time.Millisecond); n < 20 || n > 23 {
		t.Errorf("%d questions of 50 ms are answered at once, want a second's worth", n)
	}
	now = now.Add(time.Minute)
	if n := count(0); n != workAtOnce/leastCost {
		t.Errorf("%d questions that cost nothing are answered at once, want %d", n, workAtOnce/leastCost)
	}
	now = now.Add(time.Minute)
	if !ask(time.Hour) {
		t.Fatal("a rested budget answers nothing")
	}
	now = now.Add(time.Second)
	if !ask(0) {
		t.Error("one long question silences the meter for good")
	}
}

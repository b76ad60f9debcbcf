package page

import "sync"

// places are how many answers that go on one session or user may have, and all of
// them together.
type places struct {
	each, all int

	mu   sync.Mutex
	open map[int64]int // by session or user
	sum  int
}

func newPlaces(each, all int) *places {
	return &places{each: each, all: all, open: make(map[int64]int)}
}

// enter takes a place, or answers false where there is none.
func (p *places) enter(whose int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[whose] >= p.each || p.sum >= p.all {
		return false
	}
	p.open[whose]++
	p.sum++
	return true
}

func (p *places) leave(whose int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sum--
	if p.open[whose]--; p.open[whose] == 0 {
		delete(p.open, whose)
	}
}

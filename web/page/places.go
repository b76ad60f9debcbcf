package page

import "sync"

// places are how many answers that go on one session may have, and all sessions
// together.
type places struct {
	each, all int

	mu   sync.Mutex
	open map[int64]int // by session
	sum  int
}

func newPlaces(each, all int) *places {
	return &places{each: each, all: all, open: make(map[int64]int)}
}

// enter takes a place, or answers false where there is none.
func (p *places) enter(session int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[session] >= p.each || p.sum >= p.all {
		return false
	}
	p.open[session]++
	p.sum++
	return true
}

func (p *places) leave(session int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sum--
	if p.open[session]--; p.open[session] == 0 {
		delete(p.open, session)
	}
}

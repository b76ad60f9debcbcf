package door

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How much work is done for all who ask, whoever they are: a tenth of one
// processor in the long run, a second of it at once. A question that takes next
// to nothing counts as leastCost.
const (
	workPerSecond = 100 // milliseconds
	workAtOnce    = 1000
	leastCost     = 2
)

// budget bounds the work that strangers can cause, by the time it takes rather
// than by the number of questions: one may cost fifty times as much as another.
type budget struct {
	mu   sync.Mutex // one question at a time, so that none begins before the last is paid
	left *rate.Limiter
	now  func() time.Time
}

func newBudget(now func() time.Time) *budget {
	return &budget{left: rate.NewLimiter(workPerSecond, workAtOnce), now: now}
}

// spend does the work, unless what came before has used the budget up.
func (b *budget) spend(work func()) (done bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	began := b.now()
	if b.left.TokensAt(began) < leastCost {
		return false
	}
	work()
	ended := b.now()
	cost := max(int(ended.Sub(began).Milliseconds()), leastCost)
	b.left.ReserveN(ended, min(cost, workAtOnce))
	return true
}

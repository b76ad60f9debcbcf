package channel

import (
	"context"

	"usher/store"
)

// AskDue asks for what is due by the clock.
func (w *Worker) AskDue(ctx context.Context) error { return w.askDue(ctx, store.ReasonTime) }

package store

import (
	"context"
	"errors"
	"time"
)

// cancelEvery is how often a job looks whether it is to end.
const cancelEvery = 300 * time.Millisecond

// ErrCancelled is why a job ends that somebody has cancelled.
var ErrCancelled = errors.New("cancelled")

// UntilCancelled does a job. When somebody cancels it, or it goes with what it is
// about, the context of do ends within a second, and ErrCancelled comes back.
func (s *Store) UntilCancelled(ctx context.Context, job int64, do func(context.Context) error) error {
	doing, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(cancelEvery)
		defer ticker.Stop()
		for {
			select {
			case <-doing.Done():
				return
			case <-ticker.C:
			}
			if asked, err := s.CancelAsked(doing, job); err == nil && asked {
				cancel(ErrCancelled)
				return
			}
		}
	}()
	err := do(doing)
	if err != nil && context.Cause(doing) != nil {
		err = context.Cause(doing)
	}
	cancel(nil)
	<-ended
	return err
}

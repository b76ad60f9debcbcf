package auth

import (
	"context"

	"usher/store"
)

// CountStranger counts a try to register from an address, before anything is
// done for it: each may cost an e-mail or a hash. It answers *Throttled after
// too many, apart from tries to sign in.
func (p *Porter) CountStranger(ctx context.Context, l Location) error {
	wait, err := p.store.Knock(ctx, store.NewDoor("\x00register", l.neighbourhood()))
	if err == nil && wait > 0 {
		return &Throttled{Wait: wait}
	}
	return err
}

package store_test

import (
	"fmt"
	"testing"
	"time"

	"usher/store"
)

// TestChallengesAreFew begins more than one person ever has begun: the oldest end,
// of that kind and of that user alone.
func TestChallengesAreFew(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "$nils")
	begin := func(u store.User, kind store.ChallengeKind, token string) {
		t.Helper()
		h.must(h.BeginChallenge(h.ctx, store.Challenge{TokenHash: hash(token), Kind: kind, UserID: u.ID}))
		h.clock.pass(time.Millisecond)
	}
	begin(nils, store.ChallengeNewPasskey, "of Nils")
	begin(elsa, store.ChallengeSignIn, "another kind")
	for i := range 101 {
		begin(elsa, store.ChallengeNewPasskey, fmt.Sprint(i))
	}
	_, err := h.Challenge(h.ctx, store.ChallengeNewPasskey, hash("0"))
	wantError(t, err, store.ErrBadLink)
	for token, kind := range map[string]store.ChallengeKind{
		"1": store.ChallengeNewPasskey, "100": store.ChallengeNewPasskey, "of Nils": store.ChallengeNewPasskey, "another kind": store.ChallengeSignIn,
	} {
		_, err := h.Challenge(h.ctx, kind, hash(token))
		h.must(err)
	}
}

// A clock that was set back lets nothing that was begun before live longer than it
// may.
func TestChallengeAndTheClock(t *testing.T) {
	h := newHome(t)
	h.must(h.BeginChallenge(h.ctx, store.Challenge{TokenHash: hash("before"), Kind: store.ChallengePasskeySignIn}))
	h.clock.pass(-time.Hour)
	_, err := h.TakeChallenge(h.ctx, store.ChallengePasskeySignIn, hash("before"))
	wantError(t, err, store.ErrBadLink)
}
